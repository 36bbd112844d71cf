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

#include "sim/random/draw-inl.hpp"

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

// For bounds only, as it differs in the last bits over instruction sets: relative error below 6e-6, -87 <= x <= 88.
template <class D, class V = hn::Vec<D>>
HWY_INLINE V rough_exp(D d, V x) {
  const hn::RebindToSigned<D> di;
  const V magic = hn::Set(d, 12582912.0f), per_ln2 = hn::Set(d, 1.44269504088896341f);
  const V shifted = hn::MulAdd(x, per_ln2, magic);
  const V r = hn::MulSub(x, per_ln2, hn::Sub(shifted, magic));  // 2^r with |r| <= 1/2
  V p = hn::Set(d, 9.5701017e-3f);
  p = hn::MulAdd(p, r, hn::Set(d, 5.5917862e-2f));
  p = hn::MulAdd(p, r, hn::Set(d, 2.4024745e-1f));
  p = hn::MulAdd(p, r, hn::Set(d, 6.9312182e-1f));
  p = hn::MulAdd(p, r, hn::Set(d, 9.9999926e-1f));
  return hn::BitCast(d, hn::Add(hn::BitCast(di, p), hn::ShiftLeft<23>(hn::BitCast(di, shifted))));
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

// Standard normal score of a word, Phi^-1((word + 1/2) / 2^32) = sqrt(2) erfinv(x): polynomials of w = -ln(1 - x^2)
// for |x| < .9966 and of its square root outside (Giles 2010, Approximating the erfinv function, single precision). The
// word is folded at the middle first, so that nothing is lost in the lower tail, and the upper mirrors it.
HWY_INLINE VF vector_score(VU word) {
  const F32 d;
  const I32 di;
  const VI high = hn::ShiftRight<31>(hn::BitCast(di, word));  // all bits where above the median
  const VI from_end = hn::Xor(hn::BitCast(di, word), high), half = hn::Set(di, 0x7FFFFFFF);
  const VF p = hn::Mul(hn::Add(hn::ConvertTo(d, from_end), hn::Set(d, .5f)), hn::Set(d, 0x1p-32f));
  const VF x = hn::Mul(hn::Add(hn::ConvertTo(d, hn::Sub(half, from_end)), hn::Set(d, .5f)), hn::Set(d, 0x1p-31f));
  const VF w = hn::Neg(vector_log(d, hn::Mul(hn::Mul(hn::Set(d, 4.0f), p), hn::Sub(hn::Set(d, 1.0f), p))));
  const auto horner = [&](VF at, const float* coefficients, std::size_t n) HWY_ATTR {
    VF sum = hn::Set(d, coefficients[0]);
    for (std::size_t k = 1; k < n; ++k) sum = hn::Add(hn::Mul(sum, at), hn::Set(d, coefficients[k]));
    return sum;
  };
  static constexpr float kMiddle[9] = {2.81022636e-08f,  3.43273939e-07f, -3.5233877e-06f,
                                       -4.39150654e-06f, 2.1858087e-04f,  -1.25372503e-03f,
                                       -4.17768164e-03f, 2.46640727e-01f, 1.50140941f};
  static constexpr float kTail[9] = {-2.00214257e-04f, 1.00950558e-04f, 1.34934322e-03f,
                                     -3.67342844e-03f, 5.73950773e-03f, -7.6224613e-03f,
                                     9.43887047e-03f,  1.00167406f,     2.83297682f};
  VF factor = horner(hn::Sub(w, hn::Set(d, 2.5f)), kMiddle, 9);
  const auto tail = hn::Ge(w, hn::Set(d, 5.0f));
  if (!hn::AllFalse(d, tail))
    factor = hn::IfThenElse(tail, horner(hn::Sub(hn::Sqrt(w), hn::Set(d, 3.0f)), kTail, 9), factor);
  const VF size = hn::Mul(hn::Mul(factor, x), hn::Set(d, 1.41421356f));
  return hn::IfThenElse(hn::RebindMask(d, hn::Lt(high, hn::Zero(di))), size, hn::Neg(size));
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
