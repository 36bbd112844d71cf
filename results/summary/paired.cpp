#include "results/summary/paired.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <numeric>

#include "results/summary/common_random_numbers.hpp"
#include "results/summary/plain_math.hpp"

namespace populace {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

void judge(Paired& paired) {
  const Interval& d = paired.difference;
  if (d.standard_error == 0) {
    paired.probability = d.mean > 0 ? 1 : d.mean < 0 ? 0 : .5;
    paired.p_value = d.mean == 0 ? 1 : 0;
    return;
  }
  const boost::math::students_t_distribution<double, PlainMath> t(d.n - 1);
  paired.probability = cdf(t, d.mean / d.standard_error);
  paired.p_value = 2 * cdf(complement(t, std::abs(d.mean / d.standard_error)));
}

}  // namespace

Paired judge_pair(std::span<const double> first, std::span<const double> second, double level) {
  std::vector<double> a, b;
  for (std::size_t i = 0; i < std::min(first.size(), second.size()); ++i) {
    if (!std::isfinite(first[i]) || !std::isfinite(second[i])) continue;
    a.push_back(first[i]);
    b.push_back(second[i]);
  }
  Paired paired;
  paired.first = t_interval(a);
  paired.second = t_interval(b);
  const PairedComparison common = compare_paired(b, a, level);
  paired.difference = common.difference;
  if (a.size() < 2) {
    paired.probability = paired.p_value = paired.variance_reduction = kNone;
    return paired;
  }
  judge(paired);
  paired.variance_reduction = common.variance_reduction();
  return paired;
}

std::vector<double> holm(std::span<const double> p_values) {
  std::vector<std::size_t> order(p_values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p_values[a] < p_values[b]; });
  std::vector<double> adjusted(p_values.size());
  double most = 0;
  for (std::size_t k = 0; k < order.size(); ++k) {
    most = std::max(most, static_cast<double>(order.size() - k) * p_values[order[k]]);
    adjusted[order[k]] = std::min(1.0, most);
  }
  return adjusted;
}

}  // namespace populace
