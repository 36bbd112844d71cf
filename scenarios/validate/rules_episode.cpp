// Purchase episodes, sources, queries and visits: keys that would do nothing, and what must fit together.
#include <fmt/format.h>

#include <algorithm>

#include "scenarios/validate/rules.hpp"
#include "scenarios/validate/suggest.hpp"

namespace populace {
namespace {

// A table with keys that is switched off without saying so.
bool is_idle(RuleBook& book, const std::string& table, bool enabled) {
  const KeyPath path{table};
  if (enabled || !book.is_given(path) || book.is_wrong(path)) return !enabled;
  if (!book.is_given(path / "enabled"))
    book.refuse(path, fmt::format("does nothing, because {}.enabled = false (the default)", table),
                fmt::format("write {}.enabled = true", table));
  return true;
}

void check_episodes(RuleBook& book) {
  const EpisodeOptions& episode = book.market.episode;
  if (is_idle(book, "episode", episode.enabled)) return;
  const KeyPath path{"episode"}, from = path / "extended_from_involvement";
  if (!book.market.need.enabled)
    return book.refuse(path / "enabled", "there are no needs, because need.enabled = false",
                       "write need.enabled = true");
  if (!book.market.involvement.enabled && book.is_given(path / "dwell_involvement"))
    book.refuse(path / "dwell_involvement",
                "does not tell people apart, because involvement.enabled = false: everybody is at .5",
                "write involvement.enabled = true, or drop the key");
  if (!book.market.involvement.enabled && episode.extended_from_involvement > .5 && !book.is_wrong(from))
    book.refuse(from, "leaves no purchase extended, because involvement.enabled = false: everybody is at .5",
                "write involvement.enabled = true, or a number of at most .5");
}

// What a source reads of other mechanisms, which must be there and fit its kind.
void check_live_sources(RuleBook& book) {
  const MarketOptions& market = book.market;
  for (const SourceOptions& source : market.sources) {
    if (!source.enabled) continue;
    const KeyPath path{"source", source.name};
    const auto needs_kind = [&](const char* key, bool fits, const char* kinds) {
      if (book.is_given(path / key) && !book.is_wrong(path / key) && !fits)
        book.refuse(path / key, fmt::format("does nothing for a source of kind {}", quoted_text(source.kind)),
                    fmt::format("write kind = {}, or drop the key", kinds));
    };
    const bool reviews = source.kind == "reviews", friends = source.kind == "friends";
    needs_kind("owned", source.kind == "official_account", R"("official_account")");
    needs_kind("influencer", source.kind == "influencer", R"("influencer")");
    needs_kind("recent_weeks", source.kind == "influencer" && !source.influencer.empty(),
               R"("influencer" and name the influencer)");
    needs_kind("live", reviews || friends, R"("reviews" or "friends")");
    needs_kind("half_reviews", reviews && source.live, R"("reviews" and live = true)");
    if (source.live && reviews && !market.reviews.enabled && !book.is_given({"reviews", "enabled"}))
      book.refuse(path / "live", "there are no reviews to find, because reviews.enabled = false",
                  "write reviews.enabled = true");
    if (source.live && friends && !market.word_of_mouth.enabled() && !book.is_given({"word_of_mouth", "machine"}))
      book.refuse(path / "live", "friends say nothing, because no machine talks",
                  "give word_of_mouth.machine and word_of_mouth.voice");
  }
}

void check_sources(RuleBook& book) {
  const MarketOptions& market = book.market;
  const KeyPath path{"sources"};
  const bool given = std::any_of(market.sources.begin(), market.sources.end(), [](const auto& s) { return s.enabled; });
  if (!market.information.enabled && given && !book.is_given(path / "enabled"))
    return book.refuse({"source"}, "does nothing, because sources.enabled = false (the default)",
                       "write sources.enabled = true");
  if (is_idle(book, "sources", market.information.enabled)) return;
  if (!given)
    book.refuse(path / "enabled", "nobody consults anything, because no source is declared",
                R"(declare one, as [source.NAME] with kind = "…", or write sources.enabled = false)");
  if (!market.need.enabled)
    book.refuse(path / "enabled", "nobody looks for anything, because need.enabled = false",
                "write need.enabled = true");
  if (market.information.threshold_low > market.information.threshold_high && !book.is_wrong(path / "threshold_high"))
    book.refuse(path / "threshold_high", "must not be below threshold_low: what is enough grows with involvement",
                "swap them, or give both the same number");
  const bool entrance = std::any_of(market.sources.begin(), market.sources.end(),
                                    [](const auto& s) { return s.enabled && s.kind == "search_engine"; });
  if (market.information.common_entrance && !entrance)
    book.refuse(path / "common_entrance", "leads nowhere, because no source is a search engine",
                R"(declare one, with kind = "search_engine", or write common_entrance = false)");
  if (!market.information.common_entrance && book.is_given(path / "lead_prob"))
    book.refuse(path / "lead_prob", "does nothing without a common entrance",
                "write sources.common_entrance = true, or drop the key");
  if (market.information.common_entrance && book.is_given(path / "island_cost"))
    book.refuse(path / "island_cost", "does nothing behind a common entrance",
                "write sources.common_entrance = false, or drop the key");
  check_live_sources(book);
  const bool no_stores = std::all_of(market.regions.begin(), market.regions.end(),
                                     [](const RegionOptions& region) { return region.store_distance_km == 0; });
  for (const SourceOptions& source : market.sources)
    if (source.enabled && source.max_distance_km > 0 && no_stores)
      book.refuse(KeyPath{"source", source.name} / "max_distance_km",
                  "does nothing, because everybody lives beside a store", "give region.NAME.store_distance_km");
}

const ChannelOptions* search_channel(RuleBook& book, const KeyPath& path, const std::string& name) {
  for (const ChannelOptions& channel : book.market.channels) {
    if (channel.name != name) continue;
    if (channel.kind == "search") return &channel;
    book.refuse(path, fmt::format("{} is no search channel", quoted_text(name)),
                R"(name a channel with kind = "search")");
  }
  return nullptr;
}

void check_branded(RuleBook& book, const KeyPath& kind, const ChannelOptions& channel) {
  if (channel.branded_query_prob > 0) return;
  book.refuse(kind, fmt::format("nobody queries by name on {}, because its branded_query_prob = 0", channel.name),
              fmt::format("give channel.{}.branded_query_prob", channel.name));
}

void check_queries(RuleBook& book) {
  const MarketOptions& market = book.market;
  for (const ChannelOptions& channel : market.channels)
    for (const char* key : {"branded_query_prob", "click_informs"})
      if (const KeyPath path = KeyPath{"channel", channel.name} / key; channel.kind != "search" && book.is_given(path))
        book.refuse(path, "applies to search channels only", R"(write kind = "search", or drop the key)");
  for (const CampaignOptions& campaign : market.campaigns) {
    const KeyPath path = KeyPath{"campaign", campaign.name} / "query_kind";
    if (!book.is_given(path) || book.is_wrong(path)) continue;
    const ChannelOptions* channel = search_channel(book, path, campaign.channel);
    if (channel != nullptr && campaign.query_kind == "branded") check_branded(book, path, *channel);
  }
  for (std::size_t l = 0; l < market.listings.size(); ++l) {
    const OrganicOptions& listing = market.listings[l];
    const KeyPath path{"organic", listing.name}, on = path / "channel";
    if (!listing.enabled || book.is_wrong(on)) continue;
    if (listing.channel.empty()) {
      book.refuse(on, "is missing", "name the search channel that lists it");
      continue;
    }
    const ChannelOptions* channel = search_channel(book, on, listing.channel);
    if (channel != nullptr && listing.query_kind == "branded") check_branded(book, path / "query_kind", *channel);
    for (std::size_t other = 0; other < l; ++other)
      if (const OrganicOptions& o = market.listings[other];
          o.enabled && o.channel == listing.channel && o.brand == listing.brand && o.query_kind == listing.query_kind)
        book.refuse(path,
                    fmt::format("lists {} on {} for {} queries, as {} does already", listing.brand, listing.channel,
                                listing.query_kind, o.name),
                    "a brand has one listing for a kind of query: join the two");
  }
}

void check_visits(RuleBook& book) {
  const VisitOptions& visits = book.market.visits;
  if (is_idle(book, "visit", visits.enabled)) return;
  const KeyPath factor = KeyPath{"visit"} / "in_market_factor";
  if (visits.in_market_factor > 1 && !book.market.episode.enabled)
    book.refuse(factor, "does nothing, because episode.enabled = false", "write episode.enabled = true");
}

// Contacts and remarks that awaken needs.
void check_cues(RuleBook& book) {
  const MarketOptions& market = book.market;
  const auto needs = [&](const KeyPath& path, double prob) {
    if (prob > 0 && !market.need.enabled && !book.is_wrong(path))
      book.refuse(path, "awakens no need, because need.enabled = false", "write need.enabled = true");
  };
  needs(KeyPath{"word_of_mouth"} / "need_prob", market.word_of_mouth.need_prob);
  for (const CampaignOptions& campaign : market.campaigns) {
    const KeyPath path = KeyPath{"campaign", campaign.name} / "need_prob";
    needs(path, campaign.need_prob);
    for (const ChannelOptions& channel : market.channels)
      if (campaign.need_prob > 0 && channel.name == campaign.channel && channel.kind == "search")
        book.refuse(path, "does nothing on a search channel: who asks has the need already", "drop the key");
  }
}

}  // namespace

void check_episode(RuleBook& book) {
  check_cues(book);
  check_episodes(book);
  check_sources(book);
  check_queries(book);
  check_visits(book);
}

}  // namespace populace
