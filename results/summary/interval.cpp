#include "results/summary/interval.hpp"

#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "results/summary/plain_math.hpp"
#include "sim/base/contracts.hpp"

namespace populace {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

void refuse_non_finite(std::span<const double> values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!std::isfinite(values[i])) {
      throw std::invalid_argument("replication " + std::to_string(i) + ": value " + std::to_string(values[i]) +
                                  " is not a finite number, so no mean exists; if the figure is a quotient whose "
                                  "denominator can be zero, report the ratio of means instead");
    }
  }
}

Interval around(double mean, double standard_error, int n, double level) {
  const double half_width = t_multiplier(n, level) * standard_error;
  return {mean, standard_error, mean - half_width, mean + half_width, n};
}

}  // namespace

double t_multiplier(int n, double level) {
  expects(n >= 2, "a t interval needs two values");
  expects(level > 0.0 && level < 1.0, "the level of an interval lies between 0 and 1");
  const boost::math::students_t_distribution<double, PlainMath> law(n - 1);
  return boost::math::quantile(boost::math::complement(law, (1.0 - level) / 2.0));
}

SampleMoments sample_moments(std::span<const double> values) {
  if (values.empty()) return {kNan, kNan};
  const double origin = values.front();
  const auto n = static_cast<double>(values.size());
  double sum = 0.0;
  for (const double value : values) sum += value - origin;
  const double shift = sum / n;
  if (values.size() < 2) return {origin + shift, kNan};
  double squares = 0.0;
  for (const double value : values) squares += (value - origin - shift) * (value - origin - shift);
  return {origin + shift, squares / (n - 1.0)};
}

double sample_covariance(std::span<const double> first, std::span<const double> second) {
  expects(first.size() == second.size(), "paired samples have equal length");
  if (first.size() < 2) return kNan;
  const double first_mean = sample_moments(first).mean;
  const double second_mean = sample_moments(second).mean;
  double products = 0.0;
  for (std::size_t i = 0; i < first.size(); ++i) products += (first[i] - first_mean) * (second[i] - second_mean);
  return products / (static_cast<double>(first.size()) - 1.0);
}

Interval t_interval(std::span<const double> values, double level) {
  refuse_non_finite(values);
  const SampleMoments moments = sample_moments(values);
  const int n = static_cast<int>(values.size());
  if (n < 2) return {moments.mean, kNan, kNan, kNan, n};
  return around(moments.mean, std::sqrt(moments.variance / n), n, level);
}

Interval paired_difference_interval(std::span<const double> first, std::span<const double> second, double level) {
  expects(first.size() == second.size(), "paired samples have equal length");
  refuse_non_finite(first);
  refuse_non_finite(second);
  std::vector<double> differences(first.size());
  for (std::size_t i = 0; i < first.size(); ++i) differences[i] = first[i] - second[i];
  return t_interval(differences, level);
}

Interval ratio_of_means_interval(std::span<const double> numerators, std::span<const double> denominators,
                                 double level) {
  expects(numerators.size() == denominators.size(), "numerators and denominators come in pairs");
  refuse_non_finite(numerators);
  refuse_non_finite(denominators);
  const int n = static_cast<int>(numerators.size());
  const double denominator = sample_moments(denominators).mean;
  if (n == 0 || denominator == 0.0) return {kNan, kNan, kNan, kNan, n};
  const double ratio = sample_moments(numerators).mean / denominator;
  if (n < 2) return {ratio, kNan, kNan, kNan, n};
  // S_yy - 2 R S_xy + R^2 S_xx is the variance of y - R x; taking it in that form keeps it from turning negative.
  std::vector<double> residuals(numerators.size());
  for (std::size_t i = 0; i < residuals.size(); ++i) residuals[i] = numerators[i] - ratio * denominators[i];
  const double standard_error = std::sqrt(sample_moments(residuals).variance / n) / std::fabs(denominator);
  return around(ratio, standard_error, n, level);
}

}  // namespace populace
