// Word of mouth: keys that would do nothing, and ties that cannot be.
#include <fmt/format.h>

#include <algorithm>

#include "scenarios/validate/ranges.hpp"
#include "scenarios/validate/rules.hpp"

namespace populace {
namespace {

constexpr std::string_view kContactKeys[] = {
    "community",          "community_people", "strong_ties",   "weak_ties", "weak_reach",     "strong_talk_share",
    "strong_trust",       "weak_trust",       "sociability",   "listening", "negative_voice", "disappointed_voice",
    "disappointed_below", "forward_prob",     "forward_voice", "need_prob"};

void check_idle_keys(RuleBook& book, const WordOfMouthOptions& o, const KeyPath& path) {
  const auto refuse = [&](std::string_view key, std::string_view why, std::string_view help) {
    if (book.is_given(path / key) && !book.is_wrong(path / key))
      book.refuse(path / key, fmt::format("does nothing with network = \"{}\": {}", o.network, why), std::string(help));
  };
  if (!o.over_network()) {
    if (book.is_given(path / "network")) return;  // said in so many words: contacts are set aside
    for (const std::string_view key : kContactKeys)
      refuse(key, "nobody has contacts of his own", R"(write network = "small_world", "circle" or "complete")");
    return;
  }
  for (const std::string_view key : {"community", "community_people"})
    if (o.network != "small_world") refuse(key, "there are no communities", R"(write network = "small_world")");
  for (const std::string_view key :
       {"strong_ties", "weak_ties", "weak_reach", "strong_talk_share", "strong_trust", "weak_trust"})
    if (o.network == "complete")
      refuse(key, "every contact is anybody, and is believed", R"(write network = "small_world")");
}

void check_ties(RuleBook& book, const WordOfMouthOptions& o, const KeyPath& path) {
  if (o.network == "complete") return;
  if (o.strong_ties % 2 != 0)
    book.refuse(path / "strong_ties", "must be even: a circle has as many ties to the left as to the right",
                fmt::format("write {} or {}", o.strong_ties - 1, o.strong_ties + 1));
  if (o.strong_ties + o.weak_ties == 0)
    book.refuse(path / "strong_ties", "nobody has a contact: there are neither strong nor weak ties",
                "give strong_ties or weak_ties");
  if (o.network == "small_world" && o.community_people > 0 && o.community_people <= o.strong_ties)
    book.refuse(path / "community_people",
                fmt::format("a community of {} has no room for {} strong ties", o.community_people, o.strong_ties),
                "make communities larger than the number of strong ties");
}

void check_voices(RuleBook& book, const WordOfMouthOptions& o, const KeyPath& path) {
  for (const MachineOptions& machine : book.market.machines) {
    if (machine.name != o.machine) continue;
    for (const std::string& stage : machine.stages)
      if (const double sum = o.voice.of(stage) + o.negative_voice.of(stage); sum > 1)
        book.refuse(path / "negative_voice",
                    fmt::format("and voice of stage {} sum to {}, and a contact says one thing or nothing",
                                quoted_text(stage), plain(sum)),
                    "make them sum to at most 1");
  }
}

// Opinions come from conversations and influencers, and count at occasions to buy.
void check_opinions(RuleBook& book, const WordOfMouthOptions& o, const KeyPath& path) {
  if (!o.remembers()) return;
  const KeyPath key = path / (o.positive_utility != 0 ? "positive_utility" : "negative_utility");
  if (!book.market.need.enabled)
    book.refuse(key, "does nothing, because nobody chooses: need.enabled = false", "write need.enabled = true");
  else if (!o.over_network() && book.market.influencers.empty() && !book.is_given(path / "network"))
    book.refuse(key, fmt::format("does nothing with network = \"{}\": nobody is heard in person", o.network),
                R"(write network = "small_world", "circle" or "complete", or declare an influencer)");
}

// Whether a table that is switched on finds what it needs.
void check_needs(RuleBook& book, const KeyPath& path, bool stages, bool contacts, bool occasions) {
  const MarketOptions& m = book.market;
  if (stages && !m.word_of_mouth.enabled())
    book.refuse(path, "nobody is in a stage, because word_of_mouth.machine is not given", "give word_of_mouth.machine");
  else if (contacts && !m.word_of_mouth.over_network())
    book.refuse(path,
                fmt::format("nobody has contacts, because word_of_mouth.network = \"{}\"", m.word_of_mouth.network),
                R"(write word_of_mouth.network = "small_world")");
  if (occasions && !m.need.enabled)
    book.refuse(path, "there are no occasions to buy, because need.enabled = false", "write need.enabled = true");
}

void check_window(RuleBook& book, const KeyPath& path, double start, double end) {
  if (end <= start && !book.is_wrong(path / "end_week"))
    book.refuse(path / "end_week", fmt::format("must come after start_week = {}", plain(start)), "");
}

// A table that is written, but not switched on.
void check_idle_table(RuleBook& book, const std::string& table, bool enabled) {
  const KeyPath path{table};
  if (!enabled && book.is_given(path) && !book.is_given(path / "enabled"))
    book.refuse(path, fmt::format("does nothing, because {}.enabled = false (the default)", table),
                fmt::format("write {}.enabled = true", table));
}

void check_advocates(RuleBook& book) {
  const MarketOptions& m = book.market;
  check_idle_table(book, "reviews", m.reviews.enabled);
  check_idle_table(book, "referral", m.referral.enabled);
  const auto positive = [](const PerName& value) {
    return value.all > 0 ||
           std::any_of(value.by_name.begin(), value.by_name.end(), [](const auto& v) { return v.second > 0; });
  };
  if (m.reviews.enabled) check_needs(book, KeyPath{"reviews", "enabled"}, false, false, true);
  if (m.referral.enabled) check_needs(book, KeyPath{"referral", "enabled"}, true, true, true);
  if (m.referral.enabled && !positive(m.referral.invite_prob))
    book.refuse(KeyPath{"referral", "invite_prob"}, "is missing: nobody invites",
                "give it for the stages of customers");
  for (const InfluencerOptions& o : m.influencers)
    check_window(book, KeyPath{"influencer", o.name}, o.start_week, o.end_week);
  for (const SellerOptions& o : m.sellers) {
    const KeyPath path{"seller", o.name};
    check_needs(book, path, positive(o.recruit_per_week), o.voice > 0, false);
    if (!positive(o.initial_share) && !positive(o.recruit_per_week))
      book.refuse(path, "nobody ever sells", "give initial_share or recruit_per_week");
    if (o.reach_people > 0) check_needs(book, path / "reach_people", false, false, true);
  }
  for (const ToolOptions& o : m.tools) {
    const KeyPath path{"tool", o.name};
    check_needs(book, path, true, o.invite_voice > 0, o.purchase_enters);
    check_window(book, path, o.start_week, o.end_week);
    if (!positive(o.find_per_week) && !o.purchase_enters)
      book.refuse(path, "nobody ever enters", "give find_per_week, or write purchase_enters = true");
    if (o.entry_utility != 0 && !o.purchase_enters)
      book.refuse(path / "entry_utility", "does nothing, because purchase_enters = false",
                  "write purchase_enters = true");
  }
  if (m.sellers.size() > kMaxSellers)
    book.refuse(KeyPath{"seller"},
                fmt::format("declares {} kinds, and at most {} are possible", m.sellers.size(), kMaxSellers),
                "join some of them");
  if (m.tools.size() > kMaxTools)
    book.refuse(KeyPath{"tool"},
                fmt::format("declares {} tools, and at most {} are possible", m.tools.size(), kMaxTools),
                "join some of them");
}

}  // namespace

void check_word_of_mouth(RuleBook& book) {
  const KeyPath path{"word_of_mouth"};
  const WordOfMouthOptions& o = book.market.word_of_mouth;
  check_advocates(book);
  if (!book.is_given(path) || book.is_wrong(path)) return;
  check_opinions(book, o, path);
  if (!o.enabled()) return;
  check_idle_keys(book, o, path);
  if (!o.over_network()) return;
  check_ties(book, o, path);
  check_voices(book, o, path);
  if (book.market.run.consumers >= std::int64_t{0xFFFFFFFF})
    book.refuse(path / "network", "contacts are numbered in 32 bits, and there are more consumers",
                "simulate at most 4_294_967_294 consumers");
}

}  // namespace populace
