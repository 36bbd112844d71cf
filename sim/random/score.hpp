// Standard normal scores from words: Phi^-1 of the word's uniform. Between 1/64 and 63/64 by a table with linear
// interpolation (error below 2e-5), outside exactly.
#pragma once
#include <cstdint>
#include <vector>

#include "sim/random/draw.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {

class ScoreTable {
 public:
  ScoreTable() : scores_(kCells + 1) {
    for (std::size_t i = 1; i < kCells; ++i)
      scores_[i] = static_cast<float>(normal_quantile(static_cast<double>(i) / kCells));
  }
  float of(std::uint32_t word) const {
    const std::uint32_t cell = word >> kShift;
    if (cell < kCells / 64 || cell >= kCells - kCells / 64)
      return static_cast<float>(normal_quantile(unit_double(word)));
    const float part = static_cast<float>(word & ((1u << kShift) - 1)) * (1.0f / static_cast<float>(1u << kShift));
    return scores_[cell] + part * (scores_[cell + 1] - scores_[cell]);
  }

 private:
  static constexpr std::size_t kCells = 4096;
  static constexpr int kShift = 20;
  std::vector<float> scores_;
};

}  // namespace populace
