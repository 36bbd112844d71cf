// Cronbach's alpha and correlations of known numbers.
#include "results/summary/reliability.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "sim/base/contracts.hpp"

namespace populace {
namespace {

using Items = std::vector<std::vector<double>>;

TEST_CASE("Cronbach's alpha worked by hand") {
  // Items 1 2 3 4, 2 3 3 4 and 1 3 2 4: variances 5/3, 2/3 and 5/3. Sums 4 8 8 12: variance 32/3.
  // alpha = 3/2 (1 - 4 / (32/3)) = .9375.
  const Items items{{1, 2, 3, 4}, {2, 3, 3, 4}, {1, 3, 2, 4}};
  const Reliability reliability = cronbach_alpha(items);
  CHECK(reliability.alpha == Approx(.9375));
  // V_i = 5.5 .5 .5 5.5 with mean 3, S_i = 16 0 0 16 with mean 8: g = 3/2 (3 S_i / 64 - V_i / 8) = +-.09375.
  CHECK(reliability.standard_error == Approx(std::sqrt(4 * .09375 * .09375 / 3 / 4)));
}

TEST_CASE("Items that say the same have alpha 1, items that say the opposite have one below 0") {
  const Reliability same = cronbach_alpha(Items{{1, 2, 5}, {1, 2, 5}, {2, 3, 6}});
  CHECK(same.alpha == Approx(1));
  CHECK(same.standard_error == Approx(0).margin(1e-12));
  // 1 2 3 and 3 2 2: variances 1 and 1/3, sums 4 4 5 with variance 1/3: 2 (1 - 4) = -6.
  CHECK(cronbach_alpha(Items{{1, 2, 3}, {3, 2, 2}}).alpha == Approx(-6));
}

TEST_CASE("Where alpha or a correlation does not exist it is not a number") {
  CHECK(std::isnan(cronbach_alpha(Items{{1, 2, 3}}).alpha));
  CHECK(std::isnan(cronbach_alpha(Items{{1}, {2}}).alpha));
  CHECK(std::isnan(cronbach_alpha(Items{{3, 3, 3}, {4, 4, 4}}).alpha));
  CHECK(std::isnan(cronbach_alpha(Items{{1, 2}, {2, 1}}).alpha));
  CHECK_THROWS_AS(cronbach_alpha(Items{{1, 2}, {1, 2, 3}}), ContractViolation);
  CHECK(std::isnan(sample_correlation(std::vector<double>{1, 2}, std::vector<double>{3, 3})));
  CHECK(std::isnan(sample_correlation(std::vector<double>{1}, std::vector<double>{3})));
}

TEST_CASE("Correlation worked by hand") {
  // Deviations -1.5 -.5 .5 1.5 and -1 1 -1 1: products 1, squares 5 and 4.
  const std::vector<double> first{1, 2, 3, 4}, second{1, 3, 1, 3};
  CHECK(sample_correlation(first, second) == Approx(2 / std::sqrt(20)));
  CHECK(sample_correlation(first, first) == Approx(1));
}

}  // namespace
}  // namespace populace
