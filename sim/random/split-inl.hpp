// Split words (draw.hpp) by vectors: upper halves of a pair of tiles from 16 counters, in the order of consumers and
// with no shuffle, and the whole words of a tile where an upper half decides nothing.
//
//   threshold P on u in [0, 1), v = upper half, t within 1 of 2^16 P:   v < t - 2 is a hit, v > t + 1 is none, and only
//   between them the lower half is asked
//
// The margin of one beyond what t may be off covers the rounding of u and P to floats (2^-8 of a unit).
#if defined(POPULACE_SIM_RANDOM_SPLIT_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef POPULACE_SIM_RANDOM_SPLIT_INL
#undef POPULACE_SIM_RANDOM_SPLIT_INL
#else
#define POPULACE_SIM_RANDOM_SPLIT_INL
#endif

#include <hwy/highway.h>

#include "sim/random/draw-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace populace {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using U16 = hn::Repartition<std::uint16_t, U32>;
using VH = hn::Vec<U16>;
inline constexpr std::size_t kHalfLanes = 2 * kLanes;

// Halves of the 128 consumers of a pair of tiles; `part` is 0 for the upper ones, kLowerHalf for the lower.
HWY_INLINE void draw_halves(const DrawStream& s, std::uint32_t pair, std::uint32_t part, std::uint16_t* out) {
  const U16 d;
  for (std::size_t q = 0; q < kQuadsPerTile; ++q) {
    const Quad words = philox_from(s, part + pair * 16 + static_cast<std::uint32_t>(q * kLanes));
    std::uint16_t* at = out + q * kHalfLanes;
    hn::StoreU(hn::BitCast(d, words.w0), d, at);
    hn::StoreU(hn::BitCast(d, words.w1), d, at + 32);
    hn::StoreU(hn::BitCast(d, words.w2), d, at + 64);
    hn::StoreU(hn::BitCast(d, words.w3), d, at + 96);
  }
}

// Upper halves of one tile after another: the second of a pair finds its own drawn.
class SplitWords {
 public:
  explicit HWY_INLINE SplitWords(const DrawStream& stream) : stream_(&stream) {}
  HWY_INLINE const std::uint16_t* upper(std::uint32_t tile) {
    if (tile / 2 != pair_) {
      pair_ = tile / 2;
      draw_halves(*stream_, pair_, 0, upper_);
    }
    return upper_ + tile % 2 * kTileSize;
  }
  // All bits of the tile whose upper halves were asked for last.
  void whole(std::uint32_t tile, std::uint32_t words[kTileSize]) const {
    alignas(64) std::uint16_t lower[2 * kTileSize];
    draw_halves(*stream_, tile / 2, kLowerHalf, lower);
    const std::size_t side = tile % 2 * kTileSize;
    for (std::size_t i = 0; i < kTileSize; ++i) words[i] = std::uint32_t{upper_[side + i]} << 16 | lower[side + i];
  }

 private:
  const DrawStream* stream_;
  std::uint32_t pair_ = 0xFFFFFFFFu;  // none
  alignas(64) std::uint16_t upper_[2 * kTileSize];
};

// Whole words of listed consumers whose upper halves are known. `listed` is upper half << 16 | place in a block.
HWY_INLINE VU whole_words_at(const DrawStream& s, std::uint32_t first_tile, VU listed) {
  const U32 d;
  const VU place = hn::And(listed, hn::Set(d, 0xFFFFu)), from_pair = hn::Add(place, hn::Set(d, first_tile % 2 * 64));
  const VU lane = hn::ShiftRight<1>(hn::And(from_pair, hn::Set(d, 31u)));
  const VU counter = hn::Add(hn::Or(hn::ShiftLeft<4>(hn::ShiftRight<7>(from_pair)), lane),
                             hn::Set(d, kLowerHalf + first_tile / 2 * 16));
  const Quad words = philox(s, counter);
  const VU word = hn::And(hn::ShiftRight<5>(from_pair), hn::Set(d, 3u));
  const VU first = hn::IfThenElse(hn::Eq(word, hn::Set(d, 0u)), words.w0, words.w1);
  const VU last = hn::IfThenElse(hn::Eq(word, hn::Set(d, 2u)), words.w2, words.w3);
  const VU both = hn::IfThenElse(hn::Lt(word, hn::Set(d, 2u)), first, last);
  const auto odd = hn::Ne(hn::And(place, hn::Set(d, 1u)), hn::Zero(d));
  const VU lower = hn::IfThenElse(odd, hn::ShiftRight<16>(both), hn::And(both, hn::Set(d, 0xFFFFu)));
  return hn::Or(hn::And(listed, hn::Set(d, 0xFFFF0000u)), lower);
}

