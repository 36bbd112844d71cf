// Numbers of at least 0 in 16 bits, for columns that need no more than their first three digits: a float without sign,
// of 5 bits of exponent and 11 of fraction,
//
//   code = (bits of x - bits of 2^-16) / 2^12, to the nearest;   0 below 2^-16; the largest is just below 2^16
//
// so that the relative error is at most 2^-12. Integers alone make it: the same on every machine. Vectors:
// models/places-inl.hpp.
#pragma once
#include <algorithm>
#include <bit>
#include <cstdint>

namespace populace {

inline constexpr std::uint32_t kShortFloatBase = (127u - 16) << 23, kShortFloatShift = 12;

inline std::uint16_t short_float(float x) {
  const std::uint32_t above = std::max(std::bit_cast<std::uint32_t>(x), kShortFloatBase) - kShortFloatBase;
  return static_cast<std::uint16_t>(std::min((above + (1u << (kShortFloatShift - 1))) >> kShortFloatShift, 0xFFFFu));
}

inline float float_of_short(std::uint16_t code) {
  return code == 0 ? 0 : std::bit_cast<float>((std::uint32_t{code} << kShortFloatShift) + kShortFloatBase);
}

}  // namespace populace
