#include "sim/random/exact_math.hpp"

namespace populace {

namespace {

// Beyond this score the continued fraction converges faster than the series.
constexpr double kTailFrom = 2.5;

// P(0 < Z <= z) = density(z) (z + z^3/3 + z^5/15 + ...), all terms positive. Abramowitz & Stegun 26.2.11.
double central_mass(double z) {
  double term = z;
  double sum = z;
  for (int n = 3; term > 1e-17 * sum; n += 2) {
    term *= z * z / n;
    sum += term;
  }
  return normal_density(z) * sum;
}

// P(Z > z) = density(z) / (z + 1/(z + 2/(z + 3/(z + ...)))). Abramowitz & Stegun 26.2.14, as the ratio of its
// numerator and denominator, which obey c_n = z c_(n-1) + n c_(n-2).
double upper_tail(double z) {
  constexpr int kTerms = 48;
  double numerator_before = 0;
  double numerator = 1;
  double denominator_before = 1;
  double denominator = z;
  for (int n = 1; n <= kTerms; ++n) {
    const double next_numerator = z * numerator + n * numerator_before;
    const double next_denominator = z * denominator + n * denominator_before;
    numerator_before = numerator;
    numerator = next_numerator;
    denominator_before = denominator;
    denominator = next_denominator;
  }
  return normal_density(z) * (numerator / denominator);
}

// First guess for the score of the lower-tail probability p <= 1/2, within 4.5e-4. Abramowitz & Stegun 26.2.23.
double rough_lower_quantile(double p) {
  const double t = __builtin_sqrt(-2 * exact_log(p));
  return (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
}

}  // namespace

double normal_cdf(double z) {
  if (z != z) return z;
  const double size = z < 0 ? -z : z;
  if (size < kTailFrom) {
    const double mass = central_mass(size);
    return z < 0 ? 0.5 - mass : 0.5 + mass;
  }
  const double tail = size > 40 ? 0 : upper_tail(size);
  return z < 0 ? tail : 1 - tail;
}

double normal_interval(double low, double high) {
  return low > 0 ? normal_cdf(-low) - normal_cdf(-high) : normal_cdf(high) - normal_cdf(low);
}

double normal_quantile(double u) {
  if (u != u) return u;
  if (u <= 0) return -exact_detail::kInfinity;
  if (u >= 1) return exact_detail::kInfinity;
  if (u == 0.5) return 0;
  const double p = u < 0.5 ? u : 1 - u;  // 1 - u is exact here
  double z = rough_lower_quantile(p);
  for (int step = 0; step < 2; ++step) {  // Halley: the error is cubed at each step
    const double newton = (normal_cdf(z) - p) / normal_density(z);
    z -= newton / (1 + 0.5 * z * newton);
  }
  return u < 0.5 ? z : -z;
}

}  // namespace populace
