// O9: customers who buy at gamma rates and leave with beta chances, in day steps. Everybody enters on day 0; what
// happens in steps 1 to 7 t is X(t).
//
// E[X(t)] has SE sqrt(Var X(t) / N). Later repeats by count in the first period are judged by their spread over
// replications. The expectation of one customer given his count and the time of his last purchase is held against the
// mean of those very customers: the last purchase is known to the day, so its middle is taken (the expectation is so
// smooth in t_x that the half day shifts it by 1e-5).
#include <catch2/catch.hpp>

#include "tests/oracles/experiment.hpp"
#include "tests/oracles_reference/published.hpp"
#include "tests/support/oracles_bgnbd.hpp"
#include "tests/support/zscore.hpp"

namespace populace::oracles {
namespace {

BgNbd cdnow_law() {
  const nlohmann::json& law = published("bgnbd");
  return {law.at("r"), law.at("alpha"), law.at("a"), law.at("b")};
}

// Customers who all made their first purchase on day 0 of a made-up log.
MarketOptions customers(std::int64_t n, std::int64_t weeks) {
  const BgNbd law = cdnow_law();
  MarketOptions options = empty_market(n, weeks, "day");
  options.need.enabled = true;
  options.need.shape = law.r;
  options.need.opportunities_per_week = law.r / law.alpha;
  options.dropout.enabled = true;
  options.dropout.a = law.a;
  options.dropout.b = law.b;
  options.choice.no_purchase_share = 0.0;
  options.replay.transactions_csv = "made up";
  options.replay.entry_day.assign(static_cast<std::size_t>(n), 0);
  options.replay.split_weeks = 39.0;
  return options;
}

constexpr double kConsumers = 20'000;

void check_repeats(std::uint32_t seed, int runs) {
  const BgNbd law = cdnow_law();
  const Experiment run(customers(20'000, 79), seed, runs);
  const double n = kConsumers * runs;
  const auto repeats_to = [&](double weeks) {
    double sum = 0.0;
    for (int r = 0; r < runs; ++r) sum += run.sum(r, "orders", 0, 0, static_cast<int>(7 * weeks) + 1);
    return sum / n;
  };
  for (const double t : {1.0, 3.0, 32.0, 78.0}) {
    CAPTURE(t, repeats_to(t), expected_repeats(law, t));
    const double se = std::sqrt(variance_of_repeats(law, t) / n);
    CHECK(std::fabs(z_score(repeats_to(t), expected_repeats(law, t), se)) < kBoundTwentyChecks);
  }
  const double T = 272.0 / 7.0, later = (79 * 7 - 1) / 7.0 - T;
  for (int x = 0; x < 8; ++x) {
    const auto at = static_cast<std::size_t>(x);
    const double one[] = {T};
    const double mean = cohort_later_repeats(law, one, x, x == 7 ? 150 : x, later);
    CAPTURE(x, mean);
    CHECK(std::fabs(z_of_ratio(run.flows("trend_repeats", at), run.flows("trend_customers", at), mean)) <
          kBoundTwentyChecks);
  }
}

TEST_CASE("O9: expected repeats, and later repeats by count") { check_repeats(901, 20); }

TEST_CASE("O9: the same of ten million customers", "[.heavy]") { check_repeats(904, 500); }

TEST_CASE("O9: control without dropout") {
  const BgNbd law = cdnow_law();
  MarketOptions options = customers(50'000, 79);
  options.dropout.enabled = false;
  const Experiment run(options, 902);
  const double repeats = run.sum(0, "orders", 0, 0, 78 * 7 + 1) / 50'000.0;
  const double rate = law.r / law.alpha, mean = 78.0 * rate;
  const double variance = mean + mean * mean / law.r;  // NBD
  CHECK(std::fabs(z_score(repeats, mean, std::sqrt(variance / 50'000.0))) < kBoundOneCheck);
  const double se = std::sqrt(variance_of_repeats(law, 78.0) / 50'000.0);
  CHECK(z_score(repeats, expected_repeats(law, 78.0), se) > 3.0 * kBoundOneCheck);
}

// A machine of 16 stages that climbs with every order: a counter of the consumer's own orders, up to 15.
MachineOptions order_counter() {
  MachineOptions machine;
  machine.name = "orders";
  MoveOptions move;
  move.name = "count";
  move.cause = "event";
  move.event = "ordered";
  move.to = "next";
  move.chain = true;
  for (int s = 0; s < 16; ++s) {
    machine.stages.emplace_back(1, static_cast<char>('a' + s));
    if (s < 15) move.from.push_back(machine.stages.back());
  }
  machine.moves = {move};
  return machine;
}

// A machine that remembers the day of the last order without ever moving: it listens for a lapse that takes ages.
MachineOptions lapse_listener() {
  MachineOptions machine;
  machine.name = "lapse";
  machine.stages = {"buying", "lapsed"};
  MoveOptions move;
  move.name = "lapse";
  move.cause = "event";
  move.event = "lapsed";
  move.from = {"buying"};
  move.to = "lapsed";
  machine.moves = {move};
  return machine;
}

TEST_CASE("O9: later repeats of a customer given his count and last purchase") {
  const BgNbd law = cdnow_law();
  const nlohmann::json& row = published("bgnbd").at("conditional");
  const double T = 272.0 / 7.0;
  CHECK(std::fabs(expected_later_repeats(law, 2, row.at("t_x"), row.at("T"), 39.0) - row.at("mean").get<double>()) <
        1e-5);

  MarketOptions options = customers(400'000, 78);
  options.machines = {order_counter(), lapse_listener()};
  options.satisfaction.lapse_intervals = 1e9;
  Snapshot run(options, 903, 273);
  const auto count = run.column<std::uint8_t>("stage_orders");
  const auto last = run.column<std::uint16_t>("last_focal_purchase");
  run.run_to(546);
  const auto count_at_end = run.column<std::uint8_t>("stage_orders");

  // x = 2: all last purchases, and those within three weeks of the published t_x = 30.43.
  std::vector<double> misses, recent_misses, recent;
  for (std::size_t i = 0; i < count.size(); ++i) {
    if (count[i] != 2) continue;
    const double step = static_cast<double>(last[i]) - 1.0 - kPurchaseStepOffset;
    const double t_x = (step - 0.5) / 7.0;
    const double y = static_cast<double>(count_at_end[i]) - 2.0;
    misses.push_back(y - expected_later_repeats(law, 2, t_x, T, 39.0));
    if (std::fabs(t_x - 30.43) > 3.0) continue;
    recent_misses.push_back(misses.back());
    recent.push_back(y);
  }
  CAPTURE(misses.size(), recent.size());
  CHECK(std::fabs(z_of_mean(misses, 0.0)) < kBoundTwentyChecks);
  CHECK(std::fabs(z_of_mean(recent_misses, 0.0)) < kBoundTwentyChecks);
  // Control: the expectation of those who bought last in week 10, who are most likely gone.
  CHECK(tolerances_off(recent, expected_later_repeats(law, 2, 10.0, T, 39.0), kBoundTwentyChecks) > 3.0);
}

}  // namespace
}  // namespace populace::oracles
