// O1: constant hazards move consumers as a Markov chain, one matrix a class of consumers. Over a step of length 1 a
// stage with rates u (up) and d (down) is left with probability 1 - e^-(u+d), upwards in the ratio u : d.
//
// Given the classes, consumers are independent, so a stage share has SE sqrt(sum_g w_g p_g (1 - p_g) / N), p_g the
// class's own occupancy. Negative control: the matrix averaged over classes before taking powers.
#include <array>
#include <catch2/catch.hpp>

#include "tests/oracles/experiment.hpp"
#include "tests/support/oracles_markov.hpp"
#include "tests/support/zscore.hpp"

namespace populace::oracles {
namespace {

constexpr std::size_t kStages = 4;
constexpr double kUp[] = {0.10, 0.05, 0.02};           // a week, from stage 0, 1, 2
constexpr double kUpPerDriver[] = {0.60, 0.40, 0.25};  // a week and unit of the driver
constexpr double kDown = 0.05;                         // from stage 1 and 2

Matrix step_matrix(double driver) {
  Matrix p(kStages, std::vector<double>(kStages, 0.0));
  for (std::size_t s = 0; s + 1 < kStages; ++s) {
    const double up = kUp[s] + kUpPerDriver[s] * driver;
    const double down = s > 0 ? kDown : 0.0;
    const double move = -std::expm1(-(up + down));
    p[s][s + 1] = move * up / (up + down);
    if (s > 0) p[s][s - 1] = move * down / (up + down);
    p[s][s] = 1.0 - move;
  }
  p[kStages - 1][kStages - 1] = 1.0;
  return p;
}

MachineOptions funnel(const std::string& driver) {
  MachineOptions machine;
  machine.name = "funnel";
  machine.stages = {"unaware", "aware", "considering", "purchased"};
  for (std::size_t s = 0; s + 1 < kStages; ++s) {
    machine.moves.push_back(
        hazard("up_" + machine.stages[s], machine.stages[s], "next", kUp[s], {{driver, kUpPerDriver[s]}}));
    if (s > 0) machine.moves.push_back(hazard("down_" + machine.stages[s], machine.stages[s], "previous", kDown));
  }
  return machine;
}

// Heavy users meet the channel every week, light users never.
MarketOptions two_segments(std::int64_t consumers, std::int64_t weeks) {
  MarketOptions options = empty_market(consumers, weeks);
  options.segments = {{"heavy", 0.5}, {"light", 0.5}};
  ChannelOptions channel = certain_channel("tv", 1.0);
  channel.slots_per_week.by_name = {{"light", 0.0}};
  options.channels = {channel};
  options.campaigns = {unpaid_campaign("tv", "tv", 1.0)};
  options.machines = {funnel("exposures.tv")};
  return options;
}

std::vector<MarkovClass> two_classes() {
  const std::vector<double> start{1.0, 0.0, 0.0, 0.0};
  return {{0.5, start, step_matrix(1.0)}, {0.5, start, step_matrix(0.0)}};
}

double share_se(const std::vector<MarkovClass>& classes, std::size_t stage, int steps, double consumers) {
  double variance = 0.0;
  for (MarkovClass one : classes) {
    const double weight = std::exchange(one.weight, 1.0);
    const double p = occupancy(std::vector{one}, steps)[stage];
    variance += weight * p * (1.0 - p);
  }
  return std::sqrt(variance / consumers);
}

// One class whose matrix is the average.
std::vector<double> averaged_first(const std::vector<MarkovClass>& classes, int steps) {
  MarkovClass average{1.0, classes[0].initial, Matrix(kStages, std::vector<double>(kStages, 0.0))};
  for (const MarkovClass& one : classes)
    for (std::size_t i = 0; i < kStages; ++i)
      for (std::size_t j = 0; j < kStages; ++j) average.transition[i][j] += one.weight * one.transition[i][j];
  return occupancy(std::vector{average}, steps);
}

constexpr int kLooks[] = {1, 4, 12, 26};  // weeks

// Greatest |z| over looks and stages, and how far the averaged matrix is from the run at week 12.
void check_occupancy(const MarketOptions& options, const std::vector<MarkovClass>& classes, std::uint32_t seed) {
  const Experiment run(options, seed);
  const auto n = static_cast<double>(options.run.consumers);
  for (const int weeks : kLooks) {
    const std::vector<double> law = occupancy(classes, weeks);
    for (std::size_t s = 0; s < kStages; ++s) {
      const double se = share_se(classes, s, weeks, n);
      if (law[s] < 1e-12) continue;  // not to be reached in so few steps
      CAPTURE(weeks, s, law[s]);
      const double share = run.sum(0, "occupancy_funnel", s, weeks - 1, weeks) / n;
      CHECK(std::fabs(z_score(share, law[s], se)) < kBoundTwentyChecks);
    }
  }
  const double purchased = run.sum(0, "occupancy_funnel", 3, 11, 12) / n;
  CHECK(std::fabs(z_score(purchased, averaged_first(classes, 12)[3], share_se(classes, 3, 12, n))) >
        3.0 * kBoundTwentyChecks);
}

MarketOptions by_involvement(std::int64_t consumers) {
  MarketOptions options = empty_market(consumers, 26);
  options.involvement.enabled = true;
  options.involvement.weights = {1.2, 1.2, 1.2, 1.2, 1.2};
  options.involvement.bias = -1.0;
  options.machines = {funnel("involvement")};
  return options;
}

// One class for each involvement that somebody has, of the very consumers that a seed draws.
std::vector<MarkovClass> involvement_classes(const MarketOptions& options, std::uint32_t seed) {
  std::array<double, 256> members{};
  const Snapshot start(options, seed, 0);
  for (const std::uint8_t code : start.column<std::uint8_t>("involvement")) members[code] += 1.0;
  std::vector<MarkovClass> classes;
  for (std::size_t code = 0; code < members.size(); ++code) {
    if (members[code] == 0.0) continue;
    const double weight = members[code] / static_cast<double>(options.run.consumers);
    classes.push_back({weight, {1.0, 0.0, 0.0, 0.0}, step_matrix(static_cast<double>(code) / 255.0)});
  }
  return classes;
}

TEST_CASE("O1: occupancy of two segments with different rates") {
  check_occupancy(two_segments(400'000, 26), two_classes(), 101);
}

TEST_CASE("O1: occupancy of involvement classes, one matrix for each of the 255") {
  check_occupancy(by_involvement(200'000), involvement_classes(by_involvement(200'000), 102), 102);
}

TEST_CASE("O1: occupancy of ten million", "[.heavy]") {
  check_occupancy(two_segments(10'000'000, 26), two_classes(), 104);
  check_occupancy(by_involvement(10'000'000), involvement_classes(by_involvement(10'000'000), 105), 105);
}

TEST_CASE("O1: z-scores over seeds are standard normal, neither too wide nor too narrow") {
  constexpr int kRuns = 400;
  constexpr double kConsumers = 4000;
  const Experiment runs(two_segments(4000, 12), 103, kRuns);
  const double law = occupancy(two_classes(), 12)[3];
  const double se = share_se(two_classes(), 3, 12, kConsumers);
  std::vector<double> z;
  std::vector<double> too_good;
  for (const double count : runs.in_step("occupancy_funnel", 3, 11)) {
    z.push_back(z_score(count / kConsumers, law, se));
    too_good.push_back(z.back() / 1.5);
  }
  CHECK(normal_fit_p_value(z) > kLeastFitProbability);
  CHECK(normal_fit_p_value(too_good) < kLeastFitProbability / 3.0);
}

}  // namespace
}  // namespace populace::oracles
