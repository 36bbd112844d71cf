// exp and log of vectors of floats, from additions, multiplications, divisions and bit operations only, in one fixed
// order and without fused multiply-add: every instruction set gives the same bits. Relative error below 3e-7 (exp) and
// absolute error below 2e-7 (1 + |log x|) (log), measured in tests/random. Polynomials: Taylor-like minimax on |r| <=
// ln2/2 (exp) and of atanh on [sqrt(1/2), sqrt(2)] (log). Included once for every target, so the guard toggles.
#if defined(POPULACE_SIM_RANDOM_MATH_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef POPULACE_SIM_RANDOM_MATH_INL
#undef POPULACE_SIM_RANDOM_MATH_INL
#else
#define POPULACE_SIM_RANDOM_MATH_INL
#endif

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace populace {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// -87 <= x <= 88.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V vector_exp_bounded(D d, V x) {
  const hn::RebindToSigned<D> di;
  // n = nearest integer to x / ln 2, by the rounding of a large addition.
  const V magic = hn::Set(d, 12582912.0f);
  const V shifted = hn::Add(hn::Mul(x, hn::Set(d, 1.44269504088896341f)), magic);
  const V n = hn::Sub(shifted, magic);
  const V r = hn::Sub(hn::Sub(x, hn::Mul(n, hn::Set(d, 0.693359375f))), hn::Mul(n, hn::Set(d, -2.12194440e-4f)));
  V p = hn::Set(d, 1.9875691500e-4f);
  p = hn::Add(hn::Mul(p, r), hn::Set(d, 1.3981999507e-3f));
  p = hn::Add(hn::Mul(p, r), hn::Set(d, 8.3334519073e-3f));
  p = hn::Add(hn::Mul(p, r), hn::Set(d, 4.1665795894e-2f));
  p = hn::Add(hn::Mul(p, r), hn::Set(d, 1.6666665459e-1f));
  p = hn::Add(hn::Mul(p, r), hn::Set(d, 5.0000001201e-1f));
  p = hn::Add(hn::Add(hn::Mul(hn::Mul(p, r), r), r), hn::Set(d, 1.0f));
  const auto exponent = hn::ShiftLeft<23>(hn::BitCast(di, shifted));  // the low bits of the sum hold n
  return hn::BitCast(d, hn::Add(hn::BitCast(di, p), exponent));
}

// x of any size: below -87 it is 0, above 88 it is e^88.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V vector_exp(D d, V x) {
  const V underflow = hn::Set(d, -87.0f);
  const auto tiny = hn::Lt(x, underflow);
  return hn::IfThenZeroElse(tiny, vector_exp_bounded(d, hn::Max(hn::Min(x, hn::Set(d, 88.0f)), underflow)));
}

// x > 0, normal.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V vector_log(D d, V x) {
  const hn::RebindToSigned<D> di;
  // x = 2^e m with m in [sqrt(1/2), sqrt(2)).
  const auto bits = hn::BitCast(di, x);
  const auto offset = hn::Sub(bits, hn::Set(di, 0x3f3504f3));
  const auto e = hn::ShiftRight<23>(offset);
  const V m = hn::BitCast(d, hn::Sub(bits, hn::ShiftLeft<23>(e)));
  const V f = hn::Sub(m, hn::Set(d, 1.0f));
  const V s = hn::Div(f, hn::Add(f, hn::Set(d, 2.0f)));
  const V s2 = hn::Mul(s, s);
  V p = hn::Set(d, 0.24279078841f);
  p = hn::Add(hn::Mul(p, s2), hn::Set(d, 0.28498786688f));
  p = hn::Add(hn::Mul(p, s2), hn::Set(d, 0.40000972152f));
  p = hn::Add(hn::Mul(p, s2), hn::Set(d, 0.66666662693f));
  const V log_m = hn::Add(hn::Mul(hn::Mul(p, s2), s), hn::Add(s, s));
  const V n = hn::ConvertTo(d, e);
  return hn::Add(hn::Mul(n, hn::Set(d, 0.693359375f)), hn::Add(hn::Mul(n, hn::Set(d, -2.12194440e-4f)), log_m));
}

// Entry idx (0…15, one per lane) of a table of 16 floats. One permutation where a vector holds the table.
template <class D, class VI, class V = hn::Vec<D>>
HWY_INLINE V lookup16(D d, const float* HWY_RESTRICT table, VI idx) {
#if HWY_MAX_BYTES >= 64 && HWY_TARGET <= HWY_AVX3
  return hn::TableLookupLanes(hn::Load(d, table), hn::IndicesFromVec(d, idx));
#elif HWY_TARGET == HWY_AVX2
  const hn::RebindToSigned<D> di;
  const auto low = hn::TableLookupLanes(hn::Load(d, table), hn::IndicesFromVec(d, hn::And(idx, hn::Set(di, 7))));
  const auto high = hn::TableLookupLanes(hn::Load(d, table + 8), hn::IndicesFromVec(d, hn::And(idx, hn::Set(di, 7))));
  return hn::IfThenElse(hn::RebindMask(d, hn::Gt(idx, hn::Set(di, 7))), high, low);
#else
  return hn::GatherIndex(d, table, idx);
#endif
}

}  // namespace HWY_NAMESPACE
}  // namespace populace
HWY_AFTER_NAMESPACE();
#endif
