// Habit: the brand bought last is preferred, and most so by who is little involved.
//
//   V_b += utility x (1 + gain (1 - 2 v)) for the last brand b;   v involvement at the occasion, .5 where none is
//
// State dependence is told from taste only in that it follows what was bought. It raises the inclusive value too, so
// volume rises a little with it. Source: Guadagni & Little 1983, doi:10.1287/mksc.2.3.203 (form); quick decision by
// prior preference at low involvement: seed document M91; values assumed. Units: utility.
#pragma once
#include <cstdint>

#include "models/scratch.hpp"
#include "models/world/market_options.hpp"
#include "sim/engine/measures.hpp"

namespace populace {

class Habit {
 public:
  Habit(const MarketOptions& options, Layout& layout, MeasureRegistry& registry);
  void build(const BlockView& block) const;
  void run(const BlockView& block, BlockScratch& scratch) const;
  // Remembers what was bought, and counts who bought the same again.
  void learn(const BlockView& block, const BlockScratch& scratch, std::int64_t* row) const;

 private:
  const MarketOptions* options_;
  Column<std::uint8_t> last_;            // brand + 1; 0: none yet
  std::size_t later_ = 0, repeats_ = 0;  // slots
};

}  // namespace populace
