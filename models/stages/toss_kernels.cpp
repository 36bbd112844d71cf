#include "models/stages/toss_kernels.hpp"

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

// ---- where nobody asks for their uniforms: words are split. ----

HWY_NOINLINE std::uint64_t whole_bits(const TossTask& task, const SplitWords& words, std::uint32_t tile,
                                      std::size_t at) {
  const F32 d;
  alignas(64) std::uint32_t all[kTileSize];
  words.whole(tile, all);
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < kTileSize; i += kLanes) {
    const VF prob = task.by == nullptr ? hn::Set(d, task.prob) : lookup16(d, task.table, bytes_at(task.by + at + i));
    std::uint64_t part = 0;
    hn::StoreMaskBits(d, hn::Lt(unit_float(hn::Load(U32(), all + i)), prob), reinterpret_cast<std::uint8_t*>(&part));
    bits |= part << i;
  }
  return bits;
}

// Places of who is hit; their number alone where `places` is null.
template <bool kByStage>
std::uint32_t toss_split(const DrawStream& stream, std::uint32_t first_tile, const TossTask& task,
                         std::uint32_t* places) {
  static constexpr float kNone[16] = {};
  const Thresholds16 by_stage(kByStage ? task.table : kNone);
  const VH same = hn::Set(U16(), threshold_of(task.prob));
  SplitWords words(stream);
  std::uint32_t n = 0;
  for (std::uint32_t at = 0; at < task.n; at += kTileSize) {
    const std::uint32_t tile = first_tile + at / kTileSize;
    const std::uint16_t* upper = words.upper(tile);
    Verdicts verdicts;
    for (std::size_t i = 0; i < kTileSize; i += kHalfLanes)
      verdicts.add(upper, i, kByStage ? by_stage.at(task.by + at + i) : same);
    std::uint64_t bits = verdicts.decided() ? verdicts.below() : whole_bits(task, words, tile, at);
    if (at + kTileSize > task.n) bits &= (std::uint64_t{1} << (task.n - at)) - 1;
    if (places == nullptr)
      n += static_cast<std::uint32_t>(std::popcount(bits));
    else if (bits != 0)
      n += append_places(bits, at, places + n);
  }
  return n;
}

// ---- where their uniforms are asked for, too ----

template <int kWay>  // 2: not below table[code], 3: not below table[stage], 4: below table[place]
HWY_INLINE MF hit_at(const TossTask& task, VF u, std::size_t at) {
  const F32 d;
  if constexpr (kWay == 3) {
    return hn::Ge(u, lookup16(d, task.table, bytes_at(task.by + at)));
  } else if constexpr (kWay == 4) {
    return hn::Lt(u, hn::LoadU(d, task.table + at));
  } else {
    return hn::Ge(u, hn::LoadU(d, task.by_place + at % kTileSize));
  }
}

template <int kWay>
HWY_INLINE std::uint32_t toss_vector(const TossTask& task, VU word, std::size_t at, std::uint32_t* places,
                                     float* uniforms, std::uint32_t n) {
  const VF u = unit_float(word);
  MF hit = hit_at<kWay>(task, u, at);
  if (at + kLanes > task.n) hit = hn::And(hit, is_consumer(at, task.n));
  if (hn::AllFalse(F32(), hit)) return 0;
  compress_store(u, hit, F32(), uniforms + n);
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
  return toss_split<false>(stream, first_tile, task, places);
}
std::uint32_t toss_by_stage_kernel(const DrawStream& stream, std::uint32_t first_tile, std::uint32_t n,
                                   const std::uint8_t* stage, const StageTable& prob, std::uint32_t* places) {
  const TossTask task{stage, prob.of, 0, n};
  return toss_split<true>(stream, first_tile, task, places);
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
