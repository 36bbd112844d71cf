// Indices of functions whose indices are known: Ishigami's, the g-function and a sum; elementary effects by hand.
#include "results/summary/sensitivity.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <stdexcept>

#include "sim/random/sobol.hpp"

using namespace populace;

namespace {

template <class Function>
std::vector<SobolIndex> indices_of(std::size_t k, std::size_t n, const Function& f) {
  SobolSequence sequence(2 * k);
  std::vector<DesignPoint> base;
  for (std::size_t j = 0; j < n; ++j) base.push_back(sequence.next());
  std::vector<double> outputs;
  for (const DesignPoint& x : saltelli_design(base)) outputs.push_back(f(x));
  return sobol_indices(outputs, k);
}

// a = 7, b = .1 on [-pi, pi]^3.
double ishigami(const DesignPoint& u) {
  const auto x = [&](std::size_t i) { return M_PI * (2 * u[i] - 1); };
  return std::sin(x(0)) + 7 * std::pow(std::sin(x(1)), 2) + .1 * std::pow(x(2), 4) * std::sin(x(0));
}

// Product of (|4 u - 2| + a) / (1 + a); V_i = 1 / (3 (1 + a)^2), V = prod (1 + V_i) - 1.
const std::vector<double> kHardness = {0, 1, 4.5, 9};
double g_function(const DesignPoint& u) {
  double product = 1;
  for (std::size_t i = 0; i < u.size(); ++i) product *= (std::abs(4 * u[i] - 2) + kHardness[i]) / (1 + kHardness[i]);
  return product;
}

}  // namespace

TEST_CASE("Sobol's sequence begins as it is published") {
  SobolSequence two(2);
  CHECK(two.next() == std::vector<double>{.5, .5});
  CHECK(two.next() == std::vector<double>{.75, .25});
  CHECK(two.next() == std::vector<double>{.25, .75});
}

TEST_CASE("indices of Ishigami's function") {
  const std::vector<SobolIndex> found = indices_of(3, 16'384, ishigami);
  const double first[] = {.313905, .442411, 0}, total[] = {.557589, .442411, .243684};
  for (std::size_t i = 0; i < 3; ++i) {
    INFO(i);
    CHECK(found[i].first.mean ==
          Approx(first[i]).margin(.004));  // quasi Monte Carlo: far within the resampled interval
    CHECK(found[i].total.mean == Approx(total[i]).margin(.004));
    CHECK(std::fabs(found[i].first.mean - first[i]) < 4 * found[i].first.standard_error);
    CHECK(std::fabs(found[i].total.mean - total[i]) < 4 * found[i].total.standard_error);
    CHECK(found[i].total.low < total[i]);
    CHECK(found[i].total.high > total[i]);
  }
  CHECK(found[2].total.mean - found[2].first.mean > .2);  // control: the third acts with the first alone
}

TEST_CASE("indices of the g-function") {
  const std::vector<SobolIndex> found = indices_of(4, 16'384, g_function);
  double all = 1;
  for (const double a : kHardness) all *= 1 + 1 / (3 * (1 + a) * (1 + a));
  for (std::size_t i = 0; i < 4; ++i) {
    const double own = 1 / (3 * (1 + kHardness[i]) * (1 + kHardness[i]));
    CHECK(found[i].first.mean == Approx(own / (all - 1)).margin(.005));
    CHECK(found[i].total.mean == Approx(own * (all / (1 + own)) / (all - 1)).margin(.005));
  }
  CHECK_THROWS_AS(sobol_indices({1, 2, 3}, 4), std::invalid_argument);
}

TEST_CASE("elementary effects: a line has its slopes and no spread, a product spreads, an idle input is nothing") {
  const std::vector<DesignPoint> design = morris_design(4, 40, 4, 7);
  REQUIRE(design.size() == 200);
  std::vector<double> outputs;
  for (const DesignPoint& x : design) {
    for (const double u : x) REQUIRE((u >= 0 && u <= 1 + 1e-12));
    outputs.push_back(3 * x[0] - 2 * x[1] * x[2]);
  }
  const std::vector<MorrisEffect> found = morris_effects(design, outputs, 4);
  CHECK(found[0].mean.mean == Approx(3));
  CHECK(found[0].spread == Approx(0).margin(1e-9));
  CHECK(found[1].mean.mean < 0);
  CHECK(found[1].spread > .3);
  CHECK(found[1].size.mean == Approx(-found[1].mean.mean));
  CHECK(found[3].size.mean == 0);
  // Every input changes once a path, by two thirds of the range at four levels.
  for (std::size_t path = 0; path < 200; path += 5)
    for (std::size_t i = 0; i < 4; ++i) {
      double moved = 0;
      for (std::size_t s = path; s < path + 4; ++s) moved += std::fabs(design[s + 1][i] - design[s][i]);
      CHECK(moved == Approx(2 / 3.));
    }
}
