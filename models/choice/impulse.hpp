// Impulse: at low involvement some occasions are decided on the spot.
//
//   P(impulse) = prob x max(0, 1 - v / below);   then V_b += utility for every brand, so that more is bought, and what
//   displays of promotions add counts `display_gain` times
//
// Source: quick decision at low involvement, S64 and M91; experience raises the impulse to buy, H72 of the seed
// documents (directions); values assumed. Units: chances of an occasion, utility.
#pragma once
#include <cstdint>

#include "models/scratch.hpp"
#include "models/world/market_options.hpp"
#include "sim/engine/measures.hpp"

namespace populace {

class Impulse {
 public:
  Impulse(const MarketOptions& options, MeasureRegistry& registry);
  bool enabled() const { return options_->choice.impulse.enabled; }
  // Fills scratch.impulse.
  void run(DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block, BlockScratch& scratch,
           std::int64_t* row) const;
  void count(const BlockScratch& scratch, std::int64_t* row) const;

 private:
  const MarketOptions* options_;
  std::size_t occasions_ = 0, orders_ = 0;
};

}  // namespace populace
