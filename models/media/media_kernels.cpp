#include "models/media/media_kernels.hpp"

#include <algorithm>

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

std::int64_t sum_contacts_kernel(const std::uint8_t* contacts, std::uint32_t capacity) {
  const AllBytes d;
  const hn::Repartition<std::uint64_t, AllBytes> d64;
  auto sum = hn::Zero(d64);
  for (std::size_t i = 0; i < capacity; i += hn::Lanes(d)) sum = hn::Add(sum, hn::SumsOf8(hn::LoadU(d, contacts + i)));
  return static_cast<std::int64_t>(hn::GetLane(hn::SumOfLanes(d64, sum)));
}

std::int64_t count_met_kernel(const std::uint8_t* contacts, std::uint32_t capacity) {
  const AllBytes d;
  std::size_t n = 0;
  for (std::size_t i = 0; i < capacity; i += hn::Lanes(d))
    n += hn::CountTrue(d, hn::Ne(hn::LoadU(d, contacts + i), hn::Zero(d)));
  return static_cast<std::int64_t>(n);
}

void look_up_kernel(const std::uint8_t* codes, const float* table, float* out, std::uint32_t capacity) {
  look_up_codes(table, codes, capacity, out);
}

// Of a consumer with v contacts, a nibble each for two frequencies: 1 where he has had so many, or exactly so many.
struct FrequencyNibbles {
  alignas(16) std::uint8_t of[kFrequencies / 2][16] = {};
};
constexpr FrequencyNibbles make_frequency_nibbles(bool exactly) {
  FrequencyNibbles nibbles;
  for (std::size_t pair = 0; pair < kFrequencies / 2; ++pair)
    for (std::size_t v = 0; v < 16; ++v) {
      const bool first = exactly ? v == 2 * pair + 1 : v > 2 * pair,
                 second = exactly ? v == 2 * pair + 2 : v > 2 * pair + 1;
      nibbles.of[pair][v] = static_cast<std::uint8_t>(first + 16 * second);
    }
  return nibbles;
}
constexpr FrequencyNibbles kAtLeastNibbles = make_frequency_nibbles(false),
                           kExactNibbles = make_frequency_nibbles(true);

// How many have k + 1 and more, for ten k: added up lane by lane, in nibbles for up to 15 vectors and in bytes for all.
constexpr std::uint32_t kMostAddedUp = 2048;
static_assert(kMostAddedUp / 16 < 256, "a byte counts the vectors");

class FrequencyCount {
 public:
  using V = hn::Vec<AllBytes>;
  HWY_INLINE FrequencyCount() {
    for (std::size_t pair = 0; pair < kPairs; ++pair) nibbles_[pair] = sum_[2 * pair] = sum_[2 * pair + 1] = none();
  }
  // Numbers of contacts are at most 15. Those who have so many or more; who has exactly so many; or who has come to
  // have them.
  HWY_INLINE void add(V number) {
    for (std::size_t pair = 0; pair < kPairs; ++pair)
      nibbles_[pair] = hn::Add(nibbles_[pair], of(kAtLeastNibbles, pair, number));
    if (++filled_ % 15 == 0) empty();
  }
  HWY_INLINE void add_exactly(V number) {
    for (std::size_t pair = 0; pair < kPairs; ++pair)
      nibbles_[pair] = hn::Add(nibbles_[pair], of(kExactNibbles, pair, number));
    if (++filled_ % 15 == 0) empty();
  }
  HWY_INLINE void add_from_to(V from, V to) {
    for (std::size_t pair = 0; pair < kPairs; ++pair) {
      const V crossed = hn::Sub(of(kAtLeastNibbles, pair, to), of(kAtLeastNibbles, pair, from));
      nibbles_[pair] = hn::Add(nibbles_[pair], crossed);
    }
    if (++filled_ % 15 == 0) empty();
  }
  HWY_INLINE void add_to(std::int64_t* counts) {
    const hn::Repartition<std::uint64_t, AllBytes> d64;
    empty();
    for (std::size_t k = 0; k < kFrequencies; ++k)
      counts[k] += static_cast<std::int64_t>(hn::GetLane(hn::SumOfLanes(d64, hn::SumsOf8(sum_[k]))));
  }

 private:
  static constexpr std::size_t kPairs = kFrequencies / 2;
  static HWY_INLINE V none() { return hn::Zero(AllBytes()); }
  static HWY_INLINE V of(const FrequencyNibbles& nibbles, std::size_t pair, V number) {
    return hn::TableLookupBytes(hn::LoadDup128(AllBytes(), nibbles.of[pair]), number);
  }
  HWY_INLINE void empty() {
    const AllBytes d;
    const hn::Repartition<std::uint16_t, AllBytes> d16;
    const V low = hn::Set(d, std::uint8_t{15});
    for (std::size_t pair = 0; pair < kPairs; ++pair) {
      const V high = hn::BitCast(d, hn::ShiftRight<4>(hn::BitCast(d16, nibbles_[pair])));
      sum_[2 * pair] = hn::Add(sum_[2 * pair], hn::And(nibbles_[pair], low));
      sum_[2 * pair + 1] = hn::Add(sum_[2 * pair + 1], hn::And(high, low));
      nibbles_[pair] = none();
    }
  }

  V nibbles_[kPairs], sum_[kFrequencies];
  int filled_ = 0;
};

