#include "results/summary/components.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace populace {
namespace {

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

// Linear between order statistics.
double quantile_of(std::vector<double> values, double p) {
  std::sort(values.begin(), values.end());
  const double at = p * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const std::size_t above = std::min(below + 1, values.size() - 1);
  return values[below] + (at - static_cast<double>(below)) * (values[above] - values[below]);
}

// Wilson's interval of a share.
Interval wilson(double share, std::size_t n) {
  constexpr double z = 1.959963985;
  const auto size = static_cast<double>(n);
  const double centre = (share + z * z / (2 * size)) / (1 + z * z / size),
               half = z * std::sqrt(share * (1 - share) / size + z * z / (4 * size * size)) / (1 + z * z / size);
  return {share, std::sqrt(share * (1 - share) / size), std::max(0.0, centre - half), std::min(1.0, centre + half),
          static_cast<int>(n)};
}

}  // namespace

Components components(const std::vector<std::vector<double>>& values, double level) {
  const std::size_t n_draws = values.size(), n_replications = n_draws > 0 ? values.front().size() : 0;
  if (n_draws < 2 || n_replications < 2) throw std::invalid_argument("components need two draws and two replications");
  std::vector<double> by_draw, by_replication(n_replications, 0);
  for (const std::vector<double>& draw : values) {
    by_draw.push_back(mean_of(draw));
    for (std::size_t r = 0; r < n_replications; ++r) by_replication[r] += draw[r] / static_cast<double>(n_draws);
  }
  const double all = mean_of(by_draw);
  double between = 0, rest = 0;
  for (std::size_t d = 0; d < n_draws; ++d) {
    between += (by_draw[d] - all) * (by_draw[d] - all);
    for (std::size_t r = 0; r < n_replications; ++r) {
      const double e = values[d][r] - by_draw[d] - by_replication[r] + all;
      rest += e * e;
    }
  }
  const auto d = static_cast<double>(n_draws), r = static_cast<double>(n_replications);
  between /= d - 1;
  const double plan = std::max(0.0, between - rest / ((d - 1) * (r - 1)) / r);
  const double drawn_in = between > 0 ? std::sqrt(plan / between) : 0;
  Components out;
  out.simulation = t_interval(by_replication, level);
  out.plan_sd = std::sqrt(plan);
  std::vector<double> effect;
  for (const double value : by_draw) effect.push_back(all + (value - all) * drawn_in);
  out.low = quantile_of(effect, .05);
  out.high = quantile_of(effect, .95);
  out.share_above_zero =
      static_cast<double>(std::count_if(by_draw.begin(), by_draw.end(), [](double x) { return x > 0; })) / d;
  out.share = wilson(out.share_above_zero, n_draws);
  return out;
}

}  // namespace populace
