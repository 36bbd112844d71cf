// Involvement, attention, creatives and response: keys that would do nothing, and what must fit together.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "models/response/synergy_masks.hpp"
#include "scenarios/validate/rules.hpp"

namespace populace {
namespace {

void check_tables(RuleBook& book) {
  const MarketOptions& m = book.market;
  book.refuse_idle({"involvement", "situation"}, m.involvement.situation.enabled,
                   {"gift_share", "health_share", "outlay_share", "symbolism_share", "gift_effect", "health_effect",
                    "outlay_effect", "symbolism_effect"});
  book.refuse_idle({"attention"}, m.attention.enabled, {"minutes_per_week", "background_attention"});
  book.refuse_idle({"attention", "wear"}, m.attention.wear.enabled,
                   {"wear_in_contacts", "peak_contacts", "lowest_effect", "recovery_weeks", "low_involvement_gain"});
  book.refuse_idle({"response", "message"}, m.response.message.enabled, {"curiosity", "persuasion", "offer", "care"});
  book.refuse_idle({"response", "style"}, m.response.style.enabled, {"mismatch_effect"});
  book.refuse_idle({"response", "synergy"}, m.response.synergy.enabled,
                   {"per_channel", "inconsistency", "least_consistency", "cap", "window_weeks"});
  book.refuse_idle({"response", "aversion"}, m.response.aversion.enabled,
                   {"tolerated_contacts_per_week", "per_excess", "lowest_effect", "memory_weeks", "dissatisfaction"});
}

void check_facets(RuleBook& book) {
  const KeyPath offset{"involvement", "product_offset"};
  const std::size_t n = book.market.involvement.product_offset.size();
  if (!book.is_wrong(offset) && n != 5)
    book.refuse(offset, fmt::format("must hold 5 numbers, not {}", n),
                "one each for interest, pleasure, sign_value, risk_importance and risk_probability");
  const SituationOptions& situation = book.market.involvement.situation;
  const KeyPath flag{"involvement", "situation", "enabled"};
  if (!situation.enabled || book.is_wrong(flag)) return;
  if (!book.market.involvement.enabled)
    book.refuse(flag, "consumers have no involvement, because involvement.enabled = false",
                "write involvement.enabled = true");
  if (!book.market.need.enabled)
    book.refuse(flag, "there are no occasions to buy, because need.enabled = false", "write need.enabled = true");
}

// What a channel says of attention, where nobody asks.
void check_channel_attention(RuleBook& book) {
  for (const ChannelOptions& channel : book.market.channels) {
    const KeyPath path{"channel", channel.name};
    for (const std::string_view key : {"use", "background_share", "minutes_per_slot", "clutter_share"})
      if (!book.market.attention.enabled && book.is_given(path / key) && !book.is_given({"attention", "enabled"}))
        book.refuse(path / key, "does nothing, because attention.enabled = false (the default)",
                    "write attention.enabled = true");
    const KeyPath share = path / "background_share";
    if (book.market.attention.enabled && book.is_given(share) && channel.use != "both" && !book.is_wrong(path / "use"))
      book.refuse(share, fmt::format("does nothing, because use = \"{}\"", channel.use), "write use = \"both\"");
  }
}

void check_creative(RuleBook& book, const KeyPath& path, const CreativeOptions& creative) {
  const ResponseOptions& response = book.market.response;
  const auto idle = [&](std::string_view key, std::string_view table, bool enabled) {
    const KeyPath flag = KeyPath{"response", table, "enabled"};
    if (!enabled && creative.enabled && book.is_given(path / key) && !book.is_wrong(path / key) && !book.is_given(flag))
      book.refuse(path / key, fmt::format("does nothing, because {} = false (the default)", flag.str()),
                  fmt::format("write {} = true", flag.str()));
  };
  idle("message", "message", response.message.enabled);
  for (const std::string_view key : {"style", "argument_quality", "cue_quality"})
    idle(key, "style", response.style.enabled);
  idle("key_message", "synergy", response.synergy.enabled);
  const KeyPath theme = path / "theme", wear{"attention", "wear", "enabled"}, end = path / "end_week";
  if (!book.market.attention.wear.enabled && creative.enabled && book.is_given(theme) && !book.is_given(wear))
    book.refuse(theme, "does nothing, because attention.wear.enabled = false (the default)",
                "write attention.wear.enabled = true");
  if (creative.end_week > 0 && creative.end_week <= creative.start_week && !book.is_wrong(end))
    book.refuse(end, fmt::format("is not after start_week = {}", creative.start_week), "give a later week");
}

void check_creatives(RuleBook& book) {
  std::set<std::string> key_messages, channels;
  for (const CampaignOptions& campaign : book.market.campaigns)
    for (const CreativeOptions& creative : campaign.creatives) {
      check_creative(book, KeyPath{"campaign", campaign.name} / "creative" / creative.name, creative);
      if (!creative.enabled || creative.key_message.empty()) continue;
      key_messages.insert(campaign.brand + "\n" + creative.key_message);
      channels.insert(campaign.channel);
    }
  const KeyPath synergy{"response", "synergy", "enabled"};
  if (!book.market.response.synergy.enabled || book.is_wrong(synergy)) return;
  if (key_messages.empty())
    book.refuse(synergy, "no creative has a key_message", "write campaign.NAME.creative.NAME.key_message");
  if (key_messages.size() > kMostKeyMessages)
    book.refuse(
        synergy,
        fmt::format("{} key messages of brands, and at most {} are remembered", key_messages.size(), kMostKeyMessages),
        "let some creatives say the same, or have no key_message");
  if (channels.size() > kMostMessageChannels)
    book.refuse(synergy,
                fmt::format("{} channels carry key messages, and at most {} are told apart", channels.size(),
                            kMostMessageChannels),
                "take key_message from the creatives of some channels");
}

void check_response(RuleBook& book) {
  const MarketOptions& m = book.market;
  const KeyPath message{"response", "message", "enabled"}, forgotten{"response", "forgotten_below"};
  if (m.response.message.enabled && m.run.focal_machine.empty() && !book.is_wrong(message) &&
      !book.is_wrong({"scenario", "focal_machine"}))
    book.refuse(message, "no stage machine tells how far a consumer is with the focal brand",
                "write scenario.focal_machine, or give a machine preset = \"ladder\"");
  if (m.response.forgotten_below <= 0 || book.is_wrong(forgotten)) return;
  const bool listens = std::any_of(m.machines.begin(), m.machines.end(), [](const MachineOptions& machine) {
    return std::any_of(machine.moves.begin(), machine.moves.end(),
                       [](const MoveOptions& move) { return move.event == "forgotten"; });
  });
  if (!listens)
    book.refuse(forgotten, "no move of a stage machine has event = \"forgotten\"", "add such a move, or drop the key");
  if (m.response.slow.acts_on == "nothing")
    book.refuse(forgotten, "there is no slow goodwill, because response.slow.acts_on = \"nothing\"", "drop it");
}

}  // namespace

void check_attention(RuleBook& book) {
  check_tables(book);
  check_facets(book);
  check_channel_attention(book);
  check_creatives(book);
  check_response(book);
}

}  // namespace populace
