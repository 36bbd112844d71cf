#include "models/choice/reaction.hpp"

#include <algorithm>

#include "models/names.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {
namespace {

std::size_t steps_of(double weeks, const MarketOptions& options) {
  return static_cast<std::size_t>(weeks * options.run.steps_per_week() + .5);
}

}  // namespace

Reactions::Reactions(const MarketOptions& options, MeasureRegistry& registry)
    : options_(&options), focal_(index_of(options.brands, options.run.focal_brand)) {
  for (const BrandOptions& brand : options.brands) {
    if (!brand.reaction.enabled) continue;
    enabled_ = true;
    history_ = std::max(history_,
                        steps_of(brand.reaction.lag_weeks, options) + steps_of(brand.reaction.hold_weeks, options) + 1);
  }
  if (!enabled_) return;
  orders_ = registry.measure("orders").offset;
  answers_ = registry.add({.name = "answering",
                           .unit = "steps",
                           .long_name = "steps in which the rival answered the focal brand",
                           .level = Level::kTotal,
                           .count = Count::kPlain,
                           .dims = {"brand"}});
  for (std::size_t b = 0; b < options.brands.size(); ++b)
    if (options.brands[b].reaction.enabled)
      registry.add(Kpi{"brand",
                       options.brands[b].name,
                       "answering_weeks",
                       "weeks",
                       "weeks in which it answered the focal brand",
                       {{"answering", {b}}},
                       {},
                       options.run.weeks_per_step(),
                       0});
}

ReactionState Reactions::make_state() const {
  ReactionState state;
  if (!enabled_) return state;
  state.cut.assign(history_, 0);
  state.gain.assign(history_ * options_->brands.size(), 0);
  state.mean_share.assign(options_->brands.size(), options_->brands[focal_].share);
  return state;
}

void Reactions::answer(const ReactionState& state, std::size_t brand, ReactionPlan& plan) const {
  const ReactionOptions& o = options_->brands[brand].reaction;
  const std::size_t lag = steps_of(o.lag_weeks, *options_), hold = steps_of(o.hold_weeks, *options_), n = history_,
                    n_brands = options_->brands.size();
  double cut = 0;
  for (std::size_t age = lag; age <= lag + hold; ++age) {
    const double seen = state.cut[n - 1 - age], gain = state.gain[(n - 1 - age) * n_brands + brand];
    const bool by_cut = o.on_cut_share > 0 && seen >= o.on_cut_share;
    if (!by_cut && !(o.on_gain_share > 0 && gain >= o.on_gain_share)) continue;
    plan.answers[brand] = 1;
    cut = std::max({cut, o.price_cut_share, by_cut ? o.match_share * seen : 0});
  }
  if (plan.answers[brand] == 0) return;
  plan.price_factor[brand] = 1 - cut;
  plan.pressure[brand] = o.pressure;
}

void Reactions::begin_step(ReactionState& state, ReactionPlan& plan, double focal_cut) const {
  if (!enabled_) return;
  const std::size_t n_brands = options_->brands.size();
  plan.price_factor.assign(n_brands, 1);
  plan.pressure.assign(n_brands, 0);
  plan.answers.assign(n_brands, 0);
  std::copy(state.cut.begin() + 1, state.cut.end(), state.cut.begin());
  std::copy(state.gain.begin() + static_cast<std::ptrdiff_t>(n_brands), state.gain.end(), state.gain.begin());
  state.cut.back() = focal_cut;
  for (std::size_t b = 0; b < n_brands; ++b)
    state.gain[(history_ - 1) * n_brands + b] = state.mean_share[b] - options_->brands[focal_].share;
  for (std::size_t b = 0; b < n_brands; ++b)
    if (options_->brands[b].reaction.enabled) answer(state, b, plan);
}

void Reactions::end_step(ReactionState& state, const ReactionPlan& plan, std::span<const std::int64_t> cells,
                         std::size_t row_size, std::span<std::int64_t> totals) const {
  if (!enabled_) return;
  std::int64_t all = 0, focal = 0;
  for (std::size_t row = 0; row < cells.size(); row += row_size)
    for (std::size_t b = 0; b < options_->brands.size(); ++b) {
      all += cells[row + orders_ + b];
      if (b == focal_) focal += cells[row + orders_ + b];
    }
  const double dt = options_->run.weeks_per_step();
  for (std::size_t b = 0; b < options_->brands.size(); ++b) {
    totals[answers_ + b] = plan.answers[b];
    if (all == 0) continue;
    const double now = static_cast<double>(focal) / static_cast<double>(all);
    state.mean_share[b] += -exact_expm1(-dt / options_->brands[b].reaction.gain_weeks) * (now - state.mean_share[b]);
  }
}

}  // namespace populace
