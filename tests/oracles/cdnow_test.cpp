// L1 (calibrated): the catalogue's replay of the 2,357 real customers of CDNOW, by the conventions of the data's
// README.
//
// The mean of 200 replications is held against the cohort's exact expectation with the exact standard deviation of one
// replay; conditional expectations by repeats in calibration against the exact values for a simulated cohort (not the
// printed ones of the real customers' recencies), by their spread over replications.
#include <catch2/catch.hpp>
#include <numeric>

#include "scenarios/scenario.hpp"
#include "tests/oracles/experiment.hpp"
#include "tests/oracles_reference/cdnow.hpp"
#include "tests/oracles_reference/published.hpp"
#include "tests/support/oracles_bgnbd.hpp"
#include "tests/support/zscore.hpp"

namespace populace::oracles {
namespace {

MarketOptions catalogue(const std::vector<std::string>& overrides = {}) {
  return load_scenario(POPULACE_SOURCE_DIR "/scenarios/catalogue/cdnow_replay.toml", overrides).market;
}

std::vector<double> weeks_until(const CdnowSample& sample, int day) {
  std::vector<double> weeks;
  for (const CdnowCustomer& customer : sample.customers) weeks.push_back(customer.weeks_until(day));
  return weeks;
}

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

BgNbd scenario_law(const MarketOptions& options) {
  return {options.need.shape, options.need.shape / options.need.opportunities_per_week.all, options.dropout.a,
          options.dropout.b};
}

TEST_CASE("L1: the replay's parameters and customers are the published ones") {
  const MarketOptions options = catalogue();
  const nlohmann::json& law = published("bgnbd");
  CHECK(options.need.shape == law.at("r").get<double>());
  CHECK(scenario_law(options).alpha == Approx(law.at("alpha").get<double>()).epsilon(1e-6));
  CHECK(options.dropout.a == law.at("a").get<double>());
  CHECK(options.dropout.b == law.at("b").get<double>());
  CHECK(options.run.consumers == published("cdnow").at("customers").get<std::int64_t>());
  CHECK(options.replay.observed_repeats == published("cdnow").at("repeats_to_week_78").get<std::int64_t>());
}

void check_replay(std::uint32_t seed, int runs) {
  const CdnowSample sample = read_cdnow();
  const MarketOptions options = catalogue();
  const BgNbd law = scenario_law(options);
  const std::vector<double> weeks = weeks_until(sample, kWindowEndDay);
  const Experiment run(options, seed, runs);
  const std::vector<double> repeats = run.flows("orders");
  const double mean = mean_of(repeats);
  const double se = std::sqrt(cohort_variance_of_repeats(law, weeks) / runs);
  CAPTURE(mean, se);
  CHECK(std::fabs(z_score(mean, cohort_expected_repeats(law, weeks), se)) < 4.0);
  CHECK(std::fabs(z_score(mean, published("bgnbd").at("cohort_repeats_to_week_78").get<double>(), se)) < 4.0);
  CHECK(std::fabs(mean / published("cdnow").at("repeats_to_week_78").get<double>() - 1.0) < 0.06);

  const std::vector<double> T = weeks_until(sample, kCalibrationEndDay);
  for (int x = 0; x < 8; ++x) {
    const auto at = static_cast<std::size_t>(x);
    const double expected = cohort_later_repeats(law, T, x, x == 7 ? 150 : x, 39.0);
    const std::vector<double> later = run.flows("trend_repeats", at), customers = run.flows("trend_customers", at);
    CAPTURE(x, expected, mean_of(later) / mean_of(customers), mean_of(customers));
    CHECK(std::fabs(z_of_ratio(later, customers, expected)) < 4.0);
  }
}

TEST_CASE("L1: CDNOW repeats to week 78 in 200 replications") { check_replay(1997, 200); }

TEST_CASE("L1: CDNOW repeats to week 78 in 10,000 replications", "[.heavy]") { check_replay(1998, 10'000); }

TEST_CASE("L1: the report of a replay shows the conditional trend, and no first purchases") {
  MarketOptions options = catalogue();
  options.complete();
  const Market market(options);
  CHECK(market.registry().find_kpi("repeats_before.7+.repeats_after") != nullptr);
  CHECK(market.registry().find_kpi("brand.cdnow.orders") != nullptr);
  CHECK(market.registry().find_kpi("brand.cdnow.buyers") == nullptr);
}

TEST_CASE("L1: control without dropout overshoots by more than 15 %") {
  const MarketOptions options = catalogue({"dropout.enabled=false"});
  const Experiment run(options, 11, 20);
  CHECK(mean_of(run.flows("orders")) > 1.15 * published("bgnbd").at("cohort_repeats_to_week_78").get<double>());
}

}  // namespace
}  // namespace populace::oracles
