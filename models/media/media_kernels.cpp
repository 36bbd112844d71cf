#include "models/media/media_kernels.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "models/media/media_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "models/places-inl.hpp"
#include "sim/population/population.hpp"
#include "sim/random/draw-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace populace {
namespace HWY_NAMESPACE {
namespace {

using AllBytes = hn::CappedTag<std::uint8_t, 64>;

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
HWY_EXPORT(add_contacts_kernel);
HWY_EXPORT(look_up_kernel);
HWY_EXPORT(cap_contacts_kernel);
HWY_EXPORT(cap_rolling_kernel);
HWY_EXPORT(find_above_kernel);
HWY_EXPORT(shift_history_kernel);
}  // namespace

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
