// O8: the NBD-Dirichlet toothpaste market.
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/oracles_reference/published.hpp"
#include "tests/support/oracles_dirichlet.hpp"
#include "tests/support/oracles_exposure.hpp"

namespace populace::oracles {
namespace {

DirichletMarket toothpaste() {
  const nlohmann::json law = published("dirichlet_toothpaste");
  return {law.at("M"), law.at("K"), law.at("S"), law.at("share").get<std::vector<double>>()};
}

TEST_CASE("O8: penetration, purchases per buyer, requirements and duplication") {
  const nlohmann::json law = published("dirichlet_toothpaste");
  const std::vector<BrandReport> reports = brand_reports(toothpaste());
  for (std::size_t b = 0; b < reports.size(); ++b) {
    CHECK(std::fabs(reports[b].penetration - law.at("penetration")[b].get<double>()) < printed(4));
    CHECK(std::fabs(reports[b].purchases_per_buyer - law.at("purchases_per_buyer")[b].get<double>()) < printed(4));
    CHECK(std::fabs(reports[b].category_requirements - law.at("category_requirements")[b].get<double>()) < printed(4));
  }
  CHECK(std::fabs(duplication_coefficient(toothpaste()) - law.at("duplication").get<double>()) < printed(4));
}

TEST_CASE("O8: without heterogeneity of tastes penetration and duplication are others") {
  // Control: S = 1e6 makes everybody's tastes the shares, and each brand's purchases NBD(M share, K).
  DirichletMarket equal_tastes = toothpaste();
  equal_tastes.concentration = 1e6;
  const std::vector<BrandReport> reports = brand_reports(equal_tastes);
  CHECK(reports[0].penetration == Approx(nbd_at_least(0.78, 1.456 * 0.25, 1)).epsilon(1e-5));
  CHECK(reports[0].penetration - brand_reports(toothpaste())[0].penetration > 0.03);
  CHECK(duplication_coefficient(equal_tastes) - duplication_coefficient(toothpaste()) > 0.5);
}

TEST_CASE("O8: the distribution of a brand's purchases has the market's moments") {
  const DirichletMarket market = toothpaste();
  const std::vector<double> pmf = brand_purchase_pmf(market, 1, 150);
  double total = 0.0;
  double mean = 0.0;
  for (std::size_t x = 0; x < pmf.size(); ++x) {
    total += pmf[x];
    mean += static_cast<double>(x) * pmf[x];
  }
  CHECK(total == Approx(1.0).epsilon(1e-11));
  CHECK(mean == Approx(1.456 * 0.19).epsilon(1e-11));
  CHECK(1.0 - pmf[0] == Approx(brand_reports(market)[1].penetration).epsilon(1e-12));
}

TEST_CASE("O8: a brand that is the whole market, and one brand more than once") {
  const DirichletMarket split{1.456, 0.78, 1.3, {0.5, 0.5}};
  // Nobody who buys the category misses both halves: b1 + b2 - both = category penetration.
  const std::vector<BrandReport> reports = brand_reports(split);
  const double either = reports[0].penetration + reports[1].penetration - bought_both(split, 0, 1);
  CHECK(either == Approx(nbd_at_least(0.78, 1.456, 1)).epsilon(1e-9));
}

}  // namespace
}  // namespace populace::oracles
