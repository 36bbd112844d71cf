// What a strategist asks of an owned channel.
#include "models/private_domain/private_domain.hpp"

namespace populace {

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
  }
}

}  // namespace populace
