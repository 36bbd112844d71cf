#include "models/private_domain/member_kernels.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "models/private_domain/member_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "models/places-inl.hpp"
#include "sim/population/population.hpp"
#include "sim/random/draw-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace populace {
namespace HWY_NAMESPACE {
namespace {

HWY_INLINE hn::Mask<U32> has_bit(VU mask, VU bit) { return hn::Ne(hn::And(mask, bit), hn::Zero(U32())); }

HWY_INLINE std::size_t keep_places(hn::Mask<U32> kept, std::size_t at, std::uint32_t* places) {
  const U32 d;
  return compress_store(lanes_from(static_cast<std::uint32_t>(at)), kept, d, places);
}

std::uint32_t find_members_kernel(const std::uint16_t* members, std::uint16_t any_of, std::uint32_t capacity,
                                  std::uint32_t* places) {
  const VU flag = hn::Set(U32(), std::uint32_t{any_of});
  std::size_t n = 0;
  for (std::size_t i = 0; i < capacity; i += kLanes) {
    const auto member = has_bit(halves_at(members + i), flag);
    if (!hn::AllFalse(U32(), member)) n += keep_places(member, i, places + n);
  }
  return static_cast<std::uint32_t>(n);
}

std::uint32_t find_joinable_kernel(const JoinTask& task, std::uint32_t capacity, std::uint32_t* places,
                                   float* hazards) {
  const F32 d;
  const U32 du;
  const VU flag = hn::Set(du, 1u << task.bit);
  std::size_t n = 0;
  for (std::size_t i = 0; i < capacity; i += kLanes) {
    VF hazard = hn::Zero(d);
    for (const JoinTerm& term : task.terms)
      hazard = hn::Add(hazard, hn::Mul(hn::ConvertTo(d, bytes_at(term.contacts + i)), hn::Set(d, term.hazard)));
    const auto member = has_bit(hn::Or(halves_at(task.members + i), halves_at(task.before + i)), flag);
    const auto joinable = hn::AndNot(hn::RebindMask(d, member), hn::Gt(hazard, hn::Zero(d)));
    if (hn::AllFalse(d, joinable)) continue;
    compress_store(hazard, joinable, d, hazards + n);
    n += keep_places(hn::RebindMask(du, joinable), i, places + n);
  }
  return static_cast<std::uint32_t>(n);
}

AssetSums sum_assets_kernel(const std::uint16_t* members, const std::uint16_t* resolved, std::uint16_t* since,
                            std::uint16_t now, std::uint32_t capacity) {
  const U32 d;
  const Halves d16;
  const VU none = hn::Zero(d);
  VU kinds = none, since_sum = none;
  AssetSums sums;
  for (std::size_t i = 0; i < capacity; i += kLanes) {
    const VU member = members != nullptr ? halves_at(members + i) : none,
             data = resolved != nullptr ? halves_at(resolved + i) : none;
    VU begun = halves_at(since + i);
    const auto is_new = hn::And(hn::Ne(member, none), hn::Eq(begun, none));
    if (!hn::AllFalse(d, is_new)) {
      begun = hn::IfThenElse(is_new, hn::Set(d, std::uint32_t{now}), begun);
      hn::StoreU(hn::DemoteTo(d16, hn::BitCast(I32(), begun)), d16, since + i);
    }
    const auto known = hn::Ne(hn::Or(member, data), none), related = hn::And(known, hn::Ne(begun, none));
    sums.known += static_cast<std::int64_t>(hn::CountTrue(d, known));
    sums.related += static_cast<std::int64_t>(hn::CountTrue(d, related));
    kinds = hn::Add(kinds, hn::PopulationCount(hn::Or(member, hn::ShiftLeft<16>(data))));
    since_sum = hn::Add(since_sum, hn::IfThenElseZero(related, begun));
  }
  sums.kinds = hn::GetLane(hn::SumOfLanes(d, kinds));
  sums.since = hn::GetLane(hn::SumOfLanes(d, since_sum));
  return sums;
}
static_assert(std::uint64_t{kBlockSize} * 0xFFFF < 0xFFFFFFFFu, "32 bits hold the sum of 16 over a block");

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace populace
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace populace {
namespace {
HWY_EXPORT(find_members_kernel);
HWY_EXPORT(find_joinable_kernel);
HWY_EXPORT(sum_assets_kernel);
}  // namespace

std::uint32_t find_members(const std::uint16_t* members, std::uint16_t any_of, std::uint32_t capacity,
                           std::uint32_t* places) {
  return HWY_DYNAMIC_DISPATCH(find_members_kernel)(members, any_of, capacity, places);
}
std::uint32_t find_joinable(const JoinTask& task, std::uint32_t capacity, std::uint32_t* places, float* hazards) {
  return HWY_DYNAMIC_DISPATCH(find_joinable_kernel)(task, capacity, places, hazards);
}
AssetSums sum_assets(const std::uint16_t* members, const std::uint16_t* resolved, std::uint16_t* since,
                     std::uint16_t now, std::uint32_t capacity) {
  return HWY_DYNAMIC_DISPATCH(sum_assets_kernel)(members, resolved, since, now, capacity);
}
}  // namespace populace
#endif
