#pragma once

// Elementary functions that give the same bits on every machine.
//
// libm differs between systems and picks other code for other processors, so the engine may not use it. These functions
// use only IEEE + - * / (never fused) and integer operations on the bits, in a fixed order. Error bounds, measured
// against long double, in units in the last place of the result:
//   exact_exp, exact_log   <= 1.0 ulp measured, 1.5 asserted
//   exact_log1p            <= 1.31 ulp measured, 2 asserted
//   exact_expm1            <= 2.08 ulp measured, 2.5 asserted
//   exact_pow              |relative error| <= (4 + 2 |y ln x|) 2^-53
//   normal_cdf             relative error 7.2e-14 measured, 1e-13 asserted, in the lower tail too (to z = -37)
//   normal_quantile        absolute error in z 2.6e-14 measured, 1e-12 asserted, for u in [1e-10, 1 - 1e-10]
// Not-a-number goes in and comes out; nothing throws and no error flag is set.

#include <bit>
#include <cstdint>
#include <limits>

namespace populace {

namespace exact_detail {

inline constexpr double kInfinity = std::numeric_limits<double>::infinity();
inline constexpr double kNotANumber = std::numeric_limits<double>::quiet_NaN();

// ln 2 in two parts; the first has 32 significant bits, so that its product with an exponent is exact.
inline constexpr double kLn2High = 0x1.62e42feep-1;
inline constexpr double kLn2Low = 0x1.a39ef35793c76p-33;
inline constexpr double kLog2OfE = 0x1.71547652b82fep+0;

// 2^n for -1022 <= n <= 1023.
constexpr double power_of_two(int n) { return std::bit_cast<double>(static_cast<std::uint64_t>(n + 1023) << 52); }

// x = n ln 2 + r with |r| <= ln 2 / 2 (a hair more where n is a tie).
struct Reduced {
  int n;
  double r;
};

constexpr Reduced reduce(double x) {
  const double scaled = x * kLog2OfE;
  const int n = static_cast<int>(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
  return {n, (x - n * kLn2High) - n * kLn2Low};
}

// e^r - 1 for |r| <= 0.35: Taylor to r^13 (remainder 4e-18), even and odd powers apart to shorten the chain.
constexpr double expm1_small(double r) {
  const double z = r * r;
  const double even =
      1.0 / 2 + z * (1.0 / 24 + z * (1.0 / 720 + z * (1.0 / 40320 + z * (1.0 / 3628800 + z * (1.0 / 479001600)))));
  const double odd =
      1.0 / 6 + z * (1.0 / 120 + z * (1.0 / 5040 + z * (1.0 / 362880 + z * (1.0 / 39916800 + z * (1.0 / 6227020800)))));
  return r + z * (even + r * odd);
}

// t(s) with ln((1 + s) / (1 - s)) = 2 s + s t(s): the inverse hyperbolic tangent's series for |s| <= 0.1716.
constexpr double log_tail(double s) {
  const double z = s * s;
  const double w = z * z;
  const double odd = 2.0 / 3 + w * (2.0 / 7 + w * (2.0 / 11 + w * (2.0 / 15 + w * (2.0 / 19 + w * (2.0 / 23)))));
  const double even = 2.0 / 5 + w * (2.0 / 9 + w * (2.0 / 13 + w * (2.0 / 17 + w * (2.0 / 21))));
  return z * (odd + z * even);
}

// x^n by repeated squaring.
constexpr double whole_power(double x, int n) {
  double result = 1;
  double square = x;
  for (unsigned left = static_cast<unsigned>(n < 0 ? -n : n); left != 0; left >>= 1, square *= square) {
    if ((left & 1U) != 0) result *= square;
  }
  return n < 0 ? 1 / result : result;
}

}  // namespace exact_detail

// e^x. Infinity above 709.78, gradual underflow to 0 below -745.13.
constexpr double exact_exp(double x) {
  if (x != x) return x;
  if (x > 709.782712893384) return exact_detail::kInfinity;
  if (x < -745.1332191019412) return 0;
  const auto [n, r] = exact_detail::reduce(x);
  const int half = n / 2;  // two steps, because 2^n itself may lie outside the normal numbers
  return (1 + exact_detail::expm1_small(r)) * exact_detail::power_of_two(half) * exact_detail::power_of_two(n - half);
}

// e^x - 1 without cancellation near 0.
constexpr double exact_expm1(double x) {
  if (x != x) return x;
  if (x > 40) return exact_exp(x) - 1;
  if (x < -40) return -1;
  const auto [n, r] = exact_detail::reduce(x);
  const double small = exact_detail::expm1_small(r);
  if (n == 0) return small;
  const double scale = exact_detail::power_of_two(n);
  return scale * small + (scale - 1);
}

// ln x. -infinity at 0, not-a-number below.
constexpr double exact_log(double x) {
  if (x != x || x == exact_detail::kInfinity) return x;
  if (x <= 0) return x == 0 ? -exact_detail::kInfinity : exact_detail::kNotANumber;
  int exponent = 0;
  if (x < std::numeric_limits<double>::min()) {
    x *= 0x1p54;
    exponent = -54;
  }
  // x = 2^shift m with m in [sqrt(1/2), sqrt 2), found by counting from the bits of sqrt(1/2).
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const auto shift = static_cast<int>(static_cast<std::int64_t>(bits - 0x3fe6a09e667f3bcdU) >> 52);
  const double f =
      std::bit_cast<double>(bits - (static_cast<std::uint64_t>(static_cast<std::int64_t>(shift)) << 52)) - 1;
  exponent += shift;
  const double s = f / (2 + f);
  const double bend = s * (f - exact_detail::log_tail(s));  // ln(1 + f) = f - bend
  return exponent * exact_detail::kLn2High + (f - (bend - exponent * exact_detail::kLn2Low));
}

// ln(1 + x) without cancellation near 0. -infinity at -1, not-a-number below.
constexpr double exact_log1p(double x) {
  if (x != x || x == exact_detail::kInfinity) return x;
  if (x <= -1) return x == -1 ? -exact_detail::kInfinity : exact_detail::kNotANumber;
  if (x > -0.25 && x < 0.4) {
    const double s = x / (2 + x);
    return x - s * (x - exact_detail::log_tail(s));
  }
  const double u = 1 + x;
  return exact_log(u) + (x - (u - 1)) / u;  // second term: what rounding 1 + x lost
}

// x^y for x >= 0 (not-a-number below); 0^0 = 1. Whole y up to 8 in size are products, so x^1 = x and x^2 = x x exactly.
constexpr double exact_pow(double x, double y) {
  if (!(x >= 0) || y != y) return exact_detail::kNotANumber;
  if (y >= -8 && y <= 8 && y == static_cast<int>(y)) return exact_detail::whole_power(x, static_cast<int>(y));
  if (x == 1) return 1;
  return exact_exp(y * exact_log(x));
}

// P(Z <= z) for a standard normal score Z. The upper tail is normal_cdf(-z).
double normal_cdf(double z);

// exp(-z^2/2) / sqrt(2 pi).
constexpr double normal_density(double z) { return 0.39894228040143267794 * exact_exp(-0.5 * z * z); }

// P(low < Z <= high), with relative accuracy in both tails.
double normal_interval(double low, double high);

// z with P(Z <= z) = u; -infinity for u <= 0, infinity for u >= 1.
double normal_quantile(double u);

}  // namespace populace
