#include "models/stages/toss_kernels.hpp"

#include <bit>
#include <utility>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "models/stages/toss_kernels.cpp"
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

struct TossTask {
  DrawStream stream;
  std::uint32_t first_tile, n;
  const std::uint8_t* by = nullptr;  // stages or codes
  const float* bounds = nullptr;     // by stage, code or place
  float bound = 0;                   // of all
};

enum class By { kNothing, kStage, kCode, kPlace };

template <By kBy>
HWY_INLINE VF bounds_at(const TossTask& task, std::size_t at) {
  const F32 d;
  if constexpr (kBy == By::kStage) return lookup16(d, task.bounds, bytes_at(task.by + at));
  if constexpr (kBy == By::kPlace) return hn::LoadU(d, task.bounds + at);
  if constexpr (kBy == By::kCode) {
    alignas(64) float found[kLanes];
    for (std::size_t lane = 0; lane < kLanes; ++lane) found[lane] = task.bounds[task.by[at + lane]];
    return hn::Load(d, found);
  }
  return hn::Set(d, task.bound);
}

template <By kBy>
HWY_NOINLINE std::uint64_t whole_bits(const TossTask& task, const SplitWords& words, std::size_t at) {
  alignas(64) std::uint32_t all[kTileSize];
  words.whole(task.first_tile + static_cast<std::uint32_t>(at / kTileSize), all);
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < kTileSize; i += kLanes) {
    std::uint64_t part = 0;
    const VF u = unit_float(hn::Load(U32(), all + i));
    hn::StoreMaskBits(F32(), hn::Lt(u, bounds_at<kBy>(task, at + i)), reinterpret_cast<std::uint8_t*>(&part));
    bits |= part << i;
  }
  return bits;
}

// Thresholds of any kind; tables are made once a block.
template <By kBy>
class Thresholds {
 public:
  explicit HWY_INLINE Thresholds(const TossTask& task) : task_(&task), table_(make(task)) {}
  HWY_INLINE VH at(std::size_t place) const {
    if constexpr (kBy == By::kPlace) {
      const VF sure = hn::Set(F32(), 1.0f);
      return threshold_of(hn::Min(bounds_at<kBy>(*task_, place), sure),
                          hn::Min(bounds_at<kBy>(*task_, place + kLanes), sure));
    } else if constexpr (kBy == By::kNothing) {
      return table_;
    } else {
      return table_.at(task_->by + place);
    }
  }

 private:
  static HWY_INLINE auto make(const TossTask& task) {
    if constexpr (kBy == By::kStage) return Thresholds16(task.bounds);
    if constexpr (kBy == By::kCode) return Thresholds256(task.bounds);
    if constexpr (kBy == By::kNothing || kBy == By::kPlace) return hn::Set(U16(), threshold_of(task.bound));
  }
  const TossTask* task_;
  decltype(make(std::declval<TossTask>())) table_;
};

// Replaces the list in `uniforms`, upper half << 16 | place, by uniforms of all bits.
HWY_INLINE void finish_uniforms(const TossTask& task, std::uint32_t n, float* uniforms) {
  const F32 d;
  const U32 du;
  for (std::uint32_t k = 0; k < n; k += kLanes) {
    const VU listed = hn::BitCast(du, hn::LoadU(d, uniforms + k));
    hn::StoreU(unit_float(whole_words_at(task.stream, task.first_tile, listed)), d, uniforms + k);
  }
}

// Places of those below their bound, or of those not below it, and their uniforms where these are asked for. Their
// number alone where `places` is null.
template <By kBy, bool kBelow>
std::uint32_t toss_all(const TossTask& task, std::uint32_t* places, float* uniforms) {
  const U32 d;
  const Thresholds<kBy> thresholds(task);
  SplitWords words(task.stream);
  std::uint32_t n = 0;
  for (std::uint32_t at = 0; at < task.n; at += kTileSize) {
    const std::uint16_t* upper = words.upper(task.first_tile + at / kTileSize);
    Verdicts verdicts;
    for (std::size_t i = 0; i < kTileSize; i += kHalfLanes) verdicts.add(upper, i, thresholds.at(at + i));
    std::uint64_t bits = verdicts.decided() ? verdicts.below() : whole_bits<kBy>(task, words, at);
    if (!kBelow) bits = ~bits;
    if (at + kTileSize > task.n) bits &= (std::uint64_t{1} << (task.n - at)) - 1;
    if (places == nullptr) {
      n += static_cast<std::uint32_t>(std::popcount(bits));
      continue;
    }
    for (std::uint32_t i = 0; uniforms != nullptr && i < kTileSize; i += kLanes) {
      const std::uint64_t part[2] = {bits >> i, 0};
      const auto lane = hn::LoadMaskBits(d, reinterpret_cast<const std::uint8_t*>(part));
      const VU place = lanes_from(at + i), listed = hn::Or(hn::ShiftLeft<16>(halves_at(upper + i)), place);
      compress_store(hn::BitCast(F32(), listed), hn::RebindMask(F32(), lane), F32(), uniforms + n);
      n += static_cast<std::uint32_t>(compress_store(place, lane, d, places + n));
    }
    if (uniforms == nullptr && bits != 0) n += append_places(bits, at, places + n);
  }
  if (uniforms != nullptr) finish_uniforms(task, n, uniforms);
  return n;
}

