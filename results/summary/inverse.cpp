#include "results/summary/inverse.hpp"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "results/summary/plain_math.hpp"
#include "sim/base/contracts.hpp"

namespace populace {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr std::uintmax_t kMostSteps = 60;  // halving alone would be there sooner, unless the root is next to 0

}  // namespace

std::optional<double> first_crossing(const std::function<double(double)>& excess, const CrossingSearch& search) {
  expects(search.most > 0 && search.tolerance > 0, "a search has a range and a tolerance");
  double below = 0, above = std::min(1., search.most);
  if (excess(0) >= 0) return 0;
  while (excess(above) < 0) {
    if (above >= search.most) return std::nullopt;
    below = above;
    above = std::min(2 * above, search.most);
  }
  const auto close = [&](double a, double b) { return std::abs(b - a) <= search.tolerance * std::max(a, b); };
  std::uintmax_t steps = kMostSteps;
  const auto [low, high] =
      boost::math::tools::toms748_solve(excess, below, above, excess(below), excess(above), close, steps, PlainMath());
  return excess(low) >= 0 ? low : high;
}

Interval inverse_interval(double at, double target, std::span<const double> values, double slope, double level) {
  const int n = static_cast<int>(values.size());
  if (!(slope > 0)) return {at, kNan, kNan, kNan, n};
  std::vector<double> needed;
  for (const double value : values) needed.push_back(at + (target - value) / slope);
  return t_interval(needed, level);
}

Interval share_interval(int successes, int n, double level) {
  expects(n >= 1 && successes >= 0 && successes <= n, "a share is of at least one");
  using Binomial = boost::math::binomial_distribution<double, PlainMath>;
  const double share = static_cast<double>(successes) / n, tail = (1 - level) / 2;
  return {share, std::sqrt(share * (1 - share) / n), Binomial::find_lower_bound_on_p(n, successes, tail),
          Binomial::find_upper_bound_on_p(n, successes, tail), n};
}

}  // namespace populace
