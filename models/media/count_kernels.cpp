#include "models/media/count_kernels.hpp"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "models/media/count_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace populace {
namespace HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;
using AllBytes = hn::CappedTag<std::uint8_t, 64>;

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

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace populace
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace populace {
namespace {
HWY_EXPORT(sum_contacts_kernel);
HWY_EXPORT(count_met_kernel);
HWY_EXPORT(count_contacts_kernel);
HWY_EXPORT(fill_plan_kernel);
HWY_EXPORT(find_gap_kernel);
}  // namespace

std::int64_t sum_contacts(const std::uint8_t* contacts, std::uint32_t capacity) {
  return HWY_DYNAMIC_DISPATCH(sum_contacts_kernel)(contacts, capacity);
}
std::int64_t count_met(const std::uint8_t* contacts, std::uint32_t capacity) {
  return HWY_DYNAMIC_DISPATCH(count_met_kernel)(contacts, capacity);
}
ContactCount count_contacts(const CountTask& task, std::uint32_t capacity) {
  return HWY_DYNAMIC_DISPATCH(count_contacts_kernel)(task, capacity);
}
std::int64_t fill_plan(const std::uint8_t* now, std::uint8_t planned, std::uint8_t* met, std::uint32_t capacity) {
  return HWY_DYNAMIC_DISPATCH(fill_plan_kernel)(now, planned, met, capacity);
}
PlanGap find_gap(const std::uint8_t* meant, const std::uint8_t* met, std::uint8_t planned, std::uint32_t capacity) {
  return HWY_DYNAMIC_DISPATCH(find_gap_kernel)(meant, met, planned, capacity);
}
}  // namespace populace
#endif
