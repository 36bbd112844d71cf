// What satisfaction does at the next occasion, to rivals' moves and to advertising.
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/experience/shop.hpp"

using namespace populace;

namespace {

constexpr std::int64_t kPeople = 10'000;

// Everybody has bought "own" often before the rival comes in the last week.
MarketOptions rival_comes(double rival_share = .5) {
  MarketOptions options = shop(kPeople, 5, 8);
  own_alone_until(options, 4);
  options.brands[0].share = 1 - rival_share;
  options.brands[1].share = rival_share;
  options.choice.taste_concentration = 100;
  return options;
}

}  // namespace

TEST_CASE("satisfaction of all acts as utility of the brand, to the bit") {
  for (const double quality : {.25, -.25}) {
    MarketOptions felt = rival_comes(), plain = felt;
    surely(felt, quality);
    felt.experience.trust_price_damping = felt.experience.trust_pressure_damping = 0;
    const double utility = quality * (quality > 0 ? felt.experience.repeat_utility : felt.experience.defection_utility);
    plain.brands[0].pressure = utility;
    plain.brands[0].base_pressure = 0;
    CHECK(ordered(felt) == ordered(plain));
    plain.brands[0].pressure = utility * 1.1;
    CHECK_FALSE(ordered(felt) == ordered(plain));
  }
}

TEST_CASE("the dissatisfied defect, the satisfied come back") {
  MarketOptions options = rival_comes();
  without_effect(options);
  const Ordered neutral = ordered(options);
  surely(options, .5);
  options.experience.repeat_utility = options.experience.defection_utility = 1;
  const Ordered satisfied = ordered(options);
  surely(options, -.5);
  const Ordered dissatisfied = ordered(options);
  CHECK(satisfied.rival * 10 < neutral.rival * 8);
  CHECK(dissatisfied.rival * 10 > neutral.rival * 12);
  without_effect(options);
  CHECK(ordered(options) == neutral);
}

TEST_CASE("full trust takes the weight of prices and of rivals' pressure away") {
  const auto effect = [](bool price, double damping, double quality) {
    MarketOptions options = rival_comes(.1);
    options.choice.price_slope = 3;
    options.choice.price_slope_sigma = 0;
    surely(options, quality);
    without_effect(options);
    (price ? options.experience.trust_price_damping : options.experience.trust_pressure_damping) = damping;
    options.brands[1].base_price_money = 1;
    const auto before = static_cast<double>(ordered(options).rival);
    if (price)
      options.brands[1].price_money = .7;
    else
      options.brands[1].pressure = .9;
    return static_cast<double>(ordered(options).rival) - before;
  };
  for (const bool price : {true, false}) {
    const double full = effect(price, 0, 1);
    CHECK(full > 5000);
    // Hardly anybody buys the rival three times in a row here, and so stops being loyal.
    CHECK(std::fabs(effect(price, 1, 1)) < .05 * full);
    const double half = effect(price, .5, 1);
    CHECK(half > .2 * full);
    CHECK(half < .8 * full);
    CHECK(effect(price, 1, -1) == full);  // there is no trust of the dissatisfied
  }
}

TEST_CASE("trust dampens a rival's own campaigns too") {
  const auto rival_orders = [](double damping, double delivered) {
    MarketOptions options = rival_comes(.1);
    options.channels.push_back(every_week("tv"));
    options.campaigns.push_back(always("theirs", "tv"));
    options.campaigns[0].brand = "rival";
    options.campaigns[0].delivery_prob = delivered;
    options.response.carryover = "discrete";
    options.response.slow = {0, 0, 0, "nothing"};
    options.response.fast = {0, 0, .9, "utility"};
    surely(options, 1);
    without_effect(options);
    options.experience.trust_pressure_damping = damping;
    return static_cast<double>(ordered(options).rival);
  };
  const double full = rival_orders(0, 1) - rival_orders(0, 0);
  CHECK(full > 5000);
  CHECK(std::fabs(rival_orders(1, 1) - rival_orders(1, 0)) < .05 * full);
}

TEST_CASE("who is dissatisfied answers less to every channel of the brand") {
  const auto stock = [](double quality, const std::string& brand) {
    MarketOptions options = shop(2'000, 2, 20);
    options.need.season.points = {{0, 1}, {.1, 0}};
    own_alone_until(options, 1);
    for (const char* name : {"tv", "feed"}) {
      options.channels.push_back(every_week(name));
      options.campaigns.push_back(always(std::string("on_") + name, name));
      options.campaigns.back().brand = brand;
    }
    options.response.carryover = "discrete";
    options.response.slow = {.999999999, 0, 0, "utility"};
    options.response.fast = {0, 0, 0, "nothing"};
    options.response.aversion.enabled = true;
    options.response.aversion.per_excess = 0;
    options.response.aversion.dissatisfaction = 1;
    surely(options, quality);
    Lab lab(options);
    lab.run_all();
    return mean_of(lab.column<float>("slow_" + brand));
  };
  // Two contacts before the purchase, and two after it.
  CHECK(stock(.5, "own") == Approx(4));
  CHECK(stock(-.5, "own") == Approx(2 + 2 * (1 - 64 / 127.)));
  CHECK(stock(-1, "own") == Approx(2));
  CHECK(stock(-1, "rival") == Approx(4));
}
