// O14: constant inflow and a geometric stay make the number of consumers in a stage Poisson. With an inflow of lambda a
// step and a chance q = 1 - exp(-mu dt) to leave in a step, its mean after t steps is lambda / q (1 - (1 - q)^t), the
// form in steps of (lambda / mu) (1 - e^(-mu t)).
//
// Inflow comes from a pool of N consumers, each with a small chance s a step; the pool shrinks by (1 - s) a step, which
// the mean takes into account. The count is binomial with N p, so its variance is below the Poisson's by p < .003, a
// fraction of the SE of the index of dispersion over 400 replications, sqrt(2 / 399) = .071.
#include <algorithm>
#include <catch2/catch.hpp>

#include "results/summary/interval.hpp"
#include "tests/oracles/experiment.hpp"
#include "tests/support/zscore.hpp"

namespace populace::oracles {
namespace {

constexpr std::int64_t kPool = 20'000;
constexpr double kEnter = 5e-4;  // a week
constexpr double kLeave = 0.25;  // a week
constexpr int kWeeks = 16, kReplications = 400;

MarketOptions queue(const std::string& step) {
  MarketOptions options = empty_market(kPool, kWeeks, step);
  MachineOptions machine;
  machine.name = "queue";
  machine.stages = {"outside", "waits", "served"};
  machine.moves = {hazard("come", "outside", "waits", kEnter), hazard("go", "waits", "served", kLeave)};
  options.machines = {machine};
  return options;
}

// Mean number who wait after so many steps of dt weeks.
double law(int steps, double dt) {
  const double comes = -std::expm1(-kEnter * dt), stays = std::exp(-kLeave * dt);
  double outside = static_cast<double>(kPool), waiting = 0.0;
  for (int t = 0; t < steps; ++t) {
    waiting = waiting * stays + outside * comes;
    outside *= 1.0 - comes;
  }
  return waiting;
}

// z of the index of dispersion: (n - 1) s^2 / mean is chi-square with n - 1 degrees of freedom under the Poisson law.
double dispersion_z(const std::vector<double>& counts) {
  const auto n = static_cast<double>(counts.size());
  double mean = 0.0, square = 0.0;
  for (const double count : counts) mean += count / n;
  for (const double count : counts) square += (count - mean) * (count - mean);
  return (square / mean - (n - 1.0)) / std::sqrt(2.0 * (n - 1.0));
}

double fit_to_poisson(const std::vector<double>& counts, double mean) {
  std::vector<std::int64_t> observed(400);
  std::vector<double> expected(400);
  for (const double count : counts) ++observed[std::min<std::size_t>(static_cast<std::size_t>(count), 399)];
  double probability = std::exp(-mean), left = 1.0;
  for (std::size_t k = 0; k + 1 < expected.size(); ++k) {
    expected[k] = probability * static_cast<double>(counts.size());
    left -= probability;
    probability *= mean / static_cast<double>(k + 1);
  }
  expected.back() = std::max(left, 0.0) * static_cast<double>(counts.size());
  return chi_square_fit(observed, expected).p_value;
}

void check_queue(const std::string& step, std::uint32_t seed) {
  const int per_week = step == "day" ? 7 : 1;
  const Experiment run(queue(step), seed, kReplications);
  for (const int weeks : {1, 4, 16}) {
    CAPTURE(step, weeks);
    const std::vector<double> waiting = run.in_step("occupancy_queue", 1, weeks * per_week - 1);
    const double mean = law(weeks * per_week, 1.0 / per_week);
    const double se = std::sqrt(mean / kReplications);
    const double found = t_interval(waiting).mean;
    CHECK(std::fabs(z_score(found, mean, se)) < kBoundTwentyChecks);
    CHECK(std::fabs(dispersion_z(waiting)) < kBoundTwentyChecks);
    CHECK(fit_to_poisson(waiting, mean) > kLeastFitProbability);
    // Controls: nobody leaves (where that matters by now); everybody comes in parties of three.
    if (weeks > 1) CHECK(std::fabs(z_score(found, kPool * kEnter * weeks, se)) > 3.0 * kBoundTwentyChecks);
    std::vector<double> in_threes;
    for (const double count : waiting) in_threes.push_back(3.0 * count);
    CHECK(std::fabs(dispersion_z(in_threes)) > 3.0 * kBoundTwentyChecks);
    CHECK(fit_to_poisson(in_threes, 3.0 * mean) < kLeastFitProbability / 3.0);
  }
}

TEST_CASE("O14: constant inflow and geometric stay, in week steps") { check_queue("week", 1401); }

TEST_CASE("O14: and in day steps") { check_queue("day", 1402); }

}  // namespace
}  // namespace populace::oracles
