#include "models/attention/weights.hpp"

#include <algorithm>

namespace populace {

void add_counts(const std::uint8_t* counts, float* out, std::uint32_t capacity) {
  for (std::uint32_t i = 0; i < capacity; ++i) out[i] += static_cast<float>(counts[i]);
}

void multiply(const float* __restrict factor, float* __restrict out, std::uint32_t capacity) {
  for (std::uint32_t i = 0; i < capacity; ++i) out[i] *= factor[i];
}

void multiply_by_code(const std::uint16_t* __restrict codes, float unit, float* __restrict out,
                      std::uint32_t capacity) {
  for (std::uint32_t i = 0; i < capacity; ++i) out[i] *= unit * static_cast<float>(codes[i]);
}

void scale(float* out, float factor, std::uint32_t capacity) {
  for (std::uint32_t i = 0; i < capacity; ++i) out[i] *= factor;
}

void multiply_by_table(const std::uint8_t* __restrict index, const float* __restrict table, float* __restrict out,
                       std::uint32_t capacity) {
  for (std::uint32_t i = 0; i < capacity; ++i) out[i] *= table[index[i]];
}

void multiply_by_line(const std::uint8_t* __restrict codes, float base, float slope, float* __restrict out,
                      std::uint32_t capacity) {
  for (std::uint32_t i = 0; i < capacity; ++i) out[i] *= base + slope * static_cast<float>(codes[i]);
}

void wear_out(const WearTask& task, const float* __restrict contacts, std::uint32_t capacity) {
  float* __restrict in_mind = task.in_mind;
  float* __restrict factor = task.factor;
  for (std::uint32_t i = 0; i < capacity; ++i) {
    const float middle = in_mind[i] + .5f * contacts[i];
    const float rate = task.peak_rate[task.involvement != nullptr ? task.involvement[i] : 128];
    const float ready = task.wear_in_rate > 0 ? std::min(1.0f, task.wear_in_rate * middle) : 1.0f;
    factor[i] = std::max(task.lowest, 1 - middle * rate) * ready;
    in_mind[i] = (in_mind[i] + contacts[i]) * task.keep;
  }
}

std::int64_t sum_effective(const std::uint8_t* __restrict contacts, const float* __restrict weight,
                           std::uint32_t capacity) {
  std::int64_t sum = 0;
  for (std::uint32_t i = 0; i < capacity; ++i)
    sum += static_cast<std::int32_t>(static_cast<float>(contacts[i]) * weight[i] * 1024);
  return sum;
}

}  // namespace populace
