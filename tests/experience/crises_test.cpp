// Crises: how strong they are, who hears of them, and what an answer saves.
#include <catch2/catch.hpp>
#include <cmath>

#include "sim/random/exact_math.hpp"
#include "tests/experience/shop.hpp"

using namespace populace;

namespace {

constexpr std::int64_t kPeople = 10'000;

CrisisOptions& add_crisis(MarketOptions& options, double week, double aware_share) {
  CrisisOptions& crisis = options.crises.emplace_back();
  crisis.name = "recall";
  crisis.week = week;
  crisis.aware_share = aware_share;
  return crisis;
}

// Pressure of a brand that does to everybody what a crisis does to who has heard.
Series pressure_of(double loss, double half_life, int first, int weeks, int reply, double reply_strength) {
  Series pressure;
  for (int week = 0; week < weeks; ++week) {
    double strength = week < first ? 0 : exact_exp(-exact_log(2) * (week - first) / half_life);
    if (reply >= 0 && week >= reply) strength *= 1 - reply_strength;
    pressure.points.emplace_back(week, -(loss * strength));
  }
  return pressure;
}

}  // namespace

TEST_CASE("a crisis of which all have heard is a loss of utility with its half-life, to the bit") {
  const MarketOptions plain = shop(kPeople, 12);
  for (const int reply : {-1, 6}) {
    MarketOptions crisis = plain, pressed = plain;
    CrisisOptions& c = add_crisis(crisis, 3, 1);
    c.utility_loss = 1.7;
    c.half_life_weeks = 4;
    c.reply_week = reply;
    c.reply_strength = .6;
    pressed.brands[0].pressure = pressure_of(1.7, 4, 3, 12, reply, .6);
    CHECK(ordered(crisis) == ordered(pressed));
    CHECK_FALSE(ordered(crisis) == ordered(plain));
    pressed.brands[0].pressure = pressure_of(1.7, 5, 3, 12, reply, .6);
    CHECK_FALSE(ordered(crisis) == ordered(pressed));
  }
}

TEST_CASE("a crisis of a rival hits the rival, and one set aside is none, to the bit") {
  const MarketOptions plain = shop(kPeople, 8);
  MarketOptions options = plain;
  add_crisis(options, 2, .5).brand = "rival";
  CHECK(ordered(options).own * 20 > ordered(plain).own * 21);
  options.crises[0].enabled = false;
  Lab off(options), none(plain);
  off.run_all();
  none.run_all();
  CHECK(off.counters() == none.counters());
  CHECK_FALSE(off.has("crises_known"));
}

