// Opportunities to buy in the category: N ~ Poisson(rate x season x shock x events x dt) for every consumer, processed
// one after another.
//
//   chance of none = exp(-rate_code x multiplier), tabulated by code of the rate for every cell and step; the same
//   uniform, inverted, gives the number.
//
// rate ~ Gamma over consumers, so counts are NBD (Ehrenberg 1959, doi:10.2307/2985810). Units: opportunities a step.
#pragma once
#include <cstdint>
#include <vector>

#include "models/population/traits.hpp"
#include "models/scratch.hpp"
#include "models/world/events.hpp"
#include "models/world/market_options.hpp"

namespace populace {

struct NeedPlan {
  DrawStream stream;
  std::vector<double> multiplier;  // by cell, of the weekly rate
  std::vector<TraitTable> none;    // by cell: chance of no opportunity by code
};

class Need {
 public:
  Need(const MarketOptions& options, const Traits& traits);
  // `shock` by region multiplies demand in this step.
  void begin_step(NeedPlan& plan, const std::vector<double>& shock, DrawKey key, std::int32_t step) const;
  // Fills scratch.list with places that have an opportunity and scratch.occasion_left with how many.
  void run(const NeedPlan& plan, const BlockView& block, BlockScratch& scratch) const;
  // Mean opportunities of all consumers of a segment in a step, without season and shock.
  double mean_per_step(std::size_t segment) const;

 private:
  const MarketOptions* options_;
  const Traits* traits_;
  WorldEvents events_;
};

}  // namespace populace
