// O13: elasticities of the nested choice, of the plain logit within it, and over Dirichlet tastes.
#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <vector>

#include "tests/support/oracles_choice.hpp"

namespace populace::oracles {
namespace {

const std::array<double, 4> kTastes{0.4, 0.3, 0.2, 0.1};
const std::array<double, 4> kDeviations{0.2, -0.1, 0.0, 0.5};
const std::array<double, 4> kPrices{1.0, 0.9, 1.1, 1.3};
constexpr double kSlope = 4.9;

double log_probability(const NestedChoice& nest, std::size_t brand, std::size_t priced, double log_price_change) {
  std::array<double, 4> deviations = kDeviations;
  deviations[priced] -= kSlope * kPrices[priced] * std::expm1(log_price_change);
  return std::log(brand_probabilities(nest, kTastes, deviations)[brand]);
}

TEST_CASE("O13: probabilities at the base plan are tastes times 1 - p0") {
  const NestedChoice nest{0.4, 0.45};
  const std::vector<double> chosen = brand_probabilities(nest, kTastes, std::array<double, 4>{});
  for (std::size_t b = 0; b < 4; ++b) CHECK(chosen[b] == Approx(0.55 * kTastes[b]).epsilon(1e-14));
  // A lift of every brand by v moves buying like a binary logit of slope mu.
  const double v = 0.3;
  const double odds = 0.55 / 0.45 * std::exp(0.4 * v);
  CHECK(buying_probability(nest, v) == Approx(odds / (1.0 + odds)).epsilon(1e-14));
}

TEST_CASE("O13: nested elasticities are the derivatives") {
  for (const NestedChoice& nest : {NestedChoice{0.4, 0.45}, NestedChoice{1.0, 0.3}, NestedChoice{0.0, 0.2}}) {
    const Matrix elasticities = price_elasticities(nest, kTastes, kDeviations, kSlope, kPrices);
    constexpr double kStep = 1e-5;
    for (std::size_t b = 0; b < 4; ++b) {
      for (std::size_t j = 0; j < 4; ++j) {
        const double slope = (log_probability(nest, b, j, kStep) - log_probability(nest, b, j, -kStep)) / (2 * kStep);
        CHECK(elasticities[b][j] == Approx(slope).epsilon(1e-7));
      }
    }
  }
}

TEST_CASE("O13: the plain logit is the nest with mu = 1 and no outside option") {
  const NestedChoice plain{1.0, 0.0};
  const std::vector<double> share = brand_probabilities(plain, kTastes, kDeviations);
  CHECK(std::accumulate(share.begin(), share.end(), 0.0) == Approx(1.0));
  const Matrix elasticities = price_elasticities(plain, kTastes, kDeviations, kSlope, kPrices);
  for (std::size_t b = 0; b < 4; ++b) {
    for (std::size_t j = 0; j < 4; ++j) {
      const double logit = b == j ? -kSlope * kPrices[b] * (1.0 - share[b]) : kSlope * kPrices[j] * share[j];
      CHECK(elasticities[b][j] == Approx(logit).epsilon(1e-13));
    }
  }
  // Control: with a category response below 1 and an outside option the plain formula misses by over 5 %.
  const Matrix nested = price_elasticities({0.4, 0.45}, kTastes, kDeviations, kSlope, kPrices);
  CHECK(std::fabs(nested[0][0] / elasticities[0][0] - 1.0) > 0.05);
}

double price_elasticity_at_base(double share, bool own, double log_sd) {
  // Own or cross to the others, from the quadrature's slope with respect to price, at price 1.
  const BrandDemand demand = dirichlet_demand_at_price({0.4, 0.45}, 1.3, share, kSlope, log_sd, 0.0);
  return own ? demand.brand_slope / demand.brand : demand.others_slope / demand.others;
}

TEST_CASE("O13: Dirichlet tastes, quadrature against the closed form at the base plan") {
  const NestedChoice nest{0.4, 0.45};
  for (const double share : {0.02, 0.1, 0.3, 0.9}) {
    const BrandDemand base = dirichlet_demand(nest, 1.3, share, 0.0);
    CHECK(base.brand == Approx(0.55 * share).epsilon(1e-9));
    CHECK(base.others == Approx(0.55 * (1.0 - share)).epsilon(1e-9));
    CHECK(price_elasticity_at_base(share, true, 0.0) ==
          Approx(dirichlet_own_elasticity(nest, 1.3, share, kSlope, 1.0)).epsilon(1e-8));
    CHECK(price_elasticity_at_base(share, false, 0.0) ==
          Approx(dirichlet_cross_elasticity(nest, 1.3, share, kSlope, 1.0)).epsilon(1e-8));
  }
  // Slopes that differ enter at the base plan through their mean.
  CHECK(price_elasticity_at_base(0.3, true, 0.5) ==
        Approx(dirichlet_own_elasticity(nest, 1.3, 0.3, kSlope * std::exp(0.125), 1.0)).epsilon(1e-8));
  // Control: the elasticity of one consumer with average tastes is much larger.
  const Matrix average =
      price_elasticities(nest, std::array{0.3, 0.7}, std::array{0.0, 0.0}, kSlope, std::array{1.0, 1.0});
  CHECK(average[0][0] / price_elasticity_at_base(0.3, true, 0.0) > 1.3);
}

TEST_CASE("O13: Dirichlet demand away from base, its slopes, and a large S") {
  const NestedChoice nest{0.4, 0.45};
  constexpr double kStep = 1e-4;
  const double v = -0.98;
  const BrandDemand at = dirichlet_demand(nest, 1.3, 0.1, v);
  const BrandDemand up = dirichlet_demand(nest, 1.3, 0.1, v + kStep);
  const BrandDemand down = dirichlet_demand(nest, 1.3, 0.1, v - kStep);
  CHECK(at.brand_slope == Approx((up.brand - down.brand) / (2 * kStep)).epsilon(1e-6));
  CHECK(at.others_slope == Approx((up.others - down.others) / (2 * kStep)).epsilon(1e-6));
  // Tastes close to the average for everybody: what is left is of order 1/S.
  const BrandDemand alike = dirichlet_demand(nest, 2000.0, 0.1, v);
  const std::vector<double> one = brand_probabilities(nest, std::array{0.1, 0.9}, std::array{v, 0.0});
  CHECK(alike.brand == Approx(one[0]).epsilon(2e-3));
  CHECK(alike.others == Approx(one[1]).epsilon(2e-3));
  CHECK(at.brand / alike.brand > 1.2);
}

TEST_CASE("O13: a mixture of segments rejects independence of irrelevant alternatives, a single logit obeys it") {
  const NestedChoice nest{0.4, 0.45};
  const std::array<double, 3> first{0.6, 0.3, 0.1};
  const std::array<double, 3> second{0.1, 0.3, 0.6};
  const std::array<double, 3> base{};
  const std::array<double, 3> dearer{-0.98, 0.0, 0.0};
  const auto ratio = [&](const std::array<double, 3>& deviations, double weight) {
    const std::vector<double> a = brand_probabilities(nest, first, deviations);
    const std::vector<double> b = brand_probabilities(nest, second, deviations);
    return (weight * a[1] + (1 - weight) * b[1]) / (weight * a[2] + (1 - weight) * b[2]);
  };
  CHECK(ratio(dearer, 1.0) == Approx(ratio(base, 1.0)).epsilon(1e-12));
  CHECK(std::fabs(ratio(dearer, 0.5) / ratio(base, 0.5) - 1.0) > 0.05);
}

}  // namespace
}  // namespace populace::oracles