TEST_CASE("who hears as it breaks out: the share, by segment and region") {
  MarketOptions options = shop(20'000, 3);
  options.regions = {{"north", .5, 0}, {"south", .5, 0}};
  options.segments = {{"young", .5}, {"old", .5}};
  CrisisOptions& crisis = add_crisis(options, 1, 0);
  crisis.aware_share.by_name = {{"young", .4}, {"old", .1}};
  crisis.regions = {"north"};
  Lab lab(options);
  lab.run_all();
  const std::size_t slots = lab.market().registry().cell_slots(),
                    at = lab.market().registry().measure("crisis_known").offset;
  const auto known = [&](std::size_t step, std::size_t cell) {
    return static_cast<double>(lab.counters()[(step * 4 + cell) * slots + at]);
  };
  const auto z = [&](std::size_t cell, double p) {
    return std::fabs(z_score(known(2, cell), 5000 * p, std::sqrt(5000 * p * (1 - p))));
  };
  CHECK(known(0, 0) == 0);
  CHECK(known(1, 0) == known(2, 0));
  CHECK(z(0, .4) < kBoundTwentyChecks);
  CHECK(z(1, .1) < kBoundTwentyChecks);
  CHECK(z(0, .35) > kBoundTwentyChecks);
  CHECK(known(2, 2) + known(2, 3) == 0);
}

TEST_CASE("what does not fade spreads as the discrete logistic; what fades spreads less and less") {
  for (const double half_life : {0., 3.}) {
    MarketOptions options = shop(20'000, 15);
    CrisisOptions& crisis = add_crisis(options, 0, .02);
    crisis.spread_per_week = .8;
    crisis.half_life_weeks = half_life;
    Lab lab(options);
    lab.run_all();
    const std::size_t slots = lab.market().registry().cell_slots(),
                      known = lab.market().registry().measure("crisis_known").offset;
    // Given who knew, hearers are binomial.
    const auto z = [&](double rate, double half) {
      double found = 0, expected = 0, variance = 0;
      for (std::size_t step = 1; step < 15; ++step) {
        const auto before = static_cast<double>(lab.counters()[(step - 1) * slots + known]),
                   after = static_cast<double>(lab.counters()[step * slots + known]);
        const double strength = half > 0 ? std::exp2(-static_cast<double>(step) / half) : 1;
        const double p = 1 - std::exp(-rate * before / 20'000 * strength);
        found += after - before;
        expected += (20'000 - before) * p;
        variance += (20'000 - before) * p * (1 - p);
      }
      return std::fabs(z_score(found, expected, std::sqrt(variance)));
    };
    CHECK(z(.8, half_life) < kBoundTwentyChecks);
    CHECK(z(1, half_life) > kBoundTwentyChecks);
    CHECK(z(.8, half_life > 0 ? 0 : 3) > kBoundTwentyChecks);
  }
}

TEST_CASE("who hears is dissatisfied, and the later the less") {
  MarketOptions options = shop(kPeople, 4);
  options.need.season = 0;  // nobody buys
  surely(options, 0);
  CrisisOptions& crisis = add_crisis(options, 1, .5);
  crisis.satisfaction_loss = .5;
  crisis.half_life_weeks = 1;
  crisis.spread_per_week = 1;
  Lab lab(options);
  lab.run_to(2);
  for (const float s : lab.column<float>("satisfaction_level")) CHECK((s == 0 || s == -.5f));
  lab.run_to(3);
  const std::vector<float> levels = lab.column<float>("satisfaction_level");
  CHECK(std::count_if(levels.begin(), levels.end(), [](float s) { return std::fabs(s + .25f) < 1e-6f; }) > 500);
  lab.run_all();
  CHECK(lab.total("crisis_heard") == std::count_if(levels.begin(), levels.end(), [](float s) { return s != 0; }) +
                                         lab.counters()[3 * lab.market().registry().cell_slots() +
                                                        lab.market().registry().measure("crisis_heard").offset]);
}

TEST_CASE("an answer costs once, and saves more the sooner it comes") {
  const auto lost = [](double reply_week) {
    MarketOptions options = shop(kPeople, 16);
    const auto own = static_cast<double>(ordered(options).own);
    CrisisOptions& crisis = add_crisis(options, 2, .3);
    crisis.spread_per_week = 1.5;
    crisis.reply_week = reply_week;
    crisis.reply_strength = .8;
    return own - static_cast<double>(ordered(options).own);
  };
  const double never = lost(-1), late = lost(8), soon = lost(3);
  CHECK(soon < .8 * late);
  CHECK(late < .95 * never);
  MarketOptions options = shop(2'000, 6);
  CrisisOptions& crisis = add_crisis(options, 1, .3);
  crisis.reply_week = 3;
  crisis.reply_money = 1234.5;
  options.complete();
  const Market market(options);
  const Threads threads(1);
  Simulation simulation(market, threads, 5);
  simulation.start(0);
  simulation.run(market.end_step_number(), std::atomic<bool>{false}, [] {});
  const ReplicationRecord record = simulation.take_record();
  const std::size_t slots = market.registry().total_slots(),
                    cost = market.registry().measure("crisis_reply_cost").offset;
  for (std::size_t step = 0; step < 6; ++step)
    CHECK(record.totals[step * slots + cost] == (step == 3 ? 1'234'500'000 : 0));
}
