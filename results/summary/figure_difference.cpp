#include "results/summary/figure_difference.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <numeric>

#include "results/summary/common_random_numbers.hpp"
#include "results/summary/plain_math.hpp"
#include "sim/base/contracts.hpp"

namespace populace {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

using StudentT = boost::math::students_t_distribution<double, PlainMath>;

double two_sided_p(const Interval& difference) {
  if (difference.n < 2) return kNan;
  if (difference.standard_error == 0) return difference.mean == 0 ? 1 : 0;
  const double t = std::abs(difference.mean / difference.standard_error);
  return 2 * boost::math::cdf(boost::math::complement(StudentT(difference.n - 1), t));
}

}  // namespace

double positive_probability(const Interval& difference) {
  if (difference.n < 2) return kNan;
  if (difference.standard_error == 0) return difference.mean > 0 ? 1 : difference.mean < 0 ? 0 : .5;
  return boost::math::cdf(StudentT(difference.n - 1), difference.mean / difference.standard_error);
}

FigureDifference difference_of(std::span<const double> first, std::span<const double> second, double level) {
  expects(first.size() == second.size(), "paired samples have equal length");
  std::vector<double> a, b;
  for (std::size_t r = 0; r < first.size(); ++r) {
    if (std::isnan(first[r]) || std::isnan(second[r])) continue;
    a.push_back(first[r]);
    b.push_back(second[r]);
  }
  FigureDifference out;
  out.n = static_cast<int>(a.size());
  out.first_mean = sample_moments(a).mean;
  out.second_mean = sample_moments(b).mean;
  const PairedComparison paired = compare_paired(b, a, level);
  out.difference = paired.difference;
  out.relative = out.first_mean == 0 ? kNan : out.difference.mean / std::abs(out.first_mean);
  out.probability = positive_probability(out.difference);
  out.p_value = two_sided_p(out.difference);
  const bool varies = !(paired.difference_variance == 0);
  out.variance_reduction = varies ? paired.variance_reduction() : std::numeric_limits<double>::infinity();
  return out;
}

std::vector<double> holm_adjusted(std::span<const double> p_values) {
  std::vector<std::size_t> order(p_values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::erase_if(order, [&](std::size_t i) { return std::isnan(p_values[i]); });
  std::stable_sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) { return p_values[i] < p_values[j]; });
  std::vector<double> adjusted(p_values.size(), kNan);
  auto left = static_cast<double>(p_values.size());
  double highest = 0;
  for (const std::size_t i : order) {
    highest = std::max(highest, std::min(1., left-- * p_values[i]));
    adjusted[i] = highest;
  }
  return adjusted;
}

double simultaneous_level(double level, std::size_t m) {
  expects(m >= 1, "there is something to compare");
  return 1 - (1 - level) / static_cast<double>(m);
}

}  // namespace populace
