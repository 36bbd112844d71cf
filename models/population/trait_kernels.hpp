// Traits of a block from draws, by vectors. Inputs have room for n rounded up to 16; columns are written up to n only,
// as what lies behind belongs to nobody.
#pragma once
#include <cstdint>

#include "sim/random/quantile_table.hpp"

namespace populace {

// Codes of the scores common x loading + own x score (quantile_table.hpp); common may be nullptr.
struct CodeTask {
  const float *common = nullptr, *score = nullptr;
  float loading = 0, own = 1;
};
void codes_of_scores(const CodeTask& task, std::uint32_t n, std::uint8_t* codes);

// Draws with a chance: (word + 1/2) / 2^32 < prob.
class Below {
 public:
  explicit Below(double prob);
  bool any() const { return count_ > 0; }
  std::uint32_t last() const { return static_cast<std::uint32_t>(count_ - 1); }  // word of which it is true

 private:
  std::uint64_t count_;  // of words
};
// codes[i] = 0 where the draw succeeds.
void clear_below(const std::uint32_t* words, const Below& below, std::uint32_t n, std::uint8_t* codes);
// masks[i] |= bit where the draw succeeds.
void mark_below(const std::uint32_t* words, const Below& below, std::uint16_t bit, std::uint32_t n,
                std::uint16_t* masks);

// steps[i] = tabulated function of the score / step, to the nearest, not below -32,000.
void quantiles_in_steps(const QuantileView& table, const float* score, float step, std::uint32_t n,
                        std::int16_t* steps);

}  // namespace populace
