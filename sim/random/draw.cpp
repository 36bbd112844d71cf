#include "sim/random/draw.hpp"

#include <Random123/philox.h>

namespace populace {

namespace {

r123::Philox4x32::ctr_type philox(DrawKey key, DrawReason reason, std::uint32_t first) {
  return r123::Philox4x32()({{first, reason.step, reason.purpose, reason.index}}, {{key.seed, key.replication}});
}

}  // namespace

std::uint32_t draw_word(DrawKey key, DrawReason reason, std::uint64_t id) {
  return philox(key, reason, static_cast<std::uint32_t>(16 * (id / kTileSize) + id % 16))[(id / 16) % 4];
}

std::uint32_t draw_split_word(DrawKey key, DrawReason reason, std::uint64_t id) {
  const auto first = static_cast<std::uint32_t>(16 * (id / (2 * kTileSize)) + id % 32 / 2);
  const std::uint32_t upper = philox(key, reason, first)[(id / 32) % 4],
                      lower = philox(key, reason, first + kLowerHalf)[(id / 32) % 4];
  return id % 2 == 0 ? upper << 16 | (lower & 0xFFFFu) : (upper & 0xFFFF0000u) | lower >> 16;
}

}  // namespace populace
