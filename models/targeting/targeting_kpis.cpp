#include "models/targeting/targeting_kpis.hpp"

#include <algorithm>
#include <numeric>

#include "models/names.hpp"

namespace populace {
namespace {

bool counts(const MeasureRegistry& registry, std::string_view name) {
  const auto& measures = registry.measures();
  return std::any_of(measures.begin(), measures.end(), [&](const Measure& m) { return m.name == name; });
}

void plan_kpis(const MarketOptions& options, std::size_t ch, MeasureRegistry& registry) {
  const std::string &row = options.channels[ch].name, &money = options.run.currency;
  const KpiTerm overlap{"overlap_contacts", {ch}}, useful{"useful_contacts", {ch}}, gap{"gap_people", {ch}},
      meant{"planned_people", {ch}}, spend{"overlap_spend", {ch}};
  registry.add(Kpi{"channel",
                   row,
                   "overlap_share",
                   "%",
                   "share of contacts beyond what the channel's plan gives a person",
                   {overlap},
                   {overlap, useful},
                   100,
                   0});
  registry.add(Kpi{"channel", row, "overlap_spend", money, "money spent on those contacts", {spend}, {}, 1, 0});
  registry.add(Kpi{"channel",
                   row,
                   "gap_share",
                   "%",
                   "share of the people meant by the plan who met less than planned, over its windows",
                   {gap},
                   {meant},
                   100,
                   0});
}

void reach_kpis(const MarketOptions& options, MeasureRegistry& registry) {
  const KpiTerm any{"reached_by_number", {0}};
  registry.add(Kpi{"reach", "any_channel", "people", "people", "people reached by any channel", {any}, {}, 1, 0});
  if (options.channels.size() < 2) return;
  const KpiTerm two{"reached_by_number", {1}};
  registry.add(
      Kpi{"reach", "two_channels", "people", "people", "people reached by two channels or more", {two}, {}, 1, 0});
  registry.add(Kpi{"reach",
                   "two_channels",
                   "share",
                   "%",
                   "share of the reached who were reached by two channels or more",
                   {two},
                   {any},
                   100,
                   0});
}

}  // namespace

void targeting_kpis(const MarketOptions& options, MeasureRegistry& registry) {
  for (std::size_t ch = 0; ch < options.channels.size(); ++ch)
    if (options.channels[ch].planned_contacts > 0) plan_kpis(options, ch, registry);
  for (std::size_t c = 0; c < options.campaigns.size() && counts(registry, "off_target_contacts"); ++c)
    if (options.campaigns[c].target.active())
      registry.add(Kpi{"campaign",
                       options.campaigns[c].name,
                       "off_target_share",
                       "%",
                       "share of contacts with people whom its target does not mean",
                       {{"off_target_contacts", {c}}},
                       {{"impressions", {c}}},
                       100,
                       0});
  if (counts(registry, "withheld_contacts")) {
    std::vector<std::size_t> every(options.campaigns.size());
    std::iota(every.begin(), every.end(), std::size_t{0});
    registry.add(Kpi{"market",
                     "cross_cap",
                     "withheld",
                     "contacts",
                     "contacts that the cap over channels did not let happen",
                     {{"withheld_contacts", every}},
                     {},
                     1,
                     0});
    registry.add(Kpi{"market",
                     "cross_cap",
                     "over_frequency",
                     "contacts",
                     "contacts beyond the cap over channels, of people not recognised there",
                     {{"over_frequency_contacts", {0}}},
                     {},
                     1,
                     0});
  }
  if (counts(registry, "reached_by_number")) reach_kpis(options, registry);
}

}  // namespace populace
