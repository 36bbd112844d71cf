#include "models/population/trait_kernels.hpp"

#include <algorithm>
#include <cstring>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "models/population/trait_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "models/places-inl.hpp"
#include "sim/random/draw-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace populace {
namespace HWY_NAMESPACE {
namespace {

// make(i) for every vector, stored at out + i; of the last one only what is within n.
template <class T, class D, class Make>
HWY_INLINE void fill(D d, std::uint32_t n, T* out, const Make& make) {
  std::uint32_t i = 0;
  for (; i + kLanes <= n; i += kLanes) hn::StoreU(make(i), d, out + i);
  if (i == n) return;
  alignas(64) T last[kLanes];
  hn::Store(make(i), d, last);
  std::memcpy(out + i, last, (n - i) * sizeof(T));
}

// Columns, of which only what is within n is read.
template <class T, class D>
HWY_INLINE hn::Vec<D> load(D d, const T* column, std::uint32_t i, std::uint32_t n) {
  if (i + kLanes <= n) return hn::LoadU(d, column + i);
  alignas(64) T last[kLanes] = {};
  std::memcpy(last, column + i, (n - i) * sizeof(T));
  return hn::Load(d, last);
}

void codes_kernel(const CodeTask& task, std::uint32_t n, std::uint8_t* codes) {
  const F32 d;
  const I32 di;
  const VF own = hn::Set(d, task.own), loading = hn::Set(d, task.loading);
  fill(Bytes(), n, codes, [&](std::uint32_t i) HWY_ATTR {
    VF z = hn::Mul(own, hn::LoadU(d, task.score + i));
    if (task.common != nullptr) z = hn::Add(hn::Mul(loading, hn::LoadU(d, task.common + i)), z);
    const VF bin = hn::Mul(hn::Sub(z, hn::Set(d, static_cast<float>(kCodeOrigin))),
                           hn::Set(d, static_cast<float>(kCodesPerScore)));
    const VF inside = hn::Min(hn::Max(bin, hn::Zero(d)), hn::Set(d, static_cast<float>(kLastBin)));
    return hn::DemoteTo(Bytes(), hn::Add(hn::ConvertTo(di, inside), hn::Set(di, 1)));
  });
}

// Unsigned comparison by that of signed numbers.
HWY_INLINE hn::Mask<I32> not_above(VU word, std::uint32_t last) {
  const U32 d;
  const I32 di;
  const VU flip = hn::Set(d, 0x80000000u);
  return hn::Not(hn::Gt(hn::BitCast(di, hn::Xor(word, flip)), hn::BitCast(di, hn::Xor(hn::Set(d, last), flip))));
}

void clear_below_kernel(const std::uint32_t* words, std::uint32_t last, std::uint32_t n, std::uint8_t* codes) {
  fill(Bytes(), n, codes, [&](std::uint32_t i) HWY_ATTR {
    const VI code = hn::PromoteTo(I32(), load(Bytes(), codes, i, n));
    return hn::DemoteTo(Bytes(), hn::IfThenZeroElse(not_above(hn::LoadU(U32(), words + i), last), code));
  });
}

void mark_below_kernel(const std::uint32_t* words, std::uint32_t last, std::uint16_t bit, std::uint32_t n,
                       std::uint16_t* masks) {
  const I32 di;
  fill(Halves(), n, masks, [&](std::uint32_t i) HWY_ATTR {
    const VI mark = hn::IfThenElseZero(not_above(hn::LoadU(U32(), words + i), last), hn::Set(di, bit)),
             mask = hn::PromoteTo(di, load(Halves(), masks, i, n));
    return hn::DemoteTo(Halves(), hn::Or(mask, mark));
  });
}

void quantiles_kernel(const QuantileView& table, const float* score, float step, std::uint32_t n, std::int16_t* steps) {
  const F32 d;
  const I32 di;
  const hn::Rebind<std::int16_t, F32> d16;
  fill(d16, n, steps, [&](std::uint32_t i) HWY_ATTR {
    const VF z = hn::Min(hn::Max(hn::LoadU(d, score + i), hn::Set(d, table.first_score)), hn::Set(d, table.last_score));
    const VF t = hn::Mul(hn::Sub(z, hn::Set(d, table.first_score)), hn::Set(d, table.per_score));
    const VI cell = hn::Min(hn::ConvertTo(di, t), hn::Set(di, table.count - 2));
    const VF low = hn::GatherIndex(d, table.values, cell), high = hn::GatherIndex(d, table.values + 1, cell);
    const VF value = hn::Add(low, hn::Mul(hn::Sub(t, hn::ConvertTo(d, cell)), hn::Sub(high, low)));
    const VF in_steps = hn::Max(hn::Div(value, hn::Set(d, step)), hn::Set(d, -32000.0f));
    const VF away = hn::IfThenElse(hn::Lt(in_steps, hn::Zero(d)), hn::Set(d, -.5f), hn::Set(d, .5f));
    return hn::DemoteTo(d16, hn::ConvertTo(di, hn::Add(in_steps, away)));
  });
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace populace
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace populace {
namespace {
HWY_EXPORT(codes_kernel);
HWY_EXPORT(clear_below_kernel);
HWY_EXPORT(mark_below_kernel);
HWY_EXPORT(quantiles_kernel);
}  // namespace

// word + 1/2 < prob 2^32: words 0 … ceil(prob 2^32 - 1/2) - 1.
Below::Below(double prob) {
  const double least = prob * 0x1p32 - .5;
  count_ = static_cast<std::uint64_t>(std::clamp(least, 0.0, 0x1p32));
  if (static_cast<double>(count_) < least && count_ < (std::uint64_t{1} << 32)) ++count_;
}

void codes_of_scores(const CodeTask& task, std::uint32_t n, std::uint8_t* codes) {
  HWY_DYNAMIC_DISPATCH(codes_kernel)(task, n, codes);
}
void clear_below(const std::uint32_t* words, const Below& below, std::uint32_t n, std::uint8_t* codes) {
  if (below.any()) HWY_DYNAMIC_DISPATCH(clear_below_kernel)(words, below.last(), n, codes);
}
void mark_below(const std::uint32_t* words, const Below& below, std::uint16_t bit, std::uint32_t n,
                std::uint16_t* masks) {
  if (below.any()) HWY_DYNAMIC_DISPATCH(mark_below_kernel)(words, below.last(), bit, n, masks);
}
void quantiles_in_steps(const QuantileView& table, const float* score, float step, std::uint32_t n,
                        std::int16_t* steps) {
  HWY_DYNAMIC_DISPATCH(quantiles_kernel)(table, score, step, n, steps);
}
}  // namespace populace
#endif
