#include "tests/support/oracles_exposure.hpp"

#include <cmath>

namespace populace::oracles {
namespace {

double log_beta(double a, double b) { return std::lgamma(a) + std::lgamma(b) - std::lgamma(a + b); }

double gamma_mixture_zero(double shape, double mean) { return std::exp(-shape * std::log1p(mean / shape)); }

}  // namespace

double nbd_pmf(double shape, double mean, int n) {
  if (mean == 0.0) return n == 0 ? 1.0 : 0.0;
  return std::exp(std::lgamma(shape + n) - std::lgamma(shape) - std::lgamma(n + 1.0) -
                  shape * std::log1p(mean / shape) + n * std::log(mean / (shape + mean)));
}

double nbd_at_least(double shape, double mean, int n) {
  double below = 0.0;
  for (int i = 0; i < n; ++i) below += nbd_pmf(shape, mean, i);
  return 1.0 - below;
}

double poisson_at_least(double mean, int n) {
  double below = 0.0;
  double term = std::exp(-mean);
  for (int i = 0; i < n; ++i) {
    below += term;
    term *= mean / (i + 1.0);
  }
  return 1.0 - below;
}

double shared_habit_duplication(double shape, double mean_a, double mean_b) {
  const double a = gamma_mixture_zero(shape, mean_a);
  const double b = gamma_mixture_zero(shape, mean_b);
  const double both = gamma_mixture_zero(shape, mean_a + mean_b);
  return (1.0 - a - b + both) / ((1.0 - a) * (1.0 - b));
}

double beta_binomial_pmf(double alpha, double beta, int insertions, int met) {
  const double log_choose =
      std::lgamma(insertions + 1.0) - std::lgamma(met + 1.0) - std::lgamma(insertions - met + 1.0);
  return std::exp(log_choose + log_beta(alpha + met, beta + insertions - met) - log_beta(alpha, beta));
}

double beta_binomial_reach(double alpha, double beta, int insertions) {
  return -std::expm1(log_beta(alpha, beta + insertions) - log_beta(alpha, beta));
}

double independent_reach(std::span<const double> reaches) {
  double missed = 1.0;
  for (const double reach : reaches) missed *= 1.0 - reach;
  return 1.0 - missed;
}

double mixture_reach(std::span<const ActivityLevel> levels, std::span<const double> insertions) {
  double reach = 0.0;
  for (const ActivityLevel& level : levels) {
    double exposures = 0.0;
    for (std::size_t c = 0; c < insertions.size(); ++c) exposures += level.rates[c] * insertions[c];
    reach -= level.share * std::expm1(-exposures);
  }
  return reach;
}

}  // namespace populace::oracles
