// What a strategist asks of an owned channel.
#include <algorithm>

#include "models/private_domain/private_domain.hpp"

namespace populace {
namespace {

bool given(const PerName& value) {
  bool any = value.all > 0;
  for (const auto& [name, one] : value.by_name) any = any || one > 0;
  return any;
}

// In the order of kJoinCauses: whether the keys of an owned channel let anybody join so.
std::array<bool, kJoinCauses.size()> possible_joins(const OwnedOptions& owned, const MarketOptions& options) {
  const bool sold = options.need.enabled, in_stores = std::any_of(options.outlets.begin(), options.outlets.end(),
                                                                  [](const auto& o) { return o.kind == "store"; });
  return {sold && owned.purchase_prob > 0,
          sold && options.has_outlets() && in_stores && owned.scan_prob > 0,
          given(owned.game_per_week),
          given(owned.qr_per_week),
          owned.verified && given(owned.search_per_week),
          owned.fission_per_week > 0,
          given(owned.contact_prob),
          given(owned.cross_per_week)};
}

void join_kpis(const MarketOptions& options, std::size_t o, MeasureRegistry& registry) {
  const auto possible = possible_joins(options.owned[o], options);
  for (std::size_t cause = 0; cause < possible.size(); ++cause) {
    if (!possible[cause]) continue;
    const std::string name(kJoinCauses[cause]);
    const KpiTerm joins{"joins", {o * kJoinCauses.size() + cause}};
    registry.add(
        Kpi{"joins", options.owned[o].name, name, "people", "people who became members by " + name, {joins}, {}, 1, 0});
  }
}

}  // namespace

void PrivateDomain::add_kpis(MeasureRegistry& registry) const {
  if (!enabled()) return;
  const std::string& money = options_->run.currency;
  for (std::size_t o = 0; o < options_->owned.size(); ++o) {
    const std::string& row = options_->owned[o].name;
    const auto add = [&](const char* column, const std::string& unit, const char* text, const KpiTerm& term,
                         const std::vector<KpiTerm>& per = {}, double factor = 1) {
      registry.add(Kpi{"owned", row, column, unit, text, {term}, per, factor, 0});
    };
    KpiTerm joins{"joins", {}};
    for (std::size_t cause = 0; cause < kJoinCauses.size(); ++cause)
      joins.slots.push_back(o * kJoinCauses.size() + cause);
    const KpiTerm members{"members", {o}}, cost{"owned_cost", {o}}, sends{"sends", {o}}, seen{"sends_seen", {o}};
    add("members", "people", "members at the end", members);
    add("member_share", "%", "members of all people at the end", members, {{"consumers", {0}}}, 100);
    add("joins", "people", "people who became members", joins);
    add("leaves", "people", "members who left", {"leaves", {o}});
    add("stickiness", "1", "mean stickiness of a member at the end", {"stickiness", {o}}, {members});
    if (options_->owned[o].delivered_per_week() > 0) {
      add("sends", "messages", "messages sent to members", sends);
      add("seen_share", "%", "share of messages that were seen", seen, {sends}, 100);
    }
    if (options_->need.enabled)
      add("orders", "units", "units of the focal brand bought by members", {"member_orders", {o}});
    if (reminds_ && options_->owned[o].reminder.enabled)
      add("reminder_occasions", "occasions", "occasions to buy that reminders made", {"reminder_occasions", {o}});
    add("cost", money, "sends, new members, discounts of codes and upkeep", cost);
    add("cost_per_join", money, "cost of the channel for each new member", cost, {joins});
    join_kpis(*options_, o, registry);
  }
}

}  // namespace populace
