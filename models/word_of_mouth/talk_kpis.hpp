// Figures of talk over contacts: what was said, and what was believed.
#pragma once
#include "models/stages/stages.hpp"
#include "models/world/market_options.hpp"
#include "sim/engine/measures.hpp"

namespace populace {

void talk_kpis(const MarketOptions& options, const Stages& stages, MeasureRegistry& registry);

}  // namespace populace
