// O1 occupancy and O2 absorption against chains solved by hand.
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/support/oracles_markov.hpp"

namespace populace::oracles {
namespace {

TEST_CASE("O1: two-stage chain against its closed form") {
  // Up .2, down .1: share in the upper stage is 2/3 (1 - .7^t).
  const MarkovClass one{1.0, {1.0, 0.0}, {{0.8, 0.2}, {0.1, 0.9}}};
  for (const int steps : {0, 1, 5, 40}) {
    const std::vector<double> shares = occupancy(std::vector{one}, steps);
    CHECK(shares[1] == Approx(2.0 / 3.0 * (1.0 - std::pow(0.7, steps))).epsilon(1e-12));
    CHECK(shares[0] + shares[1] == Approx(1.0).epsilon(1e-13));
  }
}

TEST_CASE("O1: classes are weighted after the powers, not before") {
  // Half leave with probability .6 a step, half with .02. After 10 steps 1 - (.4^10 + .98^10)/2 have left.
  const MarkovClass fast{0.5, {1.0, 0.0}, {{0.4, 0.6}, {0.0, 1.0}}};
  const MarkovClass slow{0.5, {1.0, 0.0}, {{0.98, 0.02}, {0.0, 1.0}}};
  const double truth = 1.0 - (std::pow(0.4, 10) + std::pow(0.98, 10)) / 2.0;
  CHECK(occupancy(std::vector{fast, slow}, 10)[1] == Approx(truth).epsilon(1e-12));
  // Control: the averaged matrix has everybody leave at .31.
  const MarkovClass averaged{1.0, {1.0, 0.0}, {{0.69, 0.31}, {0.0, 1.0}}};
  const double wrong = occupancy(std::vector{averaged}, 10)[1];
  CHECK(wrong == Approx(1.0 - std::pow(0.69, 10)).epsilon(1e-12));
  CHECK(wrong - truth > 0.3);
}

TEST_CASE("O2: a geometric stay") {
  const Absorption stay = absorption({{0.75}}, {{0.20, 0.05}});
  CHECK(stay.mean_steps[0] == Approx(4.0));
  CHECK(stay.variance_steps[0] == Approx(0.75 / (0.25 * 0.25)));
  CHECK(stay.split[0][0] == Approx(0.8));
  CHECK(stay.split[0][1] == Approx(0.2));
}

TEST_CASE("O2: the fair walk between walls, and a funnel in series") {
  // Walk on 0..5 from i: mean i (5-i); reaches 5 before 0 with probability i/5.
  Matrix transient(4, std::vector<double>(4, 0.0));
  Matrix absorbing(4, std::vector<double>(2, 0.0));
  for (std::size_t i = 0; i < 4; ++i) {
    if (i > 0) transient[i][i - 1] = 0.5;
    if (i < 3) transient[i][i + 1] = 0.5;
  }
  absorbing[0][0] = absorbing[3][1] = 0.5;
  const Absorption walk = absorption(transient, absorbing);
  for (std::size_t i = 0; i < 4; ++i) {
    const double at = static_cast<double>(i) + 1.0;
    CHECK(walk.mean_steps[i] == Approx(at * (5.0 - at)));
    CHECK(walk.split[i][1] == Approx(at / 5.0));
  }
  // Two geometric stages in series: means and variances add.
  const Absorption series = absorption({{0.9, 0.1}, {0.0, 0.5}}, {{0.0}, {0.5}});
  CHECK(series.mean_steps[0] == Approx(10.0 + 2.0));
  CHECK(series.variance_steps[0] == Approx(0.9 / 0.01 + 0.5 / 0.25));
  // Control: an absorbing set that cannot be left to is singular.
  CHECK_THROWS_AS(absorption({{1.0}}, {{0.0}}), std::invalid_argument);
}

}  // namespace
}  // namespace populace::oracles