std::uint32_t toss_kernel(const DrawStream& stream, std::uint32_t first_tile, std::uint32_t n, float prob,
                          std::uint32_t* places, float* uniforms) {
  return toss_all<By::kNothing, true>({stream, first_tile, n, nullptr, nullptr, prob}, places, uniforms);
}
std::uint32_t toss_by_stage_kernel(const DrawStream& stream, std::uint32_t first_tile, std::uint32_t n,
                                   const std::uint8_t* stage, const StageTable& prob, std::uint32_t* places) {
  return toss_all<By::kStage, true>({stream, first_tile, n, stage, prob.of}, places, nullptr);
}
std::uint32_t toss_below_kernel(const DrawStream& stream, std::uint32_t first_tile, std::uint32_t n, const float* bound,
                                std::uint32_t* places, float* uniforms) {
  return toss_all<By::kPlace, true>({stream, first_tile, n, nullptr, bound}, places, uniforms);
}
std::uint32_t toss_by_code_kernel(const DrawStream& stream, std::uint32_t first_tile, std::uint32_t n,
                                  const std::uint8_t* code, const float* none, std::uint32_t* places, float* uniforms) {
  return toss_all<By::kCode, false>({stream, first_tile, n, code, none}, places, uniforms);
}
std::uint32_t toss_unless_kernel(const DrawStream& stream, std::uint32_t first_tile, std::uint32_t n,
                                 const std::uint8_t* stage, const StageTable& none, std::uint32_t* places,
                                 float* uniforms) {
  return toss_all<By::kStage, false>({stream, first_tile, n, stage, none.of}, places, uniforms);
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace populace
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace populace {
namespace {
HWY_EXPORT(toss_kernel);
HWY_EXPORT(toss_by_stage_kernel);
HWY_EXPORT(toss_below_kernel);
HWY_EXPORT(toss_by_code_kernel);
HWY_EXPORT(toss_unless_kernel);
}  // namespace

std::uint32_t toss(const DrawStream& stream, std::uint32_t first_tile, std::uint32_t n, float prob,
                   std::uint32_t* places, float* uniforms) {
  return HWY_DYNAMIC_DISPATCH(toss_kernel)(stream, first_tile, n, prob, places, uniforms);
}
std::uint32_t toss_by_stage(const DrawStream& stream, std::uint32_t first_tile, std::uint32_t n,
                            const std::uint8_t* stage, const StageTable& prob, std::uint32_t* places) {
  return HWY_DYNAMIC_DISPATCH(toss_by_stage_kernel)(stream, first_tile, n, stage, prob, places);
}
std::uint32_t toss_below(const DrawStream& stream, std::uint32_t first_tile, std::uint32_t n, const float* bound,
                         std::uint32_t* places, float* uniforms) {
  return HWY_DYNAMIC_DISPATCH(toss_below_kernel)(stream, first_tile, n, bound, places, uniforms);
}
std::uint32_t toss_by_code(const DrawStream& stream, std::uint32_t first_tile, std::uint32_t n,
                           const std::uint8_t* code, const float* none, std::uint32_t* places, float* uniforms) {
  return HWY_DYNAMIC_DISPATCH(toss_by_code_kernel)(stream, first_tile, n, code, none, places, uniforms);
}
std::uint32_t toss_unless(const DrawStream& stream, std::uint32_t first_tile, std::uint32_t n,
                          const std::uint8_t* stage, const StageTable& none, std::uint32_t* places, float* uniforms) {
  return HWY_DYNAMIC_DISPATCH(toss_unless_kernel)(stream, first_tile, n, stage, none, places, uniforms);
}
}  // namespace populace
#endif
