// Experiments on regions, by numbers and by repetition on keyed normal draws.
#include "results/summary/geo.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <stdexcept>

#include "tests/summary/normal_sample.hpp"
#include "tests/support/zscore.hpp"

using namespace populace;

TEST_CASE("correlation and distance of series, by hand") {
  const std::vector<double> a{1, 2, 3, 4}, b{10, 20, 30, 40}, c{4, 3, 2, 1}, d{1, 3, 2, 4}, still{5, 5, 5, 5};
  CHECK(correlation(a, b) == Approx(1));
  CHECK(correlation(a, c) == Approx(-1));
  CHECK(correlation(a, d) == Approx(.8));
  CHECK(series_distance(a, b) == Approx(0).margin(1e-7));
  CHECK(series_distance(a, d) == Approx(std::sqrt(2 * .75 * .2)));
  CHECK(series_distance(a, c) == Approx(std::sqrt(3)));
  CHECK(std::isnan(series_distance(a, still)));
}

TEST_CASE("regions that moved together are paired, closest first, each once") {
  const std::vector<std::vector<double>> series{{1, 2, 3, 4, 5},      {5, 1, 4, 2, 6}, {2, 4, 6, 8, 10.1},
                                                {50, 12, 40, 20, 60}, {7, 7, 7, 7, 7}, {9, 1, 8, 1, 1}};
  const std::vector<RegionPair> pairs = matched_pairs(series);
  REQUIRE(pairs.size() == 2);  // the still region matches nothing, so one more is left over
  CHECK(pairs[0].first == 0);
  CHECK(pairs[0].second == 2);
  CHECK(pairs[1].first == 1);
  CHECK(pairs[1].second == 3);
  CHECK(pairs[0].distance < pairs[1].distance);
  CHECK(pairs[1].correlation > .99);
  CHECK(matched_pairs({}).empty());
  const std::vector<std::vector<double>> uneven{{1, 2, 3}, {1, 2}};
  CHECK_THROWS_AS(matched_pairs(uneven), std::invalid_argument);
}

TEST_CASE("difference in differences leaves out what a pair shares") {
  const std::vector<PairOutcome> pairs{{10, 16, 20, 23}, {100, 112, 50, 57}, {7, 3, 8, 0}};  // 3, 5 and 4
  const Interval lift = difference_in_differences(pairs);
  CHECK(lift.mean == 4);
  CHECK(lift.standard_error == Approx(1 / std::sqrt(3)));
  CHECK(lift.low == Approx(4 - 4.302653 / std::sqrt(3)));  // t with 2 degrees of freedom
  CHECK(std::isnan(difference_in_differences(std::span(pairs).first(1)).low));
}

TEST_CASE("power and the least detectable lift are each other's inverse") {
  CHECK(power_of_lift(0, 1) == Approx(.05));
  CHECK(power_of_lift(2.801585, 1) == Approx(.8).epsilon(1e-4));  // 1.959964 + .841621
  CHECK(power_of_lift(-5.603170, 2) == Approx(.8).epsilon(1e-4));
  CHECK(least_detectable_lift(1) == Approx(2.801585).epsilon(1e-6));
  CHECK(least_detectable_lift(3, .9, .9) == Approx(3 * (1.644854 + 1.281552)).epsilon(1e-6));
  CHECK(lift_standard_error(6, 9) == 2);
}

TEST_CASE("the interval of the lift covers, and is found as often as the power says") {
  constexpr int kExperiments = 2'000, kPairs = 200;
  constexpr double kNoise = 3, kLift = .9;
  TestSample sample(20'270'115);
  int covered = 0, found = 0;
  for (int e = 0; e < kExperiments; ++e) {
    std::vector<PairOutcome> pairs;
    for (int p = 0; p < kPairs; ++p) {
      const double shared = 10 * sample.normal();  // a season that both of a pair see
      const double treated = 100 + 20 * sample.normal(), control = 80 + 20 * sample.normal();
      pairs.push_back({treated, treated + shared + kLift + kNoise * sample.normal(), control,
                       control + shared + kNoise * sample.normal()});
    }
    const Interval lift = difference_in_differences(pairs);
    covered += lift.low <= kLift && kLift <= lift.high ? 1 : 0;
    found += lift.low > 0 || lift.high < 0 ? 1 : 0;
  }
  const double error = lift_standard_error(kNoise * std::sqrt(2), kPairs), power = power_of_lift(kLift, error);
  CHECK(power == Approx(.85).epsilon(.01));
  CHECK(std::fabs(covered / double{kExperiments} - .95) < kBoundOneCheck * share_standard_error(.95, kExperiments));
  CHECK(std::fabs(found / double{kExperiments} - power) < kBoundOneCheck * share_standard_error(power, kExperiments));
  CHECK(std::fabs(found / double{kExperiments} - power_of_lift(.8 * kLift, error)) >  // control: a fifth less of lift
        3 * kBoundOneCheck * share_standard_error(power, kExperiments));
}
