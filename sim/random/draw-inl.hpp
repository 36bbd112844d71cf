// Draws for a tile of 64 consumers at once: the vector form of draw_word, bit for bit.
// Counters are kept in 64-bit lanes, even and odd ones apart, so that a widening multiplication needs no shuffle.
#if defined(POPULACE_SIM_RANDOM_DRAW_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef POPULACE_SIM_RANDOM_DRAW_INL
#undef POPULACE_SIM_RANDOM_DRAW_INL
#else
#define POPULACE_SIM_RANDOM_DRAW_INL
#endif

#include <hwy/highway.h>

#include "sim/random/philox_rounds.hpp"

HWY_BEFORE_NAMESPACE();
namespace populace {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// Vectors are at most 16 lanes, so that a tile is a whole number of quads of vectors.
using F32 = hn::CappedTag<float, 16>;
using I32 = hn::RebindToSigned<F32>;
using U32 = hn::RebindToUnsigned<F32>;
using U64 = hn::RepartitionToWide<U32>;
using VF = hn::Vec<F32>;
using VI = hn::Vec<I32>;
using VU = hn::Vec<U32>;
inline constexpr std::size_t kLanes = HWY_MAX_BYTES >= 64 ? 16 : HWY_MAX_BYTES / 4;
inline constexpr std::size_t kQuadsPerTile = 16 / kLanes;

// first, first + 1, … (GCC fills Highway's Iota number by number where `first` is not constant.)
HWY_INLINE VU lanes_from(std::uint32_t first) {
  alignas(64) static constexpr std::uint32_t kNumbers[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  return hn::Add(hn::Set(U32(), first), hn::Load(U32(), kNumbers));
}

// Words of four vectors of consumers: word w is for consumers tile * 64 + 16 w + quad * kLanes + lane.
struct Quad {
  VU w0, w1, w2, w3;
};

// One counter through all rounds; out[0], out[kLanes], … are its four words.
HWY_INLINE void philox_one(const DrawStream& s, std::uint32_t c0, std::uint32_t* out) {
  const std::uint64_t product = std::uint64_t{kPhiloxM0} * c0;
  const std::uint64_t product2 = kPhiloxM1 * ((product >> 32) ^ s.round1_x2);
  auto y0 = static_cast<std::uint32_t>((product2 >> 32) ^ s.round2_y0), y1 = static_cast<std::uint32_t>(product2);
  auto y2 = static_cast<std::uint32_t>(product ^ s.round2_y2), y3 = static_cast<std::uint32_t>(s.round2_y3);
  for (int r = 2; r < kPhiloxRounds; ++r) {
    const std::uint64_t p0 = std::uint64_t{kPhiloxM0} * y0, p1 = std::uint64_t{kPhiloxM1} * y2;
    y0 = static_cast<std::uint32_t>((p1 >> 32) ^ y1 ^ s.key0[r]);
    y2 = static_cast<std::uint32_t>((p0 >> 32) ^ y3 ^ s.key1[r]);
    y1 = static_cast<std::uint32_t>(p1);
    y3 = static_cast<std::uint32_t>(p0);
  }
  out[0] = y0;
  out[kLanes] = y1;
  out[2 * kLanes] = y2;
  out[3 * kLanes] = y3;
}

// Half of the lanes (even or odd) through all rounds.
HWY_INLINE void philox_half(const DrawStream& s, hn::Vec<U64> c0, hn::Vec<U64>& y0, hn::Vec<U64>& y1, hn::Vec<U64>& y2,
                            hn::Vec<U64>& y3) {
  const U64 d;
  const U32 d32;
  const auto m0 = hn::BitCast(d32, hn::Set(d, std::uint64_t{kPhiloxM0}));
  const auto m1 = hn::BitCast(d32, hn::Set(d, std::uint64_t{kPhiloxM1}));
  // Rounds 1 and 2, of which half is done in the stream.
  const auto product = hn::MulEven(hn::BitCast(d32, c0), m0);
  const auto x2 = hn::Xor(hn::ShiftRight<32>(product), hn::Set(d, s.round1_x2));
  const auto product2 = hn::MulEven(hn::BitCast(d32, x2), m1);
  y0 = hn::Xor(hn::ShiftRight<32>(product2), hn::Set(d, s.round2_y0));
  y1 = product2;
  y2 = hn::Xor(product, hn::Set(d, s.round2_y2));
  y3 = hn::Set(d, s.round2_y3);
  HWY_UNROLL(8)
  for (int r = 2; r < kPhiloxRounds; ++r) {
    const auto p0 = hn::MulEven(hn::BitCast(d32, y0), m0);
    const auto p1 = hn::MulEven(hn::BitCast(d32, y2), m1);
    y0 = hn::Xor3(hn::ShiftRight<32>(p1), y1, hn::Set(d, s.key0[r]));
    y2 = hn::Xor3(hn::ShiftRight<32>(p0), y3, hn::Set(d, s.key1[r]));
    y1 = p1;
    y3 = p0;
  }
}

// Lower halves of the 64-bit lanes of even and odd, woven together.
HWY_INLINE VU weave(hn::Vec<U64> even, hn::Vec<U64> odd) {
  const U32 d32;
  return hn::OddEven(hn::BitCast(d32, hn::ShiftLeft<32>(odd)), hn::BitCast(d32, even));
}

#if HWY_TARGET == HWY_EMU128
// Without vector instructions a processor does it best number by number.
HWY_INLINE Quad philox(const DrawStream& s, VU counter) {
  const U32 d;
  alignas(16) std::uint32_t c[kLanes], w[4][kLanes];
  hn::Store(counter, d, c);
  for (std::size_t lane = 0; lane < kLanes; ++lane) philox_one(s, c[lane], &w[0][lane]);
  return {hn::Load(d, w[0]), hn::Load(d, w[1]), hn::Load(d, w[2]), hn::Load(d, w[3])};
}
#else
// The four words of every counter of a vector, even and odd lanes apart.
HWY_INLINE Quad philox(const DrawStream& s, hn::Vec<U64> even, hn::Vec<U64> odd) {
  hn::Vec<U64> e0, e1, e2, e3, o0, o1, o2, o3;
  philox_half(s, even, e0, e1, e2, e3);
  philox_half(s, odd, o0, o1, o2, o3);
  return {weave(e0, o0), weave(e1, o1), weave(e2, o2), weave(e3, o3)};
}

HWY_INLINE Quad philox(const DrawStream& s, VU counter) {
  const U64 d;
  return philox(s, hn::And(hn::BitCast(d, counter), hn::Set(d, std::uint64_t{0xFFFFFFFFu})),
                hn::ShiftRight<32>(hn::BitCast(d, counter)));
}
#endif

// The four words of the counters first, first + 1, …
HWY_INLINE Quad philox_from(const DrawStream& s, std::uint32_t first) {
#if HWY_TARGET == HWY_EMU128
  return philox(s, lanes_from(first));
#else
  const U64 d;
  const auto even = hn::Add(hn::Set(d, std::uint64_t{first}), hn::Add(hn::Iota(d, 0), hn::Iota(d, 0)));
  return philox(s, even, hn::Add(even, hn::Set(d, std::uint64_t{1})));
#endif
}

HWY_INLINE Quad draw_quad(const DrawStream& s, std::uint32_t tile, std::size_t quad) {
  return philox_from(s, tile * 16 + static_cast<std::uint32_t>(quad * kLanes));
}

// Uniform in [0, 1): the vector form of unit_float.
HWY_INLINE VF unit_float(VU word) {
  const F32 d;
  const I32 di;
  const VF u = hn::Mul(hn::ConvertTo(d, hn::BitCast(di, hn::ShiftRight<1>(word))), hn::Set(d, 0x1p-31f));
  return hn::Min(u, hn::Set(d, 0x1.fffffep-1f));
}

// Words for consumers of a block named by their place in it: id = 64 first_tile + place.
HWY_INLINE VU draw_for_places(const DrawStream& s, std::uint32_t first_tile, VU place) {
  const U32 d;
  const VU lane = hn::Or(hn::ShiftLeft<4>(hn::ShiftRight<6>(place)), hn::And(place, hn::Set(d, 15u)));
  const Quad words = philox(s, hn::Add(hn::Set(d, first_tile * 16), lane));
  const VU word = hn::And(hn::ShiftRight<4>(place), hn::Set(d, 3u));
  const VU low = hn::IfThenElse(hn::Eq(word, hn::Set(d, 0u)), words.w0, words.w1);
  const VU high = hn::IfThenElse(hn::Eq(word, hn::Set(d, 2u)), words.w2, words.w3);
  return hn::IfThenElse(hn::Lt(word, hn::Set(d, 2u)), low, high);
}

}  // namespace HWY_NAMESPACE
}  // namespace populace
HWY_AFTER_NAMESPACE();
#endif
