#include "models/world/shocks.hpp"

#include "models/names.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {

double Shocks::sigma() const {
  const double cv = options_->world.demand_shock_cv;
  return __builtin_sqrt(exact_log1p(cv * cv));
}

double Shocks::innovation(DrawKey key, std::size_t region, std::int32_t week) const {
  return sigma() * normal_quantile(unit_double(
                       draw_word(key, reason(Purpose::kDemandShock, options_->regions[region].name, week), 0)));
}

ShocksState Shocks::make_state(DrawKey key, std::int32_t first_step) const {
  ShocksState state;
  const int per_week = options_->run.steps_per_week();
  for (std::size_t r = 0; r < options_->regions.size(); ++r)
    state.level.push_back(innovation(key, r, first_step / per_week));
  return state;
}

std::vector<double> Shocks::begin_step(ShocksState& state, DrawKey key, std::int32_t step,
                                       std::int32_t first_step) const {
  const int per_week = options_->run.steps_per_week();
  const double ar = options_->world.demand_shock_ar, s = sigma();
  std::vector<double> multiplier;
  for (std::size_t r = 0; r < state.level.size(); ++r) {
    if (step % per_week == 0 && step != first_step)
      state.level[r] = ar * state.level[r] + __builtin_sqrt(1 - ar * ar) * innovation(key, r, step / per_week);
    multiplier.push_back(exact_exp(state.level[r] - s * s / 2));
  }
  return multiplier;
}

}  // namespace populace
