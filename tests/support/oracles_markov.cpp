#include "tests/support/oracles_markov.hpp"

#include <cmath>
#include <stdexcept>
#include <utility>

namespace populace::oracles {
namespace {

Matrix product(const Matrix& a, const Matrix& b) {
  Matrix result(a.size(), std::vector<double>(b.front().size(), 0.0));
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t k = 0; k < b.size(); ++k) {
      for (std::size_t j = 0; j < b[k].size(); ++j) result[i][j] += a[i][k] * b[k][j];
    }
  }
  return result;
}

Matrix identity(std::size_t n) {
  Matrix result(n, std::vector<double>(n, 0.0));
  for (std::size_t i = 0; i < n; ++i) result[i][i] = 1.0;
  return result;
}

std::size_t pivot_row(const Matrix& a, std::size_t column) {
  std::size_t best = column;
  for (std::size_t i = column + 1; i < a.size(); ++i) {
    if (std::fabs(a[i][column]) > std::fabs(a[best][column])) best = i;
  }
  if (a[best][column] == 0.0) throw std::invalid_argument("solve: the matrix is singular");
  return best;
}

}  // namespace

std::vector<double> occupancy(std::span<const MarkovClass> classes, int steps) {
  std::vector<double> total(classes.front().initial.size(), 0.0);
  for (const MarkovClass& one : classes) {
    Matrix shares{one.initial};
    for (int step = 0; step < steps; ++step) shares = product(shares, one.transition);
    for (std::size_t stage = 0; stage < total.size(); ++stage) total[stage] += one.weight * shares[0][stage];
  }
  return total;
}

Matrix solve(Matrix a, Matrix b) {
  const std::size_t n = a.size();
  for (std::size_t column = 0; column < n; ++column) {
    const std::size_t pivot = pivot_row(a, column);
    std::swap(a[column], a[pivot]);
    std::swap(b[column], b[pivot]);
    for (std::size_t i = 0; i < n; ++i) {
      if (i == column) continue;
      const double factor = a[i][column] / a[column][column];
      for (std::size_t j = column; j < n; ++j) a[i][j] -= factor * a[column][j];
      for (std::size_t j = 0; j < b[i].size(); ++j) b[i][j] -= factor * b[column][j];
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (double& value : b[i]) value /= a[i][i];
  }
  return b;
}

Absorption absorption(const Matrix& transient, const Matrix& absorbing) {
  const std::size_t n = transient.size();
  Matrix complement = identity(n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) complement[i][j] -= transient[i][j];
  }
  const Matrix fundamental = solve(std::move(complement), identity(n));
  const Matrix mean = product(fundamental, Matrix(n, std::vector<double>{1.0}));
  const Matrix mean_twice = product(fundamental, mean);
  Absorption result;
  for (std::size_t i = 0; i < n; ++i) {
    const double steps = mean[i][0];
    result.mean_steps.push_back(steps);
    result.variance_steps.push_back(2.0 * mean_twice[i][0] - steps - steps * steps);
  }
  result.split = product(fundamental, absorbing);
  return result;
}

}  // namespace populace::oracles
