#include "models/media/contact_kernels.hpp"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "models/media/contact_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "models/places-inl.hpp"
#include "sim/random/math-inl.hpp"
#include "sim/random/split-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace populace {
namespace HWY_NAMESPACE {
namespace {

using AllBytes = hn::CappedTag<std::uint8_t, 64>;

// Contacts to expect, of numbers of slots.
HWY_INLINE VF mean_of(const ContactTask& task, VU slots) {
  const F32 d;
  return hn::Mul(hn::ConvertTo(d, hn::BitCast(I32(), slots)), hn::Set(d, task.unit * task.rate));
}
HWY_INLINE VF mean_at(const ContactTask& task, std::size_t at) { return mean_of(task, halves_at(task.slots + at)); }

// 65536 mean / 2^halvings of 32 consumers, rounded down: mulhi(slots, factor).
struct Units {
  std::uint16_t factor;
  int doublings;  // how often what a multiplication gives must be doubled
};

Units units_of(double mean_of_a_slot_unit) {
  double factor = mean_of_a_slot_unit * 0x1p32;
  int doublings = 0;
  for (; factor >= 65536; factor /= 2) ++doublings;
  return {static_cast<std::uint16_t>(factor), doublings};
}

// Asks for memory bit by bit, between draws that need none.
class Fetcher {
 public:
  HWY_INLINE Fetcher(std::span<const std::byte> memory, std::uint32_t capacity)
      : at_(memory.data()),
        end_(memory.data() + memory.size()),
        per_tile_((memory.size() / kLine * kTileSize + capacity - 1) / capacity) {}
  HWY_INLINE void fetch() {
    for (std::size_t k = 0; k < per_tile_ && at_ < end_; ++k, at_ += kLine) __builtin_prefetch(at_, 0, 2);
  }

 private:
  static constexpr std::size_t kLine = 64;
  const std::byte *at_, *end_;
  std::size_t per_tile_;
};

// ---- Poisson: those who may have met the campaign, then how often. ----

// Inversion of one vector. `above`: not done yet.
struct Inversion {
  VF u, mean, term, cumulated, closest;
  VI count;
  hn::Mask<F32> above;
};

struct Inverses {
  float of[256];
};
constexpr Inverses make_inverses() {
  Inverses inverses{};
  for (int k = 0; k < 256; ++k) inverses.of[k] = 1.0f / static_cast<float>(k + 1);
  return inverses;
}
constexpr Inverses kInverses = make_inverses();

// One more where the mask is set.
HWY_INLINE VI count_up(VI count, hn::Mask<F32> mask) {
  const I32 di;
#if HWY_TARGET <= HWY_AVX3
  return hn::IfThenElse(hn::RebindMask(di, mask), hn::Add(count, hn::Set(di, 1)), count);
#else
  return hn::Sub(count, hn::VecFromMask(di, hn::RebindMask(di, mask)));
#endif
}

// Compares u with the probability of fewer, and keeps how close it came to any.
HWY_INLINE void compare(Inversion& v) {
  const F32 d;
  const VF ahead = hn::Sub(v.u, v.cumulated);
  v.closest = hn::Min(v.closest, hn::Abs(ahead));
  v.above = hn::Ge(ahead, hn::Zero(d));
  v.count = count_up(v.count, v.above);
}

HWY_INLINE Inversion begin_inversion(VF mean, VF u) {
  const F32 d;
  Inversion v;
  v.u = hn::Min(u, hn::Set(d, 1.0f - 0x1p-21f));
  v.mean = hn::Min(mean, hn::Set(d, 80.0f));
  v.term = v.cumulated = vector_exp_bounded(d, hn::Neg(v.mean));
  v.closest = hn::Set(d, 1.0f);
  v.count = hn::Zero(I32());
  compare(v);
  return v;
}

HWY_INLINE void advance_to(Inversion& v, int k) {
  v.term = hn::Mul(v.term, hn::Mul(v.mean, hn::Set(F32(), kInverses.of[k - 1])));
  v.cumulated = hn::Add(v.cumulated, v.term);
  compare(v);
}

// Four vectors together: a branch for each would be guessed wrong for each.
struct Inversions {
  Inversion a, b, c, e;
  HWY_INLINE void advance_all_to(int k) {
    advance_to(a, k);
    advance_to(b, k);
    advance_to(c, k);
    advance_to(e, k);
  }
  HWY_INLINE bool done() const {
    return hn::AllFalse(F32(), hn::Or(hn::Or(a.above, b.above), hn::Or(c.above, e.above)));
  }
};

// Those of a block who may have contacts, gathered until they fill many vectors. Few have more than three contacts:
// these are listed again, so that the others need not wait for them.
class Candidates {
 public:
  HWY_INLINE Candidates(const ContactTask& task, std::uint32_t first_tile) : task_(&task), first_tile_(first_tile) {}
  HWY_INLINE void add(const std::uint16_t* upper, std::uint32_t at, std::uint64_t bits) {
    const U32 d;
    for (std::uint32_t i = 0; i < kTileSize; i += kLanes) {
      const std::uint64_t part[2] = {bits >> i, 0};
      const auto lane = hn::LoadMaskBits(d, reinterpret_cast<const std::uint8_t*>(part));
      compress_store(halves_at(task_->slots + at + i), lane, d, slots_ + n_);
      n_ += compress_store(hn::Or(hn::ShiftLeft<16>(halves_at(upper + i)), lanes_from(at + i)), lane, d, listed_ + n_);
    }
    if (n_ > kEnough) settle();
  }
  void settle() {
    std::size_t n_long = 0;
    fill_up(n_);
    for (std::size_t k = 0; k < n_; k += kTogether) {
      Inversions v = begin(k);
      v.advance_all_to(1);
      v.advance_all_to(2);
      v.advance_all_to(3);
      keep_all(v, k);
      if (v.done()) continue;
      n_long = list_again(v.a, k, n_long);
      n_long = list_again(v.b, k + kLanes, n_long);
      n_long = list_again(v.c, k + 2 * kLanes, n_long);
      n_long = list_again(v.e, k + 3 * kLanes, n_long);
    }
    fill_up(n_long);
    for (std::size_t k = 0; k < n_long; k += kTogether) {
      Inversions v = begin(k);
      for (int c = 1; c < 255 && !v.done(); ++c) v.advance_all_to(c);
      keep_all(v, k);
    }
    n_ = 0;
  }

