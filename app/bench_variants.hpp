// A family around a funnel: the same mechanisms with another number of stages and channels, other names, one driver
// more. Were the engine fast for one member only, their times per draw would differ.
#pragma once
#include <string>
#include <vector>

#include "models/world/market_options.hpp"

namespace populace {

struct Variant {
  std::size_t stages = 5, channels = 4;
  std::string driver;  // of the moves up, beside goodwill and the share of the last stage; empty: none
  std::string name() const;
};

std::vector<Variant> variants();
// `base` has one machine whose moves up and down are named so, and campaigns of buy = "probability".
MarketOptions make_variant(const MarketOptions& base, const Variant& variant);

}  // namespace populace
