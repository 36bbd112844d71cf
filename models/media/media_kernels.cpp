#include "models/media/media_kernels.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "models/media/media_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "sim/random/draw-inl.hpp"
#include "sim/random/math-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace populace {
namespace HWY_NAMESPACE {
namespace {

using Bytes = hn::Rebind<std::uint8_t, F32>;  // as many bytes as floats
using AllBytes = hn::CappedTag<std::uint8_t, 64>;

HWY_INLINE VF slots_of(const ContactTask& task, std::size_t at) {
  const I32 di;
  const VI code = hn::PromoteTo(di, hn::LoadU(Bytes(), task.habit + at));
  return hn::Mul(hn::GatherIndex(F32(), task.slots, code), hn::Set(F32(), task.rate));
}

HWY_INLINE void store_count(VF count, std::uint8_t* at) {
  hn::StoreU(hn::DemoteTo(Bytes(), hn::ConvertTo(I32(), count)), Bytes(), at);
}

struct Inversion {
  VF u, mean, term, cumulated, count;
};

HWY_INLINE Inversion begin_inversion(VF mean, VU word) {
  const F32 d;
  Inversion v;
  v.mean = hn::Min(mean, hn::Set(d, 80.0f));
  v.u = hn::Min(unit_float(word), hn::Set(d, 1.0f - 0x1p-21f));
  v.term = vector_exp(d, hn::Neg(v.mean));
  v.cumulated = v.term;
  v.count = hn::Zero(d);
  return v;
}

// One more contact where u is still above; returns where it was.
HWY_INLINE hn::Mask<F32> advance(Inversion& v, VF inverse) {
  const F32 d;
  const auto above = hn::Ge(v.u, v.cumulated);
  v.count = hn::Add(v.count, hn::IfThenElseZero(above, hn::Set(d, 1.0f)));
  v.term = hn::Mul(hn::Mul(v.term, v.mean), inverse);
  v.cumulated = hn::Add(v.cumulated, v.term);
  return above;
}

struct Inverses {
  float of[256];
};
constexpr Inverses make_inverses() {
  Inverses inverses{};
  for (int k = 0; k < 256; ++k) inverses.of[k] = 1.0f / static_cast<float>(k + 1);
  return inverses;
}
constexpr Inverses kInverses = make_inverses();

HWY_INLINE void poisson_quad(const ContactTask& task, std::size_t at, const Quad& words) {
  const F32 d;
  Inversion a = begin_inversion(slots_of(task, at), words.w0);
  Inversion b = begin_inversion(slots_of(task, at + 16), words.w1);
  Inversion c = begin_inversion(slots_of(task, at + 32), words.w2);
  Inversion e = begin_inversion(slots_of(task, at + 48), words.w3);
  for (int k = 0; k < 255; ++k) {
    const VF inverse = hn::Set(d, kInverses.of[k]);
    const auto above = hn::Or(hn::Or(advance(a, inverse), advance(b, inverse)), hn::Or(advance(c, inverse), advance(e, inverse)));
    if (hn::AllFalse(d, above)) break;
  }
  store_count(a.count, task.contacts + at);
  store_count(b.count, task.contacts + at + 16);
  store_count(c.count, task.contacts + at + 32);
  store_count(e.count, task.contacts + at + 48);
}

HWY_INLINE void bernoulli_vector(const ContactTask& task, std::size_t at, VU word) {
  const F32 d;
  const auto hit = hn::Lt(unit_float(word), slots_of(task, at));
  store_count(hn::IfThenElseZero(hit, hn::Set(d, 1.0f)), task.contacts + at);
}

void draw_contacts_kernel(const ContactTask& task, std::uint32_t first_tile, std::uint32_t capacity) {
  for (std::size_t t = 0; t < capacity / kTileSize; ++t)
    for (std::size_t q = 0; q < kQuadsPerTile; ++q) {
      const Quad words = draw_quad(task.stream, first_tile + static_cast<std::uint32_t>(t), q);
      const std::size_t at = t * kTileSize + q * kLanes;
      if (!task.bernoulli) {
        poisson_quad(task, at, words);
        continue;
      }
      bernoulli_vector(task, at, words.w0);
      bernoulli_vector(task, at + 16, words.w1);
      bernoulli_vector(task, at + 32, words.w2);
      bernoulli_vector(task, at + 48, words.w3);
    }
}

std::int64_t count_at_least(const std::uint8_t* values, std::uint8_t least, std::uint32_t capacity) {
  const AllBytes d;
  const auto bound = hn::Set(d, least);
  std::size_t n = 0;
  for (std::size_t i = 0; i < capacity; i += hn::Lanes(d)) {
    const auto v = hn::LoadU(d, values + i);
    n += hn::CountTrue(d, hn::Eq(hn::Max(v, bound), v));
  }
  return static_cast<std::int64_t>(n);
}

ContactTally tally_contacts_kernel(const std::uint8_t* contacts, std::uint32_t capacity) {
  const AllBytes d;
  const hn::Repartition<std::uint64_t, AllBytes> d64;
  ContactTally tally;
  auto sum = hn::Zero(d64);
  for (std::size_t i = 0; i < capacity; i += hn::Lanes(d)) sum = hn::Add(sum, hn::SumsOf8(hn::LoadU(d, contacts + i)));
  tally.contacts = static_cast<std::int64_t>(hn::GetLane(hn::SumOfLanes(d64, sum)));
  for (std::size_t k = 0; k < kFrequencies; ++k) {
    tally.at_least[k] = count_at_least(contacts, static_cast<std::uint8_t>(k + 1), capacity);
    if (tally.at_least[k] == 0) break;
  }
  return tally;
}

void add_to_frequency_kernel(const std::uint8_t* contacts, std::uint8_t* since_start, std::uint32_t capacity,
                             std::int64_t* at_least) {
  const AllBytes d;
  for (std::size_t i = 0; i < capacity; i += hn::Lanes(d))
    hn::StoreU(hn::SaturatedAdd(hn::LoadU(d, contacts + i), hn::LoadU(d, since_start + i)), d, since_start + i);
  for (std::size_t k = 0; k < kFrequencies; ++k) {
    const std::int64_t n = count_at_least(since_start, static_cast<std::uint8_t>(k + 1), capacity);
    at_least[k] += n;
    if (n == 0) break;
  }
}

std::int64_t mark_reached_kernel(const std::uint8_t* contacts, std::uint32_t* mask, std::uint32_t bit, std::uint32_t capacity) {
  const U32 d;
  const VU flag = hn::Set(d, bit);
  std::size_t n = 0;
  for (std::size_t i = 0; i < capacity; i += kLanes) {
    const VU count = hn::PromoteTo(d, hn::LoadU(Bytes(), contacts + i));
    const VU old = hn::LoadU(d, mask + i);
    const auto fresh = hn::And(hn::Gt(count, hn::Zero(d)), hn::Eq(hn::And(old, flag), hn::Zero(d)));
    n += hn::CountTrue(d, fresh);
    hn::StoreU(hn::Or(old, hn::IfThenElseZero(fresh, flag)), d, mask + i);
  }
  return static_cast<std::int64_t>(n);
}

void add_contacts_kernel(const std::uint8_t* contacts, std::uint8_t* sum, std::uint32_t capacity) {
  const AllBytes d;
  for (std::size_t i = 0; i < capacity; i += hn::Lanes(d))
    hn::StoreU(hn::SaturatedAdd(hn::LoadU(d, contacts + i), hn::LoadU(d, sum + i)), d, sum + i);
}

HWY_INLINE VF contacts_at(const std::uint8_t* contacts) {
  return hn::ConvertTo(F32(), hn::PromoteTo(I32(), hn::LoadU(Bytes(), contacts)));
}

HWY_INLINE void carry(const CarryOver& c, VF dose, float* stock, float* read) {
  const F32 d;
  const VF old = hn::LoadU(d, stock);
  hn::StoreU(hn::Add(hn::Mul(old, hn::Set(d, c.keep)), hn::Mul(dose, hn::Set(d, c.gain))), d, stock);
  hn::StoreU(hn::Add(hn::Mul(old, hn::Set(d, c.read_old)), hn::Mul(dose, hn::Set(d, c.read_new))), d, read);
}

struct Dose {
  VF slow, fast;
};

HWY_INLINE Dose dose_at(const DoseTerm* terms, std::size_t n_terms, std::size_t at) {
  const F32 d;
  Dose dose{hn::Zero(d), hn::Zero(d)};
  for (std::size_t t = 0; t < n_terms; ++t) {
    const VF n = contacts_at(terms[t].contacts + at);
    dose.slow = hn::Add(dose.slow, hn::Mul(n, hn::Set(d, terms[t].slow)));
    dose.fast = hn::Add(dose.fast, hn::Mul(n, hn::Set(d, terms[t].fast)));
  }
  return dose;
}

void update_stocks_kernel(const StockTask& task, std::uint32_t capacity) {
  for (std::size_t i = 0; i < capacity; i += kLanes) {
    const Dose dose = dose_at(task.terms, task.n_terms, i);
    if (task.slow != nullptr) carry(task.slow_carry, dose.slow, task.slow + i, task.slow_read + i);
    if (task.fast != nullptr) carry(task.fast_carry, dose.fast, task.fast + i, task.fast_read + i);
  }
}

void weigh_contacts_kernel(const DoseTerm* terms, std::size_t n_terms, float* slow, float* fast, std::uint32_t capacity) {
  const F32 d;
  for (std::size_t i = 0; i < capacity; i += kLanes) {
    const Dose dose = dose_at(terms, n_terms, i);
    hn::StoreU(dose.slow, d, slow + i);
    hn::StoreU(dose.fast, d, fast + i);
  }
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace populace
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace populace {
namespace {
HWY_EXPORT(draw_contacts_kernel);
HWY_EXPORT(tally_contacts_kernel);
HWY_EXPORT(add_to_frequency_kernel);
HWY_EXPORT(mark_reached_kernel);
HWY_EXPORT(add_contacts_kernel);
HWY_EXPORT(update_stocks_kernel);
HWY_EXPORT(weigh_contacts_kernel);
}  // namespace

void draw_contacts(const ContactTask& task, std::uint32_t first_tile, std::uint32_t capacity) {
  HWY_DYNAMIC_DISPATCH(draw_contacts_kernel)(task, first_tile, capacity);
}
ContactTally tally_contacts(const std::uint8_t* contacts, std::uint32_t capacity) {
  return HWY_DYNAMIC_DISPATCH(tally_contacts_kernel)(contacts, capacity);
}
void add_to_frequency(const std::uint8_t* contacts, std::uint8_t* since_start, std::uint32_t capacity,
                      std::int64_t at_least[kFrequencies]) {
  HWY_DYNAMIC_DISPATCH(add_to_frequency_kernel)(contacts, since_start, capacity, at_least);
}
std::int64_t mark_reached(const std::uint8_t* contacts, std::uint32_t* mask, std::uint32_t bit, std::uint32_t capacity) {
  return HWY_DYNAMIC_DISPATCH(mark_reached_kernel)(contacts, mask, bit, capacity);
}
void add_contacts(const std::uint8_t* contacts, std::uint8_t* sum, std::uint32_t capacity) {
  HWY_DYNAMIC_DISPATCH(add_contacts_kernel)(contacts, sum, capacity);
}
void update_stocks(const StockTask& task, std::uint32_t capacity) { HWY_DYNAMIC_DISPATCH(update_stocks_kernel)(task, capacity); }
void weigh_contacts(const DoseTerm* terms, std::size_t n_terms, float* slow, float* fast, std::uint32_t capacity) {
  HWY_DYNAMIC_DISPATCH(weigh_contacts_kernel)(terms, n_terms, slow, fast, capacity);
}
}  // namespace populace
#endif
