#include "sim/random/draw.hpp"

#include <Random123/philox.h>

namespace populace {

std::uint32_t draw_word(DrawKey key, DrawReason reason, std::uint64_t id) {
  const auto lane = static_cast<std::uint32_t>(16 * (id / kTileSize) + id % 16);
  const r123::Philox4x32::ctr_type counter{{lane, reason.step, reason.purpose, reason.index}};
  const r123::Philox4x32::key_type philox_key{{key.seed, key.replication}};
  return r123::Philox4x32()(counter, philox_key)[(id / 16) % 4];
}

std::array<std::uint32_t, 4> draw_four_words(DrawKey key, DrawReason reason, std::uint64_t id) {
  const r123::Philox4x32::ctr_type counter{{static_cast<std::uint32_t>(id), reason.step, reason.purpose, reason.index}};
  const r123::Philox4x32::ctr_type words =
      r123::Philox4x32()(counter, r123::Philox4x32::key_type{{key.seed, key.replication}});
  return {words[0], words[1], words[2], words[3]};
}

}  // namespace populace
