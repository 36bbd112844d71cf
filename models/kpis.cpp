#include "models/kpis.hpp"

#include <algorithm>
#include <numeric>

#include "models/after/payment.hpp"
#include "models/names.hpp"
#include "models/targeting/targeting_kpis.hpp"
#include "models/word_of_mouth/talk_kpis.hpp"

namespace populace {
namespace {

constexpr double kFewEvents = 100;

std::vector<std::size_t> every(std::size_t n, std::size_t first = 0) {
  std::vector<std::size_t> slots(n);
  std::iota(slots.begin(), slots.end(), first);
  return slots;
}

bool is_paid(const CampaignOptions& campaign) { return campaign.buy != "probability"; }

// Contacts that must come, so that too few of them deserve a warning.
double contacts_needed(const CampaignOptions& campaign) {
  return !is_paid(campaign) || campaign.budget_money > 0 || !campaign.plan.empty() ? kFewEvents : 0;
}

void channel_kpis(const MarketOptions& options, std::size_t ch, MeasureRegistry& registry) {
  std::vector<std::size_t> campaigns;
  bool paid = false;
  double needed = 0;
  for (std::size_t c = 0; c < options.campaigns.size(); ++c) {
    if (options.campaigns[c].channel != options.channels[ch].name) continue;
    campaigns.push_back(c);
    paid = paid || is_paid(options.campaigns[c]);
    needed = std::max(needed, contacts_needed(options.campaigns[c]));
  }
  if (campaigns.empty()) return;
  const std::string &row = options.channels[ch].name, &money = options.run.currency;
  const KpiTerm spend{"spend", campaigns}, contacts{"impressions", campaigns}, reach{"channel_new_reach", {ch}};
  if (paid) registry.add(Kpi{"channel", row, "spend", money, "money spent on the channel", {spend}, {}, 1, 0});
  registry.add(Kpi{"channel", row, "impressions", "contacts", "contacts on the channel", {contacts}, {}, 1, needed});
  registry.add(Kpi{
      "channel", row, "reach", "people", "people with at least one contact on the channel", {reach}, {}, 1, needed});
  registry.add(Kpi{"channel", row, "frequency", "1", "contacts of a reached person", {contacts}, {reach}, 1, 0});
  if (paid)
    registry.add(
        Kpi{"channel", row, "cost_per_reached", money, "money spent for each reached person", {spend}, {reach}, 1, 0});
}

void campaign_kpis(const MarketOptions& options, std::size_t c, MeasureRegistry& registry) {
  const CampaignOptions& campaign = options.campaigns[c];
  const std::string &row = campaign.name, &money = options.run.currency;
  const bool paid = is_paid(campaign);
  const double needed = contacts_needed(campaign);
  const KpiTerm spend{"spend", {c}}, contacts{"impressions", {c}}, reach{"reach_since_start", {c * 10}};
  if (paid) {
    registry.add(Kpi{"campaign", row, "spend", money, "money spent", {spend}, {}, 1, 0});
    registry.add(
        Kpi{"campaign", row, "unspent", money, "budget that could not be spent", {{"unspent", {c}}}, {}, 1, 0});
  }
  registry.add(Kpi{"campaign", row, "impressions", "contacts", "contacts", {contacts}, {}, 1, needed});
  registry.add(Kpi{"campaign", row, "reach", "people", "people with at least one contact", {reach}, {}, 1, needed});
  registry.add(Kpi{"campaign",
                   row,
                   "reach_3",
                   "people",
                   "people with at least three contacts",
                   {{"reach_since_start", {c * 10 + 2}}},
                   {},
                   1,
                   0});
  registry.add(Kpi{"campaign", row, "frequency", "1", "contacts of a reached person", {contacts}, {reach}, 1, 0});
  if (paid)
    registry.add(Kpi{"campaign", row, "ecpm", money, "money spent for 1,000 contacts", {spend}, {contacts}, 1000, 0});
  if (options.channels[index_of(options.channels, campaign.channel)].click_prob > 0)
    registry.add(Kpi{"campaign", row, "clicks", "clicks", "clicks", {{"clicks", {c}}}, {}, 1, needed});
}

void funnel_kpis(const Stages& stages, MeasureRegistry& registry) {
  for (std::size_t m = 0; m < stages.n_machines(); ++m) {
    const MachineOptions& machine = stages.options(m);
    for (std::size_t s = 0; s < machine.stages.size(); ++s) {
      const KpiTerm occupancy{"occupancy_" + machine.name, {s}};
      const std::string& row = machine.stages[s];
      registry.add(Kpi{machine.name, row, "people", "people", "people in the stage at the end", {occupancy}, {}, 1, 0});
      registry.add(Kpi{machine.name,
                       row,
                       "share",
                       "%",
                       "share of all people in the stage at the end",
                       {occupancy},
                       {{"consumers", {0}}},
                       100,
                       0});
      const std::vector<std::size_t> into = stages.leaps_into(m, s);
      if (into.empty()) continue;
      registry.add(Kpi{machine.name,
                       row,
                       "entries_per_week",
                       "people",
                       "moves into the stage a week, mean of the horizon",
                       {{"leaps_" + machine.name, into}},
                       {},
                       1,
                       0,
                       true});
    }
  }
}

void brand_kpis(const MarketOptions& options, MeasureRegistry& registry) {
  const std::size_t n = options.brands.size();
  const std::string& money = options.run.currency;
  for (std::size_t b = 0; b < n; ++b) {
    const std::string& row = options.brands[b].name;
    const KpiTerm orders{"orders", {b}}, buyers{"buyers", {b}};
    const bool several = books_payments(options);
    const std::string sold = several ? "units" : "orders";
    if (several) {
      registry.add(Kpi{"brand", row, "orders", "orders", "orders", {orders}, {}, 1, kFewEvents});
      registry.add(Kpi{"brand", row, "units", "units", "units bought", {{"units", {b}}}, {}, 1, kFewEvents});
    } else {
      registry.add(Kpi{"brand", row, "orders", "units", "units bought", {orders}, {}, 1, kFewEvents});
    }
    registry.add(Kpi{"brand", row, "revenue", money, "revenue", {{"revenue", {b}}}, {}, 1, 0});
    registry.add(
        Kpi{"brand", row, "share", "%", "share of units of all brands", {{sold, {b}}}, {{sold, every(n)}}, 100, 0});
    registry.add(
        Kpi{"brand", row, "margin", money, "revenue less unit costs, before media", {{"margin", {b}}}, {}, 1, 0});
    if (options.replay.enabled()) continue;  // replayed customers have made their first purchase
    registry.add(Kpi{"brand",
                     row,
                     "buyers",
                     "people",
                     "people who bought at least once in the horizon",
                     {buyers},
                     {},
                     1,
                     kFewEvents});
    registry.add(Kpi{"brand", row, "penetration", "%", "buyers of all people", {buyers}, {{"consumers", {0}}}, 100, 0});
    if (options.brands[b].penetration_share > 0 || options.run.warmup_weeks > 0)
      registry.add(Kpi{"brand",
                       row,
                       "new_buyers",
                       "people",
                       "buyers who had never bought it before",
                       {{"first_purchases", {b}}},
                       {},
                       1,
                       0});
  }
  registry.add(Kpi{
      "market", "category", "opportunities", "occasions", "opportunities to buy", {{"opportunities", {0}}}, {}, 1, 0});
  registry.add(Kpi{"market",
                   "category",
                   "orders",
                   "units",
                   "units bought of all brands",
                   {{books_payments(options) ? "units" : "orders", every(n)}},
                   {},
                   1,
                   kFewEvents});
  registry.add(Kpi{"market", "category", "revenue", money, "revenue of all brands", {{"revenue", every(n)}}, {}, 1, 0});
}

// The conditional trend of a replayed log: customers by repeats before the split, and how often they came back after
// it.
void replay_kpis(MeasureRegistry& registry) {
  const std::vector<std::string>& classes = registry.dimension("early_repeats").labels;
  for (std::size_t x = 0; x < classes.size(); ++x) {
    const KpiTerm customers{"trend_customers", {x}}, later{"trend_repeats", {x}};
    registry.add(Kpi{"repeats_before",
                     classes[x],
                     "customers",
                     "people",
                     "customers with so many repeats before the split",
                     {customers},
                     {},
                     1,
                     0});
    registry.add(Kpi{"repeats_before",
                     classes[x],
                     "repeats_after",
                     "1",
                     "repeats after the split of such a customer",
                     {later},
                     {customers},
                     1,
                     0});
  }
}

}  // namespace

void add_kpis(const MarketOptions& options, const Stages& stages, MeasureRegistry& registry) {
  for (std::size_t ch = 0; ch < options.channels.size(); ++ch) channel_kpis(options, ch, registry);
  for (std::size_t c = 0; c < options.campaigns.size(); ++c) campaign_kpis(options, c, registry);
  funnel_kpis(stages, registry);
  if (options.need.enabled) brand_kpis(options, registry);
  if (options.need.enabled && options.replay.enabled()) replay_kpis(registry);
  if (options.stage_purchase.enabled()) {
    registry.add(Kpi{"sales",
                     options.run.focal_brand,
                     "orders",
                     "units",
                     "units ordered by stage",
                     {{"stage_orders", {0}}},
                     {},
                     1,
                     kFewEvents});
    registry.add(Kpi{"sales",
                     options.run.focal_brand,
                     "orders_per_person",
                     "1",
                     "units ordered a person",
                     {{"stage_orders", {0}}},
                     {{"consumers", {0}}},
                     1,
                     0});
    registry.add(Kpi{"sales",
                     options.run.focal_brand,
                     "revenue",
                     options.run.currency,
                     "revenue",
                     {{"stage_revenue", {0}}},
                     {},
                     1,
                     0});
  }
  targeting_kpis(options, registry);
  talk_kpis(options, stages, registry);
}

}  // namespace populace
