// Two arms by the same replications: what differs, how surely, and what pairing was worth.
//
//   D_r = B_r - A_r;   interval of its mean by Student t;   P(B > A) = F_t(n-1)(mean D / SE D)
//   variance reduction as in common_random_numbers.hpp, the factor of replications that independent runs would need
//
// Several comparisons of one figure: Holm's adjusted p-values, and simultaneous intervals at level 1 - (1 - level) / m
// (Bonferroni). Sources: Law, Simulation Modeling and Analysis, ch. 10 and 11; Holm 1979, Scand. J. Statist. 6.
#pragma once
#include <span>
#include <vector>

#include "results/summary/interval.hpp"

namespace populace {

struct Paired {
  Interval first, second, difference;  // second less first
  double probability = 0;              // that the second is larger
  double p_value = 1;                  // of no difference, two-sided
  double variance_reduction = 0;       // infinite when the difference never varies; NaN when nothing does
};

// Entry i of both comes from the same replication; pairs with a value that is not finite are left out. NaN throughout
// with fewer than two pairs. `level` of the difference.
Paired judge_pair(std::span<const double> first, std::span<const double> second, double level = .95);

// p-values held against m - k + 1 where k is the rank, and never below that of a smaller one.
std::vector<double> holm(std::span<const double> p_values);

}  // namespace populace
