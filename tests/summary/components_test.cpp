// Variance components by hand, and that they are unbiased where the components are known.
#include "results/summary/components.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <random>
#include <stdexcept>

#include "tests/support/zscore.hpp"

using namespace populace;

TEST_CASE("variance components of a table by hand") {
  // Draws' means 2, 6; replications' means 3, 5; no rest: MS_d = 2 * (4 + 4) = 16, s_a^2 = 8.
  const Components plain = components({{1, 3}, {5, 7}});
  CHECK(plain.plan_sd == Approx(std::sqrt(8.0)));
  CHECK(plain.simulation.mean == 4);
  CHECK(plain.simulation.standard_error == Approx(1.0));
  CHECK(plain.share_above_zero == 1);
  // Rest of +-1: MS_e = 4, MS_d = 16, s_a^2 = 6.
  CHECK(components({{2, 2}, {4, 8}}).plan_sd == Approx(std::sqrt(6.0)));
  // Nothing but rest: below zero is zero.
  CHECK(components({{1, -1}, {-1, 1}}).plan_sd == 0);
  // Wilson's interval of 2 of 4 draws: centre 1/2, half width .35.
  const Interval share = components({{1, 1}, {2, 2}, {-1, -1}, {-2, -2}}).share;
  CHECK(share.low == Approx(.1500).epsilon(1e-3));
  CHECK(share.high == Approx(.8500).epsilon(1e-3));
  CHECK_THROWS_AS(components({{1, 2}}), std::invalid_argument);
  CHECK_THROWS_AS(components({{1}, {2}}), std::invalid_argument);
}

TEST_CASE("the plan's variance is estimated without bias whatever replications share") {
  std::mt19937 engine(20261128);
  std::normal_distribution<double> normal;
  double sum = 0, squares = 0;
  constexpr int n = 4000;
  for (int i = 0; i < n; ++i) {
    std::vector<double> shared(3);
    for (double& b : shared) b = 5 * normal(engine);
    std::vector<std::vector<double>> values(12, std::vector<double>(3));
    for (auto& draw : values) {
      const double a = 2 * normal(engine);
      for (std::size_t r = 0; r < 3; ++r) draw[r] = 100 + a + shared[r] + normal(engine);
    }
    const double variance = std::pow(components(values).plan_sd, 2);
    sum += variance;
    squares += variance * variance;
  }
  const double mean = sum / n, se = std::sqrt((squares / n - mean * mean) / n);
  CHECK(std::fabs(z_score(mean, 4, se)) < kBoundOneCheck);
  CHECK(std::fabs(z_score(mean, 4 + 1 / 3., se)) > kBoundOneCheck);  // control: with the simulation's part left in
}
