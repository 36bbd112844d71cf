// What common random numbers bought: two scenarios run under the same draws, replication by replication.
//
//     Var(mean difference) = (s1^2 + s2^2 - 2 rho s1 s2) / n,   against (s1^2 + s2^2) / n for independent draws.
// Exact for sample moments too. Source: Law & Kelton, Simulation Modeling and Analysis, section 11.2.
#pragma once
#include <span>

#include "results/summary/interval.hpp"

namespace populace {

struct PairedComparison {
  Interval difference;          // first - second
  double first_variance;        // of one replication, divisor n-1
  double second_variance;       //
  double correlation;           // NaN when either side never varies
  double difference_variance;   // of one replication's difference
  double independent_variance;  // first_variance + second_variance
  double variance_ratio;        // difference_variance / independent_variance: below 1 when pairing helped; NaN for 0/0
  double variance_reduction() const { return 1.0 / variance_ratio; }  // replications that pairing replaces, per one run
};

// Entry i of both spans comes from replication i. Throws std::invalid_argument for a value that is not finite.
PairedComparison compare_paired(std::span<const double> first, std::span<const double> second, double level = 0.95);

}  // namespace populace
