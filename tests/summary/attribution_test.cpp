// Rules of attribution on paths small enough to do by hand.
#include "results/summary/attribution.hpp"

#include <catch2/catch.hpp>
#include <numeric>

using namespace populace;

namespace {

constexpr std::uint16_t kA = 0, kB = 1;

// A then B, sold for 1; A alone, not sold; B alone, sold for 1.
const std::vector<TouchPath> kPaths = {{{kA, kB}, {0, 1}, 1, 1}, {{kA}, {0}, 0, 0}, {{kB}, {4}, 4, 1}};

void check(AttributionRule rule, double a, double b) {
  const std::vector<double> credit = attribute(rule, kPaths, 2, 1);
  CHECK(credit[kA] == Approx(a).margin(1e-12));
  CHECK(credit[kB] == Approx(b).margin(1e-12));
}

}  // namespace

TEST_CASE("rules of attribution by hand") {
  check(AttributionRule::kLastTouch, 0, 2);
  check(AttributionRule::kFirstTouch, 1, 1);
  check(AttributionRule::kLinear, .5, 1.5);
  check(AttributionRule::kTimeDecay, 1 / 3., 5 / 3.);
  check(AttributionRule::kShapley, .5, 1.5);
  // start -> A 2/3, B 1/3; A -> B 1/2; B sells: P = 2/3; without A 1/3, without B 0; removal effects 1/2 and 1.
  check(AttributionRule::kMarkov, 2 / 3., 4 / 3.);
}

TEST_CASE("Shapley credit does not see how often or in what order, linear credit does") {
  const std::vector<TouchPath> paths = {{{kB, kA, kA, kA}, {0, 1, 2, 3}, 3, 8}};
  const std::vector<double> shapley = attribute(AttributionRule::kShapley, paths, 3, 1),
                            linear = attribute(AttributionRule::kLinear, paths, 3, 1);
  CHECK(shapley == std::vector<double>{4, 4, 0});
  CHECK(linear == std::vector<double>{6, 2, 0});
}

TEST_CASE("every rule hands out what was sold, and nothing where nothing was") {
  std::vector<TouchPath> paths;
  double value = 0;
  for (int i = 0; i < 200; ++i) {
    TouchPath path;
    for (int t = 0; t <= i % 7; ++t) {
      path.causes.push_back(static_cast<std::uint16_t>((i * 5 + t * t) % 6));
      path.steps.push_back(t);
    }
    path.end = i % 7;
    path.value = i % 3 == 0 ? 10 + i : 0;
    value += path.value;
    paths.push_back(path);
  }
  std::vector<TouchPath> unsold = paths;
  for (TouchPath& path : unsold) path.value = 0;
  for (std::size_t rule = 0; rule < kAttributionRules.size(); ++rule) {
    INFO(kAttributionRules[rule]);
    const std::vector<double> credit = attribute(static_cast<AttributionRule>(rule), paths, 6, 2),
                              nothing = attribute(static_cast<AttributionRule>(rule), unsold, 6, 2);
    CHECK(std::accumulate(credit.begin(), credit.end(), 0.0) == Approx(value).epsilon(1e-10));
    CHECK(nothing == std::vector<double>(6, 0));
  }
}
