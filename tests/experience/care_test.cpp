// Care, and what is sold besides.
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/experience/shop.hpp"

using namespace populace;

namespace {

constexpr std::int64_t kPeople = 10'000;

double near(Lab& lab, const char* part, const char* whole, double p) {
  const auto n = static_cast<double>(lab.total(whole));
  return std::fabs(z_score(static_cast<double>(lab.total(part)) / n, p, std::sqrt(p * (1 - p) / n)));
}

void known_to_some(MarketOptions& options, double share) {
  options.channels.push_back(every_week("feed"));
  GardenOptions& garden = options.gardens.emplace_back();
  garden.name = "park";
  garden.channels = {"feed"};
  garden.match_prob = share;
}

}  // namespace

TEST_CASE("a message of care lifts satisfaction by its share of the way") {
  MarketOptions options = shop(kPeople, 1, 20);
  surely(options, .5);
  options.care.enabled = true;
  options.care.message_prob = 1;
  options.care.message_lift = .1;
  Lab lab(options);
  lab.run_all();
  for (const float s : lab.column<float>("satisfaction_level"))
    if (s != 0) CHECK(static_cast<double>(s) == Approx(.55));
  CHECK(lab.total("care_messages") == lab.total("orders", 0));
}

TEST_CASE("disappointments that are taken up well end satisfied, or as if nothing had been felt") {
  for (const double lift : {.8, .2}) {
    MarketOptions options = shop(kPeople, 1, 20);
    MachineOptions& machine = options.machines.emplace_back();
    machine.name = "mood";
    machine.stages = {"calm", "pleased", "vexed"};
    for (const auto& [event, to] : {std::pair{"satisfied", "pleased"}, std::pair{"disappointed", "vexed"}}) {
      MoveOptions& move = machine.moves.emplace_back();
      move.name = to;
      move.cause = "event";
      move.from = {"calm"};
      move.to = to;
      move.event = event;
    }
    surely(options, -.5);
    options.care.enabled = true;
    options.care.message_prob = 0;
    options.care.recovery_prob = options.care.success_prob = 1;
    options.care.recovery_lift = lift;
    Lab lab(options);
    lab.run_all();
    CHECK(lab.total("recovered") == lab.total("disappointed_purchases"));
    CHECK(lab.total("disappointed_purchases") == lab.total("orders", 0));
    for (const float s : lab.column<float>("satisfaction_level"))
      if (s != 0) CHECK(static_cast<double>(s) == Approx(-.5 + 1.5 * lift));
    CHECK(lab.total("occupancy_mood", 1) == (lift > .5 ? lab.total("first_purchases", 0) : 0));
    CHECK(lab.total("occupancy_mood", 2) == 0);
  }
}

TEST_CASE("chances of care, and its cost to the millionth") {
  MarketOptions options = shop(kPeople, 2);
  surely(options, -.5);
  without_effect(options);
  options.care = {true, "customers", .3, .25, .01, .4, 7.5, .6, .1};
  Lab lab(options);
  lab.run_all();
  CHECK(near(lab, "care_messages", "orders", .3) < kBoundTwentyChecks);
  CHECK(near(lab, "recoveries", "disappointed_purchases", .4) < kBoundTwentyChecks);
  CHECK(near(lab, "recovered", "recoveries", .6) < kBoundTwentyChecks);
  CHECK(near(lab, "recovered", "recoveries", .65) > kBoundTwentyChecks);
  CHECK(lab.total("care_cost") == lab.total("care_messages") * 250'000 + lab.total("recoveries") * 7'500'000);
}

TEST_CASE("only known customers are cared for") {
  MarketOptions options = shop(kPeople, 1, 20);
  known_to_some(options, .3);
  surely(options, .5);
  options.care.enabled = true;
  options.care.known = "identified";
  options.care.message_prob = 1;
  Lab lab(options);
  lab.run_all();
  const std::vector<std::uint16_t> joined = lab.column<std::uint16_t>("resolved");
  const std::vector<float> levels = lab.column<float>("satisfaction_level");
  for (std::size_t i = 0; i < joined.size(); ++i)
    if (levels[i] != 0) CHECK((static_cast<double>(levels[i]) > .5001) == (joined[i] != 0));
  options.care.known = "members";  // there are none
  Lab nobody(options);
  nobody.run_all();
  CHECK(nobody.total("care_messages") == 0);
}

TEST_CASE("work on satisfaction after the purchase raises repeat buying") {
  MarketOptions options = shop(kPeople, 20, 1);
  options.experience.enabled = true;
  for (AspectOptions& aspect : options.experience.aspects) aspect.quality = 0;
  const Ordered without = ordered(options);
  options.care.enabled = true;
  options.care.message_prob = options.care.recovery_prob = options.care.success_prob = 1;
  const Ordered with = ordered(options);
  CHECK(static_cast<double>(with.own) > 1.03 * static_cast<double>(without.own));
  options.care.message_lift = options.care.recovery_lift = 0;  // care that changes nothing
  options.care.recovery_prob = 0;
  CHECK(ordered(options) == without);
}

TEST_CASE("one more item: its chance, and its money beside and within the brand's") {
  MarketOptions options = shop(kPeople, 4);
  options.brands[0].price_money = 20;
  options.brands[0].margin_share = .5;
  const Ordered without = ordered(options);
  options.cross_selling.enabled = true;
  options.cross_selling.offer_prob = .5;
  options.cross_selling.accept_prob = .2;
  options.cross_selling.price_money = 6.5;
  options.cross_selling.margin_share = .4;
  Lab lab(options);
  lab.run_all();
  CHECK(Ordered{lab.total("orders", 0), lab.total("orders", 1)} == without);
  CHECK(near(lab, "cross_offers", "orders", .5) < kBoundTwentyChecks);
  CHECK(near(lab, "cross_items", "cross_offers", .2) < kBoundTwentyChecks);
  CHECK(near(lab, "cross_items", "cross_offers", .22) > kBoundTwentyChecks);
  const std::int64_t items = lab.total("cross_items");
  CHECK(lab.total("cross_revenue") == items * 6'500'000);
  CHECK(lab.total("cross_margin") == items * 2'600'000);
  CHECK(lab.total("revenue", 0) == lab.total("orders", 0) * 20'000'000 + items * 6'500'000);
  CHECK(lab.total("margin", 0) == lab.total("orders", 0) * 10'000'000 + items * 2'600'000);
}

TEST_CASE("satisfied customers take more besides, dissatisfied ones less") {
  const auto taken = [](double quality, double gain) {
    MarketOptions options = shop(kPeople, 2);
    surely(options, quality);
    without_effect(options);
    options.cross_selling.enabled = true;
    options.cross_selling.accept_prob = .3;
    options.cross_selling.satisfaction_gain = gain;
    options.cross_selling.price_money = 1;
    Lab lab(options);
    lab.run_all();
    return lab.total("cross_items");
  };
  CHECK(taken(.8, 1) > taken(.8, 0));
  CHECK(taken(-.8, 1) < taken(-.8, 0));
  CHECK(taken(-1, 1) == 0);
  CHECK(taken(.8, 0) == taken(-.8, 0));
}
