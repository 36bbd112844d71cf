// A response turned around: the least input at which it reaches a target, and how sure that is.
//
//   Y_r(x): outcome of replication r at input x, the same draws for all x;   statistic s(x), as the mean over r
//   x* = smallest crossing of s(x) = T that the probes 0, 1, 2, 4, ... bracket;   x_r = x* + (T - Y_r(x*)) / s'(x*)
//   interval of the needed input: Student t over x_r, so that SE(x) = SE(Y) / |s'|
//
// The same draws make s a function of x that can be bracketed, with steps where single events come and go; a bracket
// holds whatever the steps. First order only: trust the interval where s is close to straight over its width.
// Source: Alefeld, Potra & Shi 1995, doi:10.1145/210089.210111 (TOMS 748, by Boost.Math); delta method for the inverse.
#pragma once
#include <functional>
#include <optional>
#include <span>

#include "results/summary/interval.hpp"

namespace populace {

struct CrossingSearch {
  double most = 10;         // largest input that is tried, > 0
  double tolerance = .001;  // width of the last bracket, relative to its upper end
};

// The upper end of the last bracket, where `excess` = s - T is not negative; 0 when it is not negative at 0 already;
// nothing when no probe up to `most` reaches it. `excess` is called again at inputs that it has seen.
std::optional<double> first_crossing(const std::function<double(double)>& excess, const CrossingSearch& search);

// Interval of the input at which the mean is `target`, from `values` at the input `at` and the slope there. Without a
// rising slope there is none: `at` and NaN.
Interval inverse_interval(double at, double target, std::span<const double> values, double slope, double level = .95);

// Clopper & Pearson 1934 (doi:10.1093/biomet/26.4.404) interval of a share, `successes` of `n` >= 1.
Interval share_interval(int successes, int n, double level = .95);

}  // namespace populace
