// Reliability of a scale made of several items, and correlation.
//
//   alpha = k / (k - 1) (1 - V / S)      k items; V: sum of their variances, S: variance of their sum
//   Var(alpha) = Var(g) / n,  g_i = k / (k - 1) (V S_i / S^2 - V_i / S)      whatever the law of the answers
//
// V_i and S_i are the squared deviations of respondent i from the means: of his items, added up, and of his sum; g is
// the influence of a respondent on alpha (delta method). Sources: Cronbach 1951, doi:10.1007/BF02310555;
// Maydeu-Olivares, Coffman & Hartmann 2007, doi:10.1037/1082-989X.12.2.157.
#pragma once
#include <span>
#include <vector>

namespace populace {

struct Reliability {
  double alpha;
  double standard_error;  // over respondents
};

// items[j][i] is respondent i's answer to item j. NaN for fewer than two items or respondents, or where all sums are
// equal.
Reliability cronbach_alpha(std::span<const std::vector<double>> items);

// Pearson's, NaN for fewer than two values or where one of the two never varies.
double sample_correlation(std::span<const double> first, std::span<const double> second);

}  // namespace populace
