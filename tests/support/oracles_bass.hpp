// Oracles O10-O12: adoption that spreads by innovation p and imitation q, both per unit of time.
#pragma once
#include <vector>

namespace populace::oracles {

// O10. Discrete time, N consumers. In a step of length dt every consumer who has not adopted does so independently with
//     h(F) = 1 - exp(-(p + q F) dt),  F = share adopted at the start of the step.
// As N grows the share follows  F <- g(F) = F + (1-F) h(F). Expanding one step of the chain about it,
//     N Var  V <- g'(F)^2 V + (1-F) h (1-h)          (carried deviation + binomial noise of the step)
//     N bias B <- g'(F) B + g''(F) V / 2             (mean of the chain minus F, from the curvature)
//     g' = (1-h) (1 + q dt (1-F)),   g'' = -q dt (1-h) (2 + q dt (1-F)).
// If consumers meet the N-1 others only, q F N/(N-1) replaces q F and B gains (1-F)(1-h) q F dt a step.
// As dt -> 0:  V' = 2 (q - p - 2 q F) V + (p + q F)(1-F). The imitation term makes V far from the binomial F (1-F):
// early luck is amplified. Standard error of a simulated share: sqrt(V / (N * replications)). Entry t is the state
// after t steps. Source: Bass (1969), Management Science 15; the expansion is van Kampen's, derived here for the
// discrete step.
enum class Mixing {
  kShareOfAll,
  kShareOfOthers
};  // adopters / N, or adopters / (N-1), as the share F a consumer meets
struct BassPath {
  std::vector<double> adopted;          // F
  std::vector<double> scaled_variance;  // V = N Var
  std::vector<double> scaled_bias;      // B = N (mean - F)
};
BassPath discrete_bass(double p, double q, double dt, int steps, Mixing mixing = Mixing::kShareOfAll);

// The continuous-time curve F = (1 - e^-(p+q)t) / (1 + (q/p) e^-(p+q)t), its peak of sales at ln(q/p)/(p+q), and the
// time at which a share is reached. A simulation in steps must NOT be compared with it.
double continuous_bass(double p, double q, double t);
double bass_peak_time(double p, double q);
double bass_time_to(double p, double q, double share);

// O11. N consumers in continuous time, rate of adoption k+1: (N-k)(p + q k/(N-1)). Mean and standard deviation of the
// time until `adopters` have adopted (sums of independent exponential waits).
struct WaitingTime {
  double mean;
  double standard_deviation;
};
WaitingTime finite_bass_time(int n_consumers, double p, double q, int adopters);

// O12. Infinite circle, q/2 from each of two neighbours: F = 1 - exp(-(p+q) t + q (1 - e^-pt) / p).
// Source: Fibich & Gibori (2010), Operations Research 58.
double circle_bass(double p, double q, double t);

}  // namespace populace::oracles
