// O8: without marketing the market is NBD-Dirichlet; L3: the shape that was put in is found again.
//
// Over N consumers a penetration b has SE sqrt(b (1-b) / N); purchases per buyer w have SE sqrt(Var(x | x > 0) / (N b))
// from the law's own purchase distribution; the duplication coefficient, a mean over 56 pairs of brands, is judged by
// its spread over replications. Tastes and rates are kept in bins and steps of 1 %; both biases are below a tenth of an
// SE here.
#include <catch2/catch.hpp>

#include "scenarios/scenario.hpp"
#include "tests/oracles/experiment.hpp"
#include "tests/support/oracles_dirichlet.hpp"
#include "tests/support/zscore.hpp"

namespace populace::oracles {
namespace {

constexpr double kConsumers = 50'000;
constexpr int kRuns = 40;

DirichletMarket toothpaste() { return {1.456, 0.78, 1.3, {0.25, 0.19, 0.10, 0.10, 0.09, 0.08, 0.03, 0.02}}; }

MarketOptions catalogue(std::vector<std::string> overrides = {}) {
  overrides.push_back("scenario.consumers=50_000");
  return load_scenario(POPULACE_SOURCE_DIR "/scenarios/catalogue/toothpaste_dirichlet.toml", overrides).market;
}

double total(const std::vector<double>& values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum;
}

double frequency_se(const DirichletMarket& market, std::size_t brand, double n) {
  const std::vector<double> pmf = brand_purchase_pmf(market, brand, 200);
  double buyers = 0, mean = 0, square = 0;
  for (std::size_t x = 1; x < pmf.size(); ++x) {
    buyers += pmf[x];
    mean += static_cast<double>(x) * pmf[x];
    square += static_cast<double>(x * x) * pmf[x];
  }
  mean /= buyers;
  return std::sqrt((square / buyers - mean * mean) / (n * buyers));
}

// Duplication coefficient of the listed brands in one replication.
double duplication(const Experiment& run, int replication, std::size_t n_listed, std::size_t n_brands) {
  double sum = 0.0;
  for (std::size_t i = 0; i < n_listed; ++i)
    for (std::size_t j = 0; j < n_listed; ++j) {
      if (i == j) continue;
      const double both = run.at_end(replication, "bought_both", i * n_brands + j);
      const double bought_i = run.at_end(replication, "bought_both", i * n_brands + i);
      const double bought_j = run.at_end(replication, "bought_both", j * n_brands + j);
      sum += both / bought_i / (bought_j / kConsumers);
    }
  return sum / static_cast<double>(n_listed * (n_listed - 1));
}

void check_dirichlet(const MarketOptions& options, std::uint32_t seed, int runs = kRuns) {
  const Experiment run(options, seed, runs);
  const DirichletMarket law = toothpaste();
  const std::vector<BrandReport> reports = brand_reports(law);
  const double n = kConsumers * runs;
  for (std::size_t b = 0; b < law.shares.size(); ++b) {
    const double buyers = total(run.flows("first_purchases", b)), orders = total(run.flows("orders", b));
    CAPTURE(b, buyers / n, orders / buyers);
    const double penetration = reports[b].penetration;
    CHECK(std::fabs(z_score(buyers / n, penetration, binomial_se(penetration, n))) < kBoundTwentyChecks);
    CHECK(std::fabs(z_score(orders / buyers, reports[b].purchases_per_buyer, frequency_se(law, b, n))) <
          kBoundTwentyChecks);
  }
  std::vector<double> d;
  for (int r = 0; r < runs; ++r) d.push_back(duplication(run, r, law.shares.size(), options.brands.size()));
  CAPTURE(total(d) / runs);
  CHECK(std::fabs(z_of_mean(d, duplication_coefficient(law))) < kBoundTwentyChecks);
  CHECK(tolerances_off(d, 1.0, kBoundTwentyChecks) > 3.0);  // control: independent brands
}

TEST_CASE("O8: toothpaste penetrations, purchases per buyer and duplication") { check_dirichlet(catalogue(), 801); }

TEST_CASE("O8: toothpaste bought by thirty million", "[.heavy]") { check_dirichlet(catalogue(), 808, 600); }

TEST_CASE("O8: the same when some opportunities end without a purchase") {
  // .112 purchases a week = .55 of .2036 opportunities.
  MarketOptions options = catalogue({"choice.no_purchase_share=0.45"});
  options.need.opportunities_per_week = 0.112 / 0.55;
  check_dirichlet(options, 802);
}

double penetration_z(const MarketOptions& options, std::uint32_t seed) {
  const Experiment run(options, seed, kRuns);
  const double law = brand_reports(toothpaste())[0].penetration, n = kConsumers * kRuns;
  return z_score(total(run.flows("first_purchases")) / n, law, binomial_se(law, n));
}

TEST_CASE("O8: controls with a wrong taste concentration, equal rates and equal tastes") {
  CHECK(std::fabs(penetration_z(catalogue({"choice.taste_concentration=2.6"}), 803)) > 3.0 * kBoundTwentyChecks);
  CHECK(std::fabs(penetration_z(catalogue({"need.shape=50.0"}), 804)) > 3.0 * kBoundTwentyChecks);
  CHECK(std::fabs(penetration_z(catalogue({"choice.taste_floor=1.0"}), 805)) > 3.0 * kBoundTwentyChecks);
}

// Shape K with (1 + M/K)^-K = share without purchase, by bisection on its logarithm.
double shape_of(double mean, double without) {
  double low = 1e-3, high = 1e4;
  for (int i = 0; i < 200; ++i) {
    const double middle = std::sqrt(low * high);
    (std::pow(1.0 + mean / middle, -middle) > without ? low : high) = middle;
  }
  return low;
}

std::vector<double> fitted_shapes(double shape, std::uint32_t seed) {
  MarketOptions options = empty_market(50'000, 13);
  options.need.enabled = true;
  options.need.opportunities_per_week = 0.112;
  options.need.shape = shape;
  options.choice.no_purchase_share = 0.0;
  const Experiment run(options, seed, kRuns);
  std::vector<double> shapes;
  for (int r = 0; r < kRuns; ++r)
    shapes.push_back(shape_of(run.flow(r, "orders") / kConsumers, 1.0 - run.flow(r, "first_purchases") / kConsumers));
  return shapes;
}

TEST_CASE("L3: the shape of purchase counts is the one imposed") {
  // Imposed, so evidence of correct drawing only. The estimator's own bias, of order 1/N, is far below its SE.
  CHECK(std::fabs(z_of_mean(fitted_shapes(0.78, 806), 0.78)) < 3.0);
  CHECK(tolerances_off(fitted_shapes(50.0, 807), 0.78, 3.0) > 3.0);  // control: nearly equal rates
}

}  // namespace
}  // namespace populace::oracles
