// The verdict helpers themselves: known p-values, and refusals.
#include "tests/support/zscore.hpp"

#include <array>
#include <boost/math/distributions/normal.hpp>
#include <catch2/catch.hpp>
#include <limits>
#include <vector>

namespace populace {
namespace {

TEST_CASE("z-scores need a standard error") {
  CHECK(z_score(12.0, 10.0, 0.5) == Approx(4.0));
  CHECK_THROWS_AS(z_score(1.0, 1.0, 0.0), std::invalid_argument);
  CHECK_THROWS_AS(z_score(1.0, 1.0, std::numeric_limits<double>::quiet_NaN()), std::invalid_argument);
}

TEST_CASE("bounds keep the false alarm of a family near 1e-4") {
  const boost::math::normal law;
  const auto family = [&](double checks, double bound) {
    return 2.0 * checks * boost::math::cdf(boost::math::complement(law, bound));
  };
  CHECK(family(1, kBoundOneCheck) < 1e-4);
  CHECK(family(20, kBoundTwentyChecks) < 1e-4);
  CHECK(family(100, kBoundHundredChecks) < 1e-4);
}

std::vector<double> normal_quantiles(int n, double scale, double shift) {
  std::vector<double> values;
  for (int i = 0; i < n; ++i)
    values.push_back(shift + scale * boost::math::quantile(boost::math::normal(), (i + 0.5) / n));
  return values;
}

TEST_CASE("Kolmogorov-Smirnov against the normal law") {
  CHECK(normal_fit_p_value(normal_quantiles(200, 1.0, 0.0)) > 0.99);
  CHECK(normal_fit_p_value(normal_quantiles(200, 1.0, 0.4)) < kLeastFitProbability);
  CHECK(normal_fit_p_value(normal_quantiles(200, 1.6, 0.0)) < 0.05);
  CHECK(normal_fit_p_value(normal_quantiles(200, 0.5, 0.0)) < kLeastFitProbability);
  // D = .5 exactly: all values at 0. The law's 1 % and 5 % points are x = 1.6276 and 1.3581.
  const double at_one_percent = normal_fit_p_value(std::vector<double>(10, 0.0));
  CHECK(at_one_percent == Approx(0.00826).margin(0.0005));
  CHECK_THROWS_AS(normal_fit_p_value(std::vector<double>(4, 0.0)), std::invalid_argument);
}

TEST_CASE("Pearson's chi-square") {
  // A die thrown 60 times: (25 + 0 + 4 + 1 + 16 + 4) / 10 = 5.0 with 5 degrees of freedom, p = .41588.
  const std::array<std::int64_t, 6> counts{15, 10, 8, 9, 6, 12};
  const std::array<double, 6> fair{10, 10, 10, 10, 10, 10};
  const ChiSquareFit fit = chi_square_fit(counts, fair);
  CHECK(fit.statistic == Approx(5.0));
  CHECK(fit.degrees_of_freedom == 5);
  CHECK(fit.p_value == Approx(0.41588).epsilon(1e-4));
  CHECK(chi_square_fit(counts, fair, 1).degrees_of_freedom == 4);
  const std::array<std::int64_t, 6> loaded{40, 4, 4, 4, 4, 4};
  CHECK(chi_square_fit(loaded, fair).p_value < kLeastFitProbability);
}

TEST_CASE("chi-square merges thin cells and refuses totals that differ") {
  const std::array<std::int64_t, 5> counts{30, 12, 5, 2, 1};
  const std::array<double, 5> expected{31.0, 11.0, 5.0, 2.0, 1.0};
  const ChiSquareFit fit = chi_square_fit(counts, expected);
  CHECK(fit.degrees_of_freedom == 2);
  CHECK(fit.statistic == Approx(1.0 / 31.0 + 1.0 / 11.0));
  const std::array<double, 5> short_of_one{30.0, 11.0, 5.0, 2.0, 1.0};
  CHECK_THROWS_AS(chi_square_fit(counts, short_of_one), std::invalid_argument);
}

}  // namespace
}  // namespace populace
