#include "models/experience/satisfaction_kernels.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "models/experience/satisfaction_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "models/places-inl.hpp"
#include "sim/random/draw-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace populace {
namespace HWY_NAMESPACE {
namespace {

using SignedBytes = hn::Rebind<std::int8_t, F32>;

void fade_satisfaction_kernel(float keep, float* level, std::int8_t* rounded, std::uint32_t capacity) {
  const F32 d;
  const I32 di;
  for (std::size_t i = 0; i < capacity; i += kLanes) {
    const VF kept = hn::Mul(hn::LoadU(d, level + i), hn::Set(d, keep));
    const VF half = hn::CopySign(hn::Set(d, .5f), kept);
    const VI code = hn::ConvertTo(di, hn::Add(hn::Mul(kept, hn::Set(d, 127.0f)), half));
    const auto none = hn::RebindMask(d, hn::Eq(code, hn::Zero(di)));
    hn::StoreU(hn::IfThenZeroElse(none, kept), d, level + i);
    hn::StoreU(hn::DemoteTo(SignedBytes(), code), SignedBytes(), rounded + i);
  }
}

SatisfactionSums sum_satisfaction_kernel(const std::int8_t* rounded, std::uint32_t capacity) {
  const hn::CappedTag<std::int8_t, 64> d;
  const hn::RebindToUnsigned<decltype(d)> du;
  const hn::Repartition<std::uint64_t, decltype(d)> d64;
  const auto none = hn::Zero(d);
  auto points = hn::Zero(d64);
  SatisfactionSums sums;
  for (std::size_t i = 0; i < capacity; i += hn::Lanes(d)) {
    const auto code = hn::LoadU(d, rounded + i);
    const auto above = hn::Gt(code, none), below = hn::Lt(code, none);
    sums.above += static_cast<std::int64_t>(hn::CountTrue(d, above));
    sums.below += static_cast<std::int64_t>(hn::CountTrue(d, below));
    const auto shifted = hn::Add(hn::BitCast(du, code), hn::Set(du, std::uint8_t{127}));
    points = hn::Add(points, hn::SumsOf8(hn::IfThenElseZero(hn::RebindMask(du, hn::Or(above, below)), shifted)));
  }
  sums.points = static_cast<std::int64_t>(hn::GetLane(hn::SumOfLanes(d64, points)));
  return sums;
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace populace
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace populace {
namespace {
HWY_EXPORT(fade_satisfaction_kernel);
HWY_EXPORT(sum_satisfaction_kernel);
}  // namespace

void fade_satisfaction(float keep, float* level, std::int8_t* rounded, std::uint32_t capacity) {
  HWY_DYNAMIC_DISPATCH(fade_satisfaction_kernel)(keep, level, rounded, capacity);
}
SatisfactionSums sum_satisfaction(const std::int8_t* rounded, std::uint32_t capacity) {
  return HWY_DYNAMIC_DISPATCH(sum_satisfaction_kernel)(rounded, capacity);
}
}  // namespace populace
#endif
