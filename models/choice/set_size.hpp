// Size of the consideration set: how many of the brands that come to mind are compared.
//
//   at most floor(x + u) of them, x = low + (high - low) v,   u personal and for life;   those of the highest
//   taste + deviation (habit, displays, friends and all else that differs over people) are kept
//
// Few at low involvement and more at high is a quick decision; the reverse is a clear preference. Sources: Hauser &
// Wernerfelt 1990, doi:10.1086/209225 (sets of two to five); M91 of the seed documents; values assumed.
#pragma once
#include <cstdint>

#include "models/population/traits.hpp"
#include "models/scratch.hpp"
#include "models/world/market_options.hpp"
#include "sim/engine/measures.hpp"

namespace populace {

class SetSize {
 public:
  SetSize(const MarketOptions& options, const Traits& traits, MeasureRegistry& registry);
  bool enabled() const { return options_->choice.set_size.enabled; }
  // Clears bits of considered[k] beyond the most, by scratch.log_taste + scratch.deviation.
  void limit(DrawKey key, const BlockView& block, BlockScratch& scratch, std::uint32_t* considered) const;
  void count(const BlockScratch& scratch, std::int64_t* row) const;

 private:
  std::uint32_t keep_best(std::uint32_t bits, int most, std::uint32_t k, const BlockScratch& scratch) const;

  const MarketOptions* options_;
  const Traits* traits_;
  std::size_t occasions_ = 0, brands_ = 0;
};

}  // namespace populace
