// Which outlets ask for the distance of a consumer to the nearest own store.
#pragma once
#include "models/world/market_options.hpp"

namespace populace {

bool goes_by_distance(const MarketOptions& options, const OutletOptions& outlet);
// Any of them, in a market where not everybody lives beside a store.
bool outlets_need_distance(const MarketOptions& options);

}  // namespace populace
