// Abandoned orders: the rung they leave people on, reminders, and coming back.
#include <algorithm>
#include <catch2/catch.hpp>
#include <tuple>

#include "sim/base/units.hpp"
#include "tests/outlets/outlets_market.hpp"

using namespace populace;

namespace {

MarketOptions abandoning(std::uint32_t seed) {
  MarketOptions options = shop_market(seed, 20);
  options.need.opportunities_per_week = .1;
  add_outlet(options, "site", "own_site").path = "long";
  add_path(options, "long", {.5, .2});
  return options;
}

MarketOptions reminding(std::uint32_t seed, double return_prob, double weeks = 3) {
  MarketOptions options = abandoning(seed);
  WinBackOptions& win_back = options.retail.win_back;
  win_back.enabled = true;
  win_back.weeks = weeks;
  win_back.reminder_prob_per_week = .5;
  win_back.return_prob = return_prob;
  win_back.reminder_money = .25;
  return options;
}

void add_rungs(MarketOptions& options) {
  MachineOptions& machine = options.machines.emplace_back();
  machine.name = "rungs";
  machine.stages = {"none", "chosen", "purchased"};
  for (const auto& [event, from, to] : {std::tuple{"abandoned", "none", "chosen"},
                                        {"ordered", "none", "purchased"},
                                        {"ordered", "chosen", "purchased"}}) {
    MoveOptions& move = machine.moves.emplace_back();
    move.name = std::string(event) + " from " + from;
    move.cause = "event";
    move.event = event;
    move.from = {from};
    move.to = to;
    move.chain = true;
  }
}

}  // namespace

TEST_CASE("who abandons an order stays chosen until he buys") {
  MarketOptions options = abandoning(551);
  add_rungs(options);
  const auto stage = column_at_end<std::uint8_t>(options, "stage_rungs");
  const auto bought = column_at_end<std::uint16_t>(options, "bought");
  std::size_t chosen = 0, wrong = 0;
  for (std::size_t i = 0; i < stage.size(); ++i) {
    chosen += stage[i] == 1;
    wrong += (stage[i] == 2) != ((bought[i] & 1) != 0);
  }
  CHECK(wrong == 0);
  CHECK(chosen > 1000);
  options.outlets[0].path.clear();
  const auto smooth = column_at_end<std::uint8_t>(options, "stage_rungs");
  CHECK(std::count(smooth.begin(), smooth.end(), std::uint8_t{1}) == 0);
}

TEST_CASE("reminders that bring nobody back change nothing but their cost") {
  const Run without(abandoning(552)), with(reminding(552, 0));
  for (const Measure& measure : without.market.registry().measures())
    CHECK(without.counters.dataset(measure) == with.counters.dataset(with.market.registry().measure(measure.name)));
  CHECK(with.all("win_back_reminders") > 1000);
  CHECK(with.all("win_back_cost") == with.all("win_back_reminders") * static_cast<double>(to_micros(.25)));
  CHECK(with.all("orders_taken_up") == 0);
  MarketOptions unknown = reminding(552, .5);
  unknown.paths[0].recorded = false;
  CHECK(Run(unknown).all("win_back_reminders") == 0);
}

TEST_CASE("of those reminded the share of return_prob takes the order up, and walks the path again") {
  const Run run(reminding(553, .4));
  const double taken = run.all("orders_taken_up"), won = run.all("orders_won_back");
  CHECK(std::fabs(binomial_score(taken, run.all("win_back_reminders"), .4)) < kLimit);
  CHECK(std::fabs(binomial_score(won, taken, .5 * .8)) < kLimit);
  CHECK(std::fabs(binomial_score(won, taken, .8)) > kLimit);  // control
  const Run without(abandoning(553));
  CHECK(run.all("orders") > without.all("orders"));
  CHECK(run.all("opportunities") - taken == without.all("opportunities"));
}

TEST_CASE("an abandoned order is kept, and its consumer reminded, for so many weeks") {
  // A need that ends after the first week.
  MarketOptions options = reminding(554, .4, 3);
  options.need.season.points = {{0, 1}, {1, 0}};
  options.paths[0].steps[0].friction = 1;
  options.retail.win_back.return_prob = 0;
  const Run run(options);
  const double opened = run.all("orders_begun");
  CHECK(run.counters.step("open_orders", 0) > 0);
  CHECK(run.counters.step("open_orders", 3) == run.counters.step("open_orders", 0));
  CHECK(run.counters.step("open_orders", 4) == 0);
  for (std::int32_t step = 1; step <= 3; ++step)
    CHECK(std::fabs(binomial_score(static_cast<double>(run.counters.step("win_back_reminders", step)),
                                   static_cast<double>(run.counters.step("open_orders", 0)), .5)) < kLimit);
  CHECK(run.counters.step("win_back_reminders", 4) == 0);
  CHECK(opened >= static_cast<double>(run.counters.step("open_orders", 0)));
}

TEST_CASE("same answer on any threads") {
  MarketOptions options = reminding(555, .3);
  add_rungs(options);
  options.regions = {{"north", .5, 3}, {"south", .5, 9}};
  add_outlet(options, "corner", "store").units_per_week = 50;
  options.retail.distrust_share = .3;
  options.outlets[0].trust = .4;
  options.retail.taste_sigma = .5;
  options.retail.access_utility = .5;
  const Run one(options, 1), three(options, 3);
  CHECK(one.records[0].cells == three.records[0].cells);
  CHECK(one.all("stockouts", 1) > 0);
}
