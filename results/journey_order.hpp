// The order of touches within a step, which has none of its own: a fixed shuffle by consumer, time and campaign keeps
// any campaign from always being first.
#pragma once
#include <cstdint>

namespace populace {

inline std::int64_t shuffled(std::int64_t consumer, std::int64_t time, std::int64_t which) {
  auto x = static_cast<std::uint64_t>(consumer) * 0x9E3779B97F4A7C15ULL +
           static_cast<std::uint64_t>(time) * 0xC2B2AE3D27D4EB4FULL + static_cast<std::uint64_t>(which);
  x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ x >> 27) * 0x94D049BB133111EBULL;
  return static_cast<std::int64_t>((x ^ x >> 31) >> 1);
}

}  // namespace populace