// Thresholds in units of 2^-16, from chances of a tile's consumers in two vectors of floats.
HWY_INLINE VH threshold_of(VF first, VF second) {
  const F32 d;
  const I32 di;
  const hn::Half<U16> dh;
  const VF units = hn::Set(d, 0x1p16f);
  const auto low = hn::DemoteTo(dh, hn::ConvertTo(di, hn::Mul(first, units)));
  const auto high = hn::DemoteTo(dh, hn::ConvertTo(di, hn::Mul(second, units)));
  return hn::Combine(U16(), high, low);
}

// Never 0 where there is a chance.
inline std::uint16_t threshold_of(float prob) {
  return static_cast<std::uint16_t>(prob >= 1 ? 65535 : prob <= 0 ? 0 : prob < 0x1p-16f ? 1 : prob * 0x1p16f);
}

// Thresholds by a code of 0 to 15.
class Thresholds16 {
 public:
  explicit HWY_INLINE Thresholds16(const float prob[16]) {
    for (std::size_t k = 0; k < 16; ++k) {
      const std::uint16_t threshold = threshold_of(prob[k]);
      low_[k] = static_cast<std::uint8_t>(threshold);
      high_[k] = static_cast<std::uint8_t>(threshold >> 8);
    }
  }
  HWY_INLINE VH at(const std::uint8_t* codes) const {
    const U16 d;
    const hn::Repartition<std::uint8_t, U16> d8;
    const VH code = hn::PromoteTo(d, hn::LoadU(hn::Rebind<std::uint8_t, U16>(), codes));
    // A byte whose highest bit is set looks up 0.
    const auto for_low = hn::BitCast(d8, hn::Or(code, hn::Set(d, std::uint16_t{0x8000})));
    const auto for_high = hn::BitCast(d8, hn::Or(hn::ShiftLeft<8>(code), hn::Set(d, std::uint16_t{0x80})));
    return hn::BitCast(d, hn::Or(hn::TableLookupBytesOr0(hn::LoadDup128(d8, low_), for_low),
                                 hn::TableLookupBytesOr0(hn::LoadDup128(d8, high_), for_high)));
  }

 private:
  alignas(16) std::uint8_t low_[16], high_[16];
};

// Thresholds by a code of 0 to 255.
class Thresholds256 {
 public:
  explicit HWY_INLINE Thresholds256(const float* prob) {
    const F32 d;
    const VF sure = hn::Set(d, 1.0f);
    for (std::size_t k = 0; k < 256; k += kHalfLanes)
      hn::Store(threshold_of(hn::Min(hn::LoadU(d, prob + k), sure), hn::Min(hn::LoadU(d, prob + k + kLanes), sure)),
                U16(), of_ + k);
  }
  HWY_INLINE VH at(const std::uint8_t* codes) const {
    const U16 d;
#if HWY_TARGET <= HWY_AVX3
    // Four permutations of 64 entries each, and of what they give the one that the two upper bits name.
    const VH code = hn::PromoteTo(d, hn::LoadU(hn::Rebind<std::uint8_t, U16>(), codes));
    const auto quarter = [&](std::size_t from) HWY_ATTR {
      return VH{_mm512_permutex2var_epi16(hn::Load(d, of_ + from).raw, code.raw, hn::Load(d, of_ + from + 32).raw)};
    };
    const auto bit6 = hn::TestBit(code, hn::Set(d, std::uint16_t{64})),
               bit7 = hn::TestBit(code, hn::Set(d, std::uint16_t{128}));
    return hn::IfThenElse(bit7, hn::IfThenElse(bit6, quarter(192), quarter(128)),
                          hn::IfThenElse(bit6, quarter(64), quarter(0)));
#else
    alignas(64) std::uint16_t found[kHalfLanes];
    for (std::size_t lane = 0; lane < kHalfLanes; ++lane) found[lane] = of_[codes[lane]];
    return hn::Load(d, found);
#endif
  }

 private:
  alignas(64) std::uint16_t of_[256];
};

// Whose upper half lies below its threshold, in order of a tile's consumers, and the closest call of any.
class Verdicts {
 public:
  HWY_INLINE Verdicts() : closest_(hn::Set(U16(), std::uint16_t{0xFFFF})) {}
  HWY_INLINE void add(const std::uint16_t* upper, std::size_t i, VH threshold) {
    const U16 d;
    const VH v = hn::LoadU(d, upper + i);
    std::uint64_t part = 0;
    hn::StoreMaskBits(d, hn::Lt(v, threshold), reinterpret_cast<std::uint8_t*>(&part));
    below_ |= part << i;
    closest_ = hn::Min(closest_, hn::Sub(v, hn::Sub(threshold, hn::Set(d, std::uint16_t{2}))));
  }
  HWY_INLINE std::uint64_t below() const { return below_; }
  HWY_INLINE bool decided() const {
    const U16 d;
    const VH margin = hn::Set(d, std::uint16_t{3});
    return hn::AllFalse(d, hn::Eq(hn::Min(closest_, margin), closest_));
  }

 private:
  VH closest_;
  std::uint64_t below_ = 0;
};

}  // namespace HWY_NAMESPACE
}  // namespace populace
HWY_AFTER_NAMESPACE();
#endif
