// Trait tables: the right distribution behind each factory, by mean and variance over N(0,1) scores.
#include "sim/random/trait_tables.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdint>

using namespace populace;

namespace {

double variance_of(const TraitTable& table) {
  const double mean = mean_of(table);
  double sum = 0;
  for (int code = 1; code <= 255; ++code) sum += code_probs()[code] * std::pow(table.value[code] - mean, 2);
  return sum;
}

}  // namespace

// The variance misses that within bins, h^2/12 = 8.2e-5 of a normal's and, through the open outer bins, up to 1 % of
// that of a skewed trait: at most 2 % covers all cases here and tells every distribution from the others.
TEST_CASE("each factory gives its distribution's mean and variance") {
  struct Case {
    TraitTable table;
    double mean;
    double variance;
  };
  const Case cases[] = {
      {gamma_trait(0.6, 3), 3, 15},
      {gamma_trait(4, 2), 2, 1},
      {lognormal_trait(0.2, 0.5), std::exp(0.325), std::exp(0.65) * std::expm1(0.25)},
      {uniform_trait(0.5, 1.5), 1, 1.0 / 12},
      {beta_trait(2, 3), 0.4, 0.04},
      {normal_trait(-1, 2), -1, 4},
      {constant_trait(0.3), 0.3, 0},
  };
  for (const Case& c : cases) {
    CHECK(mean_of(c.table) == Approx(c.mean).epsilon(1e-7));
    CHECK(variance_of(c.table) == Approx(c.variance).epsilon(0.02).margin(1e-12));
    CHECK(c.table.value[0] == 0);
  }
}

TEST_CASE("trait tables are aligned for vector loads") {
  const TraitTable table = constant_trait(1);
  CHECK(reinterpret_cast<std::uintptr_t>(table.value.data()) % 64 == 0);
}
