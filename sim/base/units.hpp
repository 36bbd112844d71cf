// Money as fixed point: one unit of `Micros` is 1e-6 of the scenario's currency, so that sums are exact in any order.
#pragma once
#include <cstdint>

namespace populace {

using Micros = std::int64_t;
inline constexpr double kMicrosPerUnit = 1e6;

// Nearest micro amount; `units` must be within +-9.2e12 of the currency.
constexpr Micros to_micros(double units) {
  return static_cast<Micros>(units * kMicrosPerUnit + (units < 0 ? -.5 : .5));
}
constexpr double to_units(Micros micros) { return static_cast<double>(micros) / kMicrosPerUnit; }

}  // namespace populace
