#include "models/ladder_views/ladder_views.hpp"

#include <algorithm>

#include "models/names.hpp"

namespace populace {

std::vector<ViewOptions> views_of(const MachineOptions& machine) {
  std::vector<ViewOptions> views = machine.ladder_views ? ladder_views() : std::vector<ViewOptions>{};
  views.insert(views.end(), machine.views.begin(), machine.views.end());
  return views;
}

LadderViews::LadderViews(const MarketOptions& options, const Stages& stages, MeasureRegistry& registry) {
  for (std::size_t m = 0; m < options.machines.size(); ++m)
    for (const ViewOptions& given : views_of(options.machines[m])) {
      const MachineOptions& machine = options.machines[m];
      View& view = views_.emplace_back();
      view.name = "view_" + machine.name + "_" + given.name;
      view.machine = machine.name;
      view.occupancy = stages.occupancy_slot(m);
      for (const ViewGroupOptions& group_options : given.groups) {
        Group& group = view.groups.emplace_back();
        group.name = group_options.name;
        for (const std::string& stage : group_options.stages)
          group.stages.push_back(static_cast<std::size_t>(machine.stage(stage)));
        group.entries = stages.leaps_into_group(m, group.stages);
      }
      registry.add_dimension("group_" + view.name, names_of(given.groups));
      view.people = registry.add({.name = view.name,
                                  .unit = "people",
                                  .long_name = "people in the stages of the group at the end of the step",
                                  .kind = Timing::kStock,
                                  .dims = {"group_" + view.name}});
    }
}

void LadderViews::add_kpis(MeasureRegistry& registry) const {
  for (const View& view : views_)
    for (std::size_t g = 0; g < view.groups.size(); ++g) {
      const KpiTerm people{view.name, {g}};
      const std::string& row = view.groups[g].name;
      registry.add(Kpi{view.name, row, "people", "people", "people in the group at the end", {people}, {}, 1, 0});
      registry.add(Kpi{view.name,
                       row,
                       "share",
                       "%",
                       "share of all people in the group at the end",
                       {people},
                       {{"consumers", {0}}},
                       100,
                       0});
      if (view.groups[g].entries.empty()) continue;
      registry.add(Kpi{view.name,
                       row,
                       "entries_per_week",
                       "people",
                       "moves into the group from outside a week, mean of the horizon",
                       {{"leaps_" + view.machine, view.groups[g].entries}},
                       {},
                       1,
                       0,
                       true});
    }
}

void LadderViews::end_step(std::span<std::int64_t> rows, std::size_t row_size) const {
  for (std::size_t at = 0; at < rows.size(); at += row_size)
    for (const View& view : views_)
      for (std::size_t g = 0; g < view.groups.size(); ++g)
        for (const std::size_t stage : view.groups[g].stages)
          rows[at + view.people + g] += rows[at + view.occupancy + stage];
}

}  // namespace populace
