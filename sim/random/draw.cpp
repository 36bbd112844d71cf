#include "sim/random/draw.hpp"

#include <Random123/philox.h>

namespace populace {

std::uint32_t draw_word(DrawKey key, DrawReason reason, std::uint64_t id) {
  const auto lane = static_cast<std::uint32_t>(16 * (id / kTileSize) + id % 16);
  const r123::Philox4x32::ctr_type counter{{lane, reason.step, reason.purpose, reason.index}};
  const r123::Philox4x32::key_type philox_key{{key.seed, key.replication}};
  return r123::Philox4x32()(counter, philox_key)[(id / 16) % 4];
}

}  // namespace populace
