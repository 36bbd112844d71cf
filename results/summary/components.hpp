// How much of what a figure scatters is the simulation's and how much the parameters': the crossed random effects of
// parameter draws and replications.
//
//   Y_dr = mean + a_d + b_r + e_dr;   plan variance s_a^2 = (MS_d - MS_e) / R, held at 0 where it comes out below
//   MS_d = R sum (Y_d. - Y..)^2 / (D - 1),   MS_e = sum (Y_dr - Y_d. - Y_.r + Y..)^2 / ((D - 1)(R - 1))
//
// Every draw runs the same replications (common random numbers), so that b_r is shared and does not blur a_d. Quantiles
// are those of the draws' means, drawn in towards the middle until their variance is s_a^2. Source: Searle, Casella &
// McCulloch 1992, Variance Components, ch. 4.
#pragma once
#include <vector>

#include "results/summary/interval.hpp"

namespace populace {

struct Components {
  Interval simulation;          // of the mean over draws, by replication
  double plan_sd = 0;           // of the parameters' effect
  double low = 0, high = 0;     // 5 and 95 % of the parameters' effect on the mean
  double share_above_zero = 0;  // of the draws, by their means
  Interval share;               // of share_above_zero, Wilson
};

// values[d][r]; at least two of each, all finite. Throws std::invalid_argument.
Components components(const std::vector<std::vector<double>>& values, double level = .95);

}  // namespace populace
