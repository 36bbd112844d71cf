// O2: how long consumers take through a funnel, and where they end. With constant rates the stages are an absorbing
// chain: of the steps T until a consumer has bought or given up, the mean is F 1 and the variance (2F - I) F 1 - (F
// 1)^2, and row i of F R tells where those who start in stage i end; F = (I - Q)^-1.
//
// Everybody starts in one stage, so the share still under way after t steps is P(T > t), and
//   E T = sum P(T > t),   E T^2 = sum (2 t + 1) P(T > t),   over t = 0, 1, ...
// SE of the mean is sqrt(Var T / N), of the variance sqrt((m4 - Var^2) / N), of a split binomial; m4 by powers of Q.
#include <catch2/catch.hpp>

#include "tests/oracles/experiment.hpp"
#include "tests/support/oracles_markov.hpp"
#include "tests/support/zscore.hpp"

namespace populace::oracles {
namespace {

constexpr std::size_t kUnderWay = 3;              // stages that are left again
constexpr double kUp[] = {0.30, 0.20, 0.15};      // a week, towards "bought"
constexpr double kDown[] = {0.00, 0.10, 0.05};    // a week, one stage back
constexpr double kGiveUp[] = {0.05, 0.08, 0.12};  // a week, to "gave_up"
constexpr int kWeeks = 250;                       // P(T > 250) < 1e-9
constexpr std::int64_t kConsumers = 200'000;
const std::vector<std::string> kStages = {"looks", "compares", "decides", "bought", "gave_up"};

struct Blocks {
  Matrix q, r;
};

// Rates that compete within a step of one week.
Blocks step_blocks(const double* down) {
  Blocks blocks{Matrix(kUnderWay, std::vector<double>(kUnderWay)), Matrix(kUnderWay, std::vector<double>(2))};
  for (std::size_t s = 0; s < kUnderWay; ++s) {
    const double rate = kUp[s] + down[s] + kGiveUp[s];
    const double leaves = -std::expm1(-rate);
    blocks.q[s][s] = 1.0 - leaves;
    (s + 1 < kUnderWay ? blocks.q[s][s + 1] : blocks.r[s][0]) += leaves * kUp[s] / rate;
    if (s > 0) blocks.q[s][s - 1] += leaves * down[s] / rate;
    blocks.r[s][1] += leaves * kGiveUp[s] / rate;
  }
  return blocks;
}

MarketOptions funnel_from(std::size_t start) {
  MarketOptions options = empty_market(kConsumers, kWeeks);
  MachineOptions machine;
  machine.name = "funnel";
  machine.stages = kStages;
  machine.initial_share.by_name = {{kStages[start], 1.0}};
  for (std::size_t s = 0; s < kUnderWay; ++s) {
    machine.moves.push_back(hazard("up_" + kStages[s], kStages[s], kStages[s + 1], kUp[s]));
    if (kDown[s] > 0) machine.moves.push_back(hazard("down_" + kStages[s], kStages[s], kStages[s - 1], kDown[s]));
    machine.moves.push_back(hazard("give_up_" + kStages[s], kStages[s], "gave_up", kGiveUp[s]));
  }
  options.machines = {machine};
  return options;
}

struct Passage {
  double mean = 0, variance = 0, bought = 0;
};

Passage observed(const Experiment& run) {
  const auto n = static_cast<double>(kConsumers);
  double first = 1.0, second = 1.0;  // t = 0: everybody is under way
  for (int step = 0; step < kWeeks; ++step) {
    double share = 0.0;
    for (std::size_t s = 0; s < kUnderWay; ++s) share += run.sum(0, "occupancy_funnel", s, step, step + 1) / n;
    first += share;
    second += (2.0 * (step + 1) + 1.0) * share;
  }
  return {first, second - first * first, run.at_end(0, "occupancy_funnel", kUnderWay) / n};
}

// Fourth central moment of T for a start in stage i.
double fourth_moment(const Matrix& q, std::size_t start, double mean) {
  std::vector<double> share(kUnderWay);
  share[start] = 1.0;
  double before = 1.0, moment = 0.0;
  for (int t = 1; t < 4000; ++t) {
    std::vector<double> next(kUnderWay);
    double left = 0.0;
    for (std::size_t i = 0; i < kUnderWay; ++i)
      for (std::size_t j = 0; j < kUnderWay; ++j) next[j] += share[i] * q[i][j];
    for (const double p : next) left += p;
    moment += (before - left) * std::pow(t - mean, 4);
    before = left;
    share = next;
  }
  return moment;
}

TEST_CASE("O2: time through a funnel and where it ends, from every stage") {
  const Blocks blocks = step_blocks(kDown);
  const Absorption law = absorption(blocks.q, blocks.r);
  const double never_back[] = {0.0, 0.0, 0.0};
  const Blocks forward = step_blocks(never_back);
  const Absorption without_way_back = absorption(forward.q, forward.r);
  const auto n = static_cast<double>(kConsumers);
  for (std::size_t start = 0; start < kUnderWay; ++start) {
    INFO("from " << kStages[start]);
    const Experiment run(funnel_from(start), 210 + static_cast<std::uint32_t>(start));
    const Passage found = observed(run);
    const double mean = law.mean_steps[start], variance = law.variance_steps[start], bought = law.split[start][0];
    const double mean_se = std::sqrt(variance / n);
    const double variance_se = std::sqrt((fourth_moment(blocks.q, start, mean) - variance * variance) / n);
    CHECK(std::fabs(z_score(found.mean, mean, mean_se)) < kBoundTwentyChecks);
    CHECK(std::fabs(z_score(found.variance, variance, variance_se)) < kBoundTwentyChecks);
    CHECK(std::fabs(z_score(found.bought, bought, binomial_se(bought, n))) < kBoundTwentyChecks);
    // Controls: a funnel without a way back; one geometric stay of the same mean; a split by the rates of the stage.
    CHECK(std::fabs(z_score(found.mean, without_way_back.mean_steps[start], mean_se)) > 3.0 * kBoundTwentyChecks);
    CHECK(std::fabs(z_score(found.variance, mean * (mean - 1.0), variance_se)) > 3.0 * kBoundTwentyChecks);
    const double by_rates = kUp[start] / (kUp[start] + kGiveUp[start]);
    CHECK(std::fabs(z_score(found.bought, by_rates, binomial_se(by_rates, n))) > 3.0 * kBoundTwentyChecks);
  }
}

}  // namespace
}  // namespace populace::oracles
