// Oracles O1 and O2: consumers moving independently through stages with constant probabilities.
#pragma once
#include <span>
#include <vector>

namespace populace::oracles {

using Matrix = std::vector<std::vector<double>>;  // rows

// A class of consumers that share one row-stochastic step matrix.
struct MarkovClass {
  double weight;                // share of the population
  std::vector<double> initial;  // stage shares at step 0, adding up to 1
  Matrix transition;
};

// O1. Stage shares after `steps` steps: sum_g w_g e0_g P_g^t. Averaging the matrices before taking powers is wrong
// whenever classes differ, because the population still in a stage is no longer the population that started in it.
std::vector<double> occupancy(std::span<const MarkovClass> classes, int steps);

// O2. Absorbing chain with transient block Q and absorbing block R. Fundamental matrix F = (I - Q)^-1; steps to
// absorption have mean F 1 and variance (2F - I) F 1 - (F 1)^2; row i of F R is where a consumer from stage i ends.
// Source: Kemeny & Snell, Finite Markov Chains, ch. 3.
struct Absorption {
  std::vector<double> mean_steps;
  std::vector<double> variance_steps;
  Matrix split;
};
Absorption absorption(const Matrix& transient, const Matrix& absorbing);

// Solves A X = B by Gaussian elimination with partial pivoting; throws std::invalid_argument when A is singular.
Matrix solve(Matrix a, Matrix b);

}  // namespace populace::oracles
