#include "models/attention/weight_kernels.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "models/attention/weight_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "models/places-inl.hpp"
#include "sim/random/draw-inl.hpp"
#include "sim/random/math-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace populace {
namespace HWY_NAMESPACE {
namespace {

HWY_INLINE VF float_of(VU value) { return hn::ConvertTo(F32(), hn::BitCast(I32(), value)); }

HWY_INLINE VF contacts_at(ContactColumns columns, std::size_t at) {
  VI sum = hn::Zero(I32());
  for (const std::uint8_t* column : columns) sum = hn::Add(sum, bytes_at(column + at));
  return hn::ConvertTo(F32(), sum);
}

// Kernels work on copies of their tasks: a store of floats might else change what the task says.
void wear_out_kernel(const WearTask& of, std::uint32_t capacity) {
  const WearTask task = of;
  const F32 d;
  const VF one = hn::Set(d, 1.0f);
  for (std::size_t i = 0; i < capacity; i += kLanes) {
    const VF met = contacts_at(task.contacts, i), before = short_floats_at(task.in_mind + i);
    const VF middle = hn::Add(before, hn::Mul(hn::Set(d, .5f), met));
    const VF rate = task.peak_rate != nullptr ? hn::LoadU(d, task.peak_rate + i) : hn::Set(d, task.middle_rate);
    VF factor = hn::Max(hn::Set(d, task.lowest), hn::Sub(one, hn::Mul(middle, rate)));
    if (task.wear_in_rate > 0) factor = hn::Mul(factor, hn::Min(one, hn::Mul(hn::Set(d, task.wear_in_rate), middle)));
    hn::StoreU(factor, d, task.factor + i);
    store_short_floats(hn::Mul(hn::Add(before, met), hn::Set(d, task.keep)), task.in_mind + i);
  }
}

void forget_kernel(std::uint16_t* in_mind, float keep, std::uint32_t capacity) {
  for (std::size_t i = 0; i < capacity; i += kLanes)
    store_short_floats(hn::Mul(short_floats_at(in_mind + i), hn::Set(F32(), keep)), in_mind + i);
}

void mark_channel_kernel(const std::uint8_t* contacts, std::uint16_t bit, std::uint16_t* lately,
                         std::uint32_t capacity) {
  const hn::CappedTag<std::uint16_t, 32> d;
  const hn::Rebind<std::uint8_t, decltype(d)> d8;
  for (std::size_t i = 0; i < capacity; i += hn::Lanes(d)) {
    const auto met = hn::PromoteTo(d, hn::LoadU(d8, contacts + i));
    const auto mark = hn::IfThenElseZero(hn::Ne(met, hn::Zero(d)), hn::Set(d, bit));
    hn::StoreU(hn::Or(hn::LoadU(d, lately + i), mark), d, lately + i);
  }
}

HWY_INLINE VU channels_of(const SynergyTask::Message& message, std::size_t at) {
  return hn::Or(halves_at(message.lately + at), halves_at(message.before + at));
}

void find_synergy_kernel(const SynergyTask& of, std::uint32_t capacity) {
  const SynergyTask task = of;
  const F32 d;
  const I32 di;
  const VF one = hn::Set(d, 1.0f);
  for (std::size_t i = 0; i < capacity; i += kLanes) {
    VI met = hn::Zero(di);
    for (std::size_t m = 0; m < task.n_messages; ++m) {
      const VI channels = hn::BitCast(di, channels_of(task.messages[m], i));
      met = hn::Sub(met, hn::VecFromMask(di, hn::Ne(channels, hn::Zero(di))));
    }
    const VF consistency = lookup16(d, task.consistency.of, hn::Sub(hn::Max(met, hn::Set(di, 1)), hn::Set(di, 1)));
    for (std::size_t m = 0; m < task.n_messages; ++m) {
      const VF n = float_of(hn::PopulationCount(channels_of(task.messages[m], i)));
      const VF more = hn::Mul(hn::Set(d, task.per_channel), hn::Max(hn::Sub(n, one), hn::Zero(d)));
      hn::StoreU(hn::Min(hn::Set(d, task.cap), hn::Mul(consistency, hn::Add(one, more))), d,
                 task.messages[m].synergy + i);
    }
  }
}

void carry_load_kernel(const LoadTask& of, std::uint32_t capacity) {
  const LoadTask task = of;
  const F32 d;
  const I32 di;
  const hn::Rebind<std::int8_t, F32> d8;
  for (std::size_t i = 0; i < capacity; i += kLanes) {
    const VF load = hn::Add(hn::Mul(hn::LoadU(d, task.load + i), hn::Set(d, task.keep)),
                            hn::Mul(contacts_at(task.contacts, i), hn::Set(d, task.gain)));
    hn::StoreU(load, d, task.load + i);
    const VF excess = hn::Sub(hn::Mul(load, hn::Set(d, task.per_contact)), hn::Set(d, task.tolerated_effect));
    VF effect = hn::Sub(hn::Set(d, 1.0f), hn::Max(excess, hn::Zero(d)));
    if (task.satisfaction != nullptr) {
      const VI felt = hn::Min(hn::PromoteTo(di, hn::LoadU(d8, task.satisfaction + i)), hn::Zero(di));
      effect = hn::Add(effect, hn::Mul(hn::Set(d, task.dissatisfaction), hn::ConvertTo(d, felt)));
    }
    hn::StoreU(hn::Max(hn::Set(d, task.lowest), effect), d, task.effect + i);
  }
}

HWY_INLINE VF weight_at(const WeightTask& task, std::size_t at) {
  const F32 d;
  VF weight = hn::Set(d, 1.0f);
  if (task.share != nullptr) weight = hn::Mul(float_of(halves_at(task.share + at)), hn::Set(d, task.share_unit));
  if (task.wear != nullptr) weight = hn::Mul(weight, hn::LoadU(d, task.wear + at));
  if (task.by_stage != nullptr) weight = hn::Mul(weight, lookup16(d, task.by_stage->of, bytes_at(task.stage + at)));
  if (task.rational != nullptr) {
    const VF rational = hn::ConvertTo(d, bytes_at(task.rational + at));
    weight = hn::Mul(weight, hn::Add(hn::Set(d, task.base), hn::Mul(hn::Set(d, task.slope), rational)));
  }
  if (task.synergy != nullptr) weight = hn::Mul(weight, hn::LoadU(d, task.synergy + at));
  if (task.load != nullptr) weight = hn::Mul(weight, hn::LoadU(d, task.load + at));
  return weight;
}

std::int64_t weigh_contacts_of_kernel(const WeightTask& of, std::uint32_t capacity) {
  const WeightTask task = of;
  const F32 d;
  const I32 di;
  std::int64_t sum = 0;
  for (std::size_t tile = 0; tile < capacity; tile += kTileSize) {  // of which 32 bits hold the sum
    VI part = hn::Zero(di);
    for (std::size_t i = tile; i < tile + kTileSize; i += kLanes) {
      const VF weight = weight_at(task, i);
      hn::StoreU(weight, d, task.weight + i);
      const VF counted = hn::Mul(hn::ConvertTo(d, bytes_at(task.contacts + i)), weight);
      part = hn::Add(part, hn::ConvertTo(di, hn::Mul(counted, hn::Set(d, 1024.0f))));
    }
    sum += hn::GetLane(hn::SumOfLanes(di, part));
  }
  return sum;
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace populace
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace populace {
namespace {
HWY_EXPORT(wear_out_kernel);
HWY_EXPORT(forget_kernel);
HWY_EXPORT(mark_channel_kernel);
HWY_EXPORT(find_synergy_kernel);
HWY_EXPORT(carry_load_kernel);
HWY_EXPORT(weigh_contacts_of_kernel);
}  // namespace

void wear_out(const WearTask& task, std::uint32_t capacity) { HWY_DYNAMIC_DISPATCH(wear_out_kernel)(task, capacity); }
void forget(std::uint16_t* in_mind, float keep, std::uint32_t capacity) {
  HWY_DYNAMIC_DISPATCH(forget_kernel)(in_mind, keep, capacity);
}
void mark_channel(const std::uint8_t* contacts, std::uint16_t bit, std::uint16_t* lately, std::uint32_t capacity) {
  HWY_DYNAMIC_DISPATCH(mark_channel_kernel)(contacts, bit, lately, capacity);
}
void find_synergy(const SynergyTask& task, std::uint32_t capacity) {
  HWY_DYNAMIC_DISPATCH(find_synergy_kernel)(task, capacity);
}
void carry_load(const LoadTask& task, std::uint32_t capacity) {
  HWY_DYNAMIC_DISPATCH(carry_load_kernel)(task, capacity);
}
std::int64_t weigh_contacts_of(const WeightTask& task, std::uint32_t capacity) {
  return HWY_DYNAMIC_DISPATCH(weigh_contacts_of_kernel)(task, capacity);
}
}  // namespace populace
#endif
