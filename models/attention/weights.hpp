// Products of weights over the places of a block: plain loops, which the compiler makes vectors of.
#pragma once
#include <cstddef>
#include <cstdint>

namespace populace {

// out[i] += counts[i].
void add_counts(const std::uint8_t* counts, float* out, std::uint32_t capacity);
// out[i] *= factor[i], unit codes[i], factor, table[index[i]] or base + slope codes[i].
void multiply(const float* factor, float* out, std::uint32_t capacity);
void multiply_by_code(const std::uint16_t* codes, float unit, float* out, std::uint32_t capacity);
void scale(float* out, float factor, std::uint32_t capacity);
void multiply_by_table(const std::uint8_t* index, const float* table, float* out, std::uint32_t capacity);
void multiply_by_line(const std::uint8_t* codes, float base, float slope, float* out, std::uint32_t capacity);

// Wear of one theme; the equation stands in attention.hpp.
struct WearTask {
  float* in_mind = nullptr;  // column
  float* factor = nullptr;   // out
  float keep = 1, lowest = 0, wear_in_rate = 0;
  const float* peak_rate = nullptr;  // by involvement code; nobody has any: the middle one
  const std::uint8_t* involvement = nullptr;
};
void wear_out(const WearTask& task, const float* contacts, std::uint32_t capacity);

// Sum over places of contacts x weight in 1/1024 of a contact, each rounded.
std::int64_t sum_effective(const std::uint8_t* contacts, const float* weight, std::uint32_t capacity);

}  // namespace populace
