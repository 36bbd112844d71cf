// Keyed permutations of 0 … n-1 that can be computed at one place and inverted there: nothing is stored.
//
//   a Feistel network of six rounds on the bits of the least power of two that holds n, walked until the value lies
//   below n (format-preserving encryption; Black & Rogaway 2002, doi:10.1007/3-540-45760-7_9)
//
// It takes less than two walks on average. Not for secrets: the rounds are a cheap hash.
#pragma once
#include <bit>
#include <cstdint>

namespace populace {

inline constexpr int kFeistelRounds = 6;
inline constexpr std::uint32_t kFeistelM1 = 0x9E3779B1u, kFeistelM2 = 0x85EBCA77u;

struct FeistelKey {
  std::uint32_t round[kFeistelRounds] = {};
};

// Round keys from one key and the number of a permutation (splitmix64; Steele, Lea & Flood 2014).
inline FeistelKey make_feistel_key(std::uint64_t key, std::uint64_t number) {
  FeistelKey out;
  std::uint64_t state = key + number * 0xD1342543DE82EF95u;
  for (std::uint32_t& round : out.round) {
    state += 0x9E3779B97F4A7C15u;
    std::uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    round = static_cast<std::uint32_t>(z >> 32);
  }
  return out;
}

// The permutation of a range of n; ranges of one key differ by their tweak.
struct FeistelDomain {
  FeistelDomain(std::uint32_t range, std::uint32_t range_tweak)
      : n(range), tweak(range_tweak * kFeistelM2), low(bits(range) / 2), high(bits(range) - bits(range) / 2) {}
  static int bits(std::uint32_t n) { return n > 4 ? std::bit_width(n - 1) : 2; }
  std::uint32_t n, tweak;
  int low, high;  // bits of the two halves
};

inline std::uint32_t feistel_round(std::uint32_t half, std::uint32_t key, std::uint32_t tweak, int bits) {
  std::uint32_t h = (half ^ key) * kFeistelM1 + tweak;
  h = (h ^ (h >> 15)) * kFeistelM2;
  return h >> (32 - bits);
}

inline std::uint32_t permuted(const FeistelKey& key, const FeistelDomain& d, std::uint32_t x) {
  do {
    std::uint32_t low = x & ((1u << d.low) - 1), high = x >> d.low;
    for (int r = 0; r < kFeistelRounds; r += 2) {
      high ^= feistel_round(low, key.round[r], d.tweak, d.high);
      low ^= feistel_round(high, key.round[r + 1], d.tweak, d.low);
    }
    x = high << d.low | low;
  } while (x >= d.n);
  return x;
}

inline std::uint32_t unpermuted(const FeistelKey& key, const FeistelDomain& d, std::uint32_t x) {
  do {
    std::uint32_t low = x & ((1u << d.low) - 1), high = x >> d.low;
    for (int r = kFeistelRounds - 2; r >= 0; r -= 2) {
      low ^= feistel_round(high, key.round[r + 1], d.tweak, d.low);
      high ^= feistel_round(low, key.round[r], d.tweak, d.high);
    }
    x = high << d.low | low;
  } while (x >= d.n);
  return x;
}

}  // namespace populace
