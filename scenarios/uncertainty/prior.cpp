#include "scenarios/uncertainty/prior.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/lognormal.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "models/names.hpp"
#include "results/summary/plain_math.hpp"

namespace populace {
namespace {

double cut_normal(const Prior& prior, double u) {
  const boost::math::normal_distribution<double, PlainMath> normal(prior.mean, prior.sd);
  const double below = std::isfinite(prior.range.low) ? cdf(normal, prior.range.low) : 0,
               upto = std::isfinite(prior.range.high) ? cdf(normal, prior.range.high) : 1;
  return std::clamp(quantile(normal, std::clamp(below + u * (upto - below), 1e-15, 1 - 1e-15)), prior.range.low,
                    prior.range.high);
}

}  // namespace

std::string default_distribution(Range range) {
  if (range.low == 0 && range.high == 1) return "beta";
  return range.low >= 0 && !std::isfinite(range.high) ? "log_normal" : "normal";
}

std::string fault_of(const Prior& prior) {
  const double m = prior.mean, v = prior.sd * prior.sd;
  if (!(prior.sd > 0)) return "sd must be above 0";
  if (prior.distribution == "beta") {
    if (!(m > 0 && m < 1)) return "the mean of a beta distribution lies between 0 and 1";
    if (v >= m * (1 - m))
      return fmt::format("sd must be below {:.3g}, the most that a share with this mean can scatter",
                         std::sqrt(m * (1 - m)));
  }
  if (prior.distribution == "log_normal" && !(m > 0)) return "the mean of a log_normal distribution is above 0";
  const double half = prior.sd * std::sqrt(3);
  if (prior.distribution == "uniform" && (m - half < prior.range.low || m + half > prior.range.high))
    return fmt::format("a uniform distribution with this sd reaches from {:.4g} to {:.4g}, beyond what the key allows",
                       m - half, m + half);
  return "";
}

double quantile(const Prior& prior, double u) {
  const double m = prior.mean, v = prior.sd * prior.sd;
  if (prior.distribution == "beta") {
    const double n = m * (1 - m) / v - 1;
    return boost::math::quantile(boost::math::beta_distribution<double, PlainMath>(m * n, (1 - m) * n), u);
  }
  if (prior.distribution == "log_normal") {
    const double s2 = std::log1p(v / (m * m));
    return boost::math::quantile(
        boost::math::lognormal_distribution<double, PlainMath>(std::log(m) - s2 / 2, std::sqrt(s2)), u);
  }
  if (prior.distribution == "uniform") return m + prior.sd * std::sqrt(3) * (2 * u - 1);
  return cut_normal(prior, u);
}

std::vector<std::string> draw_priors(const std::vector<Prior>& priors, std::uint32_t seed, std::uint32_t draw) {
  std::vector<std::string> overrides;
  for (const Prior& prior : priors) {
    const double u = unit_double(draw_word({seed, draw}, reason(Purpose::kPrior, prior.path), 0));
    overrides.push_back(fmt::format("{}={:.17g}", prior.path, quantile(prior, u)));
  }
  return overrides;
}

}  // namespace populace
