#include "models/choice/choice_kernels.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "models/choice/choice_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "sim/random/draw-inl.hpp"
#include "sim/random/math-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace populace {
namespace HWY_NAMESPACE {
namespace {

HWY_INLINE VF stock_utility(const StockTerm& stock, std::size_t at) {
  const F32 d;
  VF level = hn::LoadU(d, stock.read + at);
  if (stock.saturation > 0) {
    const VF g = hn::Set(d, stock.saturation);
    level = hn::Mul(g, hn::Sub(hn::Set(d, 1.0f), vector_exp(d, hn::Neg(hn::Div(level, g)))));
  }
  return hn::Mul(hn::Set(d, stock.utility), hn::Sub(level, hn::Set(d, stock.base)));
}

HWY_INLINE VF deviation_of(const ChoiceTask& task, const BrandTask& brand, std::size_t at) {
  const F32 d;
  VF v = hn::Set(d, brand.common_deviation);
  if (brand.deviation != nullptr) v = hn::Add(v, hn::LoadU(d, brand.deviation + at));
  if (task.price_slope != nullptr)
    v = hn::Sub(v, hn::Mul(hn::LoadU(d, task.price_slope + at), hn::Set(d, brand.price_deviation)));
  for (std::size_t s = 0; s < brand.n_stocks; ++s) v = hn::Add(v, stock_utility(brand.stocks[s], at));
  return v;
}

// Tastes of all brands, then weights of the considered ones.
HWY_INLINE VF weigh_brands(const ChoiceTask& task, std::size_t at, VF* weight) {
  const F32 d;
  const I32 di;
  VF best = hn::LoadU(d, task.brands[0].log_taste + at);
  for (std::size_t b = 1; b < task.n_brands; ++b) best = hn::Max(best, hn::LoadU(d, task.brands[b].log_taste + at));
  VF all = hn::Zero(d);
  for (std::size_t b = 0; b < task.n_brands; ++b) {
    weight[b] = vector_exp(d, hn::Sub(hn::LoadU(d, task.brands[b].log_taste + at), best));
    all = hn::Add(all, weight[b]);
  }
  const VF own = hn::Div(hn::Set(d, 1.0f - task.taste_floor), all);
  const VI considered = hn::BitCast(di, hn::LoadU(U32(), task.considered + at));
  VF sum = hn::Zero(d);
  for (std::size_t b = 0; b < task.n_brands; ++b) {
    const BrandTask& brand = task.brands[b];
    const VF taste = hn::Add(hn::Mul(weight[b], own), hn::Set(d, task.taste_floor * brand.share));
    const auto known = hn::RebindMask(d, hn::Ne(hn::And(considered, hn::Set(di, std::int32_t{1} << b)), hn::Zero(di)));
    weight[b] = hn::IfThenElseZero(known, hn::Mul(taste, vector_exp(d, deviation_of(task, brand, at))));
    sum = hn::Add(sum, weight[b]);
  }
  return sum;
}

HWY_INLINE void choose_vector(const ChoiceTask& task, std::size_t at) {
  const F32 d;
  const I32 di;
  VF weight[kMaxBrands];
  const VF sum = weigh_brands(task, at, weight);
  const VF tiny = hn::Set(d, 1e-37f);
  const VF e = vector_exp(d, hn::Mul(hn::Set(d, task.category_response), vector_log(d, hn::Max(sum, tiny))));
  const VF buy_prob = hn::Div(e, hn::Add(e, hn::Set(d, task.no_purchase)));
  const VF u = unit_float(hn::LoadU(U32(), task.buy_words + at));
  const auto buys = hn::And(hn::Lt(u, buy_prob), hn::Gt(sum, tiny));
  VF first = hn::Set(d, 3e38f);
  VI winner = hn::Set(di, -1);
  for (std::size_t b = 0; b < task.n_brands; ++b) {
    const VF own = hn::Sub(hn::Set(d, 1.0f), unit_float(hn::LoadU(U32(), task.brands[b].words + at)));  // in (0, 1]
    const VF arrival = hn::Div(hn::Neg(vector_log(d, own)), hn::Max(weight[b], tiny));
    const auto earlier = hn::And(hn::Lt(arrival, first), hn::Gt(weight[b], tiny));
    first = hn::IfThenElse(earlier, arrival, first);
    winner = hn::IfThenElse(hn::RebindMask(di, earlier), hn::Set(di, static_cast<std::int32_t>(b)), winner);
  }
  hn::StoreU(hn::IfThenElse(hn::RebindMask(di, buys), winner, hn::Set(di, -1)), di, task.chosen + at);
}

void choose_kernel(const ChoiceTask& task) {
  for (std::size_t at = 0; at < task.n; at += kLanes) choose_vector(task, at);
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace populace
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace populace {
namespace {
HWY_EXPORT(choose_kernel);
}  // namespace

void choose(const ChoiceTask& task) { HWY_DYNAMIC_DISPATCH(choose_kernel)(task); }
}  // namespace populace
#endif
