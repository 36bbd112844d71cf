// How a price is judged beyond its height: against prices seen before, and as a sign of quality.
//
//   reference:  V_b += slope x [gain max(0, r_b - p) - loss max(0, p - r_b)],     r_b <- r_b + a (p - r_b) when b was
//               considered;      p price as seen at the occasion, r expected, both relative to the base price, less 1
//   quality:    V_b -= effect x w(v) x max(0, (1 - tolerance) - (1 + p) / (1 + r_b)),  w = max(0, (v - v0) / (1 - v0))
//
// r begins at the base price, and stays there without `reference_price`. A price cut for good works through the slope
// alone once expected; a passing one also through the gain, and its end is a loss. What promotions take off is
// seen only by who notices them, so it goes to scratch.offer. Sources: Kalyanaram & Winer 1995,
// doi:10.1287/mksc.14.3.G161; Hardie, Johnson & Fader 1993, doi:10.1287/mksc.12.4.378; quality: seed documents M92,
// M93. Values assumed.
#pragma once
#include <cstdint>
#include <vector>

#include "models/choice/choice.hpp"
#include "models/scratch.hpp"
#include "models/world/market_options.hpp"

namespace populace {

class PriceJudgement {
 public:
  PriceJudgement(const MarketOptions& options, const Traits& traits, Layout& layout);
  void build(const BlockView& block) const;
  void run(const ChoicePlan& plan, const BlockView& block, BlockScratch& scratch) const;
  // Prices seen change what is expected.
  void learn(const ChoicePlan& plan, const BlockView& block, BlockScratch& scratch) const;

 private:
  float utility(std::size_t brand, float seen, float before, float slope, float involvement) const;
  float expected(std::size_t brand, const BlockView& block, std::uint32_t place) const;

  const MarketOptions* options_;
  const Traits* traits_;
  std::vector<char> doubted_;                     // by brand: a low price raises doubt
  std::vector<Column<std::int16_t>> references_;  // by brand whose price varies: r / kReferenceStep
};

}  // namespace populace
