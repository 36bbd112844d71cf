#include "models/targeting/target_kernels.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "models/targeting/target_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace populace {
namespace HWY_NAMESPACE {
namespace {
namespace hn = hwy::HWY_NAMESPACE;

using AllBytes = hn::CappedTag<std::uint8_t, 64>;

void keep_stages_kernel(const std::uint8_t* stage, const std::uint8_t* allowed, std::uint8_t* mask,
                        std::uint32_t capacity) {
  const AllBytes d;
  const auto table = hn::LoadDup128(d, allowed);
  for (std::size_t i = 0; i < capacity; i += hn::Lanes(d)) {
    const auto kept = hn::TableLookupBytes(table, hn::LoadU(d, stage + i));
    hn::StoreU(hn::And(hn::LoadU(d, mask + i), kept), d, mask + i);
  }
}

void find_known_kernel(const std::uint16_t* resolved, std::size_t garden, const std::uint16_t* members,
                       std::uint8_t* known, std::uint32_t capacity) {
  const hn::CappedTag<std::uint16_t, 32> d;
  const hn::RebindToSigned<decltype(d)> ds;
  const hn::Rebind<std::uint8_t, decltype(d)> d8;
  const auto bit = hn::Set(d, static_cast<std::uint16_t>(1u << garden)), none = hn::Zero(d);
  for (std::size_t i = 0; i < capacity; i += hn::Lanes(d)) {
    auto knows = hn::And(hn::LoadU(d, resolved + i), bit);
    if (members != nullptr) knows = hn::Or(knows, hn::LoadU(d, members + i));
    const auto one = hn::IfThenElseZero(hn::Ne(knows, none), hn::Set(d, std::uint16_t{1}));
    hn::StoreU(hn::DemoteTo(d8, hn::BitCast(ds, one)), d8, known + i);
  }
}

void keep_known_kernel(const std::uint8_t* known, const std::uint8_t* closed, bool stranger, std::uint8_t* mask,
                       std::uint32_t capacity) {
  const AllBytes d;
  const auto other = hn::Set(d, std::uint8_t{stranger}), none = hn::Zero(d);
  for (std::size_t i = 0; i < capacity; i += hn::Lanes(d)) {
    const auto is_known = hn::Ne(hn::LoadU(d, known + i), none);
    const auto kept = hn::IfThenElse(is_known, hn::LoadU(d, closed + i), other);
    hn::StoreU(hn::And(hn::LoadU(d, mask + i), kept), d, mask + i);
  }
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace populace
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace populace {
namespace {
HWY_EXPORT(keep_stages_kernel);
HWY_EXPORT(find_known_kernel);
HWY_EXPORT(keep_known_kernel);
}  // namespace

void keep_stages(const std::uint8_t* stage, const std::uint8_t* allowed, std::uint8_t* mask, std::uint32_t capacity) {
  HWY_DYNAMIC_DISPATCH(keep_stages_kernel)(stage, allowed, mask, capacity);
}
void find_known(const std::uint16_t* resolved, std::size_t garden, const std::uint16_t* members, std::uint8_t* known,
                std::uint32_t capacity) {
  HWY_DYNAMIC_DISPATCH(find_known_kernel)(resolved, garden, members, known, capacity);
}
void keep_known(const std::uint8_t* known, const std::uint8_t* closed, bool stranger, std::uint8_t* mask,
                std::uint32_t capacity) {
  HWY_DYNAMIC_DISPATCH(keep_known_kernel)(known, closed, stranger, mask, capacity);
}
}  // namespace populace
#endif
