// Which inputs an output hangs on.
//
// Sobol indices from points A, B of two independent designs and AB_i, A with coordinate i of B (Saltelli 2010, Jansen
// 1999), N (k + 2) evaluations:
//   first order  S_i = mean f(B) (f(AB_i) - f(A)) / V        total  T_i = mean (f(A) - f(AB_i))^2 / (2 V)
// with V the variance of f(A) and f(B) together, and f less its mean. Intervals by resampling of the N rows.
//
// Morris screening from r paths through a grid of p levels, each changing one input after another by
// delta = p / (2 (p - 1)): elementary effects (f(x + delta e_i) - f(x)) / delta, their mean, mean size mu* and standard
// deviation; k + 1 evaluations a path.
//
// Sources: Saltelli, Annoni, Azzini, Campolongo, Ratto & Tarantola 2010, doi:10.1016/j.cpc.2009.09.018; Jansen 1999,
// doi:10.1016/S0010-4655(98)00154-4; Morris 1991, doi:10.1080/00401706.1991.10484804; Campolongo, Cariboni & Saltelli
// 2007, doi:10.1016/j.envsoft.2006.10.004 (mu*).
#pragma once
#include <cstdint>
#include <vector>

#include "results/summary/interval.hpp"

namespace populace {

using DesignPoint = std::vector<double>;  // in the unit cube

// Rows of A, then of B, then of AB_1 … AB_k; `base` are points of 2 k dimensions.
std::vector<DesignPoint> saltelli_design(const std::vector<DesignPoint>& base);

struct SobolIndex {
  Interval first, total;  // standard error and 95 % interval by resampling
};
// Outputs in the order of the design. Throws std::invalid_argument when their number does not fit.
std::vector<SobolIndex> sobol_indices(const std::vector<double>& outputs, std::size_t n_inputs, std::uint32_t seed = 1);

// Paths one after another, k + 1 points each.
std::vector<DesignPoint> morris_design(std::size_t n_inputs, std::size_t n_paths, std::size_t n_levels,
                                       std::uint32_t seed);

struct MorrisEffect {
  Interval mean, size;  // of the elementary effects, and of their absolute values; Student t over paths
  double spread = 0;    // their standard deviation: large where effects are curved or hang together
};
std::vector<MorrisEffect> morris_effects(const std::vector<DesignPoint>& design, const std::vector<double>& outputs,
                                         std::size_t n_inputs);

}  // namespace populace
