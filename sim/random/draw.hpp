// A draw is a pure function of who asks, when and why: no state, no order, no thread can change it.
//
//   word(seed, replication; id, step, purpose, index) =
//       Philox4x32-10(key = (seed, replication); counter = (16 floor(id/64) + id mod 16, step, purpose,
//       index))[floor(id/16) mod 4]
//
// so that one call of the generator serves four vectors of 16 consumers and no word is wasted.
//
// A decision needs all 32 bits of a word only where a threshold falls within the interval that its upper half leaves,
// which is one time in 65,536 a threshold. Where everybody of a block decides, words are therefore split:
//
//   upper(id) = half (id mod 2) of Philox4x32-10(key; (16 floor(id/128) + floor((id mod 32)/2), step, purpose,
//       index))[floor(id/32) mod 4],   lower(id) the same with 2^31 added to the first counter word,
//   split word = 2^16 upper + lower
//
// One call serves 128 consumers, and lower halves are drawn for those alone whom the upper half leaves undecided. A
// reason to draw uses words of one kind, always. Where a consumer of a
// list needs two words at once, he has a counter of his own, id in place of the first word, and takes its words 0
// and 1. Within a step an occasion j (second purchase, third purchase, …) goes into the upper bits of the step word.
// Source: Salmon, Moraes, Dror & Shaw 2011, doi:10.1145/2063384.2063405, by their library Random123.
#pragma once
#include <cstdint>
#include <limits>

namespace populace {

inline constexpr std::uint32_t kTileSize = 64;  // consumers served by 16 counters

// Who draws: a scenario's seed and the number of the replication.
struct DrawKey {
  std::uint32_t seed = 0;
  std::uint32_t replication = 0;
};
inline constexpr std::uint32_t kFixedPopulation =
    0xFFFFFFFFu;  // the "replication" of traits that all replications share

// Why and when: the rest of the counter.
struct DrawReason {
  std::uint32_t step = 0;
  std::uint32_t purpose = 0;
  std::uint32_t index = 0;
};

inline constexpr int kStepBits = 20;
inline constexpr int kMaxSteps = 1 << (kStepBits - 1);  // absolute step numbers lie in [-kMaxSteps, kMaxSteps)
inline constexpr int kMaxOccasions = 1 << (32 - kStepBits);

constexpr std::uint32_t step_word(std::int32_t step, std::uint32_t occasion = 0) {
  return (static_cast<std::uint32_t>(step) & ((1u << kStepBits) - 1)) | occasion << kStepBits;
}

// One word for one consumer (id below 2^34).
std::uint32_t draw_word(DrawKey key, DrawReason reason, std::uint64_t id);
// The same from two halves.
std::uint32_t draw_split_word(DrawKey key, DrawReason reason, std::uint64_t id);
inline constexpr std::uint32_t kLowerHalf = 0x80000000u;  // added to the first counter word

// Uniform in [0, 1) with 31 bits, the largest float below 1 at most; the same value the vector form gives.
inline float unit_float(std::uint32_t word) {
  const float u = static_cast<float>(static_cast<std::int32_t>(word >> 1)) * 0x1p-31f;
  return u < 0x1.fffffep-1f ? u : 0x1.fffffep-1f;
}
// Uniform in (0, 1), centred in its 2^-32 interval.
inline double unit_double(std::uint32_t word) { return (static_cast<double>(word) + .5) * 0x1p-32; }

// The draws of one consumer and reason as a standard uniform random bit generator: occasion after occasion, for
// Boost.Random distributions where values are drawn one by one.
class DrawEngine {
 public:
  using result_type = std::uint32_t;
  DrawEngine(DrawKey key, DrawReason reason, std::uint64_t id) : key_(key), reason_(reason), id_(id) {}
  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }
  result_type operator()() {
    DrawReason reason = reason_;
    reason.index += n_drawn_++;
    return draw_word(key_, reason, id_);
  }

 private:
  DrawKey key_;
  DrawReason reason_;
  std::uint64_t id_;
  std::uint32_t n_drawn_ = 0;
};

}  // namespace populace
