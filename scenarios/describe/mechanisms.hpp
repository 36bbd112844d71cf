// What acts in a market beside media, brands and stages, in words.
#pragma once
#include <string>

#include "models/world/market_options.hpp"

namespace populace {

// Paragraphs and tables of the mechanisms that are on; nothing of those that are off.
std::string mechanisms_text(const MarketOptions& market);

}  // namespace populace
