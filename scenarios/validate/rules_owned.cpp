// Owned channels, informed service and the cube of assets: keys that would do nothing, and what must fit together.
#include <fmt/format.h>

#include <algorithm>

#include "scenarios/validate/ranges.hpp"
#include "scenarios/validate/rules.hpp"

namespace populace {
namespace {

bool any_above_zero(const PerName& value) {
  return value.all > 0 ||
         std::any_of(value.by_name.begin(), value.by_name.end(), [](const auto& v) { return v.second > 0; });
}

// A key that is written, though what it needs is missing.
void refuse_idle(RuleBook& book, const KeyPath& key, bool works, const std::string& rule, const std::string& hint) {
  if (!works && book.is_given(key) && !book.is_wrong(key)) book.refuse(key, rule, hint);
}

void check_joining(RuleBook& book, const OwnedOptions& owned, const KeyPath& path) {
  for (const std::string_view key : {"qr_prob", "qr_discount_share", "qr_discount_lift", "qr_discount_money"})
    refuse_idle(book, path / key, any_above_zero(owned.qr_per_week), "does nothing, because nobody meets a code",
                "give qr_per_week, or drop the key");
  const KeyPath search = path / "search_per_week", verified = path / "verified", people = path / "findable_people";
  refuse_idle(book, search, owned.verified, "does nothing, because search finds verified accounts only",
              "write verified = true, or drop the key");
  refuse_idle(book, people, owned.verified, "does nothing, because search finds verified accounts only",
              "write verified = true, or drop the key");
  if (owned.verified && !any_above_zero(owned.search_per_week) && !book.is_wrong(search))
    book.refuse(verified, "does nothing, because nobody looks for the account", "give search_per_week");
  if (owned.fission_per_week > 0 && owned.worth == 0)
    book.refuse(path / "fission_per_week", "does nothing, because members share what is worth it, and worth = 0",
                "give worth, or drop the key");
  for (const auto& [name, rate] : owned.cross_per_week.by_name)
    if (name == owned.name && rate > 0)
      book.refuse(path / "cross_per_week" / name, "does nothing: who is in it cannot join it again", "drop it");
}

void check_sends(RuleBook& book, const OwnedOptions& owned, const KeyPath& path) {
  const bool sends = owned.sends_per_week > 0;
  for (const std::string_view key : {"quota_per_week", "tolerated_per_week", "excess_open_share", "excess_leave_prob",
                                     "ad_leave_prob", "slow_effect", "fast_effect"})
    refuse_idle(book, path / key, sends, "does nothing, because nothing is sent", "give sends_per_week, or drop it");
  refuse_idle(book, path / "open_prob", sends || owned.reminder.enabled, "does nothing, because nothing is sent",
              "give sends_per_week, or drop it");
}

void check_buying(RuleBook& book, const OwnedOptions& owned, const KeyPath& path) {
  const bool need = book.market.need.enabled;
  const std::string rule = "there are no occasions to buy, because need.enabled = false",
                    hint = "write need.enabled = true";
  for (const std::string_view key : {"purchase_prob", "scan_prob", "utility", "sticky_utility", "opportunity_lift"})
    refuse_idle(book, path / key, need, rule, hint);
  const KeyPath reminder = path / "reminder", flag = reminder / "enabled";
  if (owned.reminder.enabled && !need && !book.is_wrong(flag)) book.refuse(flag, rule, hint);
  for (const std::string_view key : {"at_intervals", "width_intervals", "occasion_prob", "utility", "stickiness_gain"})
    if (!owned.reminder.enabled && !book.is_given(flag) && book.is_given(reminder / key))
      return book.refuse(reminder / key, fmt::format("does nothing, because {} = false (the default)", flag.str()),
                         fmt::format("write {} = true", flag.str()));
}

// Whether the brand can know anybody.
bool knows_anybody(const MarketOptions& market) { return market.owns_channels() || market.joins_identities(); }

void check_service(RuleBook& book) {
  const MarketOptions& market = book.market;
  const KeyPath path{"informed_service"}, flag = path / "enabled";
  const std::string nobody = "nobody is known: there are neither owned channels nor walled gardens",
                    declare = "declare an owned channel, as [owned.NAME]";
  if (!market.informed_service.enabled) {
    if (book.is_given(path) && !book.is_given(flag))
      book.refuse(path, "does nothing, because informed_service.enabled = false (the default)",
                  "write informed_service.enabled = true");
  } else if (!market.need.enabled) {
    book.refuse(flag, "there are no occasions to buy, because need.enabled = false", "write need.enabled = true");
  } else if (!knows_anybody(market)) {
    book.refuse(flag, nobody, declare);
  }
  const bool answered = std::any_of(market.machines.begin(), market.machines.end(), [](const MachineOptions& machine) {
    return std::any_of(machine.moves.begin(), machine.moves.end(),
                       [](const MoveOptions& move) { return move.cause == "event" && move.event == "served"; });
  });
  for (const char* key : {"leap_prob", "data_kind_leap_prob"})
    if (market.informed_service.enabled)
      refuse_idle(book, path / key, answered, "no move of a machine answers the event \"served\"",
                  R"(declare one with cause = "event" and event = "served")");
  const KeyPath stages = path / "stages";
  refuse_idle(book, stages, !market.run.focal_machine.empty(), "no machine tells the rungs of the focal brand",
              R"(name it by scenario.focal_machine, or declare one with preset = "ladder")");
  if (market.assets.enabled && !knows_anybody(market)) book.refuse({"assets", "enabled"}, nobody, declare);
}

// Moves that answer what never happens, unless the scenario itself has set the mechanism aside.
void check_answers(RuleBook& book) {
  const MarketOptions& market = book.market;
  for (const MachineOptions& machine : market.machines)
    for (const MoveOptions& move : machine.moves) {
      const KeyPath event = KeyPath{"machine", machine.name} / "move" / move.name / "event";
      if (move.cause != "event" || book.is_wrong(event)) continue;
      if ((move.event == "joined" || move.event == "left") && market.owned.empty())
        book.refuse(event, "never happens, because there is no owned channel", "declare one, as [owned.NAME]");
      if (move.event == "served" && !market.informed_service.enabled && !book.is_given({"informed_service", "enabled"}))
        book.refuse(event, "never happens, because informed_service.enabled = false",
                    "write informed_service.enabled = true");
    }
}

}  // namespace

void check_owned(RuleBook& book) {
  for (const OwnedOptions& owned : book.market.owned) {
    const KeyPath path{"owned", owned.name};
    check_joining(book, owned, path);
    check_sends(book, owned, path);
    check_buying(book, owned, path);
  }
  check_service(book);
  check_answers(book);
}

}  // namespace populace
