#include "tests/support/oracles_bass.hpp"

#include <cmath>

namespace populace::oracles {

BassPath discrete_bass(double p, double q, double dt, int steps, Mixing mixing) {
  double f = 0.0;
  double variance = 0.0;
  double bias = 0.0;
  BassPath path{{f}, {variance}, {bias}};
  for (int step = 0; step < steps; ++step) {
    const double stay = std::exp(-(p + q * f) * dt);
    const double imitation = q * dt * (1.0 - f);
    const double slope = stay * (1.0 + imitation);
    const double curvature = -q * dt * stay * (2.0 + imitation);
    bias = slope * bias + curvature * variance / 2.0;
    if (mixing == Mixing::kShareOfOthers) bias += stay * imitation * f;
    variance = slope * slope * variance + (1.0 - f) * (1.0 - stay) * stay;
    f += (1.0 - f) * (1.0 - stay);
    path.adopted.push_back(f);
    path.scaled_variance.push_back(variance);
    path.scaled_bias.push_back(bias);
  }
  return path;
}

double continuous_bass(double p, double q, double t) {
  const double decay = std::exp(-(p + q) * t);
  return (1.0 - decay) / (1.0 + q / p * decay);
}

double bass_peak_time(double p, double q) { return std::log(q / p) / (p + q); }

double bass_time_to(double p, double q, double share) {
  return std::log((1.0 + q / p * share) / (1.0 - share)) / (p + q);
}

WaitingTime finite_bass_time(int n_consumers, double p, double q, int adopters) {
  double mean = 0.0;
  double variance = 0.0;
  for (int k = 0; k < adopters; ++k) {
    const double wait = 1.0 / ((n_consumers - k) * (p + q * k / (n_consumers - 1.0)));
    mean += wait;
    variance += wait * wait;
  }
  return {mean, std::sqrt(variance)};
}

double circle_bass(double p, double q, double t) { return -std::expm1(-(p + q) * t - q / p * std::expm1(-p * t)); }

}  // namespace populace::oracles
