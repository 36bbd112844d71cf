// The part of Philox4x32-10 that is the same for every consumer: round keys, and the first two rounds of the counter
// words that hold step, purpose and index. The vector form starts from here.
#pragma once
#include <cstdint>

#include "sim/random/draw.hpp"

namespace populace {

inline constexpr std::uint32_t kPhiloxM0 = 0xD2511F53u, kPhiloxM1 = 0xCD9E8D57u;
inline constexpr std::uint32_t kPhiloxW0 = 0x9E3779B9u, kPhiloxW1 = 0xBB67AE85u;
inline constexpr int kPhiloxRounds = 10;

// One reason to draw, ready for vectors of consumers.
struct DrawStream {
  std::uint64_t key0[kPhiloxRounds], key1[kPhiloxRounds];  // in 64-bit lanes, upper half zero
  std::uint64_t round1_x2;                                 // index ^ key1 of round 1: x2 = hi(M0 c0) ^ this
  std::uint64_t round2_y0;                                 // lo1 of round 1 ^ key0 of round 2: y0 = hi(M1 x2) ^ this
  std::uint64_t round2_y2;  // hi(M0 x0) ^ key1 of round 2: y2 = x3 ^ this, with x3 = lo(M0 c0)
  std::uint64_t round2_y3;  // lo(M0 x0)
};

inline DrawStream make_stream(DrawKey key, DrawReason reason) {
  DrawStream s{};
  for (int r = 0; r < kPhiloxRounds; ++r) {
    s.key0[r] = static_cast<std::uint32_t>(key.seed + static_cast<std::uint32_t>(r) * kPhiloxW0);
    s.key1[r] = static_cast<std::uint32_t>(key.replication + static_cast<std::uint32_t>(r) * kPhiloxW1);
  }
  const std::uint64_t product1 = static_cast<std::uint64_t>(kPhiloxM1) * reason.purpose;
  const auto x0 = static_cast<std::uint32_t>((product1 >> 32) ^ reason.step ^ s.key0[0]);
  const auto x1 = static_cast<std::uint32_t>(product1);
  const std::uint64_t product0 = static_cast<std::uint64_t>(kPhiloxM0) * x0;
  s.round1_x2 = reason.index ^ s.key1[0];
  s.round2_y0 = x1 ^ s.key0[1];
  s.round2_y2 = static_cast<std::uint32_t>(product0 >> 32) ^ s.key1[1];
  s.round2_y3 = static_cast<std::uint32_t>(product0);
  return s;
}

}  // namespace populace
