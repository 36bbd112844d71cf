// Groups of figures as tables of a report: their order and titles.
#pragma once
#include <vector>

#include "models/world/market_options.hpp"
#include "results/report/report.hpp"

namespace populace {

std::vector<GroupTitle> figure_groups(const MarketOptions& options);

}  // namespace populace
