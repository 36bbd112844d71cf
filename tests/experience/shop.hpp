// A small market of two brands in which everybody buys, for tests of what a purchase leaves behind.
#pragma once
#include <algorithm>
#include <utility>
#include <vector>

#include "tests/attention/lab.hpp"
#include "tests/support/zscore.hpp"

namespace populace {

// Everybody has about `needs` opportunities a week and uses all of them; brands "own" (focal) and "rival".
inline MarketOptions shop(std::int64_t consumers, std::int64_t weeks, double needs = 2) {
  MarketOptions options;
  options.run.consumers = consumers;
  options.run.weeks = weeks;
  options.need.enabled = true;
  options.need.opportunities_per_week = needs;
  options.need.shape = 1000;
  options.choice.no_purchase_share = 0;
  options.choice.price_slope = 0;
  options.brands = {{}, {}};
  options.brands[0].name = "own", options.brands[1].name = "rival";
  options.brands[0].share = options.brands[1].share = .5;
  return options;
}

// Every purchase shows exactly this quality, nothing else is expected than 0, every gap is felt, and the last one alone
// counts.
inline void surely(MarketOptions& options, double quality) {
  ExperienceOptions& o = options.experience;
  o.enabled = true;
  for (AspectOptions& aspect : o.aspects) aspect.quality = quality, aspect.sd = 0;
  o.tolerance_low = o.tolerance_high = 1e-6;
  o.loss_weight = o.learning_share = 1;
  o.half_life_weeks = o.expectation_per_goodwill = 0;
}

// Nothing that is felt changes what is bought.
inline void without_effect(MarketOptions& options) {
  ExperienceOptions& o = options.experience;
  o.repeat_utility = o.defection_utility = 0;
  o.trust_pressure_damping = o.trust_price_damping = o.recommend_prob = 0;
}

// The rival is not to be had before this week.
inline void own_alone_until(MarketOptions& options, double week) {
  options.brands[1].distribution_share.points = {{week - 1, 0}, {week, 1}};
}

struct Ordered {
  std::int64_t own, rival;
  bool operator==(const Ordered&) const = default;
};
inline Ordered ordered(const MarketOptions& options, std::uint32_t seed = 11) {
  Lab lab(options, seed);
  lab.run_all();
  return {lab.total("orders", 0), lab.total("orders", 1)};
}

}  // namespace populace
