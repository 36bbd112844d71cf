// Oracle O9: BG/NBD repeat buying. While active a customer buys at a Poisson rate ~ Gamma(r, rate alpha) per unit of
// time and leaves after each repeat purchase with a probability ~ Beta(a, b); time starts at the first purchase, which
// counts neither as a repeat nor as a chance to leave. Source: Fader, Hardie & Lee (2005), Marketing Science 24,
// equations (8)-(10); the expectation at a given count is integrated from the same likelihood.
#pragma once
#include <span>
#include <vector>

namespace populace::oracles {

struct BgNbd {
  double r;
  double alpha;  // in units of time
  double a;
  double b;
};

// Gauss 2F1(p, q; c; z) by its power series for p, q, c > 0 and 0 <= z < 1. Terms fall like z^n n^(p+q-c-1), so it
// converges for every z < 1 (about 36 / (1-z) terms) and slowly near 1; all terms are positive, so nothing cancels.
// Throws std::invalid_argument outside that range.
double gauss_2f1(double p, double q, double c, double z);

// E[X(t)] = (a+b-1)/(a-1) [1 - (alpha/(alpha+t))^r 2F1(r, b; a+b-1; t/(alpha+t))]; needs a + b > 1 and a != 1.
double expected_repeats(const BgNbd& law, double t);

// P(X(t) = x) for x = 0 .. largest.
std::vector<double> repeats_pmf(const BgNbd& law, double t, int largest);

// Var X(t), summed from the probabilities until the rest weighs below 1e-12.
double variance_of_repeats(const BgNbd& law, double t);

// E[Y(t) | x, t_x, T]: repeats in (T, T+t] of a customer with x repeats up to T, the last at t_x (0 if none).
double expected_later_repeats(const BgNbd& law, int x, double t_x, double T, double t);

// E[Y(t); X(T) = x] = P(X(T)=x) E[Y(t) | X(T)=x]: the same averaged over the recency t_x that the law itself implies.
double later_repeats_at_count(const BgNbd& law, int x, double T, double t);

// Sums over a cohort, one observation time per customer (customers are independent, so variances add).
double cohort_expected_repeats(const BgNbd& law, std::span<const double> times);
double cohort_variance_of_repeats(const BgNbd& law, std::span<const double> times);

// Mean repeats in (T, T+t] of the cohort's customers with from .. to repeats up to their T, under the law. This, not
// the mean of expected_later_repeats over the real customers of that count, is what a simulated cohort must show.
double cohort_later_repeats(const BgNbd& law, std::span<const double> times, int from, int to, double t);

}  // namespace populace::oracles
