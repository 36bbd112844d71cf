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

HWY_INLINE VF slots_of(const ContactTask& task, std::size_t at) {
  const F32 d;
  return hn::Mul(hn::LoadU(d, task.slots + at), hn::Set(d, task.rate));
}

HWY_INLINE void store_count(VI count, std::uint8_t* at) { hn::StoreU(hn::DemoteTo(Bytes(), count), Bytes(), at); }

struct Inversion {
  VF u, mean, term, cumulated;
  VI count;
};

HWY_INLINE Inversion begin_inversion(VF mean, VU word) {
  const F32 d;
  Inversion v;
  v.mean = hn::Min(mean, hn::Set(d, 80.0f));
  v.u = hn::Min(unit_float(word), hn::Set(d, 1.0f - 0x1p-21f));
  v.term = vector_exp_bounded(d, hn::Neg(v.mean));
  v.cumulated = v.term;
  v.count = hn::Zero(I32());
  return v;
}

// One more contact where u is still above; returns where it was.
HWY_INLINE hn::Mask<F32> advance(Inversion& v, VF inverse) {
  const I32 di;
  const auto above = hn::Ge(v.u, v.cumulated);
  v.count = hn::Add(v.count, hn::IfThenElseZero(hn::RebindMask(di, above), hn::Set(di, 1)));
  v.term = hn::Mul(v.term, hn::Mul(v.mean, inverse));
  v.cumulated = hn::Add(v.cumulated, v.term);
  return above;
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

// The few with many contacts: one vector at a time, from contact k on.
HWY_INLINE void finish_inversion(Inversion& v, int k) {
  const F32 d;
  for (; k < 255; ++k)
    if (hn::AllFalse(d, advance(v, hn::Set(d, kInverses.of[k])))) return;
}

HWY_INLINE void poisson_quad(const ContactTask& task, std::size_t at, const Quad& words) {
  const F32 d;
  Inversion a = begin_inversion(slots_of(task, at), words.w0);
  Inversion b = begin_inversion(slots_of(task, at + 16), words.w1);
  Inversion c = begin_inversion(slots_of(task, at + 32), words.w2);
  Inversion e = begin_inversion(slots_of(task, at + 48), words.w3);
  // Together as long as most have somebody left, then each on its own.
  constexpr int kTogether = 3;
  int k = 0;
  for (; k < kTogether; ++k) {
    const VF inverse = hn::Set(d, kInverses.of[k]);
    const auto above =
        hn::Or(hn::Or(advance(a, inverse), advance(b, inverse)), hn::Or(advance(c, inverse), advance(e, inverse)));
    if (hn::AllFalse(d, above)) break;
  }
  if (k == kTogether) {
    finish_inversion(a, k);
    finish_inversion(b, k);
    finish_inversion(c, k);
    finish_inversion(e, k);
  }
  store_count(a.count, task.contacts + at);
  store_count(b.count, task.contacts + at + 16);
  store_count(c.count, task.contacts + at + 32);
  store_count(e.count, task.contacts + at + 48);
}

// Bits of those who are hit, in order of consumers of the tile.
HWY_INLINE std::uint64_t bernoulli_bits(const ContactTask& task, std::size_t at, VU word) {
  const F32 d;
  std::uint64_t bits = 0;
  hn::StoreMaskBits(d, hn::Lt(unit_float(word), slots_of(task, at)), reinterpret_cast<std::uint8_t*>(&bits));
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

std::int64_t count_at_least(const std::uint8_t* values, std::uint8_t least, std::uint32_t capacity) {
  const AllBytes d;
  const auto bound = hn::Set(d, least);
  std::size_t n = 0;
  for (std::size_t i = 0; i < capacity; i += hn::Lanes(d)) {
    const auto v = hn::LoadU(d, values + i);
    n += hn::CountTrue(d, hn::Eq(hn::Max(v, bound), v));
  }
  return static_cast<std::int64_t>(n);
}

std::int64_t sum_contacts_kernel(const std::uint8_t* contacts, std::uint32_t capacity) {
  const AllBytes d;
  const hn::Repartition<std::uint64_t, AllBytes> d64;
  auto sum = hn::Zero(d64);
  for (std::size_t i = 0; i < capacity; i += hn::Lanes(d)) sum = hn::Add(sum, hn::SumsOf8(hn::LoadU(d, contacts + i)));
  return static_cast<std::int64_t>(hn::GetLane(hn::SumOfLanes(d64, sum)));
}

ContactTally tally_contacts_kernel(const std::uint8_t* contacts, std::uint32_t capacity) {
  ContactTally tally;
  tally.contacts = sum_contacts_kernel(contacts, capacity);
  for (std::size_t k = 0; k < kFrequencies; ++k) {
    tally.at_least[k] = count_at_least(contacts, static_cast<std::uint8_t>(k + 1), capacity);
    if (tally.at_least[k] == 0) break;
  }
  return tally;
}

void look_up_kernel(const std::uint8_t* codes, const float* table, float* out, std::uint32_t capacity) {
  look_up_codes(table, codes, capacity, out);
}

// Who crosses frequency k is added up lane by lane in bytes, which hold a block's worth of vectors.
void add_to_frequency_kernel(const std::uint8_t* contacts, std::uint8_t* since_start, std::uint32_t capacity,
                             std::int64_t* crossed) {
  const AllBytes d;
  const hn::Repartition<std::uint64_t, AllBytes> d64;
  const auto none = hn::Zero(d), one = hn::Set(d, std::uint8_t{1}), most = hn::Set(d, std::uint8_t{kFrequencies});
  hn::Vec<AllBytes> sum[kFrequencies];
  for (auto& s : sum) s = none;
  for (std::size_t i = 0; i < capacity; i += hn::Lanes(d)) {
    const auto met = hn::LoadU(d, contacts + i), before = hn::LoadU(d, since_start + i);
    const auto after = hn::SaturatedAdd(met, before);
    hn::StoreU(after, d, since_start + i);
    // Who had 10 already crosses nothing any more: in a long flight that is nearly everybody.
    if (hn::AllFalse(d, hn::AndNot(hn::Eq(met, none), hn::Ne(hn::Max(before, most), before)))) continue;
    if (hn::AllTrue(d, hn::Eq(hn::Max(met, one), one))) {
      const auto fresh = hn::IfThenElseZero(hn::Ne(met, none), after);
      auto k_th = none;
      HWY_UNROLL(10)
      for (std::size_t k = 0; k < kFrequencies; ++k) {
        k_th = hn::Add(k_th, one);
        sum[k] = hn::Sub(sum[k], hn::VecFromMask(d, hn::Eq(fresh, k_th)));
      }
      continue;
    }
    auto bound = none;
    HWY_UNROLL(10)
    for (std::size_t k = 0; k < kFrequencies; ++k) {
      bound = hn::Add(bound, one);
      const auto had = hn::Eq(hn::Max(before, bound), before), has = hn::Eq(hn::Max(after, bound), after);
      sum[k] = hn::Add(sum[k], hn::IfThenElseZero(hn::AndNot(had, has), one));
    }
  }
  for (std::size_t k = 0; k < kFrequencies; ++k)
    crossed[k] += static_cast<std::int64_t>(hn::GetLane(hn::SumOfLanes(d64, hn::SumsOf8(sum[k]))));
}
static_assert(kBlockSize / 16 < 256, "a byte counts the vectors of a block");

std::int64_t mark_reached_kernel(const std::uint8_t* contacts, std::uint8_t* mask, std::uint8_t bit,
                                 std::uint32_t capacity) {
  const AllBytes d;
  const auto flag = hn::Set(d, bit), none = hn::Zero(d);
  std::size_t n = 0;
  for (std::size_t i = 0; i < capacity; i += hn::Lanes(d)) {
    const auto old = hn::LoadU(d, mask + i);
    const auto fresh = hn::AndNot(hn::Eq(hn::LoadU(d, contacts + i), none), hn::Eq(hn::And(old, flag), none));
    if (hn::AllFalse(d, fresh)) continue;
    n += hn::CountTrue(d, fresh);
    hn::StoreU(hn::Or(old, hn::IfThenElseZero(fresh, flag)), d, mask + i);
  }
  return static_cast<std::int64_t>(n);
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
  const U32 d;
  const VU bound = hn::Set(d, std::uint32_t{room});
  std::size_t n = 0;
  for (std::size_t i = 0; i < capacity; i += kLanes) {
    const auto above = hn::Gt(hn::PromoteTo(d, hn::LoadU(Bytes(), contacts + i)), bound);
    if (!hn::AllFalse(d, above)) n += compress_store(hn::Iota(d, static_cast<std::uint32_t>(i)), above, d, places + n);
  }
  return static_cast<std::uint32_t>(n);
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
HWY_EXPORT(sum_contacts_kernel);
HWY_EXPORT(tally_contacts_kernel);
HWY_EXPORT(add_to_frequency_kernel);
HWY_EXPORT(mark_reached_kernel);
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
std::int64_t sum_contacts(const std::uint8_t* contacts, std::uint32_t capacity) {
  return HWY_DYNAMIC_DISPATCH(sum_contacts_kernel)(contacts, capacity);
}
ContactTally tally_contacts(const std::uint8_t* contacts, std::uint32_t capacity) {
  return HWY_DYNAMIC_DISPATCH(tally_contacts_kernel)(contacts, capacity);
}
void look_up(const std::uint8_t* codes, const float* table, float* out, std::uint32_t capacity) {
  HWY_DYNAMIC_DISPATCH(look_up_kernel)(codes, table, out, capacity);
}
void add_to_frequency(const std::uint8_t* contacts, std::uint8_t* since_start, std::uint32_t capacity,
                      std::int64_t crossed[kFrequencies]) {
  HWY_DYNAMIC_DISPATCH(add_to_frequency_kernel)(contacts, since_start, capacity, crossed);
}
std::int64_t mark_reached(const std::uint8_t* contacts, std::uint8_t* mask, std::uint8_t bit, std::uint32_t capacity) {
  return HWY_DYNAMIC_DISPATCH(mark_reached_kernel)(contacts, mask, bit, capacity);
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
