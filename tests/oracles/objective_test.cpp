// Objective and task (H115): the catalogue's arithmetic is met by clicks that are bought, paced, billed and converted.
//
// Money is exact: budget = spend + unspent to the cent. Clicks stray by what the last day delivers beside its plan: the
// binomial scatter of one day's clicks, 2 c of the budget. Orders of R replications are binomial in the clicks.
#include <catch2/catch.hpp>

#include "scenarios/scenario.hpp"
#include "tests/oracles/experiment.hpp"
#include "tests/support/zscore.hpp"

namespace populace::oracles {
namespace {

MarketOptions catalogue(const std::vector<std::string>& overrides = {}) {
  return load_scenario(POPULACE_SOURCE_DIR "/scenarios/catalogue/objective_and_task.toml", overrides).market;
}

constexpr double kBudget = 200'000.0;
constexpr double kClicks = 100'000.0;
constexpr double kConversion = 0.01;
constexpr double kMicros = 1e6;

double sum_of(const std::vector<double>& values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum;
}

TEST_CASE("H115: 200,000 yuan buy 100,000 visits and about 1,000 orders") {
  constexpr int kRuns = 5;
  const MarketOptions options = catalogue();
  const Experiment run(options, static_cast<std::uint32_t>(options.run.seed), kRuns);
  const double days = run.steps();
  // One day's clicks scatter by at most their square root; the last day also makes up for the day before.
  const double se_clicks = std::sqrt(kClicks / days);
  for (int r = 0; r < kRuns; ++r) {
    const double spend = run.flow(r, "spend"), unspent = run.at_end(r, "unspent"), clicks = run.flow(r, "clicks");
    CAPTURE(r, spend / kMicros, unspent / kMicros, clicks, run.flow(r, "orders"));
    CHECK(spend + unspent == kBudget * kMicros);
    CHECK(spend == std::min(kBudget, 2.0 * clicks) * kMicros);
    CHECK(run.flow(r, "bonus") == 2.0 * clicks * kMicros - spend);
    CHECK(std::fabs(z_score(clicks, kClicks, se_clicks)) < kBoundTwentyChecks);
    CHECK(run.flow(r, "revenue") == 1000.0 * kMicros * run.flow(r, "orders"));
  }
  const double clicks = sum_of(run.flows("clicks")), orders = sum_of(run.flows("orders"));
  CHECK(std::fabs(z_score(orders, kConversion * clicks, std::sqrt(kConversion * (1.0 - kConversion) * clicks))) <
        kBoundTwentyChecks);
  CHECK(std::fabs(z_score(orders / kRuns, 1000.0, std::sqrt(990.0 / kRuns))) < kBoundTwentyChecks);
}

TEST_CASE("H115: controls with other prices and no campaign") {
  // At 1.5 yuan a visit a third more people come, and a third more buy.
  const Experiment cheap(catalogue({"campaign.search.cpc_money=1.5"}), 1152, 2);
  CHECK(z_score(sum_of(cheap.flows("orders")) / 2, 1000.0, std::sqrt(990.0 / 2)) > 3.0 * kBoundOneCheck);
  // Without money nobody comes, and nobody buys: there is no organic demand in this arithmetic.
  const Experiment dark(catalogue({"campaign.search.budget_money=0"}), 1153, 1);
  CHECK(dark.flow(0, "clicks") == 0.0);
  CHECK(dark.flow(0, "orders") < 5.0);
}

}  // namespace
}  // namespace populace::oracles
