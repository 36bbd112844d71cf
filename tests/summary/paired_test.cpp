// Pairs of arms by hand: interval, probability, p-values, what pairing was worth, and Holm's adjustment.
#include "results/summary/paired.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <vector>

using namespace populace;

TEST_CASE("a pair of arms by hand") {
  // Differences 1, 2, 3: mean 2, standard error 1 / sqrt 3, t(2) = 4.302653; variances 9.33, 16.33 and 1.
  const std::vector<double> a = {1, 3, 7}, b = {2, 5, 10};
  const Paired pair = judge_pair(a, b);
  CHECK(pair.first.mean == Approx(11 / 3.));
  CHECK(pair.second.mean == Approx(17 / 3.));
  CHECK(pair.difference.mean == Approx(2));
  CHECK(pair.difference.high - 2 == Approx(4.302652729749464 / std::sqrt(3.)));
  // F of t(2) at 2 sqrt 3:  1/2 + t / (2 sqrt(t^2 + 2)) = 1/2 + 3.4641 / (2 sqrt 14).
  const double probability = .5 + std::sqrt(12.) / (2 * std::sqrt(14.));
  CHECK(pair.probability == Approx(probability));
  CHECK(pair.p_value == Approx(2 * (1 - probability)));
  CHECK(pair.variance_reduction == Approx(28 / 3. + 49 / 3.));
}

TEST_CASE("pairs that never differ, always differ alike, or are not there") {
  const std::vector<double> a = {1, 3, 7}, more = {2, 4, 8};
  const Paired same = judge_pair(a, a), always = judge_pair(a, more);
  CHECK(same.probability == .5);
  CHECK(same.p_value == 1);
  CHECK(std::isinf(same.variance_reduction));
  CHECK(always.probability == 1);
  CHECK(always.p_value == 0);
  const double none = std::numeric_limits<double>::quiet_NaN();
  const std::vector<double> with_gap = {2, none, 8};
  CHECK(judge_pair(a, with_gap).difference.n == 2);
  CHECK(judge_pair(a, with_gap).difference.mean == 1);
  CHECK(std::isnan(judge_pair(a, std::vector<double>{none, none, 1}).probability));
}

TEST_CASE("Holm's adjusted p-values by hand") {
  // Sorted .005 .01 .03 .04: times 4, 3, 2, 1, never below the one before.
  CHECK(holm(std::vector<double>{.01, .04, .03, .005}) == std::vector<double>{.03, .06, .06, .02});
  CHECK(holm(std::vector<double>{.7, .6}) == std::vector<double>{1, 1});
  CHECK(holm(std::vector<double>{}).empty());
}
