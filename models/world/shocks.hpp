// Demand shocks of a region: noise that does not shrink with the number of consumers.
//
//   x_w = a x_{w-1} + sqrt(1 - a^2) s z_w,   shock = exp(x_w - s^2 / 2),   s^2 = ln(1 + cv^2)
//
// one value a week, the same for all steps of it; stationary, mean 1, coefficient of variation cv. Units: weeks.
#pragma once
#include <cstdint>
#include <vector>

#include "models/world/market_options.hpp"
#include "sim/base/bytes.hpp"
#include "sim/random/draw.hpp"

namespace populace {

struct ShocksState {
  std::vector<double> level;  // x by region
  void save(ByteWriter& out) const { out.put(level); }
  void load(ByteReader& in) { in.get(level); }
};

class Shocks {
 public:
  explicit Shocks(const MarketOptions& options) : options_(&options) {}
  ShocksState make_state(DrawKey key, std::int32_t first_step) const;
  // Multipliers by region in this step.
  std::vector<double> begin_step(ShocksState& state, DrawKey key, std::int32_t step, std::int32_t first_step) const;

 private:
  double innovation(DrawKey key, std::size_t region, std::int32_t week) const;
  double sigma() const;
  const MarketOptions* options_;
};

}  // namespace populace
