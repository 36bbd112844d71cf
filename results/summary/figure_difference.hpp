// How one figure differs between two arms that ran under common random numbers, and what may be said when several arms
// are compared at once.
//
//   D_r = B_r - A_r in replication r,  t = mean(D) / SE(D),  SE(D) = S_D / sqrt(n),  T Student with n-1 degrees
//   interval             mean(D) +- t(n-1, (1+level)/2) SE(D)
//   P(B > A)             P(T <= t): of the true difference given the replications, under a flat prior
//   p                    P(|T| >= |t|): two-sided, of no difference
//   variance reduction   (S_A^2 + S_B^2) / S_D^2: how many replications of independent runs one paired one is worth
//
// Source: Law, Simulation Modeling and Analysis, sections 10.2 (paired t) and 11.2 (common random numbers).
#pragma once
#include <span>
#include <vector>

#include "results/summary/interval.hpp"

namespace populace {

struct FigureDifference {
  double first_mean = 0, second_mean = 0;  // over the replications in which both are present
  Interval difference{};                   // second - first
  double relative = 0;                     // of |first_mean|; NaN when that is 0
  double probability = 0;                  // that second > first
  double p_value = 0;
  double variance_reduction = 0;  // infinite when the difference never varies
  int n = 0;                      // replications in which both are present
  // The interval leaves 0 out.
  bool noticeable() const { return difference.low > 0 || difference.high < 0; }
};

// Entry i of both comes from replication i; NaN where a figure is absent. Fewer than two pairs: NaN for all but means.
FigureDifference difference_of(std::span<const double> first, std::span<const double> second, double level = .95);

// P(difference > 0) for Student t about the interval's mean; without any spread 1, 0, or .5 for no difference.
double positive_probability(const Interval& difference);

// p values adjusted so that refusing those below alpha refuses any true hypothesis with chance alpha at most, whatever
// their dependence: of m in increasing order, the i-th becomes max over j <= i of min(1, (m - j + 1) p_j). What is NaN
// stays so and counts among the m. Source: Holm, Scand. J. Statist. 6 (1979).
std::vector<double> holm_adjusted(std::span<const double> p_values);

// Level of each of m intervals that hold together with `level` at least (Bonferroni).
double simultaneous_level(double level, std::size_t m);

}  // namespace populace
