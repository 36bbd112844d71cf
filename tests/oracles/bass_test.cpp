// O10: adoption by innovation p and imitation q among fully mixed consumers, against its discrete-time law; L4: refit.
//
// The spread is not binomial: early luck is amplified, V = N Var(share) follows the recursion of oracles_bass.hpp. Over
// R replications the sample variance times (R-1)/V is chi-square with R-1 degrees of freedom: relative SE
// sqrt(2/(R-1)). Both laws have corrections of relative order 1/N, far below these errors.
#include <catch2/catch.hpp>

#include "results/summary/interval.hpp"
#include "scenarios/scenario.hpp"
#include "tests/oracles/experiment.hpp"
#include "tests/support/oracles_bass.hpp"
#include "tests/support/zscore.hpp"

namespace populace::oracles {
namespace {

constexpr double kP = 0.03;
constexpr double kQ = 0.38;

MarketOptions durable(std::int64_t consumers, std::int64_t weeks, double q) {
  MarketOptions options = empty_market(consumers, weeks);
  MachineOptions machine;
  machine.name = "adoption";
  machine.stages = {"potential", "adopter"};
  machine.moves = {hazard("adopt", "potential", "adopter", kP, {{"share.adopter", q}})};
  options.machines = {machine};
  return options;
}

void check_spread(std::uint32_t seed, int n_runs) {
  constexpr double kConsumers = 5000;
  const Experiment runs(durable(5000, 15, kQ), seed, n_runs);
  const BassPath law = discrete_bass(kP, kQ, 1.0, 15);
  for (const int t : {1, 3, 6, 10, 15}) {
    const auto at = static_cast<std::size_t>(t);
    std::vector<double> shares = runs.in_step("occupancy_adoption", 1, t - 1);
    for (double& share : shares) share /= kConsumers;
    const SampleMoments moments = sample_moments(shares);
    const double variance = law.scaled_variance[at] / kConsumers;
    const double mean = law.adopted[at] + law.scaled_bias[at] / kConsumers;
    const double relative_se = std::sqrt(2.0 / (n_runs - 1));
    CAPTURE(t, moments.variance / variance);
    CHECK(std::fabs(z_score(moments.mean, mean, std::sqrt(variance / n_runs))) < kBoundTwentyChecks);
    CHECK(std::fabs(z_score(moments.variance, variance, variance * relative_se)) < kBoundTwentyChecks);
    CHECK(moments.variance / variance > 0.8);
    CHECK(moments.variance / variance < 1.25);
    if (t != 6) continue;
    // Controls at the steepest time: binomial scatter, and the curve of continuous time.
    const double binomial = law.adopted[at] * (1.0 - law.adopted[at]) / kConsumers;
    CHECK(z_score(moments.variance, binomial, binomial * relative_se) > 3.0 * kBoundTwentyChecks);
    CHECK(std::fabs(z_score(moments.mean, continuous_bass(kP, kQ, t), std::sqrt(variance / n_runs))) >
          3.0 * kBoundTwentyChecks);
  }
}

TEST_CASE("O10: mean and variance of adoption over replications") { check_spread(1001, 1000); }

TEST_CASE("O10: mean and variance over ten thousand replications", "[.heavy]") { check_spread(1005, 10'000); }

TEST_CASE("O10: without imitation the scatter is binomial") {
  constexpr int kRuns = 1000;
  constexpr double kConsumers = 5000;
  const Experiment runs(durable(5000, 6, 0.0), 1002, kRuns);
  std::vector<double> shares = runs.in_step("occupancy_adoption", 1, 5);
  for (double& share : shares) share /= kConsumers;
  const double law = -std::expm1(-6.0 * kP);
  const double variance = law * (1.0 - law) / kConsumers;
  const double relative_se = std::sqrt(2.0 / (kRuns - 1));
  CHECK(std::fabs(z_score(sample_moments(shares).variance, variance, variance * relative_se)) < kBoundTwentyChecks);
}

struct Fit {
  double p, q;
};

// Regression of -ln(1 - new adopters / those left) on the share of adopters, weighted by those left.
Fit refit(const Experiment& run, double consumers) {
  double w = 0, wx = 0, wy = 0, wxx = 0, wxy = 0, before = 0;
  for (int t = 0; t < run.steps(); ++t) {
    const double adopted = run.sum(0, "occupancy_adoption", 1, t, t + 1);
    const double left = consumers - before, x = before / consumers, y = -std::log1p(-(adopted - before) / left);
    w += left;
    wx += left * x;
    wy += left * y;
    wxx += left * x * x;
    wxy += left * x * y;
    before = adopted;
  }
  const double q = (w * wxy - wx * wy) / (w * wxx - wx * wx);
  return {(wy - q * wx) / w, q};
}

TEST_CASE("L4: a refit of the aggregate curve finds p, q and the peak") {
  const Fit fit = refit(Experiment(durable(1'000'000, 15, kQ), 1003), 1e6);
  CHECK(std::fabs(fit.p / kP - 1.0) < 0.05);
  CHECK(std::fabs(fit.q / kQ - 1.0) < 0.05);
  CHECK(std::fabs(bass_peak_time(fit.p, fit.q) / bass_peak_time(kP, kQ) - 1.0) < 0.03);
  const Fit control = refit(Experiment(durable(1'000'000, 15, 0.0), 1004), 1e6);
  CHECK(std::fabs(control.q / kQ - 1.0) > 3.0 * 0.05);
}

TEST_CASE("O10: the catalogue's durable follows the law at its own step") {
  constexpr double kConsumers = 20'000;
  MarketOptions options =
      load_scenario(POPULACE_SOURCE_DIR "/scenarios/catalogue/bass_durable.toml", {"scenario.consumers=20_000"}).market;
  const int weeks = static_cast<int>(options.run.weeks);
  const int runs = static_cast<int>(options.run.replications);
  const Experiment experiment(options, static_cast<std::uint32_t>(options.run.seed), runs);
  const BassPath law = discrete_bass(kP, kQ, 1.0 / 52.0, weeks);
  for (const int year : {3, 6, 9, 12}) {
    const auto at = static_cast<std::size_t>(52 * year);
    std::vector<double> shares = experiment.in_step("occupancy_adoption", 1, 52 * year - 1);
    double mean = 0.0;
    for (const double adopters : shares) mean += adopters / kConsumers / runs;
    const double se = std::sqrt(law.scaled_variance[at] / kConsumers / runs);
    CAPTURE(year, mean, law.adopted[at]);
    CHECK(std::fabs(z_score(mean, law.adopted[at] + law.scaled_bias[at] / kConsumers, se)) < kBoundTwentyChecks);
    // Control: imitation that is a fifth weaker.
    CHECK(std::fabs(z_score(mean, discrete_bass(kP, 0.8 * kQ, 1.0 / 52.0, weeks).adopted[at], se)) >
          (year < 6 ? 1.0 : 3.0) * kBoundTwentyChecks);
  }
}

}  // namespace
}  // namespace populace::oracles
