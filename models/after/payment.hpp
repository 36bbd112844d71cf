// What an order is worth below its list price, to the millionth: whoever counts a reduction counts the same one.
#pragma once
#include <cstdint>

#include "models/world/market_options.hpp"
#include "sim/base/units.hpp"

namespace populace {

// Whether an order may hold several units or be paid below the list price; a mechanism that sets scratch.units or
// scratch.paid_share adds its condition.
bool books_payments(const MarketOptions& options);

// Shares count to the millionth, so that a cut of a fifth is one.
inline Micros price_reduction(double price, std::uint8_t units, float paid_share) {
  if (paid_share == 1) return 0;
  return to_micros(price * units * to_units(to_micros(1 - static_cast<double>(paid_share))));
}

}  // namespace populace
