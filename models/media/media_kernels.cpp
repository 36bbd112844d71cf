#include "models/media/media_kernels.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "models/media/media_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "models/places-inl.hpp"
#include "sim/population/population.hpp"
#include "sim/random/draw-inl.hpp"
#include "sim/random/math-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace populace {
namespace HWY_NAMESPACE {
namespace {

using AllBytes = hn::CappedTag<std::uint8_t, 64>;

HWY_INLINE VF mean_at(const ContactTask& task, std::size_t at) {
  const F32 d;
  const VF slots = hn::ConvertTo(d, hn::BitCast(I32(), halves_at(task.slots + at)));
  return hn::Mul(slots, hn::Set(d, task.unit * task.rate));
}

// One more where the mask is set.
HWY_INLINE VI count_up(VI count, hn::Mask<F32> mask) {
  const I32 di;
#if HWY_TARGET <= HWY_AVX3
  return hn::IfThenElse(hn::RebindMask(di, mask), hn::Add(count, hn::Set(di, 1)), count);
#else
  return hn::Sub(count, hn::VecFromMask(di, hn::RebindMask(di, mask)));
#endif
}

// Inversion of one vector.
struct Inversion {
  VF u, mean, term, cumulated;
  VI count;
  hn::Mask<F32> above;  // not done yet
};

HWY_INLINE Inversion begin_inversion(VF mean, VU word) {
  const F32 d;
  const I32 di;
  Inversion v;
  v.mean = hn::Min(mean, hn::Set(d, 80.0f));
  const VF u = hn::Mul(hn::ConvertTo(d, hn::BitCast(di, hn::ShiftRight<1>(word))), hn::Set(d, 0x1p-31f));
  v.u = hn::Min(u, hn::Set(d, 1.0f - 0x1p-21f));
  v.term = vector_exp_bounded(d, hn::Neg(v.mean));
  v.cumulated = v.term;
  v.above = hn::Ge(v.u, v.cumulated);
  v.count = count_up(hn::Zero(di), v.above);
  return v;
}

// One more contact where u is still above the probability of fewer.
HWY_INLINE void advance(Inversion& v, VF mean_over_k) {
  v.term = hn::Mul(v.term, mean_over_k);
  v.cumulated = hn::Add(v.cumulated, v.term);
  v.above = hn::Ge(v.u, v.cumulated);
  v.count = count_up(v.count, v.above);
}

struct Inverses {
  float of[256];
};
constexpr Inverses make_inverses() {
  Inverses inverses{};
  for (int k = 0; k < 256; ++k) inverses.of[k] = 1.0f / static_cast<float>(k + 1);
  return inverses;
}
constexpr Inverses kInverses = make_inverses();

HWY_INLINE void advance_to(Inversion& v, int k) { advance(v, hn::Mul(v.mean, hn::Set(F32(), kInverses.of[k - 1]))); }

HWY_INLINE void store_counts(VI a, VI b, VI c, VI e, std::uint8_t* at) {
#if HWY_MAX_BYTES >= 64 && HWY_TARGET <= HWY_AVX3
  const U32 d;
  const hn::Repartition<std::uint8_t, U32> d8;
  const VU low = hn::Or(hn::BitCast(d, a), hn::ShiftLeft<8>(hn::BitCast(d, b))),
           high = hn::Or(hn::ShiftLeft<16>(hn::BitCast(d, c)), hn::ShiftLeft<24>(hn::BitCast(d, e)));
  // Bytes of a lane's four consumers side by side; of four lanes, then of all sixteen, they are transposed.
  alignas(16) static constexpr std::uint8_t kOfFour[16] = {0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15};
  alignas(64) static constexpr std::uint32_t kOfAll[16] = {0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15};
  const auto four = hn::TableLookupBytes(hn::BitCast(d8, hn::Or(low, high)), hn::LoadDup128(d8, kOfFour));
  const VU all = hn::TableLookupLanes(hn::BitCast(d, four), hn::SetTableIndices(d, kOfAll));
  hn::StoreU(hn::BitCast(d8, all), d8, at);
#else
  const VI counts[4] = {a, b, c, e};
  for (std::size_t w = 0; w < 4; ++w) hn::StoreU(hn::DemoteTo(Bytes(), counts[w]), Bytes(), at + 16 * w);
#endif
}

// Four vectors together, until all are done: a branch for each would be guessed wrong for each.
HWY_INLINE void poisson_quad(const ContactTask& task, std::size_t at, const Quad& words) {
  Inversion a = begin_inversion(mean_at(task, at), words.w0);
  Inversion b = begin_inversion(mean_at(task, at + 16), words.w1);
  Inversion c = begin_inversion(mean_at(task, at + 32), words.w2);
  Inversion e = begin_inversion(mean_at(task, at + 48), words.w3);
  for (int k = 1; k < 255; ++k) {
    if (hn::AllFalse(F32(), hn::Or(hn::Or(a.above, b.above), hn::Or(c.above, e.above)))) break;
    advance_to(a, k);
    advance_to(b, k);
    advance_to(c, k);
    advance_to(e, k);
  }
  store_counts(a.count, b.count, c.count, e.count, task.contacts + at);
}

// Bits of those who are hit, in order of consumers of the tile.
HWY_INLINE std::uint64_t bernoulli_bits(const ContactTask& task, std::size_t at, VU word) {
  const F32 d;
  std::uint64_t bits = 0;
  hn::StoreMaskBits(d, hn::Lt(unit_float(word), mean_at(task, at)), reinterpret_cast<std::uint8_t*>(&bits));
  return bits;
}

HWY_INLINE void bernoulli_tile(const ContactTask& task, std::uint32_t tile, std::size_t at) {
  std::uint64_t bits = 0;
  for (std::size_t q = 0; q < kQuadsPerTile; ++q) {
    const Quad words = draw_quad(task.stream, tile, q);
    const std::size_t from = at + q * kLanes;
    bits |= bernoulli_bits(task, from, words.w0) << q * kLanes |
            bernoulli_bits(task, from + 16, words.w1) << (16 + q * kLanes) |
            bernoulli_bits(task, from + 32, words.w2) << (32 + q * kLanes) |
            bernoulli_bits(task, from + 48, words.w3) << (48 + q * kLanes);
  }
  const AllBytes d8;
  for (std::size_t i = 0; i < kTileSize; i += hn::Lanes(d8)) {
    const std::uint64_t part[2] = {bits >> i, 0};
    const auto hit = hn::LoadMaskBits(d8, reinterpret_cast<const std::uint8_t*>(part));
    hn::StoreU(hn::IfThenElseZero(hit, hn::Set(d8, std::uint8_t{1})), d8, task.contacts + at + i);
  }
}

void draw_contacts_kernel(const ContactTask& task, std::uint32_t first_tile, std::uint32_t capacity) {
  for (std::size_t t = 0; t < capacity / kTileSize; ++t) {
    const auto tile = first_tile + static_cast<std::uint32_t>(t);
    if (task.bernoulli) {
      bernoulli_tile(task, tile, t * kTileSize);
      continue;
    }
    for (std::size_t q = 0; q < kQuadsPerTile; ++q)
      poisson_quad(task, t * kTileSize + q * kLanes, draw_quad(task.stream, tile, q));
  }
}

void look_up_kernel(const std::uint8_t* codes, const float* table, float* out, std::uint32_t capacity) {
  look_up_codes(table, codes, capacity, out);
}

void cap_contacts_kernel(std::uint8_t* contacts, std::uint8_t room, std::uint32_t capacity) {
  const AllBytes d;
  for (std::size_t i = 0; i < capacity; i += hn::Lanes(d))
    hn::StoreU(hn::Min(hn::LoadU(d, contacts + i), hn::Set(d, room)), d, contacts + i);
}

// Sum of the eight nibbles of each lane.
HWY_INLINE VU used_of(VU history) {
  const U32 d;
  const VU low = hn::Set(d, 0x0F0F0F0Fu);
  const VU bytes = hn::Add(hn::And(history, low), hn::And(hn::ShiftRight<4>(history), low));
  const VU halves = hn::Add(bytes, hn::ShiftRight<16>(bytes));
  return hn::And(hn::Add(halves, hn::ShiftRight<8>(halves)), hn::Set(d, 0xFFu));
}

HWY_INLINE VU room_left(VU history, VU room) { return hn::Sub(room, hn::Min(room, used_of(history))); }

void cap_rolling_kernel(std::uint8_t* contacts, const std::uint32_t* history, std::uint8_t room,
                        std::uint32_t capacity) {
  const U32 d;
  const VU full = hn::Set(d, std::uint32_t{room});
  for (std::size_t i = 0; i < capacity; i += kLanes) {
    const VU met = hn::PromoteTo(d, hn::LoadU(Bytes(), contacts + i));
    const VU kept = hn::Min(met, room_left(hn::LoadU(d, history + i), full));
    hn::StoreU(hn::DemoteTo(Bytes(), hn::BitCast(I32(), kept)), Bytes(), contacts + i);
  }
}

std::uint32_t find_above_kernel(const std::uint8_t* contacts, std::uint8_t room, std::uint32_t capacity,
                                std::uint32_t* places) {
  const AllBytes d;
  const auto bound = hn::Set(d, room);
  std::uint32_t n = 0;
  for (std::uint32_t at = 0; at < capacity; at += kTileSize) {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < kTileSize; i += hn::Lanes(d)) {
      const auto met = hn::LoadU(d, contacts + at + i);
      std::uint64_t part = 0;
      hn::StoreMaskBits(d, hn::Ne(hn::Max(met, bound), bound), reinterpret_cast<std::uint8_t*>(&part));
      bits |= part << i;
    }
    if (bits != 0) n += append_places(bits, at, places + n);
  }
  return n;
}

std::uint32_t shift_history_kernel(const std::uint8_t* contacts, const std::uint8_t* codes, std::uint32_t* history,
                                   std::uint32_t mask, std::uint8_t room, std::uint32_t capacity,
                                   std::uint32_t* changes) {
  const U32 d;
  const VU full = hn::Set(d, std::uint32_t{room});
  std::size_t n = 0;
  for (std::size_t i = 0; i < capacity; i += kLanes) {
    const VU old = hn::LoadU(d, history + i);
    const VU met = hn::Min(hn::PromoteTo(d, hn::LoadU(Bytes(), contacts + i)), hn::Set(d, 15u));
    const VU next = hn::And(hn::Or(hn::ShiftLeft<4>(old), met), hn::Set(d, mask));
    const auto differs = hn::Ne(old, next);
    if (hn::AllFalse(d, differs)) continue;
    hn::StoreU(next, d, history + i);
    const VU before = room_left(old, full), after = room_left(next, full);
    const VU code = hn::PromoteTo(d, hn::LoadU(Bytes(), codes + i));
    const VU change = hn::Or(hn::ShiftLeft<8>(code), hn::Or(hn::ShiftLeft<4>(before), after));
    n += compress_store(change, hn::Ne(before, after), d, changes + n);
  }
  return static_cast<std::uint32_t>(n);
}

void add_contacts_kernel(const std::uint8_t* contacts, std::uint8_t* sum, std::uint32_t capacity) {
  const AllBytes d;
  for (std::size_t i = 0; i < capacity; i += hn::Lanes(d))
    hn::StoreU(hn::SaturatedAdd(hn::LoadU(d, contacts + i), hn::LoadU(d, sum + i)), d, sum + i);
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace populace
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace populace {
namespace {
HWY_EXPORT(draw_contacts_kernel);
HWY_EXPORT(add_contacts_kernel);
HWY_EXPORT(look_up_kernel);
HWY_EXPORT(cap_contacts_kernel);
HWY_EXPORT(cap_rolling_kernel);
HWY_EXPORT(find_above_kernel);
HWY_EXPORT(shift_history_kernel);
}  // namespace

void draw_contacts(const ContactTask& task, std::uint32_t first_tile, std::uint32_t capacity) {
  HWY_DYNAMIC_DISPATCH(draw_contacts_kernel)(task, first_tile, capacity);
}
void look_up(const std::uint8_t* codes, const float* table, float* out, std::uint32_t capacity) {
  HWY_DYNAMIC_DISPATCH(look_up_kernel)(codes, table, out, capacity);
}
void cap_contacts(std::uint8_t* contacts, std::uint8_t room, std::uint32_t capacity) {
  HWY_DYNAMIC_DISPATCH(cap_contacts_kernel)(contacts, room, capacity);
}
void cap_rolling(std::uint8_t* contacts, const std::uint32_t* history, std::uint8_t room, std::uint32_t capacity) {
  HWY_DYNAMIC_DISPATCH(cap_rolling_kernel)(contacts, history, room, capacity);
}
std::uint32_t find_above(const std::uint8_t* contacts, std::uint8_t room, std::uint32_t capacity,
                         std::uint32_t* places) {
  return HWY_DYNAMIC_DISPATCH(find_above_kernel)(contacts, room, capacity, places);
}
std::uint32_t shift_history(const std::uint8_t* contacts, const std::uint8_t* codes, std::uint32_t* history,
                            std::uint32_t mask, std::uint8_t room, std::uint32_t capacity, std::uint32_t* changes) {
  return HWY_DYNAMIC_DISPATCH(shift_history_kernel)(contacts, codes, history, mask, room, capacity, changes);
}
void add_contacts(const std::uint8_t* contacts, std::uint8_t* sum, std::uint32_t capacity) {
  HWY_DYNAMIC_DISPATCH(add_contacts_kernel)(contacts, sum, capacity);
}
}  // namespace populace
#endif
