// Keyed permutations of 0 … n-1 that can be computed at one place and inverted there: nothing is stored.
//
//   x = high 2^L + low, high below the rows a = ceil(n / 2^L); six rounds of a Feistel network over (Z_a, +) and the L
//   bits of low (Black & Rogaway 2002, doi:10.1007/3-540-45760-7_9), walked until the value lies below n
//
// L is half the bits of n or one less, whichever leaves less of a 2^L beyond n: one walk is nearly always enough. Not
// for secrets: the rounds are a cheap hash.
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

// The permutation of a range of n > 0; ranges of one key differ by their tweak.
struct FeistelDomain {
  FeistelDomain(std::uint32_t range, std::uint32_t range_tweak)
      : n(range), tweak(range_tweak * kFeistelM2), low(low_bits(range)), rows(rows_of(range, low)) {}
  static std::uint32_t rows_of(std::uint32_t range, int low_bits) { return ((range - 1) >> low_bits) + 1; }
  static int low_bits(std::uint32_t range) {
    if (range <= 16) return range > 4 ? std::bit_width(range - 1) / 2 : 1;
    const int half = std::bit_width(range - 1) / 2;
    return half < 16 && rows_of(range, half - 1) << (half - 1) < rows_of(range, half) << half ? half - 1 : half;
  }
  std::uint32_t n, tweak;
  int low;             // bits of the lower part
  std::uint32_t rows;  // values of the upper part, at most 2^16
};

inline std::uint32_t feistel_hash(std::uint32_t half, std::uint32_t key, std::uint32_t tweak) {
  const std::uint32_t h = (half ^ key) * kFeistelM1 + tweak;
  return (h ^ (h >> 15)) * kFeistelM2;
}
inline std::uint32_t feistel_row(std::uint32_t hash, std::uint32_t rows) { return (hash >> 16) * rows >> 16; }

inline std::uint32_t permuted(const FeistelKey& key, const FeistelDomain& d, std::uint32_t x) {
  do {
    std::uint32_t low = x & ((1u << d.low) - 1), high = x >> d.low;
    for (int r = 0; r < kFeistelRounds; r += 2) {
      high += feistel_row(feistel_hash(low, key.round[r], d.tweak), d.rows);
      high -= high >= d.rows ? d.rows : 0;
      low ^= feistel_hash(high, key.round[r + 1], d.tweak) >> (32 - d.low);
    }
    x = high << d.low | low;
  } while (x >= d.n);
  return x;
}

inline std::uint32_t unpermuted(const FeistelKey& key, const FeistelDomain& d, std::uint32_t x) {
  do {
    std::uint32_t low = x & ((1u << d.low) - 1), high = x >> d.low;
    for (int r = kFeistelRounds - 2; r >= 0; r -= 2) {
      low ^= feistel_hash(high, key.round[r + 1], d.tweak) >> (32 - d.low);
      const std::uint32_t row = feistel_row(feistel_hash(low, key.round[r], d.tweak), d.rows);
      high = high >= row ? high - row : high + d.rows - row;
    }
    x = high << d.low | low;
  } while (x >= d.n);
  return x;
}

}  // namespace populace