 private:
  static constexpr std::size_t kEnough = 1024, kTogether = 4 * kLanes;

  // To whole groups of vectors, by the last one.
  HWY_INLINE void fill_up(std::size_t n) {
    for (std::size_t k = n; k % kTogether != 0; ++k) {
      listed_[k] = listed_[n - 1];
      slots_[k] = slots_[n - 1];
    }
  }
  // From the middle of the interval that the upper half leaves.
  HWY_INLINE Inversion begin_vector(std::size_t k) const {
    const F32 d;
    const U32 du;
    const VF upper = hn::ConvertTo(d, hn::BitCast(I32(), hn::ShiftRight<16>(hn::LoadU(du, listed_ + k))));
    return begin_inversion(mean_of(*task_, hn::LoadU(du, slots_ + k)),
                           hn::Mul(hn::Add(upper, hn::Set(d, .5f)), hn::Set(d, 0x1p-16f)));
  }
  HWY_INLINE Inversions begin(std::size_t k) const {
    return {begin_vector(k), begin_vector(k + kLanes), begin_vector(k + 2 * kLanes), begin_vector(k + 3 * kLanes)};
  }
  // Never writes beyond the vectors that were read last.
  HWY_INLINE std::size_t list_again(const Inversion& v, std::size_t k, std::size_t n) {
    const U32 d;
    const auto lane = hn::RebindMask(d, v.above);
    compress_store(hn::LoadU(d, slots_ + k), lane, d, slots_ + n);
    return n + compress_store(hn::LoadU(d, listed_ + k), lane, d, listed_ + n);
  }
  HWY_INLINE void keep_all(const Inversions& v, std::size_t k) const {
    keep(v.a, k);
    keep(v.b, k + kLanes);
    keep(v.c, k + 2 * kLanes);
    keep(v.e, k + 3 * kLanes);
  }
  HWY_INLINE void keep(const Inversion& v, std::size_t k) const {
    store_counts(v.count, k);
    const F32 d;
    if (!hn::AllFalse(d, hn::Lt(v.closest, hn::Set(d, 0x1.04p-17f)))) look_closer(k);
  }
  HWY_INLINE void store_counts(VI count, std::size_t k) const {
    alignas(64) std::int32_t counts[kLanes];
    hn::Store(count, I32(), counts);
    for (std::size_t lane = 0; lane < kLanes; ++lane)
      task_->contacts[listed_[k + lane] & 0xFFFFu] = static_cast<std::uint8_t>(counts[lane]);
  }

  // With all bits of the words.
  HWY_NOINLINE void look_closer(std::size_t k) const {
    const VU listed = hn::LoadU(U32(), listed_ + k);
    Inversion v = begin_inversion(mean_of(*task_, hn::LoadU(U32(), slots_ + k)),
                                  unit_float(whole_words_at(task_->stream, first_tile_, listed)));
    for (int c = 1; c < 255 && !hn::AllFalse(F32(), v.above); ++c) advance_to(v, c);
    store_counts(v.count, k);
  }

