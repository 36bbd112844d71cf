#include "models/response/stock_kernels.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "models/response/stock_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "models/places-inl.hpp"
#include "sim/random/draw-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace populace {
namespace HWY_NAMESPACE {
namespace {

HWY_INLINE VF contacts_at(const std::uint8_t* contacts) { return hn::ConvertTo(F32(), bytes_at(contacts)); }

HWY_INLINE void carry(const CarryOver& c, VF dose, float* stock, float* read) {
  const F32 d;
  const VF old = hn::LoadU(d, stock);
  hn::StoreU(hn::Add(hn::Mul(old, hn::Set(d, c.keep)), hn::Mul(dose, hn::Set(d, c.gain))), d, stock);
  hn::StoreU(hn::Add(hn::Mul(old, hn::Set(d, c.read_old)), hn::Mul(dose, hn::Set(d, c.read_new))), d, read);
}

struct Dose {
  VF slow, fast;
};

// Contacts of a term, each for its weight where there are weights.
template <bool kWeighted>
HWY_INLINE VF amount_at(const DoseTerm& term, std::size_t at) {
  const VF n = contacts_at(term.contacts + at);
  if constexpr (!kWeighted) return n;
  return term.weight != nullptr ? hn::Mul(n, hn::LoadU(F32(), term.weight + at)) : n;
}

template <bool kWeighted>
HWY_INLINE Dose dose_at(const DoseTerm* terms, std::size_t n_terms, std::size_t at) {
  const F32 d;
  Dose dose{hn::Zero(d), hn::Zero(d)};
  for (std::size_t t = 0; t < n_terms; ++t) {
    const VF n = amount_at<kWeighted>(terms[t], at);
    dose.slow = hn::Add(dose.slow, hn::Mul(n, hn::Set(d, terms[t].slow)));
    dose.fast = hn::Add(dose.fast, hn::Mul(n, hn::Set(d, terms[t].fast)));
  }
  return dose;
}

// The dose of one stock, when the other is not kept.
template <float DoseTerm::*kEffect, bool kWeighted>
HWY_INLINE VF single_dose_at(const DoseTerm* terms, std::size_t n_terms, std::size_t at) {
  const F32 d;
  VF dose = hn::Zero(d);
  for (std::size_t t = 0; t < n_terms; ++t)
    dose = hn::Add(dose, hn::Mul(amount_at<kWeighted>(terms[t], at), hn::Set(d, terms[t].*kEffect)));
  return dose;
}

template <bool kWeighted>
HWY_INLINE void update(const StockTask& task, std::uint32_t capacity) {
  for (std::size_t i = 0; i < capacity; i += kLanes) {
    if (task.fast == nullptr) {
      carry(task.slow_carry, single_dose_at<&DoseTerm::slow, kWeighted>(task.terms, task.n_terms, i), task.slow + i,
            task.slow_read + i);
    } else if (task.slow == nullptr) {
      carry(task.fast_carry, single_dose_at<&DoseTerm::fast, kWeighted>(task.terms, task.n_terms, i), task.fast + i,
            task.fast_read + i);
    } else {
      const Dose dose = dose_at<kWeighted>(task.terms, task.n_terms, i);
      carry(task.slow_carry, dose.slow, task.slow + i, task.slow_read + i);
      carry(task.fast_carry, dose.fast, task.fast + i, task.fast_read + i);
    }
  }
}

bool any_weight(const DoseTerm* terms, std::size_t n_terms) {
  for (std::size_t t = 0; t < n_terms; ++t)
    if (terms[t].weight != nullptr) return true;
  return false;
}

void update_stocks_kernel(const StockTask& task, std::uint32_t capacity) {
  if (any_weight(task.terms, task.n_terms))
    update<true>(task, capacity);
  else
    update<false>(task, capacity);
}

// Contacts for their weight, which is never below 0 in sum, and as they are.
template <bool kWeighted>
HWY_INLINE void weigh(const DoseTerm* terms, std::size_t n_terms, float* slow, float* fast, std::uint32_t capacity) {
  const F32 d;
  for (std::size_t i = 0; i < capacity; i += kLanes) {
    Dose dose{hn::Zero(d), hn::Zero(d)};
    for (std::size_t t = 0; t < n_terms; ++t) {
      const VF n = contacts_at(terms[t].contacts + i);
      VF own = n;
      if constexpr (kWeighted)
        if (terms[t].weight != nullptr) own = hn::Mul(n, hn::LoadU(d, terms[t].weight + i));
      dose.slow = hn::Add(dose.slow, hn::Mul(own, hn::Set(d, terms[t].slow)));
      dose.fast = hn::Add(dose.fast, hn::Mul(n, hn::Set(d, terms[t].fast)));
    }
    hn::StoreU(kWeighted ? hn::Max(dose.slow, hn::Zero(d)) : dose.slow, d, slow + i);
    hn::StoreU(dose.fast, d, fast + i);
  }
}

void weigh_contacts_kernel(const DoseTerm* terms, std::size_t n_terms, float* slow, float* fast,
                           std::uint32_t capacity) {
  if (any_weight(terms, n_terms))
    weigh<true>(terms, n_terms, slow, fast, capacity);
  else
    weigh<false>(terms, n_terms, slow, fast, capacity);
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace populace
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace populace {
namespace {
HWY_EXPORT(update_stocks_kernel);
HWY_EXPORT(weigh_contacts_kernel);
}  // namespace

void update_stocks(const StockTask& task, std::uint32_t capacity) {
  HWY_DYNAMIC_DISPATCH(update_stocks_kernel)(task, capacity);
}
void weigh_contacts(const DoseTerm* terms, std::size_t n_terms, float* slow, float* fast, std::uint32_t capacity) {
  HWY_DYNAMIC_DISPATCH(weigh_contacts_kernel)(terms, n_terms, slow, fast, capacity);
}
}  // namespace populace
#endif
