#include "results/summary/reliability.hpp"

#include <cmath>
#include <limits>

#include "results/summary/interval.hpp"
#include "sim/base/contracts.hpp"

namespace populace {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

void add_squares(const std::vector<double>& values, std::vector<double>& to) {
  const double mean = sample_moments(values).mean;
  for (std::size_t i = 0; i < values.size(); ++i) to[i] += (values[i] - mean) * (values[i] - mean);
}

}  // namespace

Reliability cronbach_alpha(std::span<const std::vector<double>> items) {
  if (items.size() < 2 || items.front().size() < 2) return {kNan, kNan};
  const std::size_t n = items.front().size();
  std::vector<double> sums(n), of_items(n), of_sums(n);
  for (const std::vector<double>& item : items) {
    expects(item.size() == n, "every respondent answers every item");
    for (std::size_t i = 0; i < n; ++i) sums[i] += item[i];
    add_squares(item, of_items);
  }
  add_squares(sums, of_sums);
  const double v = sample_moments(of_items).mean, s = sample_moments(of_sums).mean;
  if (s <= 0) return {kNan, kNan};
  const auto k = static_cast<double>(items.size());
  std::vector<double> influence(n);
  for (std::size_t i = 0; i < n; ++i) influence[i] = k / (k - 1) * (v * of_sums[i] / (s * s) - of_items[i] / s);
  return {k / (k - 1) * (1 - v / s), std::sqrt(sample_moments(influence).variance / static_cast<double>(n))};
}

double sample_correlation(std::span<const double> first, std::span<const double> second) {
  const double variances = sample_moments(first).variance * sample_moments(second).variance;
  return variances > 0 ? sample_covariance(first, second) / std::sqrt(variances) : kNan;
}

}  // namespace populace
