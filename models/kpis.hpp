// Figures of a run that people ask for, as data over measures.
#pragma once
#include "models/stages/stages.hpp"
#include "models/world/market_options.hpp"
#include "sim/engine/measures.hpp"

namespace populace {

void add_kpis(const MarketOptions& options, const Stages& stages, MeasureRegistry& registry);

}  // namespace populace
