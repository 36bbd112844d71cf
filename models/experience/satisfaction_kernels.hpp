// Satisfaction of everybody in a block: a level from -1 to 1 and its rounding to 127ths, of which 0 is no opinion.
#pragma once
#include <cstdint>

namespace populace {

// level <- level keep, without an opinion where it rounds to 0.
void fade_satisfaction(float keep, float* level, std::int8_t* rounded, std::uint32_t capacity);

struct SatisfactionSums {
  std::int64_t above = 0, below = 0;  // consumers
  std::int64_t points = 0;            // of both, from 0 at -1 to 254 at 1
};
SatisfactionSums sum_satisfaction(const std::int8_t* rounded, std::uint32_t capacity);

}  // namespace populace
