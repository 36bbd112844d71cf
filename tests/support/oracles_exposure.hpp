// Oracles O3-O6: reach and frequency of media that meet consumers at random.
#pragma once
#include <span>

namespace populace::oracles {

// O3. Exposures are Poisson with a Gamma(shape k, mean m) personal rate, so negative binomial:
//     P(n) = Gamma(k+n) / (Gamma(k) n!) (k/(k+m))^k (m/(k+m))^n;  reach = 1 - (1 + m/k)^-k.
// Source: Ehrenberg (1959), Applied Statistics 8. With non-users, multiply reach by the share of users.
double nbd_pmf(double shape, double mean, int n);
double nbd_at_least(double shape, double mean, int n);
double poisson_at_least(double mean, int n);  // the homogeneous audience: what O3 must reject

// Duplication of reach between two vehicles of mean exposures a and b on one shared gamma habit (O4), over what it
// would be for independent audiences: D = [1 - f(a) - f(b) + f(a+b)] / [(1-f(a))(1-f(b))], f(y) = (1 + y/k)^-k.
double shared_habit_duplication(double shape, double mean_a, double mean_b);

// O5. Insertions met of n, each with a personal Beta(alpha, beta) probability; reach = 1 - B(alpha, beta+n) / B(alpha,
// beta). Source: Metheringham (1964), J. Advertising Research 4.
double beta_binomial_pmf(double alpha, double beta, int insertions, int met);
double beta_binomial_reach(double alpha, double beta, int insertions);

// O5. Channels with independent audiences (Sainsbury): 1 - prod (1 - r_i).
double independent_reach(std::span<const double> reaches);

// O6. A finite mixture of activity levels: R = sum_i share_i (1 - exp(-sum_c rate_ic n_c)).
struct ActivityLevel {
  double share;
  std::span<const double> rates;  // exposures per insertion on each channel
};
double mixture_reach(std::span<const ActivityLevel> levels, std::span<const double> insertions);

}  // namespace populace::oracles
