#include "tests/support/zscore.hpp"

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <stdexcept>
#include <vector>

namespace populace {

double z_score(double estimate, double truth, double standard_error) {
  if (!(standard_error > 0.0) || !std::isfinite(standard_error)) {
    throw std::invalid_argument("z_score: the standard error must be positive and finite");
  }
  return (estimate - truth) / standard_error;
}

double normal_fit_p_value(std::span<const double> z_scores) {
  if (z_scores.size() < 5) throw std::invalid_argument("normal_fit_p_value: needs at least 5 z-scores");
  std::vector<double> sorted(z_scores.begin(), z_scores.end());
  std::sort(sorted.begin(), sorted.end());
  const auto n = static_cast<double>(sorted.size());
  const boost::math::normal law;
  double distance = 0.0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const double expected = boost::math::cdf(law, sorted[i]);
    const auto rank = static_cast<double>(i);
    distance = std::max({distance, expected - rank / n, (rank + 1.0) / n - expected});
  }
  const double x = (std::sqrt(n) + 0.12 + 0.11 / std::sqrt(n)) * distance;
  // Below .2 the true value is 1 to within 1e-12, and the alternating series converges too slowly to be summed.
  if (x < 0.2) return 1.0;
  double p_value = 0.0;
  for (int j = 1; j <= 100; ++j) p_value += (j % 2 == 1 ? 2.0 : -2.0) * std::exp(-2.0 * j * j * x * x);
  return std::clamp(p_value, 0.0, 1.0);
}

ChiSquareFit chi_square_fit(std::span<const std::int64_t> observed, std::span<const double> expected, int fitted) {
  if (observed.size() != expected.size()) throw std::invalid_argument("chi_square_fit: one expectation per count");
  std::vector<double> counts{0.0};
  std::vector<double> means{0.0};
  double total_count = 0.0;
  double total_mean = 0.0;
  for (std::size_t i = 0; i < observed.size(); ++i) {
    if (means.back() >= 5.0) {
      counts.push_back(0.0);
      means.push_back(0.0);
    }
    counts.back() += static_cast<double>(observed[i]);
    means.back() += expected[i];
    total_count += static_cast<double>(observed[i]);
    total_mean += expected[i];
  }
  if (std::fabs(total_count - total_mean) > 1e-6 * total_count) {
    throw std::invalid_argument("chi_square_fit: expected counts must add up to the observed total");
  }
  if (means.size() > 1 && means.back() < 5.0) {
    counts[counts.size() - 2] += counts.back();
    means[means.size() - 2] += means.back();
    counts.pop_back();
    means.pop_back();
  }
  const int degrees = static_cast<int>(means.size()) - 1 - fitted;
  if (degrees < 1) throw std::invalid_argument("chi_square_fit: too few cells expect 5 or more");
  double statistic = 0.0;
  for (std::size_t i = 0; i < means.size(); ++i) {
    statistic += (counts[i] - means[i]) * (counts[i] - means[i]) / means[i];
  }
  const boost::math::chi_squared law(degrees);
  return {statistic, degrees, boost::math::cdf(boost::math::complement(law, statistic))};
}

double share_standard_error(double share, double trials) { return std::sqrt(share * (1.0 - share) / trials); }

}  // namespace populace
