#include "models/stages/toss_kernels.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "models/stages/toss_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "models/places-inl.hpp"
#include "sim/random/draw-inl.hpp"
#include "sim/random/math-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace populace {
namespace HWY_NAMESPACE {
namespace {

// Appends the places of a mask, in the order of vectors; lists are sorted by quad, not by place, which no reader may
// rely on.
HWY_INLINE std::uint32_t keep_places(MF hit, std::size_t at, std::uint32_t* places, std::uint32_t n) {
  const U32 du;
  const VU place = lanes_from(static_cast<std::uint32_t>(at));
  return static_cast<std::uint32_t>(compress_store(place, hn::RebindMask(du, hit), du, places + n));
}

struct TossTask {
  const std::uint8_t* by;  // stages or codes; null: everybody alike
  const float* table;      // 16 or 256 entries
  float prob;
  std::uint32_t n;
  const float* by_place = nullptr;  // of the tile at work, looked up by code
};

template <int kWay>  // 0: one chance for all, 1: below table[stage], 2: not below table[code], 3: not below
                     // table[stage], 4: below table[place]
HWY_INLINE MF hit_at(const TossTask& task, VF u, std::size_t at) {
  const F32 d;
  if constexpr (kWay == 0) {
    return hn::Lt(u, hn::Set(d, task.prob));
  } else if constexpr (kWay == 1) {
    return hn::Lt(u, lookup16(d, task.table, bytes_at(task.by + at)));
  } else if constexpr (kWay == 3) {
    return hn::Ge(u, lookup16(d, task.table, bytes_at(task.by + at)));
  } else if constexpr (kWay == 4) {
    return hn::Lt(u, hn::LoadU(d, task.table + at));
  } else {
    return hn::Ge(u, hn::LoadU(d, task.by_place + at % kTileSize));
  }
}

// How many are hit, where nobody asks who.
template <int kWay>
std::uint32_t toss_count(const DrawStream& stream, std::uint32_t first_tile, const TossTask& task) {
  const I32 di;
  VI sum = hn::Zero(di);
  const auto add = [&](VU word, std::size_t at) HWY_ATTR {
    MF hit = hit_at<kWay>(task, unit_float(word), at);
    if (at + kLanes > task.n) hit = hn::And(hit, is_consumer(at, task.n));
    sum = hn::Sub(sum, hn::VecFromMask(di, hn::RebindMask(di, hit)));
  };
  for (std::size_t t = 0; t * kTileSize < task.n; ++t)
    for (std::size_t q = 0; q < kQuadsPerTile; ++q) {
      const Quad words = draw_quad(stream, first_tile + static_cast<std::uint32_t>(t), q);
      const std::size_t at = t * kTileSize + q * kLanes;
      add(words.w0, at);
      add(words.w1, at + 16);
      add(words.w2, at + 32);
      add(words.w3, at + 48);
    }
  return static_cast<std::uint32_t>(hn::GetLane(hn::SumOfLanes(di, sum)));
}

template <int kWay>
HWY_INLINE std::uint32_t toss_vector(const TossTask& task, VU word, std::size_t at, std::uint32_t* places,
                                     float* uniforms, std::uint32_t n) {
  const VF u = unit_float(word);
  MF hit = hit_at<kWay>(task, u, at);
  if (at + kLanes > task.n) hit = hn::And(hit, is_consumer(at, task.n));
  if (hn::AllFalse(F32(), hit)) return 0;
  if (uniforms != nullptr) compress_store(u, hit, F32(), uniforms + n);
  return keep_places(hit, at, places, n);
}

template <int kWay>
std::uint32_t toss_all(const DrawStream& stream, std::uint32_t first_tile, TossTask task, std::uint32_t* places,
                       float* uniforms) {
  alignas(64) float by_place[kTileSize];
  task.by_place = by_place;
  std::uint32_t n = 0;
  for (std::size_t t = 0; t * kTileSize < task.n; ++t) {
    if constexpr (kWay == 2) look_up_codes(task.table, task.by + t * kTileSize, kTileSize, by_place);
    for (std::size_t q = 0; q < kQuadsPerTile; ++q) {
      const Quad words = draw_quad(stream, first_tile + static_cast<std::uint32_t>(t), q);
      const std::size_t at = t * kTileSize + q * kLanes;
      n += toss_vector<kWay>(task, words.w0, at, places, uniforms, n);
      n += toss_vector<kWay>(task, words.w1, at + 16, places, uniforms, n);
      n += toss_vector<kWay>(task, words.w2, at + 32, places, uniforms, n);
      n += toss_vector<kWay>(task, words.w3, at + 48, places, uniforms, n);
    }
  }
  return n;
}

std::uint32_t toss_kernel(const DrawStream& stream, std::uint32_t first_tile, std::uint32_t n, float prob,
                          std::uint32_t* places) {
  const TossTask task{nullptr, nullptr, prob, n};
  return places == nullptr ? toss_count<0>(stream, first_tile, task)
                           : toss_all<0>(stream, first_tile, task, places, nullptr);
}
std::uint32_t toss_by_stage_kernel(const DrawStream& stream, std::uint32_t first_tile, std::uint32_t n,
                                   const std::uint8_t* stage, const StageTable& prob, std::uint32_t* places) {
  const TossTask task{stage, prob.of, 0, n};
  return places == nullptr ? toss_count<1>(stream, first_tile, task)
                           : toss_all<1>(stream, first_tile, task, places, nullptr);
}
std::uint32_t toss_below_kernel(const DrawStream& stream, std::uint32_t first_tile, std::uint32_t n, const float* bound,
                                std::uint32_t* places, float* uniforms) {
  return toss_all<4>(stream, first_tile, {nullptr, bound, 0, n}, places, uniforms);
}
std::uint32_t toss_by_code_kernel(const DrawStream& stream, std::uint32_t first_tile, std::uint32_t n,
                                  const std::uint8_t* code, const float* none, std::uint32_t* places, float* uniforms) {
  return toss_all<2>(stream, first_tile, {code, none, 0, n}, places, uniforms);
}
std::uint32_t toss_unless_kernel(const DrawStream& stream, std::uint32_t first_tile, std::uint32_t n,
                                 const std::uint8_t* stage, const StageTable& none, std::uint32_t* places,
                                 float* uniforms) {
  return toss_all<3>(stream, first_tile, {stage, none.of, 0, n}, places, uniforms);
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
                   std::uint32_t* places) {
  return HWY_DYNAMIC_DISPATCH(toss_kernel)(stream, first_tile, n, prob, places);
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
