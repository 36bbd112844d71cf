// Intervals over replications: simulation error, not plan uncertainty.
//
// Replications are independent and identically distributed, so for their mean
//     mean +- t(n-1, (1+level)/2) * S / sqrt(n)
// has coverage `level` for normal values and close to it for a mean over many consumers.
//
// A figure that is itself a quotient (a brand's share = its orders / all orders, cost per reached person) is formed
// inside each replication and its mean over replications is reported: that mean is what a reader expects of "the share
// in a simulated market", and its interval is the plain t interval. The ratio of means is a different quantity; it is
// offered for quotients whose denominator can come near zero within a replication (return on a small spend), where the
// mean of quotients has no finite variance. Source: Law, Simulation Modeling and Analysis, ch. 9; Cochran, Sampling
// Techniques, ch. 6.
#pragma once
#include <span>

namespace populace {

struct Interval {
  double mean;
  double standard_error;  // of the mean; NaN for fewer than two values
  double low;             // NaN for fewer than two values
  double high;
  int n;  // replications
};

// Student t interval of the mean. No value: all NaN; one value: its mean, and NaN for the rest.
// Throws std::invalid_argument, naming the replication, when a value is not a finite number.
Interval t_interval(std::span<const double> values, double level = 0.95);

// Interval of mean(first) - mean(second) where entry i of both comes from the same replication (common random numbers).
Interval paired_difference_interval(std::span<const double> first, std::span<const double> second, double level = 0.95);

// Interval of R = mean(numerators) / mean(denominators) by the delta method, in units of the quotient:
//     SE(R)^2 = (S_yy - 2 R S_xy + R^2 S_xx) / (n mean_x^2), t with n-1 degrees of freedom.
// First order only: trust it when SE(mean_x) / |mean_x| is below about .1. NaN throughout when mean_x is 0.
Interval ratio_of_means_interval(std::span<const double> numerators, std::span<const double> denominators,
                                 double level = 0.95);

// Sample moments (divisor n-1) taken about the first value, so that equal values give a spread of exactly zero.
struct SampleMoments {
  double mean;
  double variance;  // NaN for fewer than two values
};
SampleMoments sample_moments(std::span<const double> values);
double sample_covariance(std::span<const double> first, std::span<const double> second);

// Half width of the two-sided interval in standard errors: the Student t quantile at (1+level)/2.
double t_multiplier(int n, double level);

}  // namespace populace
