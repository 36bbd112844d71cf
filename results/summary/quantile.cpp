#include "results/summary/quantile.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "sim/base/contracts.hpp"

namespace populace {
namespace {

double of_sorted(std::span<const double> sorted, double prob) {
  expects(prob >= 0.0 && prob <= 1.0, "the probability of a quantile lies in [0, 1]");
  if (sorted.empty()) return std::numeric_limits<double>::quiet_NaN();
  const double position = static_cast<double>(sorted.size() - 1) * prob;
  const auto below = static_cast<std::size_t>(std::floor(position));
  const double fraction = position - std::floor(position);
  if (fraction == 0.0) return sorted[below];
  return sorted[below] + fraction * (sorted[below + 1] - sorted[below]);
}

std::vector<double> sorted_copy(std::span<const double> values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::isnan(values[i])) {
      throw std::invalid_argument("value " + std::to_string(i) + " is not a number, so the sample has no quantile");
    }
  }
  std::vector<double> sorted(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

}  // namespace

double quantile(std::span<const double> values, double prob) { return of_sorted(sorted_copy(values), prob); }

std::vector<double> quantiles(std::span<const double> values, std::span<const double> probs) {
  const std::vector<double> sorted = sorted_copy(values);
  std::vector<double> result;
  for (const double prob : probs) result.push_back(of_sorted(sorted, prob));
  return result;
}

}  // namespace populace
