#include "results/summary/sensitivity.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "sim/random/draw.hpp"

namespace populace {
namespace {

constexpr std::size_t kResamples = 500;
constexpr std::uint32_t kResampling = 1, kMorrisStart = 2, kMorrisOrder = 3, kMorrisWay = 4;  // reasons to draw here

double uniform(std::uint32_t seed, std::uint32_t why, std::size_t a, std::size_t b) {
  return unit_double(draw_word({seed, 0}, {static_cast<std::uint32_t>(a), 0, why}, b));
}

// Outputs of the rows of a Saltelli design, less their mean over A and B.
class Rows {
 public:
  Rows(const std::vector<double>& outputs, std::size_t n_inputs)
      : f_(outputs), k_(n_inputs), n_(outputs.size() / (n_inputs + 2)) {
    const double mean = std::accumulate(f_.begin(), f_.begin() + static_cast<std::ptrdiff_t>(2 * n_), 0.0) /
                        static_cast<double>(2 * n_);
    for (double& f : f_) f -= mean;
  }
  std::size_t n() const { return n_; }
  double a(std::size_t j) const { return f_[j]; }
  double b(std::size_t j) const { return f_[n_ + j]; }
  double ab(std::size_t i, std::size_t j) const { return f_[(2 + i) * n_ + j]; }

  // First and total index of input i from the rows `chosen`.
  std::pair<double, double> index(std::size_t i, const std::vector<std::size_t>& chosen) const {
    double first = 0, total = 0, mean = 0, squares = 0;
    for (const std::size_t j : chosen) {
      first += b(j) * (ab(i, j) - a(j));
      total += (a(j) - ab(i, j)) * (a(j) - ab(i, j));
      mean += a(j) + b(j);
      squares += a(j) * a(j) + b(j) * b(j);
    }
    const auto n = static_cast<double>(chosen.size());
    mean /= 2 * n;
    const double variance = squares / (2 * n) - mean * mean;
    return {first / n / variance, total / (2 * n) / variance};
  }

 private:
  std::vector<double> f_;
  std::size_t k_, n_;
};

Interval percentiles(double value, std::vector<double> resampled, std::size_t n) {
  std::sort(resampled.begin(), resampled.end());
  const auto at = [&](double p) {
    return resampled[static_cast<std::size_t>(std::lround(p * static_cast<double>(resampled.size() - 1)))];
  };
  return {value, std::sqrt(sample_moments(resampled).variance), at(.025), at(.975), static_cast<int>(n)};
}

}  // namespace

std::vector<DesignPoint> saltelli_design(const std::vector<DesignPoint>& base) {
  const std::size_t k = base.empty() ? 0 : base.front().size() / 2;
  std::vector<DesignPoint> design;
  for (const DesignPoint& point : base)
    design.emplace_back(point.begin(), point.begin() + static_cast<std::ptrdiff_t>(k));
  for (const DesignPoint& point : base)
    design.emplace_back(point.begin() + static_cast<std::ptrdiff_t>(k), point.end());
  for (std::size_t i = 0; i < k; ++i)
    for (std::size_t j = 0; j < base.size(); ++j) {
      design.push_back(design[j]);
      design.back()[i] = design[base.size() + j][i];
    }
  return design;
}

std::vector<SobolIndex> sobol_indices(const std::vector<double>& outputs, std::size_t n_inputs, std::uint32_t seed) {
  if (n_inputs == 0 || outputs.size() % (n_inputs + 2) != 0 || outputs.size() < 2 * (n_inputs + 2))
    throw std::invalid_argument("outputs do not fit a design of N (k + 2) points");
  const Rows rows(outputs, n_inputs);
  std::vector<std::size_t> all(rows.n());
  std::iota(all.begin(), all.end(), std::size_t{0});
  std::vector<std::vector<double>> first(n_inputs), total(n_inputs);
  for (std::size_t b = 0; b < kResamples; ++b) {
    std::vector<std::size_t> chosen(rows.n());
    for (std::size_t j = 0; j < rows.n(); ++j)
      chosen[j] = static_cast<std::size_t>(uniform(seed, kResampling, b, j) * static_cast<double>(rows.n()));
    for (std::size_t i = 0; i < n_inputs; ++i) {
      const auto [s, t] = rows.index(i, chosen);
      first[i].push_back(s);
      total[i].push_back(t);
    }
  }
  std::vector<SobolIndex> indices;
  for (std::size_t i = 0; i < n_inputs; ++i) {
    const auto [s, t] = rows.index(i, all);
    indices.push_back({percentiles(s, std::move(first[i]), rows.n()), percentiles(t, std::move(total[i]), rows.n())});
  }
  return indices;
}

std::vector<DesignPoint> morris_design(std::size_t n_inputs, std::size_t n_paths, std::size_t n_levels,
                                       std::uint32_t seed) {
  const auto p = static_cast<double>(n_levels);
  const double delta = p / (2 * (p - 1));
  std::vector<DesignPoint> design;
  for (std::size_t path = 0; path < n_paths; ++path) {
    DesignPoint point(n_inputs);
    std::vector<std::pair<double, std::size_t>> order;
    for (std::size_t i = 0; i < n_inputs; ++i) {
      // The lower half of the levels when it is to go up, the upper half when down.
      const double level = std::floor(uniform(seed, kMorrisStart, path, i) * p / 2) / (p - 1);
      point[i] = uniform(seed, kMorrisWay, path, i) < .5 ? level : level + delta;
      order.emplace_back(uniform(seed, kMorrisOrder, path, i), i);
    }
    std::sort(order.begin(), order.end());
    design.push_back(point);
    for (const auto& [turn, i] : order) {
      point[i] += point[i] + delta <= 1 + 1e-9 ? delta : -delta;
      design.push_back(point);
    }
  }
  return design;
}

std::vector<MorrisEffect> morris_effects(const std::vector<DesignPoint>& design, const std::vector<double>& outputs,
                                         std::size_t n_inputs) {
  if (design.size() != outputs.size() || design.size() % (n_inputs + 1) != 0)
    throw std::invalid_argument("outputs do not fit a design of whole paths");
  std::vector<std::vector<double>> effects(n_inputs);
  for (std::size_t start = 0; start < design.size(); start += n_inputs + 1)
    for (std::size_t step = start; step < start + n_inputs; ++step)
      for (std::size_t i = 0; i < n_inputs; ++i)
        if (const double moved = design[step + 1][i] - design[step][i]; moved != 0)
          effects[i].push_back((outputs[step + 1] - outputs[step]) / moved);
  std::vector<MorrisEffect> out;
  for (const std::vector<double>& of_input : effects) {
    std::vector<double> sizes;
    for (const double effect : of_input) sizes.push_back(std::abs(effect));
    out.push_back({t_interval(of_input), t_interval(sizes), std::sqrt(sample_moments(of_input).variance)});
  }
  return out;
}

}  // namespace populace
