#include "models/stages/stage_kernels.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "models/stages/stage_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "models/places-inl.hpp"
#include "sim/random/draw-inl.hpp"
#include "sim/random/math-inl.hpp"
#include "sim/random/split-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace populace {
namespace HWY_NAMESPACE {
namespace {

using AllBytes = hn::CappedTag<std::uint8_t, 64>;

HWY_INLINE VF driver_at(const DriverTerm& term, std::size_t at) {
  return term.floats != nullptr ? hn::LoadU(F32(), term.floats + at) : hn::ConvertTo(F32(), bytes_at(term.bytes + at));
}

HWY_INLINE VF rate_of(const HazardSlot& slot, VI stage, std::size_t at) {
  const F32 d;
  VF rate = lookup16(d, slot.base.of, stage);
  for (std::size_t t = 0; t < slot.n_terms; ++t)
    rate = hn::Add(rate, hn::Mul(lookup16(d, slot.terms[t].coefficient->of, stage), driver_at(slot.terms[t], at)));
  return hn::Max(rate, hn::Zero(d));
}

HWY_INLINE VF total_rate(const MoveTask& task, VI stage, std::size_t at) {
  VF rate = rate_of(task.slots[0], stage, at);
  for (std::size_t k = 1; k < task.n_slots; ++k) rate = hn::Add(rate, rate_of(task.slots[k], stage, at));
  return rate;
}

// Writes the new stage of those who move and appends their leaps.
HWY_INLINE std::size_t settle(const MoveTask& task, MF moves, VI stage, VI next, VI slot, std::size_t at,
                              std::size_t n_leaps) {
  const I32 di;
  const U32 du;
  const auto moves_int = hn::RebindMask(di, moves);
  hn::StoreU(hn::DemoteTo(Bytes(), hn::IfThenElse(moves_int, next, stage)), Bytes(), task.stage + at);
  if (!task.last) {
    const VI one = hn::IfThenElseZero(moves_int, hn::Set(di, 1));
    hn::StoreU(hn::DemoteTo(Bytes(), task.first ? one : hn::Or(bytes_at(task.moved + at), one)), Bytes(),
               task.moved + at);
  }
  const VI code = hn::Or(hn::ShiftLeft<8>(slot), hn::Or(hn::ShiftLeft<4>(stage), next));
  return compress_store(hn::BitCast(du, code), hn::RebindMask(du, moves), du, task.leaps + n_leaps);
}

// Keeps those of `moves` who are consumers (the last tile may be part empty) and may still move.
HWY_INLINE MF who_may(const MoveTask& task, MF moves, std::size_t at) {
  if (at + kLanes > task.n) moves = hn::And(moves, is_consumer(at, task.n));
  if (task.chain || task.first) return moves;
  return hn::And(moves, hn::RebindMask(F32(), hn::Eq(bytes_at(task.moved + at), hn::Zero(I32()))));
}

HWY_INLINE VF prob_of(VF rate) {
  const F32 d;
  return hn::Sub(hn::Set(d, 1.0f), vector_exp_bounded(d, hn::Max(hn::Neg(rate), hn::Set(d, -87.0f))));
}

HWY_INLINE bool all_zero(VF a, VF b, VF c, VF e) {
  const F32 d;
  return hn::AllFalse(d, hn::Gt(hn::Max(hn::Max(a, b), hn::Max(c, e)), hn::Zero(d)));
}

HWY_INLINE void nobody_moved(const MoveTask& task, std::size_t at, std::size_t n) {
  const AllBytes d;
  if (!task.first || task.last) return;
  for (std::size_t i = 0; i < n; i += hn::Lanes(d)) hn::StoreU(hn::Zero(d), d, task.moved + at + i);
}

// ---- one slot: for every stage one way to go. Words are split, chances become thresholds, and moves are made by
// vectors of bytes. ----

HWY_INLINE std::uint64_t bits_of(MF mask) {
  std::uint64_t bits = 0;
  hn::StoreMaskBits(F32(), mask, reinterpret_cast<std::uint8_t*>(&bits));
  return bits;
}

// Chance of leaving, from rates or known by stage.
template <bool kFixed>
HWY_INLINE VF chance_at(const MoveTask& task, std::size_t at) {
  const VI stage = bytes_at(task.stage + at);
  return kFixed ? lookup16(F32(), task.fixed_prob->of, stage) : prob_of(rate_of(task.slots[0], stage, at));
}

template <bool kFixed>
HWY_NOINLINE std::uint64_t whole_bits(const MoveTask& task, const SplitWords& words, std::uint32_t tile,
                                      std::size_t at) {
  alignas(64) std::uint32_t all[kTileSize];
  words.whole(tile, all);
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < kTileSize; i += kLanes)
    bits |= bits_of(hn::Lt(unit_float(hn::Load(U32(), all + i)), chance_at<kFixed>(task, at + i))) << i;
  return bits;
}

// Near enough for a threshold, which may be off by 1.4 units of 2^-16.
HWY_INLINE VF rough_prob_of(VF rate) {
  const F32 d;
  return hn::Sub(hn::Set(d, 1.0f), rough_exp(d, hn::Max(hn::Neg(rate), hn::Set(d, -87.0f))));
}

// Who leaves his stage, in order of a tile's consumers. Nothing is drawn where nobody can.
template <bool kFixed>
HWY_INLINE std::uint64_t leaving_bits(const MoveTask& task, const Thresholds16& fixed, SplitWords& words,
                                      std::uint32_t tile, std::size_t at) {
  constexpr std::size_t kVectors = kTileSize / kHalfLanes;
  const U16 d16;
  VH threshold[kVectors];
  if constexpr (kFixed) {
    VH any = hn::Zero(d16);
    for (std::size_t v = 0; v < kVectors; ++v) {
      threshold[v] = fixed.at(task.stage + at + v * kHalfLanes);
      any = hn::Or(any, threshold[v]);
    }
    if (hn::AllTrue(d16, hn::Eq(any, hn::Zero(d16)))) return 0;
  } else {
    const F32 d;
    VF any = hn::Zero(d);
    for (std::size_t v = 0; v < kVectors; ++v) {
      const std::size_t first = at + v * kHalfLanes, second = first + kLanes;
      const VF r0 = rate_of(task.slots[0], bytes_at(task.stage + first), first),
               r1 = rate_of(task.slots[0], bytes_at(task.stage + second), second);
      any = hn::Max(any, hn::Max(r0, r1));
      threshold[v] = threshold_of(rough_prob_of(r0), rough_prob_of(r1));
    }
    if (hn::AllFalse(d, hn::Gt(any, hn::Zero(d)))) return 0;
  }
  const std::uint16_t* upper = words.upper(tile);
  Verdicts verdicts;
  for (std::size_t v = 0; v < kVectors; ++v) verdicts.add(upper, v * kHalfLanes, threshold[v]);
  return verdicts.decided() ? verdicts.below() : whole_bits<kFixed>(task, words, tile, at);
}

HWY_INLINE void move_bytes(const MoveTask& task, std::uint64_t bits, std::size_t at) {
  const AllBytes d;
  const auto none = hn::Zero(d), one = hn::Set(d, std::uint8_t{1}), to = hn::LoadDup128(d, task.to);
  for (std::size_t i = 0; i < kTileSize; i += hn::Lanes(d)) {
    const std::uint64_t part[2] = {bits >> i, 0};
    auto moves = hn::LoadMaskBits(d, reinterpret_cast<const std::uint8_t*>(part));
    const auto stage = hn::LoadU(d, task.stage + at + i);
    if (!task.first) {
      const auto moved = hn::LoadU(d, task.moved + at + i);
      if (!task.chain) moves = hn::And(moves, hn::Eq(moved, none));
      if (!task.last) hn::StoreU(hn::Or(moved, hn::IfThenElseZero(moves, one)), d, task.moved + at + i);
    } else if (!task.last) {
      hn::StoreU(hn::IfThenElseZero(moves, one), d, task.moved + at + i);
    }
    hn::StoreU(hn::IfThenElse(moves, hn::TableLookupBytes(to, stage), stage), d, task.stage + at + i);
    for (std::uint32_t left = task.leaves; left != 0; left &= left - 1) {
      const auto s = static_cast<std::uint8_t>(__builtin_ctz(left));
      task.leaps_from[s] += static_cast<std::int64_t>(hn::CountTrue(d, hn::And(moves, hn::Eq(stage, hn::Set(d, s)))));
    }
  }
}

template <bool kFixed>
void move_by_one_slot(const MoveTask& task, std::uint32_t first_tile, std::uint32_t capacity) {
  static constexpr float kNone[kMaxStages] = {};
  const Thresholds16 fixed(kFixed ? task.fixed_prob->of : kNone);
  SplitWords words(task.stream);
  for (std::size_t t = 0; t < capacity / kTileSize; ++t) {
    const std::size_t at = t * kTileSize;
    std::uint64_t bits = leaving_bits<kFixed>(task, fixed, words, first_tile + static_cast<std::uint32_t>(t), at);
    if (at + kTileSize > task.n) bits &= (std::uint64_t{1} << (task.n - at)) - 1;  // the last tile may be part empty
    if (bits != 0)
      move_bytes(task, bits, at);
    else
      nobody_moved(task, at, kTileSize);
  }
}

// ---- several slots: a stage may be left several ways, which compete. ----

HWY_INLINE std::size_t settle_hazard(const MoveTask& task, MF moves, VI stage, VF rate, VU word, std::size_t at,
                                     std::size_t n_leaps) {
  const F32 d;
  const I32 di;
  VI next = hn::ConvertTo(di, lookup16(d, task.slots[0].to.of, stage));
  VI slot = hn::Zero(di);
  VF cumulated = rate_of(task.slots[0], stage, at);
  // Where u falls within [0, P) tells which slot: u R / P against the cumulated rates.
  const VF mark = hn::Div(hn::Mul(unit_float(word), rate), prob_of(rate));
  for (std::size_t k = 1; k < task.n_slots; ++k) {
    const VF own = rate_of(task.slots[k], stage, at);
    const auto later = hn::RebindMask(di, hn::And(hn::Ge(mark, cumulated), hn::Gt(own, hn::Zero(d))));
    next = hn::IfThenElse(later, hn::ConvertTo(di, lookup16(d, task.slots[k].to.of, stage)), next);
    slot = hn::IfThenElse(later, hn::Set(di, static_cast<std::int32_t>(k)), slot);
    cumulated = hn::Add(cumulated, own);
  }
  return settle(task, moves, stage, next, slot, at, n_leaps);
}

HWY_INLINE void nobody_moved_quad(const MoveTask& task, std::size_t at) {
  for (std::size_t w = 0; w < 4 && task.first && !task.last; ++w)
    hn::StoreU(hn::Zero(Bytes()), Bytes(), task.moved + at + 16 * w);
}

// Whether anybody moves is asked of four vectors at once: of a single one it could not be guessed.
HWY_INLINE std::size_t hazard_quad(const MoveTask& task, std::uint32_t tile, std::size_t quad, std::size_t at,
                                   std::size_t n_leaps) {
  const F32 d;
  const std::size_t at1 = at + 16, at2 = at + 32, at3 = at + 48;
  const VI s0 = bytes_at(task.stage + at), s1 = bytes_at(task.stage + at1), s2 = bytes_at(task.stage + at2),
           s3 = bytes_at(task.stage + at3);
  const VF r0 = total_rate(task, s0, at), r1 = total_rate(task, s1, at1), r2 = total_rate(task, s2, at2),
           r3 = total_rate(task, s3, at3);
  if (all_zero(r0, r1, r2, r3)) {
    nobody_moved_quad(task, at);
    return n_leaps;
  }
  const Quad words = draw_quad(task.stream, tile, quad);
  const MF m0 = who_may(task, hn::Lt(unit_float(words.w0), prob_of(r0)), at);
  const MF m1 = who_may(task, hn::Lt(unit_float(words.w1), prob_of(r1)), at1);
  const MF m2 = who_may(task, hn::Lt(unit_float(words.w2), prob_of(r2)), at2);
  const MF m3 = who_may(task, hn::Lt(unit_float(words.w3), prob_of(r3)), at3);
  if (hn::AllFalse(d, hn::Or(hn::Or(m0, m1), hn::Or(m2, m3)))) {
    nobody_moved_quad(task, at);
    return n_leaps;
  }
  n_leaps += settle_hazard(task, m0, s0, r0, words.w0, at, n_leaps);
  n_leaps += settle_hazard(task, m1, s1, r1, words.w1, at1, n_leaps);
  n_leaps += settle_hazard(task, m2, s2, r2, words.w2, at2, n_leaps);
  n_leaps += settle_hazard(task, m3, s3, r3, words.w3, at3, n_leaps);
  return n_leaps;
}

HWY_INLINE std::size_t matrix_vector(const MoveTask& task, VU word, std::size_t at, std::size_t n_leaps) {
  const F32 d;
  const I32 di;
  const VI stage = bytes_at(task.stage + at);
  VF u = unit_float(word);
  MF acts = who_may(task, hn::Ge(u, hn::Zero(d)), at);
  if (task.scale.coefficient != nullptr) {
    VF chance = hn::Set(d, task.scale_same);
    if (task.scale.floats != nullptr || task.scale.bytes != nullptr)
      chance = hn::Add(chance, hn::Mul(lookup16(d, task.scale.coefficient->of, stage), driver_at(task.scale, at)));
    acts = hn::And(acts, hn::Gt(chance, hn::Zero(d)));
    chance = hn::Min(hn::Max(chance, hn::Set(d, 1e-20f)), hn::Set(d, 1.0f));
    acts = hn::And(acts, hn::Lt(u, chance));
    u = hn::Div(u, chance);
  }
  VI next = hn::Zero(di);
  for (std::size_t j = 0; j < task.n_cumulated; ++j) {
    const auto above = hn::RebindMask(di, hn::Ge(u, lookup16(d, task.cumulated[j].of, stage)));
    next = hn::Add(next, hn::IfThenElseZero(above, hn::Set(di, 1)));
  }
  const MF moves = hn::And(acts, hn::RebindMask(d, hn::Ne(next, stage)));
  return hn::AllFalse(d, moves) ? 0 : settle(task, moves, stage, next, hn::Zero(di), at, n_leaps);
}

HWY_INLINE std::size_t matrix_quad(const MoveTask& task, std::uint32_t tile, std::size_t quad, std::size_t at,
                                   std::size_t n_leaps) {
  const Quad words = draw_quad(task.stream, tile, quad);
  n_leaps += matrix_vector(task, words.w0, at, n_leaps);
  n_leaps += matrix_vector(task, words.w1, at + 16, n_leaps);
  n_leaps += matrix_vector(task, words.w2, at + 32, n_leaps);
  n_leaps += matrix_vector(task, words.w3, at + 48, n_leaps);
  return n_leaps;
}

std::size_t move_kernel(const MoveTask& task, std::uint32_t first_tile, std::uint32_t capacity) {
  if (task.n_slots == 1) {
    if (task.fixed_prob != nullptr)
      move_by_one_slot<true>(task, first_tile, capacity);
    else
      move_by_one_slot<false>(task, first_tile, capacity);
    return 0;
  }
  std::size_t n_leaps = 0;
  for (std::size_t t = 0; t < capacity / kTileSize; ++t)
    for (std::size_t q = 0; q < kQuadsPerTile; ++q) {
      const auto tile = first_tile + static_cast<std::uint32_t>(t);
      const std::size_t at = t * kTileSize + q * kLanes;
      n_leaps = task.n_slots > 0 ? hazard_quad(task, tile, q, at, n_leaps) : matrix_quad(task, tile, q, at, n_leaps);
    }
  return n_leaps;
}

// Bits of a tile: attention was met in a stage that it lifts (liftable above moved).
HWY_INLINE std::uint64_t liftable_bits(const std::uint8_t* stage, hn::Vec<AllBytes> liftable, const float* attention,
                                       const std::uint8_t* moved) {
  const AllBytes d;
  std::uint64_t bits = 0, met = 0;
  for (std::size_t i = 0; i < kTileSize; i += hn::Lanes(d)) {
    const auto lift = hn::TableLookupBytes(liftable, hn::LoadU(d, stage + i)), gone = hn::LoadU(d, moved + i);
    std::uint64_t part = 0;
    hn::StoreMaskBits(d, hn::Ne(hn::Max(lift, gone), gone), reinterpret_cast<std::uint8_t*>(&part));
    bits |= part << i;
  }
  if (bits == 0) return 0;
  for (std::size_t i = 0; i < kTileSize; i += kLanes)
    met |= bits_of(hn::Gt(hn::LoadU(F32(), attention + i), hn::Zero(F32()))) << i;
  return bits & met;
}

std::uint32_t find_liftable_kernel(const std::uint8_t* stage, const std::uint8_t* liftable, const float* attention,
                                   const std::uint8_t* moved, std::uint32_t n, std::uint32_t* places) {
  const auto table = hn::LoadDup128(AllBytes(), liftable);
  std::uint32_t n_found = 0;
  for (std::uint32_t at = 0; at < n; at += kTileSize) {
    std::uint64_t bits = liftable_bits(stage + at, table, attention + at, moved + at);
    if (at + kTileSize > n) bits &= (std::uint64_t{1} << (n - at)) - 1;
    if (bits != 0) n_found += append_places(bits, at, places + n_found);
  }
  return n_found;
}

std::uint32_t find_lifted_kernel(const LiftTask& of) {
  const LiftTask task = of;
  const F32 d;
  const U32 du;
  std::uint32_t n_lifted = 0;
  for (std::uint32_t k = task.n; k % kLanes != 0; ++k) task.places[k] = task.words[k] = 0;
  for (std::uint32_t k = 0; k < task.n; k += kLanes) {
    const VF rate = lookup16(d, task.rate->of, bytes_of_places(task.stage, task.places + k));
    const VF left = hn::Sub(hn::Set(d, 1.0f), unit_float(hn::LoadU(du, task.words + k)));
    const VF waited = hn::Div(hn::Neg(vector_log(d, left)), rate);
    hn::StoreU(waited, d, task.waited + k);
    const auto lifted =
        hn::And(hn::Lt(waited, values_at(task.attention, hn::LoadU(du, task.places + k))), is_consumer(k, task.n));
    const VU place_in_list = lanes_from(k);
    n_lifted += static_cast<std::uint32_t>(
        compress_store(place_in_list, hn::RebindMask(du, lifted), du, task.lifted + n_lifted));
  }
  return n_lifted;
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace populace
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace populace {
namespace {
HWY_EXPORT(move_kernel);
HWY_EXPORT(find_liftable_kernel);
HWY_EXPORT(find_lifted_kernel);
}  // namespace

std::size_t move_consumers(const MoveTask& task, std::uint32_t first_tile, std::uint32_t capacity) {
  return HWY_DYNAMIC_DISPATCH(move_kernel)(task, first_tile, capacity);
}
std::uint32_t find_liftable(const std::uint8_t* stage, const std::uint8_t liftable[kMaxStages], const float* attention,
                            const std::uint8_t* moved, std::uint32_t n, std::uint32_t* places) {
  return HWY_DYNAMIC_DISPATCH(find_liftable_kernel)(stage, liftable, attention, moved, n, places);
}
std::uint32_t find_lifted(const LiftTask& task) { return HWY_DYNAMIC_DISPATCH(find_lifted_kernel)(task); }
}  // namespace populace
#endif
