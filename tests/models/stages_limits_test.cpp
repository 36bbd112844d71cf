// Stage machines at their edges: rows that sum to almost 1, more competing moves than stages, more drivers than anybody
// needs.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "tests/engine/market_run.hpp"

using namespace populace;

namespace {

MarketOptions one_machine(std::int64_t consumers, std::vector<std::string> stages) {
  MarketOptions options;
  options.run.consumers = consumers;
  options.run.weeks = 40;
  MachineOptions& machine = options.machines.emplace_back();
  machine.name = "path";
  machine.stages = std::move(stages);
  return options;
}

std::vector<std::int64_t> final_count(const Market& market, std::vector<std::int64_t>& carried) {
  const Threads threads(1);
  Simulation simulation(market, threads, 3);
  simulation.start(0);
  simulation.run(market.end_step_number(), kNeverCancelled, [] {});
  std::vector<std::int64_t> count(kMaxStages);
  for (const std::uint8_t stage : column_values<std::uint8_t>(market, simulation, "stage_path")) ++count[stage];
  carried.assign(kMaxStages, 0);
  const std::vector<std::int64_t>& occupancy = static_cast<const MarketGlobals&>(simulation.globals()).stages.occupancy;
  for (std::size_t i = 0; i < occupancy.size(); ++i) carried[i % kMaxStages] += occupancy[i];
  return count;
}

}  // namespace

// Rows may miss 1 by 1e-6, as decimals do; what is missing belongs to no stage. 16 million draws would meet it some 14
// times.
TEST_CASE("a matrix leads to no stage without a chance, even when its rows sum to almost 1") {
  MarketOptions options = one_machine(400'000, {"a", "b", "c", "d"});
  MoveOptions& move = options.machines[0].moves.emplace_back();
  move.name = "drift";
  move.cause = "matrix";
  move.matrix = {{.8999991, .1, 0, 0}, {.3, .6999991, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}};
  options.complete();
  const Market market(options);
  std::vector<std::int64_t> carried;
  const std::vector<std::int64_t> count = final_count(market, carried);
  CHECK(count[2] == 0);
  CHECK(count[3] == 0);
  CHECK(count[0] + count[1] == options.run.consumers);
  CHECK(count == carried);
}

// 24 moves leave one stage, each with 7 drivers of its own: all of them are made, in proportion to their rates.
TEST_CASE("any number of hazards may compete, with any number of drivers") {
  constexpr std::size_t kMoves = 24;
  MarketOptions options = one_machine(40'000, {"home", "away"});
  options.run.weeks = 1;
  for (int c = 0; c < 7; ++c) {
    ChannelOptions& channel = options.channels.emplace_back();
    channel.name = "channel_" + std::to_string(c);
    channel.habit = "constant";
    channel.slots_per_week = 1;
    channel.exposure = "bernoulli";
    CampaignOptions& campaign = options.campaigns.emplace_back();
    campaign.name = channel.name;
    campaign.channel = channel.name;
    campaign.buy = "probability";
    campaign.delivery_prob = 1;
  }
  for (std::size_t m = 0; m < kMoves; ++m) {
    MoveOptions& move = options.machines[0].moves.emplace_back();
    move.name = "leave_" + std::to_string(m);
    move.from = {"home"};
    move.to = "away";
    for (const ChannelOptions& channel : options.channels) move.drivers.emplace_back("exposures." + channel.name, .004);
  }
  options.complete();
  const Market market(options);
  const std::vector<ReplicationRecord> records = run_records(market, {1, 1, 1});
  const Counters counters(market, records[0]);
  double all = 0;
  for (std::size_t l = 0; l < kMoves; ++l) all += static_cast<double>(counters.all("leaps_path", l));
  // The seven channels cannot be missed but for rounding of a chance of 1, so the rate of each move is .028.
  const double prob = 1 - std::exp(-.028 * kMoves), n = 40'000;
  CHECK(std::fabs(all - n * prob) < 4.6 * std::sqrt(n * prob * (1 - prob)));
  for (std::size_t l = 0; l < kMoves; ++l) {
    const double each = prob / kMoves;
    CHECK(std::fabs(static_cast<double>(counters.all("leaps_path", l)) - n * each) <
          4.6 * std::sqrt(n * each * (1 - each)));
  }
}
