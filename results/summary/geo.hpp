// Experiments on regions: pairs that were alike before, and what a treatment of one of each has changed.
//
//   series of region i before: y_i(t), t = 1..n;   z_i(t) = (y_i(t) - mean) / standard deviation
//   distance of i and j = sqrt(mean_t (z_i(t) - z_j(t))^2) = sqrt(2 (n - 1) / n (1 - correlation))
//   pairs: the closest two regions first, then the closest two of the rest
//   pair p:  d_p = (treated after - treated before) - (control after - control before), in means a period
//   lift L = mean_p d_p, Student t over P pairs;   SE(L) = S_d / sqrt(P)
//   power(L) = Phi(|L| / SE - z) + Phi(-|L| / SE - z),  z = Phi^-1(1 - (1 - level) / 2)
//   least detectable lift = (z + Phi^-1(power)) SE
// Pairs treated by a coin within each are independent, and what both of a pair share cancels. Regions that differ in
// size differ in d_p as well: give series per head, or logarithms for a relative lift. Power is by the normal law; with
// few pairs the t interval asks for more: t in place of z at P = 5 is 2.78 for 1.96.
// Source: Vaver & Koehler 2011, Measuring Ad Effectiveness Using Geo Experiments; Greevy et al. 2004,
// doi:10.1093/biostatistics/5.2.263, for matching before randomisation.
#pragma once
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "results/summary/interval.hpp"

namespace populace {

// Of two series of equal length; NaN where one of them never changes.
double correlation(std::span<const double> first, std::span<const double> second);
double series_distance(std::span<const double> first, std::span<const double> second);

struct RegionPair {
  std::size_t first, second;  // first < second
  double distance, correlation;
};
// Every region in one pair at most, closest first; of an odd number one is left over. Series that never change match
// nothing. Throws std::invalid_argument unless all series have one length of at least 3.
std::vector<RegionPair> matched_pairs(std::span<const std::vector<double>> series_by_region);

// Means a period of the treated and the control region of a pair, before and after.
struct PairOutcome {
  double treated_before, treated_after, control_before, control_after;
};
Interval difference_in_differences(std::span<const PairOutcome> pairs, double level = .95);

// Chance that the two-sided test at `level` finds a lift; and the least lift found with chance `power`.
double power_of_lift(double lift, double standard_error, double level = .95);
double least_detectable_lift(double standard_error, double power = .8, double level = .95);
// SE(L) that `n_pairs` would have, from the standard deviation of d_p between pairs (of earlier periods, say).
double lift_standard_error(double deviation, int n_pairs);

}  // namespace populace
