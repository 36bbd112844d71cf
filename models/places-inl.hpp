// Vectors of bytes and 16-bit values of consumers, lists of the places of a mask, and which of a vector's places hold
// consumers: shared by the kernels of models/.
#if defined(POPULACE_MODELS_PLACES_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef POPULACE_MODELS_PLACES_INL
#undef POPULACE_MODELS_PLACES_INL
#else
#define POPULACE_MODELS_PLACES_INL
#endif

#include <hwy/highway.h>

#include <bit>
#include <cstdint>

#include "models/lane_orders.hpp"
#include "models/short_float.hpp"
#include "sim/random/draw-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace populace {
namespace HWY_NAMESPACE {

using Bytes = hn::Rebind<std::uint8_t, F32>;  // as many bytes as floats
using Halves = hn::Rebind<std::uint16_t, F32>;
using MF = hn::Mask<F32>;

HWY_INLINE VI bytes_at(const std::uint8_t* bytes) { return hn::PromoteTo(I32(), hn::LoadU(Bytes(), bytes)); }

HWY_INLINE VU halves_at(const std::uint16_t* values) { return hn::PromoteTo(U32(), hn::LoadU(Halves(), values)); }

// Numbers in 16 bits: models/short_float.hpp.
HWY_INLINE VF short_floats_at(const std::uint16_t* codes) {
  const U32 d;
  const VU code = halves_at(codes), bits = hn::Add(hn::ShiftLeft<kShortFloatShift>(code), hn::Set(d, kShortFloatBase));
  return hn::BitCast(F32(), hn::IfThenZeroElse(hn::Eq(code, hn::Zero(d)), bits));
}

HWY_INLINE void store_short_floats(VF values, std::uint16_t* codes) {
  const U32 d;
  const VU base = hn::Set(d, kShortFloatBase), above = hn::Sub(hn::Max(hn::BitCast(d, values), base), base),
           rounded = hn::Add(above, hn::Set(d, 1u << (kShortFloatShift - 1)));
  const VU code = hn::Min(hn::ShiftRight<kShortFloatShift>(rounded), hn::Set(d, 0xFFFFu));
  hn::StoreU(hn::TruncateTo(Halves(), code), Halves(), codes);
}

// Stores the lanes of a mask one after another, and may write a whole vector; returns how many they are.
template <class D, class V = hn::Vec<D>>
HWY_INLINE std::size_t compress_store(V v, hn::Mask<D> mask, D d, hn::TFromD<D>* out) {
#if HWY_TARGET == HWY_AVX2
  // As Highway does, but from one table: of its own GCC makes a copy on the stack at every call, 1 KB each.
  const hn::RebindToUnsigned<D> du;
  std::uint8_t bits[8] = {};
  hn::StoreMaskBits(d, mask, bits);
  alignas(32) static constexpr std::uint32_t kShifts[8] = {0, 4, 8, 12, 16, 20, 24, 28};
  const auto order = hn::Shr(hn::Set(du, kLaneOrders.of[bits[0]]), hn::Load(du, kShifts));
  hn::StoreU(hn::TableLookupLanes(v, hn::IndicesFromVec(d, hn::And(order, hn::Set(du, 7u)))), d, out);
  return static_cast<std::size_t>(std::popcount(bits[0]));
#else
  // Compressed in the register: AVX-512's store of compressed lanes is microcode on some processors (Zen 4).
  hn::StoreU(hn::Compress(v, mask), d, out);
  return hn::CountTrue(d, mask);
#endif
}

// Appends the places at + i of the bits i of a tile; returns how many they are.
HWY_INLINE std::uint32_t append_places(std::uint64_t bits, std::uint32_t at, std::uint32_t* places) {
  const U32 d;
  std::size_t n = 0;
  for (std::uint32_t i = 0; i < kTileSize; i += kLanes) {
    const std::uint64_t part[2] = {bits >> i, 0};
    const auto lane = hn::LoadMaskBits(d, reinterpret_cast<const std::uint8_t*>(part));
    n += compress_store(lanes_from(at + i), lane, d, places + n);
  }
  return static_cast<std::uint32_t>(n);
}

// out[i] = table[codes[i]] of 256 entries, for whole vectors. Where gathering is slower than loads one by one, as it is
// before AVX-512, a table is read once a consumer here and its values are loaded by vectors elsewhere.
HWY_INLINE void look_up_codes(const float* HWY_RESTRICT table, const std::uint8_t* HWY_RESTRICT codes, std::size_t n,
                              float* HWY_RESTRICT out) {
#if HWY_TARGET <= HWY_AVX3
  for (std::size_t i = 0; i < n; i += kLanes)
    hn::StoreU(hn::GatherIndex(F32(), table, bytes_at(codes + i)), F32(), out + i);
#else
  for (std::size_t i = 0; i < n; i += 8)
    for (std::size_t j = i; j < i + 8; ++j) out[j] = table[codes[j]];
#endif
}

// The values of the consumers of a list, one vector of places at a time; what stands beyond the list must be places.
HWY_INLINE VF values_at(const float* HWY_RESTRICT values, VU places) {
#if HWY_TARGET <= HWY_AVX3
  return hn::GatherIndex(F32(), values, hn::BitCast(I32(), places));
#else
  alignas(64) std::uint32_t at[kLanes];
  alignas(64) float out[kLanes];
  hn::Store(places, U32(), at);
  for (std::size_t lane = 0; lane < kLanes; ++lane) out[lane] = values[at[lane]];
  return hn::Load(F32(), out);
#endif
}
HWY_INLINE VI bytes_of_places(const std::uint8_t* HWY_RESTRICT bytes, const std::uint32_t* HWY_RESTRICT places) {
  alignas(64) std::uint8_t out[kLanes];
  for (std::size_t lane = 0; lane < kLanes; ++lane) out[lane] = bytes[places[lane]];
  return bytes_at(out);
}

HWY_INLINE MF is_consumer(std::size_t at, std::uint32_t n) {
  const I32 di;
  return hn::RebindMask(F32(), hn::Lt(hn::BitCast(di, lanes_from(static_cast<std::uint32_t>(at))),
                                      hn::Set(di, static_cast<std::int32_t>(n))));
}

}  // namespace HWY_NAMESPACE
}  // namespace populace
HWY_AFTER_NAMESPACE();

#endif
