// Verdicts of statistical tests. The bound of a family of checks is chosen so that the whole family raises a false
// alarm with probability of about 1e-4 under the normal law (two-sided): 2 m (1 - Phi(bound)) for m checks. Seeds are
// fixed before the code under test is written, and bounds are never widened.
#pragma once
#include <cstdint>
#include <span>

namespace populace {

inline constexpr double kBoundOneCheck = 3.9;         // false alarm 9.6e-5
inline constexpr double kBoundTwentyChecks = 4.6;     // 8.4e-5
inline constexpr double kBoundHundredChecks = 4.9;    // 9.6e-5
inline constexpr double kLeastFitProbability = 1e-3;  // least p-value of a goodness-of-fit check

// (estimate - truth) / se. Throws std::invalid_argument unless se is positive and finite: a zero or missing standard
// error would pass or fail whatever the estimate.
double z_score(double estimate, double truth, double standard_error);

// Kolmogorov-Smirnov p-value of the values against N(0,1): asymptotic law with Stephens' correction for n >= 5,
// P(D > d) = 2 sum_j (-1)^(j-1) exp(-2 j^2 x^2), x = (sqrt n + .12 + .11 / sqrt n) d. Small when z-scores are biased,
// too wide, or too good to be true (all near zero). Source: Stephens (1970), J. R. Statist. Soc. B 32.
double normal_fit_p_value(std::span<const double> z_scores);

struct ChiSquareFit {
  double statistic;
  int degrees_of_freedom;
  double p_value;
};

// Pearson's goodness of fit of counts to expected counts, neighbours merged until each cell expects at least 5.
// `fitted` is the number of parameters estimated from the same counts. The expected counts must add up to the observed
// total.
ChiSquareFit chi_square_fit(std::span<const std::int64_t> observed, std::span<const double> expected, int fitted = 0);

// Standard error of the share of successes in `trials` trials: the tolerance of a coverage check is a multiple of it
// (95 % intervals in 2,000 experiments: 3 * .004873 = .0146).
double share_standard_error(double share, double trials);

}  // namespace populace
