#include "tests/support/oracles_bgnbd.hpp"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>
#include <map>
#include <stdexcept>

namespace populace::oracles {
namespace {

double log_beta(double a, double b) { return std::lgamma(a) + std::lgamma(b) - std::lgamma(a + b); }

// P(x purchases by T and still active), the active part of P(X(T) = x).
double active_at_count(const BgNbd& law, int x, double t) {
  if (t <= 0.0) return x == 0 ? 1.0 : 0.0;
  const double log_nbd = std::lgamma(law.r + x) - std::lgamma(law.r) - std::lgamma(x + 1.0) -
                         law.r * std::log1p(t / law.alpha) + x * std::log(t / (law.alpha + t));
  return std::exp(log_nbd + log_beta(law.a, law.b + x) - log_beta(law.a, law.b));
}

double probability_of_count(const BgNbd& law, int x, double t) {
  double probability = active_at_count(law, x, t);
  if (x > 0 && t > 0.0) {
    // Left at the x-th repeat, which came before t: P(Gamma-mixed Poisson count >= x) is an incomplete beta function.
    const double reached = boost::math::ibeta(static_cast<double>(x), law.r, t / (law.alpha + t));
    probability += reached * std::exp(log_beta(law.a + 1.0, law.b + x - 1.0) - log_beta(law.a, law.b));
  }
  return probability;
}

// (a+b+x-1)/(a-1) [1 - ((alpha+T)/(alpha+T+t))^(r+x) 2F1(...)]: later repeats of a customer known to be active at T.
double later_repeats_if_active(const BgNbd& law, int x, double T, double t) {
  const double scale = law.alpha + T;
  const double c = law.a + law.b + x - 1.0;
  const double shrink = std::exp(-(law.r + x) * std::log1p(t / scale));
  return c / (law.a - 1.0) * (1.0 - shrink * gauss_2f1(law.r + x, law.b + x, c, t / (scale + t)));
}

std::map<double, int> grouped(std::span<const double> times) {
  std::map<double, int> groups;
  for (const double t : times) ++groups[t];
  return groups;
}

}  // namespace

double gauss_2f1(double p, double q, double c, double z) {
  if (!(p > 0.0 && q > 0.0 && c > 0.0 && z >= 0.0 && z < 1.0)) {
    throw std::invalid_argument("gauss_2f1: needs p, q, c > 0 and 0 <= z < 1");
  }
  double term = 1.0;
  double sum = 1.0;
  for (double n = 0.0;; n += 1.0) {
    const double factor = (p + n) * (q + n) / ((c + n) * (n + 1.0)) * z;
    term *= factor;
    sum += term;
    const double worst = std::max(factor, z);  // the factors move monotonically to z in the end
    if (worst < 1.0 && term * worst / (1.0 - worst) < 1e-15 * sum) return sum;
  }
}

double expected_repeats(const BgNbd& law, double t) { return later_repeats_if_active(law, 0, 0.0, t); }

std::vector<double> repeats_pmf(const BgNbd& law, double t, int largest) {
  std::vector<double> pmf;
  for (int x = 0; x <= largest; ++x) pmf.push_back(probability_of_count(law, x, t));
  return pmf;
}

double variance_of_repeats(const BgNbd& law, double t) {
  if (t <= 0.0) return 0.0;
  const double mean = expected_repeats(law, t);
  double squares = 0.0;
  for (int x = 1;; ++x) {
    const double term = probability_of_count(law, x, t) * x * x;
    squares += term;
    if (x > law.r * t / law.alpha && term * (law.alpha + t) / law.alpha < 1e-12) return squares - mean * mean;
  }
}

double expected_later_repeats(const BgNbd& law, int x, double t_x, double T, double t) {
  double odds_of_having_left = 0.0;
  if (x > 0) {
    odds_of_having_left = law.a / (law.b + x - 1.0) * std::pow((law.alpha + T) / (law.alpha + t_x), law.r + x);
  }
  return later_repeats_if_active(law, x, T, t) / (1.0 + odds_of_having_left);
}

double later_repeats_at_count(const BgNbd& law, int x, double T, double t) {
  return active_at_count(law, x, T) * later_repeats_if_active(law, x, T, t);
}

double cohort_expected_repeats(const BgNbd& law, std::span<const double> times) {
  double sum = 0.0;
  for (const auto& [t, customers] : grouped(times)) sum += customers * expected_repeats(law, t);
  return sum;
}

double cohort_variance_of_repeats(const BgNbd& law, std::span<const double> times) {
  double sum = 0.0;
  for (const auto& [t, customers] : grouped(times)) sum += customers * variance_of_repeats(law, t);
  return sum;
}

double cohort_later_repeats(const BgNbd& law, std::span<const double> times, int from, int to, double t) {
  double repeats = 0.0;
  double customers_at_count = 0.0;
  for (const auto& [T, customers] : grouped(times)) {
    for (int x = from; x <= to; ++x) {
      repeats += customers * later_repeats_at_count(law, x, T, t);
      customers_at_count += customers * probability_of_count(law, x, T);
    }
  }
  return repeats / customers_at_count;
}

}  // namespace populace::oracles
