// O3-O6: reach and frequency.
#include <array>
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/oracles_reference/published.hpp"
#include "tests/support/oracles_exposure.hpp"

namespace populace::oracles {
namespace {

TEST_CASE("O3: negative binomial reach and frequency") {
  const nlohmann::json law = published("exposure").at("nbd");
  const double shape = law.at("shape");
  const double mean = law.at("mean");
  CHECK(std::fabs(nbd_at_least(shape, mean, 1) - law.at("reach").get<double>()) < printed(5));
  CHECK(std::fabs(nbd_at_least(shape, mean, 3) - law.at("three_plus").get<double>()) < printed(5));
  CHECK(nbd_at_least(shape, mean, 1) == Approx(1.0 - std::pow(1.0 + mean / shape, -shape)).epsilon(1e-13));
  // Control: a homogeneous audience would be reached almost entirely.
  CHECK(std::fabs(poisson_at_least(mean, 1) - law.at("poisson_reach").get<double>()) < printed(3));
  CHECK(poisson_at_least(mean, 1) - nbd_at_least(shape, mean, 1) > 0.29);
}

TEST_CASE("O3: moments of the negative binomial, and its Poisson limit") {
  double total = 0.0;
  double mean = 0.0;
  double squares = 0.0;
  for (int n = 0; n < 400; ++n) {
    const double p = nbd_pmf(0.6, 3.0, n);
    total += p;
    mean += n * p;
    squares += static_cast<double>(n) * n * p;
  }
  CHECK(total == Approx(1.0).epsilon(1e-12));
  CHECK(mean == Approx(3.0).epsilon(1e-12));
  CHECK(squares - mean * mean == Approx(3.0 + 9.0 / 0.6).epsilon(1e-11));
  CHECK(nbd_at_least(1e8, 3.0, 2) == Approx(poisson_at_least(3.0, 2)).epsilon(1e-6));
  CHECK(nbd_pmf(0.6, 0.0, 0) == 1.0);
  CHECK(nbd_pmf(0.6, 0.0, 1) == 0.0);
}

TEST_CASE("O4: duplication on a shared habit") {
  // k = 1: f(y) = 1/(1+y). a = b = 1: [1 - 1/2 - 1/2 + 1/3] / (1/4) = 4/3.
  CHECK(shared_habit_duplication(1.0, 1.0, 1.0) == Approx(4.0 / 3.0).epsilon(1e-13));
  // As both means vanish D tends to E h^2 / (E h)^2 = 1 + 1/k.
  CHECK(shared_habit_duplication(0.6, 1e-5, 2e-5) == Approx(1.0 + 1.0 / 0.6).epsilon(1e-4));
  // Control: a homogeneous habit duplicates as independent audiences do.
  CHECK(shared_habit_duplication(1e7, 1.0, 2.0) == Approx(1.0).margin(1e-6));
}

TEST_CASE("O5: beta-binomial reach") {
  const nlohmann::json law = published("exposure").at("beta_binomial");
  const double alpha = law.at("alpha");
  const double beta = law.at("beta");
  const int n = law.at("insertions");
  CHECK(std::fabs(beta_binomial_reach(alpha, beta, n) - law.at("reach").get<double>()) < printed(5));
  double total = 0.0;
  double mean = 0.0;
  for (int met = 0; met <= n; ++met) {
    total += beta_binomial_pmf(alpha, beta, n, met);
    mean += met * beta_binomial_pmf(alpha, beta, n, met);
  }
  CHECK(total == Approx(1.0).epsilon(1e-12));
  CHECK(mean == Approx(n * alpha / (alpha + beta)).epsilon(1e-12));
  CHECK(beta_binomial_pmf(alpha, beta, n, 0) == Approx(1.0 - beta_binomial_reach(alpha, beta, n)).epsilon(1e-12));
  // Control: everybody at the mean probability .2 gives .832.
  CHECK(1.0 - std::pow(1.0 - alpha / (alpha + beta), n) - beta_binomial_reach(alpha, beta, n) > 0.25);
}

TEST_CASE("O5: independent channels") {
  const std::array<double, 3> reaches{0.5, 0.4, 0.1};
  CHECK(independent_reach(reaches) == Approx(1.0 - 0.5 * 0.6 * 0.9));
  // Control: adding reaches up counts the overlap twice.
  CHECK(independent_reach(reaches) < 0.99);
  CHECK(independent_reach({}) == 0.0);
}

TEST_CASE("O6: a mixture of activity levels") {
  const std::array<double, 2> heavy{0.5, 0.2};
  const std::array<double, 2> light{0.05, 0.0};
  const std::array<ActivityLevel, 2> levels{ActivityLevel{0.3, heavy}, ActivityLevel{0.7, light}};
  const std::array<double, 2> insertions{4.0, 10.0};
  CHECK(mixture_reach(levels, insertions) == Approx(0.3 * (1 - std::exp(-4.0)) + 0.7 * (1 - std::exp(-0.2))));
}

}  // namespace
}  // namespace populace::oracles
