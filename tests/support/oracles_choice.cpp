#include "tests/support/oracles_choice.hpp"

#include <algorithm>
#include <boost/math/quadrature/tanh_sinh.hpp>
#include <cmath>
#include <numbers>

namespace populace::oracles {
namespace {

// Mean of f over Beta(a, b), as two halves. An end point with x^(a-1), a < 1, is unbounded (S share = .026 for a small
// brand); u = x^a makes its integrand flat there.
template <class Function>
double beta_mean(double a, double b, const Function& f) {
  static boost::math::quadrature::tanh_sinh<double> rule;
  const double log_beta = std::lgamma(a) + std::lgamma(b) - std::lgamma(a + b);
  const auto half = [&](double near, double far, const auto& value) {
    const double power = std::min(near, 1.0);
    const auto integrand = [&](double u) {
      const double x = std::pow(u, 1.0 / power);
      const double rest = near > 1.0 ? (near - 1.0) * std::log(x) : 0.0;
      return value(x) * std::exp(rest + (far - 1.0) * std::log1p(-x) - log_beta);
    };
    return rule.integrate(integrand, 0.0, std::pow(0.5, power), 1e-11) / power;
  };
  return half(a, b, f) + half(b, a, [&](double y) { return f(1.0 - y); });
}

double no_purchase_weight(const NestedChoice& nest) { return nest.no_purchase_prob / (1.0 - nest.no_purchase_prob); }

}  // namespace

double buying_probability(const NestedChoice& nest, double inclusive_value) {
  return 1.0 / (1.0 + no_purchase_weight(nest) * std::exp(-nest.category_response * inclusive_value));
}

std::vector<double> brand_probabilities(const NestedChoice& nest, std::span<const double> tastes,
                                        std::span<const double> deviations) {
  std::vector<double> weights(tastes.size());
  double total = 0.0;
  for (std::size_t b = 0; b < tastes.size(); ++b) total += weights[b] = tastes[b] * std::exp(deviations[b]);
  const double buy = buying_probability(nest, std::log(total));
  for (double& weight : weights) weight *= buy / total;
  return weights;
}

Matrix price_elasticities(const NestedChoice& nest, std::span<const double> tastes, std::span<const double> deviations,
                          double slope, std::span<const double> prices) {
  const std::vector<double> chosen = brand_probabilities(nest, tastes, deviations);
  double buy = 0.0;
  for (const double probability : chosen) buy += probability;
  Matrix result(tastes.size(), std::vector<double>(tastes.size()));
  for (std::size_t b = 0; b < tastes.size(); ++b) {
    for (std::size_t j = 0; j < tastes.size(); ++j) {
      const double share = chosen[j] / buy;
      const double by_utility = (b == j ? 1.0 : 0.0) - share + nest.category_response * (1.0 - buy) * share;
      result[b][j] = -slope * prices[j] * by_utility;
    }
  }
  return result;
}

BrandDemand dirichlet_demand(const NestedChoice& nest, double concentration, double share, double v) {
  struct At {
    double brand, others, brand_slope, others_slope;
  };
  const double lift = std::expm1(v);
  const auto at = [&](double taste) {
    const double total = 1.0 + taste * lift;
    const double s = taste * (1.0 + lift) / total;
    const double buy = buying_probability(nest, std::log(total));
    const double category = nest.category_response * (1.0 - buy) * s;  // d ln B / dv
    return At{buy * s, buy * (1.0 - s), buy * s * (1.0 - s + category), buy * (1.0 - s) * (category - s)};
  };
  const double a = concentration * share;
  const double b = concentration * (1.0 - share);
  return {beta_mean(a, b, [&](double t) { return at(t).brand; }),
          beta_mean(a, b, [&](double t) { return at(t).others; }),
          beta_mean(a, b, [&](double t) { return at(t).brand_slope; }),
          beta_mean(a, b, [&](double t) { return at(t).others_slope; })};
}

BrandDemand dirichlet_demand_at_price(const NestedChoice& nest, double concentration, double share, double slope_median,
                                      double slope_log_sd, double price_change) {
  BrandDemand mean{};
  // The trapezoid rule on the normal axis: its error falls faster than any power of the step for such integrands.
  constexpr double kStep = 0.25;
  const int reach = slope_log_sd > 0.0 ? 32 : 0;
  for (int i = -reach; i <= reach; ++i) {
    const double z = kStep * i;
    const double weight = reach == 0 ? 1.0 : kStep * std::exp(-z * z / 2.0) / std::sqrt(2.0 * std::numbers::pi);
    const double slope = slope_median * std::exp(slope_log_sd * z);
    const BrandDemand at = dirichlet_demand(nest, concentration, share, -slope * price_change);
    mean.brand += weight * at.brand;
    mean.others += weight * at.others;
    mean.brand_slope -= weight * slope * at.brand_slope;
    mean.others_slope -= weight * slope * at.others_slope;
  }
  return mean;
}

double dirichlet_own_elasticity(const NestedChoice& nest, double concentration, double share, double slope,
                                double price) {
  const double q = (concentration * share + 1.0) / (concentration + 1.0);
  return -slope * price * (1.0 - q + nest.category_response * nest.no_purchase_prob * q);
}

double dirichlet_cross_elasticity(const NestedChoice& nest, double concentration, double other_share, double slope,
                                  double other_price) {
  const double q = concentration * other_share / (concentration + 1.0);
  return slope * other_price * q * (1.0 - nest.category_response * nest.no_purchase_prob);
}

}  // namespace populace::oracles
