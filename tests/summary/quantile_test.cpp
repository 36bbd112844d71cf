#include "results/summary/quantile.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

namespace populace {
namespace {

TEST_CASE("quantiles of type 7, as R and NumPy print them") {
  const std::vector<double> values{7, 1, 3, 10, 2};
  CHECK(quantile(values, 0.0) == 1.0);
  CHECK(quantile(values, 0.5) == 3.0);
  CHECK(quantile(values, 1.0) == 10.0);
  CHECK(quantile(values, 0.25) == Approx(2.0));
  CHECK(quantile(values, 0.1) == Approx(1.4));
  CHECK(quantile(values, 0.9) == Approx(8.8));
  const std::array<double, 3> probs{0.9, 0.5, 0.1};
  const std::vector<double> several = quantiles(values, probs);
  CHECK(several[0] == Approx(8.8));
  CHECK(several[1] == 3.0);
  CHECK(several[2] == Approx(1.4));
}

TEST_CASE("quantiles at the edges") {
  CHECK(std::isnan(quantile({}, 0.5)));
  const std::vector<double> one{4.0};
  CHECK(quantile(one, 0.3) == 4.0);
  const std::vector<double> undefined{1.0, std::numeric_limits<double>::quiet_NaN()};
  CHECK_THROWS_WITH(quantile(undefined, 0.5), Catch::Contains("value 1"));
  CHECK_THROWS(quantile(one, 1.1));
  CHECK_THROWS(quantile(one, std::numeric_limits<double>::quiet_NaN()));
}

}  // namespace
}  // namespace populace
