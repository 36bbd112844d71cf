#include "results/summary/geo.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <stdexcept>
#include <string>
#include <tuple>

#include "results/summary/plain_math.hpp"
#include "sim/base/contracts.hpp"

namespace populace {
namespace {

constexpr std::size_t kFewestPeriods = 3;  // two points always correlate to 1 or -1

double normal_quantile(double prob) {
  return boost::math::quantile(boost::math::normal_distribution<double, PlainMath>(), prob);
}
double normal_cdf(double x) { return boost::math::cdf(boost::math::normal_distribution<double, PlainMath>(), x); }

}  // namespace

double correlation(std::span<const double> first, std::span<const double> second) {
  const double both = sample_covariance(first, second);
  return both / std::sqrt(sample_moments(first).variance * sample_moments(second).variance);
}

double series_distance(std::span<const double> first, std::span<const double> second) {
  const auto n = static_cast<double>(first.size());
  const double alike = correlation(first, second);
  // Rounding may leave a correlation above 1.
  return std::isnan(alike) ? alike : std::sqrt(2 * (n - 1) / n * std::max(0., 1 - alike));
}

std::vector<RegionPair> matched_pairs(std::span<const std::vector<double>> series) {
  std::vector<RegionPair> candidates;
  for (std::size_t i = 0; i < series.size(); ++i) {
    if (series[i].size() != series.front().size() || series[i].size() < kFewestPeriods)
      throw std::invalid_argument("region " + std::to_string(i) + ": its series has " +
                                  std::to_string(series[i].size()) +
                                  " periods; regions are matched by series of one length of at least 3");
    for (std::size_t j = i + 1; j < series.size() && series[j].size() == series[i].size(); ++j)
      if (const double distance = series_distance(series[i], series[j]); !std::isnan(distance))
        candidates.push_back({i, j, distance, correlation(series[i], series[j])});
  }
  std::sort(candidates.begin(), candidates.end(), [](const RegionPair& a, const RegionPair& b) {
    return std::tie(a.distance, a.first, a.second) < std::tie(b.distance, b.first, b.second);
  });
  std::vector<bool> taken(series.size());
  std::erase_if(candidates, [&](const RegionPair& pair) {
    if (taken[pair.first] || taken[pair.second]) return true;
    taken[pair.first] = taken[pair.second] = true;
    return false;
  });
  return candidates;
}

Interval difference_in_differences(std::span<const PairOutcome> pairs, double level) {
  std::vector<double> lifts;
  for (const PairOutcome& p : pairs)
    lifts.push_back((p.treated_after - p.treated_before) - (p.control_after - p.control_before));
  return t_interval(lifts, level);
}

double power_of_lift(double lift, double standard_error, double level) {
  expects(standard_error > 0 && level > 0 && level < 1, "power needs a standard error and a level");
  const double far = std::abs(lift) / standard_error, z = normal_quantile(1 - (1 - level) / 2);
  return normal_cdf(far - z) + normal_cdf(-far - z);
}

double least_detectable_lift(double standard_error, double power, double level) {
  expects(standard_error > 0 && level > 0 && level < 1 && power > 0 && power < 1,
          "a least lift needs a standard error, a power and a level");
  return (normal_quantile(1 - (1 - level) / 2) + normal_quantile(power)) * standard_error;
}

double lift_standard_error(double deviation, int n_pairs) {
  expects(deviation >= 0 && n_pairs >= 1, "a standard error is of at least one pair");
  return deviation / std::sqrt(static_cast<double>(n_pairs));
}

}  // namespace populace
