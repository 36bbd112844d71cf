// A contact at a query is a driver of moves in its own step: with a rate without bound, those who are reached by search
// for the first time and those who leave the first stage are the same people, in every step and cell.
#include <atomic>
#include <catch2/catch.hpp>

#include "models/market.hpp"
#include "sim/engine/simulation.hpp"

namespace populace {
namespace {

MarketOptions searchers(double rate) {
  MarketOptions options;
  options.run.consumers = 9'000;  // several blocks, so that one could see what another has left behind
  options.run.weeks = 8;
  options.segments = {{"young", .5}, {"old", .5}};
  options.need.enabled = true;
  ChannelOptions channel;
  channel.name = "query";
  channel.kind = "search";
  channel.query_prob = .6;
  channel.click_prob = .1;
  options.channels = {channel};
  CampaignOptions campaign;
  campaign.name = "words";
  campaign.channel = "query";
  campaign.buy = "cpc";
  campaign.budget_money = 1'000;
  campaign.cpc_money = 1;
  options.campaigns = {campaign};
  MachineOptions machine;
  machine.name = "m";
  machine.stages = {"not", "met"};
  MoveOptions move;
  move.name = "meet";
  move.from = {"not"};
  move.to = "met";
  move.drivers = {{"exposures.query", rate}};
  machine.moves = {move};
  options.machines = {machine};
  options.complete();
  return options;
}

struct Sums {
  std::int64_t reached = 0, moved = 0, unequal = 0;
};

Sums run(double rate) {
  const Market market(searchers(rate));
  const Threads threads(1);
  Simulation simulation(market, threads, 7);
  simulation.start(0);
  REQUIRE(simulation.run(market.end_step_number(), std::atomic<bool>{false}, [] {}));
  const ReplicationRecord record = simulation.take_record();
  const std::size_t slots = market.registry().cell_slots();
  const std::size_t reach = market.registry().measure("channel_new_reach").offset,
                    leaps = market.registry().measure("leaps_m").offset;
  Sums sums;
  for (std::size_t row = 0; row < record.cells.size(); row += slots) {
    sums.reached += record.cells[row + reach];
    sums.moved += record.cells[row + leaps];
    sums.unequal += record.cells[row + reach] != record.cells[row + leaps];
  }
  return sums;
}

TEST_CASE("Contacts at a query drive moves in their own step") {
  const Sums sums = run(1e6);
  CHECK(sums.reached > 3'000);
  CHECK(sums.moved == sums.reached);
  CHECK(sums.unequal == 0);
}

TEST_CASE("Control: with a small rate not everybody who is reached moves") { CHECK(run(.5).unequal > 0); }

}  // namespace
}  // namespace populace