  const ContactTask* task_;
  std::uint32_t first_tile_;
  std::size_t n_ = 0;
  std::uint32_t listed_[kEnough + 2 * kTileSize];  // upper half << 16 | place
  std::uint32_t slots_[kEnough + 2 * kTileSize];
};

// (1 - mu/4)^4 <= exp(-mu) in units of 2^-16, each rounding taking off: u below it has no contact.
HWY_INLINE VH no_contact_below(VH slots, Units quarter) {
  const U16 d;
  VH x = hn::MulHigh(slots, hn::Set(d, quarter.factor));
  for (int k = 0; k < quarter.doublings; ++k) x = hn::SaturatedAdd(x, x);
  // What was rounded down may be that much.
  const auto off = static_cast<std::uint16_t>(std::min(2u << std::min(quarter.doublings, 15), 65535u));
  VH left = hn::SaturatedSub(hn::Set(d, static_cast<std::uint16_t>(65535 - off)), x);
  left = hn::MulHigh(left, left);
  return hn::MulHigh(left, left);
}

void draw_poisson(const ContactTask& task, std::uint32_t first_tile, std::uint32_t capacity) {
  const U16 d;
  const Units quarter = units_of(static_cast<double>(task.unit * task.rate) / 4);
  std::fill_n(task.contacts, capacity, std::uint8_t{0});
  SplitWords words(task.stream);
  Candidates candidates(task, first_tile);
  Fetcher fetcher(task.ahead, capacity);
  for (std::uint32_t at = 0; at < capacity; at += kTileSize) {
    fetcher.fetch();
    const std::uint16_t* upper = words.upper(first_tile + at / kTileSize);
    std::uint64_t none = 0;
    for (std::size_t i = 0; i < kTileSize; i += kHalfLanes) {
      const VH bound = no_contact_below(hn::LoadU(d, task.slots + at + i), quarter);
      std::uint64_t part = 0;
      hn::StoreMaskBits(d, hn::Lt(hn::LoadU(d, upper + i), bound), reinterpret_cast<std::uint8_t*>(&part));
      none |= part << i;
    }
    candidates.add(upper, at, ~none);
  }
  candidates.settle();
}

// ---- Bernoulli ----

HWY_NOINLINE std::uint64_t whole_bits(const ContactTask& task, const SplitWords& words, std::uint32_t tile,
                                      std::size_t at) {
  const F32 d;
  alignas(64) std::uint32_t all[kTileSize];
  words.whole(tile, all);
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < kTileSize; i += kLanes) {
    std::uint64_t part = 0;
    const VF u = unit_float(hn::Load(U32(), all + i));
    hn::StoreMaskBits(d, hn::Lt(u, mean_at(task, at + i)), reinterpret_cast<std::uint8_t*>(&part));
    bits |= part << i;
  }
  return bits;
}

void draw_bernoulli(const ContactTask& task, std::uint32_t first_tile, std::uint32_t capacity) {
  const AllBytes d8;
  const U16 d;
  const VF sure = hn::Set(F32(), 1.0f);
  const Units whole = units_of(static_cast<double>(task.unit * task.rate));
  SplitWords words(task.stream);
  Fetcher fetcher(task.ahead, capacity);
  for (std::size_t at = 0; at < capacity; at += kTileSize) {
    fetcher.fetch();
    const auto tile = first_tile + static_cast<std::uint32_t>(at / kTileSize);
    const std::uint16_t* upper = words.upper(tile);
    Verdicts verdicts;
    for (std::size_t i = 0; i < kTileSize; i += kHalfLanes) {
      VH threshold;
      if (whole.doublings == 0)  // both roundings take off less than 1
        threshold = hn::Add(hn::MulHigh(hn::LoadU(d, task.slots + at + i), hn::Set(d, whole.factor)),
                            hn::Set(d, std::uint16_t{1}));
      else
        threshold = threshold_of(hn::Min(mean_at(task, at + i), sure), hn::Min(mean_at(task, at + i + kLanes), sure));
      verdicts.add(upper, i, threshold);
    }
    const std::uint64_t bits = verdicts.decided() ? verdicts.below() : whole_bits(task, words, tile, at);
    for (std::size_t i = 0; i < kTileSize; i += hn::Lanes(d8)) {
      const std::uint64_t part[2] = {bits >> i, 0};
      const auto hit = hn::LoadMaskBits(d8, reinterpret_cast<const std::uint8_t*>(part));
      hn::StoreU(hn::IfThenElseZero(hit, hn::Set(d8, std::uint8_t{1})), d8, task.contacts + at + i);
    }
  }
}

void draw_contacts_kernel(const ContactTask& task, std::uint32_t first_tile, std::uint32_t capacity) {
  if (task.bernoulli)
    draw_bernoulli(task, first_tile, capacity);
  else
    draw_poisson(task, first_tile, capacity);
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace populace
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace populace {
namespace {
HWY_EXPORT(draw_contacts_kernel);
}  // namespace

void draw_contacts(const ContactTask& task, std::uint32_t first_tile, std::uint32_t capacity) {
  HWY_DYNAMIC_DISPATCH(draw_contacts_kernel)(task, first_tile, capacity);
}
}  // namespace populace
#endif
