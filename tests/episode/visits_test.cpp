// Visits: their number, that they add up, what they lead to, and the attenuation of lifts.
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/episode/episode_market.hpp"

using namespace populace;

namespace {

MarketOptions visited_market(std::uint32_t seed, double intent_shape, std::int64_t weeks = 20) {
  MarketOptions options = small_market(seed, weeks);
  options.visits.enabled = true;
  options.visits.organic_per_week = .4;
  options.visits.intent_shape = intent_shape;
  options.visits.landing_prob = 1;
  options.visits.convert_prob = .1;
  return options;
}

// About 4 clicks a 100 people and week: a tenth of the own visits.
void add_ads(MarketOptions& options) {
  ChannelOptions& feed = add_channel(options, "feed", 10);
  feed.click_prob = .02;
  unpaid(add_campaign(options, "ads", "feed", 0), .2);
}

// What +10 % visitors bring: relative lift of conversions to that of visits.
double attenuation(double intent_shape, double convert_prob) {
  MarketOptions options = visited_market(481, intent_shape);
  options.visits.convert_prob = convert_prob;
  const Run before(options);
  add_ads(options);
  const Run after(options);
  CHECK(after.all("own_visits") == before.all("own_visits"));  // visits by ads add to those of one's own accord
  const double visits = after.all("ad_visits") / before.all("own_visits"),
               conversions = after.all("ad_conversions") / before.all("own_conversions");
  CHECK(visits > .08);
  CHECK(visits < .12);
  return conversions / visits;
}

}  // namespace

TEST_CASE("L6: visitors that ads bring convert less, unless everybody's intent is the same") {
  // Relative variance: 1,600 conversions by ads; intent k = 1.5 among clicks n of a person, E[n^2] / E[n]^2 = 2.08 /
  // .64; own conversions go with w^2, whose relative variance over people is 3.2.
  const double mixed = attenuation(1.5, .1),
               se = .6 * std::sqrt(1 / 1600. + (2.08 / .64 / 1.5 + 3.2) / static_cast<double>(kPeople));
  CHECK(mixed > .5);
  CHECK(mixed < .7);
  CHECK(std::fabs(z_score(mixed, 1.5 / 2.5, se)) < kBoundOneCheck);
  CHECK(std::fabs(z_score(mixed, 1, se)) > kBoundOneCheck);
  // 16,000 visits by ads and 160,000 own ones that convert with chance .5.
  const double same = attenuation(0, .5);
  CHECK(std::fabs(same - 1) < .05);
  CHECK(std::fabs(z_score(same, 1, std::sqrt(1 / 16'000. + 1 / 160'000.))) < kBoundOneCheck);
}

TEST_CASE("own visits are Poisson at the person's rate") {
  MarketOptions options = visited_market(482, 2, 10);
  const Run run(options);
  const double n = kPeople * .4 * 10, variance = n + kPeople * std::pow(4., 2) / 2;  // of a gamma mixture
  CHECK(std::fabs(z_score(run.all("own_visits"), n, std::sqrt(variance))) < kBoundOneCheck);
  CHECK(std::fabs(z_score(run.all("own_visits"), 1.05 * n, std::sqrt(variance))) > kBoundOneCheck);
  options.run.step = "day";
  CHECK(std::fabs(z_score(Run(options).all("own_visits"), n, std::sqrt(variance))) < kBoundOneCheck);
}

TEST_CASE("clicks arrive with the landing chance") {
  MarketOptions options = visited_market(483, 0);
  add_ads(options);
  options.visits.landing_prob = .7;
  const Run run(options);
  const double clicks = run.all("clicks"), visits = run.all("ad_visits");
  CHECK(std::fabs(z_score(visits, .7 * clicks, std::sqrt(clicks * .21))) < kBoundOneCheck);
  CHECK(std::fabs(z_score(visits, .75 * clicks, std::sqrt(clicks * .21))) > kBoundOneCheck);
}

TEST_CASE("a visit is an event of stage machines, and adds to the brand's activation") {
  MarketOptions options = visited_market(484, 1.5, 4);
  MachineOptions& machine = add_rungs(options, 0);
  MoveOptions& comes = machine.moves.emplace_back();
  comes.name = "comes";
  comes.cause = "event";
  comes.from = {"cold"};
  comes.to = "warm";
  comes.event = "visited";
  const Run run(options);
  const auto warm = static_cast<double>(run.counters.step("occupancy_interest", 3, 1));
  // Whoever has visited: 1 - (1 + .4 x 4 / 1.5)^-1.5 of a gamma mixture.
  const double p = 1 - std::pow(1 + 1.6 / 1.5, -1.5), se = std::sqrt(kPeople * p * (1 - p));
  CHECK(std::fabs(z_score(warm, kPeople * p, se)) < kBoundOneCheck);
  CHECK(std::fabs(z_score(warm, kPeople * (1 - std::exp(-1.6)), se)) > kBoundOneCheck);

  MarketOptions active = visited_market(485, 0, 1);
  active.response.fast.acts_on = "utility";
  active.brands.emplace_back();
  active.brands[0].name = "own";
  active.brands[0].share = 1;
  active.brands[0].individual = true;
  Walk walk(active);
  walk.to(1);
  double sum = 0;
  for (const float value : walk.column<float>("fast_own")) sum += static_cast<double>(value);
  CHECK(sum == Approx(.1 * Run(active).all("own_visits")).epsilon(1e-4));
}

TEST_CASE("whoever is in an episode visits more often") {
  MarketOptions options = episode_market(486, 8);
  options.visits.enabled = true;
  options.visits.intent_shape = 0;
  options.visits.organic_per_week = .2;
  const double plain = Run(options).all("own_visits");
  options.visits.in_market_factor = 3;
  const Run run(options);
  double searching = 0;  // people and weeks, as visits see them at the end of a step
  for (std::int32_t step = 0; step < 8; ++step)
    searching += static_cast<double>(run.counters.step("episode_people", step, 2));
  const double more = run.all("own_visits") - plain;
  CHECK(std::fabs(z_score(more, 2 * .2 * searching, std::sqrt(2 * .2 * searching))) < kBoundOneCheck);
}
