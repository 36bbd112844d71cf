#include "app/figure_groups.hpp"

namespace populace {

std::vector<GroupTitle> figure_groups(const MarketOptions& options) {
  std::vector<GroupTitle> groups = {
      {"channel", "Channels"}, {"campaign", "Campaigns"},        {"brand", "Brands"}, {"profit", "Profit"},
      {"sales", "Sales"},      {"reach", "Reach over channels"}, {"market", "Market"}};
  for (const MachineOptions& machine : options.machines) groups.push_back({machine.name, "Funnel: " + machine.name});
  return groups;
}

}  // namespace populace
