// Intervals over replications: known numbers, edge cases, and oracle O16 (coverage) with its control.
#include "results/summary/interval.hpp"

#include <boost/math/distributions/normal.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "tests/summary/normal_sample.hpp"
#include "tests/support/zscore.hpp"

namespace populace {
namespace {

TEST_CASE("t interval of known numbers") {
  // 2, 4, 4, 4, 5, 5, 7, 9: mean 5, sum of squares 32, S^2 = 32/7, t(7, .975) = 2.364624.
  const std::vector<double> values{2, 4, 4, 4, 5, 5, 7, 9};
  const Interval interval = t_interval(values);
  CHECK(interval.mean == Approx(5.0));
  CHECK(interval.standard_error == Approx(std::sqrt(32.0 / 7.0 / 8.0)));
  CHECK(interval.high - interval.mean == Approx(2.364624 * std::sqrt(4.0 / 7.0)).epsilon(1e-6));
  CHECK(interval.mean - interval.low == Approx(interval.high - interval.mean));
  CHECK(interval.n == 8);
}

TEST_CASE("t multipliers of printed tables") {
  CHECK(t_multiplier(2, 0.95) == Approx(12.7062).epsilon(1e-5));
  CHECK(t_multiplier(5, 0.95) == Approx(2.776445).epsilon(1e-6));
  CHECK(t_multiplier(20, 0.90) == Approx(1.729133).epsilon(1e-6));
  CHECK(t_multiplier(100001, 0.95) == Approx(1.959988).epsilon(1e-5));
  CHECK_THROWS(t_multiplier(1, 0.95));
  CHECK_THROWS(t_multiplier(5, 1.0));
}

TEST_CASE("equal values have a spread of exactly zero") {
  const std::vector<double> values(20, 0.1);
  const Interval interval = t_interval(values);
  CHECK(interval.mean == 0.1);
  CHECK(interval.standard_error == 0.0);
  CHECK(interval.low == 0.1);
  CHECK(interval.high == 0.1);
}

TEST_CASE("fewer than two values have no bounds") {
  const Interval none = t_interval({});
  CHECK(none.n == 0);
  CHECK(std::isnan(none.mean));
  const std::vector<double> single{3.5};
  const Interval one = t_interval(single);
  CHECK(one.n == 1);
  CHECK(one.mean == 3.5);
  CHECK(std::isnan(one.standard_error));
  CHECK(std::isnan(one.low));
  CHECK(std::isnan(one.high));
}

TEST_CASE("values that are not finite are refused by their replication") {
  const std::vector<double> values{1.0, std::numeric_limits<double>::quiet_NaN(), 2.0};
  CHECK_THROWS_WITH(t_interval(values), Catch::Contains("replication 1"));
  const std::vector<double> infinite{1.0, 2.0, std::numeric_limits<double>::infinity()};
  CHECK_THROWS_WITH(t_interval(infinite), Catch::Contains("replication 2"));
  CHECK_THROWS_AS(ratio_of_means_interval(values, infinite), std::invalid_argument);
}

TEST_CASE("large offsets do not disturb the spread") {
  const std::vector<double> values{1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 4};
  CHECK(sample_moments(values).variance == Approx(5.0 / 3.0));
}

TEST_CASE("paired difference is the interval of the differences") {
  const std::vector<double> first{10, 12, 14, 19};
  const std::vector<double> second{9, 10, 13, 15};
  const Interval interval = paired_difference_interval(first, second);
  CHECK(interval.mean == Approx(2.0));
  CHECK(interval.standard_error == Approx(std::sqrt(2.0 / 4.0)));
  const std::vector<double> shorter{1, 2};
  CHECK_THROWS(paired_difference_interval(first, shorter));
}

TEST_CASE("ratio of means by the delta method") {
  const std::vector<double> numerators{2, 4, 6, 9};
  const std::vector<double> denominators{1, 2, 3, 4};
  // R = 21/10; y - R x = -.1 -.2 -.3 .6, sum of squares .5, S^2 = .5/3, SE = sqrt(S^2/4) / 2.5.
  const Interval interval = ratio_of_means_interval(numerators, denominators);
  CHECK(interval.mean == Approx(2.1));
  CHECK(interval.standard_error == Approx(std::sqrt(0.5 / 3.0 / 4.0) / 2.5));
  // The same by the expanded formula of the header.
  const double expanded = sample_moments(numerators).variance - 2 * 2.1 * sample_covariance(numerators, denominators) +
                          2.1 * 2.1 * sample_moments(denominators).variance;
  CHECK(interval.standard_error == Approx(std::sqrt(expanded / 4.0) / 2.5));

  const std::vector<double> zero{-1, 1, -2, 2};
  CHECK(std::isnan(ratio_of_means_interval(numerators, zero).mean));
  const std::vector<double> doubled{2, 4, 6, 8};
  CHECK(ratio_of_means_interval(doubled, denominators).standard_error == Approx(0.0).margin(1e-15));
}

constexpr int kExperiments = 2000;

// Share of experiments whose interval, `multiplier` standard errors to each side, holds the truth.
template <class Multiplier>
double coverage(std::uint64_t seed, int n, const Multiplier& multiplier) {
  TestSample sample(seed);
  int covered = 0;
  for (int experiment = 0; experiment < kExperiments; ++experiment) {
    std::vector<double> values = sample.normals(n);
    for (double& value : values) value = 5.0 + 2.0 * value;
    const Interval interval = t_interval(values);
    if (std::fabs(interval.mean - 5.0) <= multiplier(n) * interval.standard_error) ++covered;
  }
  return static_cast<double>(covered) / kExperiments;
}

double z_multiplier(int /*n*/) { return boost::math::quantile(boost::math::normal(), 0.975); }
double student_multiplier(int n) { return t_multiplier(n, 0.95); }

TEST_CASE("O16: 95 % intervals cover in 95 % of experiments") {
  const double tolerance = 3.0 * share_standard_error(0.95, kExperiments);
  CHECK(tolerance == Approx(0.0146).margin(5e-5));
  CHECK(std::fabs(coverage(16'001, 20, student_multiplier) - 0.95) < tolerance);
  CHECK(std::fabs(coverage(16'002, 5, student_multiplier) - 0.95) < tolerance);
  // Control: at n = 5 the normal multiplier covers P(|t4| <= 1.96) = .878 only.
  CHECK(coverage(16'003, 5, z_multiplier) < 0.95 - 3.0 * tolerance);
}

TEST_CASE("O16: a ratio of means covers as well") {
  TestSample sample(16'004);
  int covered = 0;
  for (int experiment = 0; experiment < kExperiments; ++experiment) {
    std::vector<double> revenue;
    std::vector<double> spend;
    for (int i = 0; i < 20; ++i) {
      spend.push_back(100.0 + 5.0 * sample.normal());
      revenue.push_back(3.0 * spend.back() + 20.0 * sample.normal());
    }
    const Interval interval = ratio_of_means_interval(revenue, spend);
    if (interval.low <= 3.0 && 3.0 <= interval.high) ++covered;
  }
  CHECK(std::fabs(static_cast<double>(covered) / kExperiments - 0.95) < 3.0 * share_standard_error(0.95, kExperiments));
}

TEST_CASE("standardised means of many replications are normal") {
  TestSample sample(16'005);
  std::vector<double> scores;
  std::vector<double> shrunken;
  for (int i = 0; i < 500; ++i) {
    const std::vector<double> values = sample.normals(400);
    const Interval interval = t_interval(values);
    scores.push_back(z_score(interval.mean, 0.0, interval.standard_error));
    shrunken.push_back(scores.back() / 1.5);
  }
  CHECK(normal_fit_p_value(scores) > kLeastFitProbability);
  // Control: agreement that is too good, as from a standard error overstated by half.
  CHECK(normal_fit_p_value(shrunken) < kLeastFitProbability);
}

}  // namespace
}  // namespace populace