void count_some_contacts(const CountTask& task, std::uint32_t from, std::uint32_t n, ContactCount& count) {
  const AllBytes d;
  const hn::Repartition<std::uint64_t, AllBytes> d64;
  const auto none = hn::Zero(d), one = hn::Set(d, std::uint8_t{1}), most = hn::Set(d, std::uint8_t{kFrequencies}),
             flag = hn::Set(d, task.bit);
  FrequencyCount in_step, crossed;
  std::size_t singles = 0;  // in vectors where nobody met more than one
  auto sum = hn::Zero(d64);
  std::size_t fresh = 0;
  for (std::size_t i = from; i < from + n; i += hn::Lanes(d)) {
    const auto met = hn::LoadU(d, task.contacts + i);
    if (task.sum != nullptr)
      hn::StoreU(task.first ? met : hn::SaturatedAdd(met, hn::LoadU(d, task.sum + i)), d, task.sum + i);
    const auto nobody = hn::Eq(met, none);
    if (hn::AllTrue(d, nobody)) continue;
    const auto before = hn::LoadU(d, task.since_start + i), after = hn::SaturatedAdd(met, before);
    hn::StoreU(after, d, task.since_start + i);
    // Who had 10 already crosses nothing any more: in a long flight that is nearly everybody.
    const auto crosses = hn::AndNot(nobody, hn::Ne(hn::Max(before, most), before));
    if (hn::AllTrue(d, hn::Eq(hn::Min(met, one), met))) {
      singles += hn::CountTrue(d, hn::Not(nobody));
      if (!hn::AllFalse(d, crosses)) crossed.add_exactly(hn::IfThenElseZero(crosses, after));
    } else {
      sum = hn::Add(sum, hn::SumsOf8(met));
      in_step.add(hn::Min(met, most));
      if (!hn::AllFalse(d, crosses)) crossed.add_from_to(hn::Min(before, most), hn::Min(after, most));
    }
    const auto reached = hn::LoadU(d, task.reached + i);
    const auto is_new = hn::AndNot(nobody, hn::Eq(hn::And(reached, flag), none));
    if (hn::AllFalse(d, is_new)) continue;
    fresh += hn::CountTrue(d, is_new);
    hn::StoreU(hn::Or(reached, hn::IfThenElseZero(is_new, flag)), d, task.reached + i);
  }
  count.contacts += static_cast<std::int64_t>(hn::GetLane(hn::SumOfLanes(d64, sum)) + singles);
  count.at_least[0] += static_cast<std::int64_t>(singles);
  count.new_reach += static_cast<std::int64_t>(fresh);
  in_step.add_to(count.at_least);
  crossed.add_to(count.crossed);
}

ContactCount count_contacts_kernel(const CountTask& of, std::uint32_t capacity) {
  const CountTask task = of;
  ContactCount count;
  for (std::uint32_t from = 0; from < capacity; from += kMostAddedUp)
    count_some_contacts(task, from, std::min(kMostAddedUp, capacity - from), count);
  return count;
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

std::int64_t fill_plan_kernel(const std::uint8_t* now, std::uint8_t planned, std::uint8_t* met,
                              std::uint32_t capacity) {
  const AllBytes d;
  const hn::Repartition<std::uint64_t, AllBytes> d64;
  auto useful = hn::Zero(d64);
  for (std::size_t i = 0; i < capacity; i += hn::Lanes(d)) {
    const auto contacts = hn::LoadU(d, now + i), before = hn::LoadU(d, met + i);
    const auto room = hn::SaturatedSub(hn::Set(d, planned), before);
    useful = hn::Add(useful, hn::SumsOf8(hn::Min(contacts, room)));
    hn::StoreU(hn::SaturatedAdd(before, contacts), d, met + i);
  }
  return static_cast<std::int64_t>(hn::GetLane(hn::SumOfLanes(d64, useful)));
}

PlanGap find_gap_kernel(const std::uint8_t* meant, const std::uint8_t* met, std::uint8_t planned,
                        std::uint32_t capacity) {
  const AllBytes d;
  const hn::Repartition<std::uint64_t, AllBytes> d64;
  auto all = hn::Zero(d64), gap = hn::Zero(d64);
  for (std::size_t i = 0; i < capacity; i += hn::Lanes(d)) {
    const auto mark = hn::LoadU(d, meant + i), lacks = hn::SaturatedSub(hn::Set(d, planned), hn::LoadU(d, met + i));
    all = hn::Add(all, hn::SumsOf8(mark));
    gap = hn::Add(gap, hn::SumsOf8(hn::Min(mark, lacks)));
  }
  return {static_cast<std::int64_t>(hn::GetLane(hn::SumOfLanes(d64, all))),
          static_cast<std::int64_t>(hn::GetLane(hn::SumOfLanes(d64, gap)))};
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
HWY_EXPORT(count_met_kernel);
HWY_EXPORT(count_contacts_kernel);
HWY_EXPORT(fill_plan_kernel);
HWY_EXPORT(find_gap_kernel);
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
std::int64_t count_met(const std::uint8_t* contacts, std::uint32_t capacity) {
  return HWY_DYNAMIC_DISPATCH(count_met_kernel)(contacts, capacity);
}
ContactCount count_contacts(const CountTask& task, std::uint32_t capacity) {
  return HWY_DYNAMIC_DISPATCH(count_contacts_kernel)(task, capacity);
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
std::int64_t fill_plan(const std::uint8_t* now, std::uint8_t planned, std::uint8_t* met, std::uint32_t capacity) {
  return HWY_DYNAMIC_DISPATCH(fill_plan_kernel)(now, planned, met, capacity);
}
PlanGap find_gap(const std::uint8_t* meant, const std::uint8_t* met, std::uint8_t planned, std::uint32_t capacity) {
  return HWY_DYNAMIC_DISPATCH(find_gap_kernel)(meant, met, planned, capacity);
}
void add_contacts(const std::uint8_t* contacts, std::uint8_t* sum, std::uint32_t capacity) {
  HWY_DYNAMIC_DISPATCH(add_contacts_kernel)(contacts, sum, capacity);
}
}  // namespace populace
#endif
