// Figures of targeting, caps over channels, plans of contacts and reach over channels.
#pragma once
#include "models/world/market_options.hpp"
#include "sim/engine/measures.hpp"

namespace populace {

void targeting_kpis(const MarketOptions& options, MeasureRegistry& registry);

}  // namespace populace
