// Purchase episodes: occupancy under a constant inflow, conservation of needs, and limiting cases to the bit.
#include <catch2/catch.hpp>
#include <cmath>

#include "sim/random/trait_tables.hpp"
#include "tests/episode/episode_market.hpp"

using namespace populace;

namespace {

constexpr std::size_t kSearch = 2;

// Chance to be in search after t steps: whoever is not opens an episode with chance a, and stays with chance q.
//   p' = p q + (1 - p q) a,   p_0 = 0;   with a -> 0 it is a (1 - q^t) / (1 - q), the queue M / Geometric / infinity
double in_search(double rate, double stay_weeks, double dt, int steps) {
  const double a = 1 - std::exp(-rate * dt), q = std::exp(-dt / stay_weeks);
  double p = 0;
  for (int t = 0; t < steps; ++t) p = p * q + (1 - p * q) * a;
  return p;
}

// Mean over consumers, whose rates are gamma.
double mean_in_search(const MarketOptions& options, double stay_weeks, int steps) {
  const TraitTable rates = gamma_trait(options.need.shape, options.need.opportunities_per_week.all);
  const auto& probs = code_probs();
  double mean = 0;
  for (std::size_t code = 1; code < 256; ++code)
    mean += probs[code] *
            in_search(static_cast<double>(rates.value[code]), stay_weeks, options.run.weeks_per_step(), steps);
  return mean;
}

}  // namespace

TEST_CASE("constant inflow and geometric stay: occupancy of search is that of the queue, by weeks and by days") {
  for (const char* step : {"week", "day"}) {
    MarketOptions options = episode_market(451, 6);
    options.run.step = step;
    const Run run(options);
    const int n = static_cast<int>(run.market.end_step_number());
    for (int t = 1; t <= n; t += n / 6) {
      const double p = mean_in_search(options, 2, t), se = std::sqrt(kPeople * p * (1 - p));
      const auto found = static_cast<double>(run.counters.step("episode_people", t - 1, kSearch));
      CHECK(std::fabs(z_score(found, kPeople * p, se)) < kBoundTwentyChecks);
      if (t > n / 2) CHECK(std::fabs(z_score(found, kPeople * mean_in_search(options, 3, t), se)) > kBoundTwentyChecks);
    }
  }
}

TEST_CASE("occupancy under a small constant inflow is Poisson over markets") {
  MarketOptions options = episode_market(452, 5);
  options.need.opportunities_per_week = .02;
  options.regions.clear();
  for (int r = 0; r < 100; ++r) options.regions.push_back({"r" + std::to_string(r), .01, 0});
  const Run run(options);
  const double p = mean_in_search(options, 2, 5), mean = kPeople / 100 * p;
  const auto dispersion = [&](double factor) {  // chi-square with 100 degrees of freedom
    double sum = 0;
    for (std::size_t r = 0; r < 100; ++r)
      sum +=
          std::pow(factor * static_cast<double>(run.counters.cell("episode_people", 4, r, kSearch)) - factor * mean, 2);
    return sum / (factor * mean * (1 - p));
  };
  CHECK(std::fabs(z_score(dispersion(1), 100, std::sqrt(200.))) < kBoundOneCheck);
  CHECK(std::fabs(z_score(dispersion(2), 100, std::sqrt(200.))) > kBoundOneCheck);  // control: twice a Poisson count
}

TEST_CASE("needs are conserved step by step, and so are people") {
  MarketOptions options = episode_market(456, 10);
  options.involvement.enabled = true;
  options.episode = {.enabled = true,
                     .need_weeks = .5,
                     .search_weeks = 1.5,
                     .evaluate_weeks = 1,
                     .decide_weeks = .5,
                     .after_weeks = 2,
                     .give_up_prob_per_week = .1,
                     .completion_prob = .7,
                     .routine_completion_prob = .9};
  options.need.opportunities_per_week = .6;
  const Run run(options);
  std::int64_t open_before = 0;
  for (std::int32_t step = 0; step < run.market.end_step_number(); ++step) {
    const auto count = [&](std::size_t which) { return run.counters.step("episodes", step, which); };
    const auto people = [&](std::size_t stage) { return run.counters.step("episode_people", step, stage); };
    CHECK(count(kNeeds) == count(kRoutine) + count(kOpened) + count(kJoined));
    const std::int64_t open = people(1) + people(2) + people(3) + people(4);
    CHECK(count(kOpened) == count(kDecided) + count(kGivenUp) + count(kHindered) + open - open_before);
    CHECK(run.counters.step("opportunities", step) == count(kRoutine) - count(kRoutineHindered) + count(kDecided));
    CHECK(open + people(0) + people(5) == run.counters.step("consumers", step));
    open_before = open;
  }
  for (const std::size_t which : {kRoutine, kRoutineHindered, kOpened, kJoined, kDecided, kGivenUp, kHindered})
    CHECK(all_of(run, which) > 0);
}

TEST_CASE("where no purchase is extended, episodes change nothing, to the bit") {
  MarketOptions with = episode_market(453), without = episode_market(453);
  with.involvement.enabled = without.involvement.enabled = true;
  with.episode.extended_from_involvement = 1;
  without.episode.enabled = false;
  const Run a(with), b(without);
  CHECK(a.all("orders") == b.all("orders"));
  CHECK(Walk(with).column<std::uint16_t>("bought") == Walk(without).column<std::uint16_t>("bought"));
  CHECK(all_of(a, kRoutine) == b.all("opportunities"));
  with.episode.extended_from_involvement = .6;
  CHECK(Run(with).all("orders") != b.all("orders"));
}

TEST_CASE("an intention is completed with its chance, and given up with its own") {
  MarketOptions options = episode_market(454, 12);
  options.episode.completion_prob = .7;
  const Run hindered(options);
  const double intentions = all_of(hindered, kDecided) + all_of(hindered, kHindered);
  const auto z = [&](double p) {
    return z_score(all_of(hindered, kDecided), intentions * p, std::sqrt(intentions * p * (1 - p)));
  };
  CHECK(std::fabs(z(.7)) < kBoundOneCheck);
  CHECK(std::fabs(z(.75)) > kBoundOneCheck);
  // Giving up competes with going on: of those who leave, the share g / (g + (1 - g) m) has given up.
  options.episode.completion_prob = 1;
  options.episode.give_up_prob_per_week = .2;
  const Run given(options);
  const double m = 1 - std::exp(-.5), share = .2 / (.2 + .8 * m),
               ends = all_of(given, kDecided) + all_of(given, kGivenUp);
  CHECK(std::fabs(z_score(all_of(given, kGivenUp), ends * share, std::sqrt(ends * share * (1 - share)))) <
        kBoundOneCheck);
  CHECK(std::fabs(z_score(all_of(given, kGivenUp), ends * .2, std::sqrt(ends * share * (1 - share)))) > kBoundOneCheck);
}

TEST_CASE("involvement makes the way longer") {
  const auto searching = [](double interest) {
    MarketOptions options = episode_market(455, 12);
    options.involvement.enabled = true;
    options.involvement.interest = interest;
    options.episode.dwell_involvement = 1;
    const Run run(options);
    return static_cast<double>(run.counters.step("episode_people", 11, kSearch));
  };
  CHECK(searching(2) > 1.2 * searching(-2));
}
