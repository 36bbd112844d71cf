#include "results/summary/common_random_numbers.hpp"

#include <cmath>
#include <vector>

namespace populace {

PairedComparison compare_paired(std::span<const double> first, std::span<const double> second, double level) {
  PairedComparison result{};
  result.difference = paired_difference_interval(first, second, level);
  result.first_variance = sample_moments(first).variance;
  result.second_variance = sample_moments(second).variance;
  result.correlation =
      sample_covariance(first, second) / std::sqrt(result.first_variance) / std::sqrt(result.second_variance);
  std::vector<double> differences(first.size());
  for (std::size_t i = 0; i < first.size(); ++i) differences[i] = first[i] - second[i];
  result.difference_variance = sample_moments(differences).variance;
  result.independent_variance = result.first_variance + result.second_variance;
  result.variance_ratio = result.difference_variance / result.independent_variance;
  return result;
}

}  // namespace populace
