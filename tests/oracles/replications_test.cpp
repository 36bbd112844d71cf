// O15: what common random numbers buy; O16: intervals over replications cover the truth as often as they say.
#include <catch2/catch.hpp>

#include "results/summary/common_random_numbers.hpp"
#include "tests/oracles/experiment.hpp"
#include "tests/support/zscore.hpp"

namespace populace::oracles {
namespace {

// Everybody orders with this chance, once.
MarketOptions coin(std::int64_t consumers, double prob) {
  MarketOptions options = empty_market(consumers, 1);
  MachineOptions machine;
  machine.name = "people";
  machine.stages = {"person"};
  options.machines = {machine};
  options.stage_purchase.machine = "people";
  options.stage_purchase.order_prob_per_week = prob;
  return options;
}

TEST_CASE("O15: monotone coupling of .10 and .11") {
  constexpr int kRuns = 2000;
  const std::vector<double> less = Experiment(coin(500, 0.10), 1501, kRuns).flows("stage_orders");
  const std::vector<double> more = Experiment(coin(500, 0.11), 1501, kRuns).flows("stage_orders");
  const std::vector<double> apart = Experiment(coin(500, 0.11), 1502, kRuns).flows("stage_orders");
  for (std::size_t r = 0; r < less.size(); ++r) REQUIRE(less[r] <= more[r]);  // nobody loses by a higher chance

  // Those between .10 and .11: .01 * .99 against .10 * .90 + .11 * .89.
  const double law = 0.01 * 0.99 / (0.10 * 0.90 + 0.11 * 0.89);
  CHECK(std::fabs(law - 0.0527) < 5e-5);
  const PairedComparison paired = compare_paired(more, less);
  // Both variances are chi-square figures of relative SE at most sqrt(2/(R-1)); taken as independent, on the safe side.
  const double relative_se = std::sqrt(4.0 / (kRuns - 1));
  CAPTURE(paired.variance_ratio);
  CHECK(std::fabs(z_score(std::log(paired.variance_ratio), std::log(law), relative_se)) < kBoundTwentyChecks);
  std::vector<double> differences;
  for (std::size_t r = 0; r < less.size(); ++r) differences.push_back(more[r] - less[r]);
  CHECK(std::fabs(z_of_mean(differences, 500 * 0.01)) < kBoundTwentyChecks);
  // The identity, exact for sample moments.
  const double identity = paired.first_variance + paired.second_variance -
                          2.0 * paired.correlation * std::sqrt(paired.first_variance * paired.second_variance);
  CHECK(paired.difference_variance == Approx(identity).epsilon(1e-10));
  // Control: other draws buy nothing.
  const double independent = compare_paired(apart, less).variance_ratio;
  CHECK(std::fabs(z_score(std::log(independent), 0.0, relative_se)) < kBoundTwentyChecks);
  CHECK(std::fabs(z_score(std::log(independent), std::log(law), relative_se)) > 3.0 * kBoundTwentyChecks);
}

TEST_CASE("O16: coverage of 95 % intervals on replication means") {
  constexpr int kExperiments = 2000;
  constexpr int kEach = 5;
  constexpr double kTolerance = 0.0146;  // three standard errors of a share of .95 in 2,000
  CHECK(3.0 * share_standard_error(0.95, kExperiments) == Approx(kTolerance).epsilon(0.01));
  const std::vector<double> orders = Experiment(coin(400, 0.3), 1601, kExperiments * kEach).flows("stage_orders");
  int covered = 0, covered_by_normal = 0;
  for (int e = 0; e < kExperiments; ++e) {
    const Interval interval = t_interval(std::span(orders).subspan(static_cast<std::size_t>(e) * kEach, kEach));
    covered += interval.low <= 120.0 && 120.0 <= interval.high;
    covered_by_normal += std::fabs(interval.mean - 120.0) <= 1.959964 * interval.standard_error;
  }
  CAPTURE(covered, covered_by_normal);
  CHECK(std::fabs(covered / static_cast<double>(kExperiments) - 0.95) < kTolerance);
  // Control: the normal quantile, too small for five replications.
  CHECK(std::fabs(covered_by_normal / static_cast<double>(kExperiments) - 0.95) > 3.0 * kTolerance);
}

}  // namespace
}  // namespace populace::oracles
