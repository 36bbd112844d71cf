// Sources: how many are consulted, when search ends, what is found, and what an entrance or islands make of it.
#include <catch2/catch.hpp>
#include <cmath>

#include "sim/random/trait_tables.hpp"
#include "tests/episode/episode_market.hpp"

using namespace populace;

namespace {

SourceOptions& add_source(MarketOptions& options, const std::string& name, double prob,
                          const std::string& kind = "website") {
  options.information.enabled = true;
  SourceOptions& source = options.sources.emplace_back();
  source.name = name;
  source.kind = kind;
  source.consult_prob = prob;
  source.presence_prob = 1;
  return source;
}

// Purchases made at once, and a threshold that nobody reaches.
MarketOptions at_once(std::uint32_t seed) {
  MarketOptions options = episode_market(seed, 6);
  options.episode.enabled = false;
  options.information.threshold_low = options.information.threshold_high = 15;
  options.need.opportunities_per_week = .3;
  return options;
}

double z_of_share(double found, double n, double share) {
  return std::fabs(z_score(found, n * share, std::sqrt(n * share * (1 - share))));
}

}  // namespace

TEST_CASE("an occasion consults each source with its chance") {
  MarketOptions options = at_once(461);
  options.information.common_entrance = true;
  add_source(options, "shop", .3);
  add_source(options, "friends", .15);
  const Run run(options);
  const double n = run.all("opportunities");
  CHECK(z_of_share(run.all("consultations", 0), n, .3) < kBoundTwentyChecks);
  CHECK(z_of_share(run.all("consultations", 1), n, .15) < kBoundTwentyChecks);
  CHECK(z_of_share(run.all("seekers"), n, 1 - .7 * .85) < kBoundTwentyChecks);
  CHECK(z_of_share(run.all("consultations", 0), n, .27) > kBoundTwentyChecks);  // control
}

TEST_CASE("islands are visited one by one, and each costs; an entrance leads to all") {
  MarketOptions options = at_once(462);
  for (const char* name : {"one", "two", "three"}) add_source(options, name, 1);
  options.information.island_cost = .4;
  const Run islands(options);
  const double n = islands.all("opportunities");
  double consulted = 0;
  for (std::size_t s = 0; s < 3; ++s) {
    consulted += islands.all("consultations", s);
    CHECK(z_of_share(islands.all("consultations", s), n, (1 + .6 + .36) / 3) < kBoundTwentyChecks);  // no favourite
  }
  // Islands a purchase: 1 + B + B C of chances .6; variance of a geometric cut off at 3.
  const double mean = 1.96, variance = 1 * .4 + 4 * .24 + 9 * .36 - mean * mean;
  CHECK(std::fabs(z_score(consulted, n * mean, std::sqrt(n * variance))) < kBoundTwentyChecks);
  CHECK(std::fabs(z_score(consulted, n * 2.05, std::sqrt(n * variance))) > kBoundTwentyChecks);  // control

  MarketOptions door = at_once(463);
  add_source(door, "engine", .5, "search_engine");
  add_source(door, "reviews", .2, "reviews");
  door.information.common_entrance = true;
  door.information.lead_prob = .5;
  const Run entrance(door);
  const double led = .5 * .2 + .5 * (1 - .8 * .5);
  CHECK(z_of_share(entrance.all("consultations", 1), entrance.all("opportunities"), led) < kBoundTwentyChecks);
  CHECK(z_of_share(entrance.all("consultations", 1), entrance.all("opportunities"), .2) > kBoundTwentyChecks);
  door.information.common_entrance = false;  // S46: the same people consult less
  CHECK(Run(door).all("consultations", 1) < .7 * entrance.all("consultations", 1));
}

TEST_CASE("information ends the search: its stay is geometric with both chances") {
  MarketOptions options = episode_market(464, 6);
  options.information.threshold_low = options.information.threshold_high = 1;
  add_source(options, "shop", .25);
  const Run run(options);
  const TraitTable rates = gamma_trait(options.need.shape, options.need.opportunities_per_week.all);
  const auto expected = [&](double q, int steps) {
    double mean = 0;
    for (std::size_t code = 1; code < 256; ++code) {
      const double a = 1 - std::exp(-static_cast<double>(rates.value[code]));
      double p = 0;
      for (int t = 0; t < steps; ++t) p = p * q + (1 - p * q) * a;
      mean += code_probs()[code] * p;
    }
    return mean;
  };
  const auto searching = static_cast<double>(run.counters.step("episode_people", 5, 2));
  CHECK(z_of_share(searching, kPeople, expected(std::exp(-.5) * .75, 6)) < kBoundOneCheck);
  CHECK(z_of_share(searching, kPeople, expected(std::exp(-.5), 6)) > kBoundOneCheck);  // control: nobody is informed
  CHECK(run.all("informed") == run.all("consultations"));
}

TEST_CASE("involvement raises what is enough, so more is consulted") {
  const auto consulted = [](double high) {
    MarketOptions options = episode_market(465, 6);
    options.information.threshold_low = 1;
    options.information.threshold_high = high;
    add_source(options, "shop", .5);
    const Run run(options);
    return run.all("consultations") / all_of(run, kOpened);
  };
  CHECK(consulted(5) > 1.2 * consulted(1));
}

TEST_CASE("what is found is known and considered, and only that") {
  for (const bool episodes : {false, true}) {
    MarketOptions options = at_once(466);
    options.brands = {{}, {}};
    options.brands[0].name = "own", options.brands[1].name = "rival";
    options.brands[0].share = options.brands[1].share = .5;
    options.brands[0].awareness_share = 0;
    options.episode.enabled = episodes;
    options.information.utility = 0;
    SourceOptions& shop = add_source(options, "shop", 1);
    shop.presence_prob.by_name = {{"own", 0}};
    CHECK(Run(options).all("orders", 0) == 0);
    options.sources[0].presence_prob.by_name = {{"own", 1}};
    const Run found(options);
    CHECK(found.all("orders", 0) > .35 * (found.all("orders", 0) + found.all("orders", 1)));
    MarketOptions known = options;
    known.brands[0].awareness_share = 1;
    if (!episodes) CHECK(Run(known).all("orders", 0) == found.all("orders", 0));
    options.information.utility = 1;
    options.sources[0].presence_prob.by_name = {{"rival", 0}};
    CHECK(Run(options).all("orders", 0) > 1.15 * found.all("orders", 0));
  }
}

TEST_CASE("sources that find nothing and are never enough change nothing, to the bit") {
  MarketOptions with = episode_market(467), without = episode_market(467);
  with.information.threshold_low = with.information.threshold_high = 15;
  SourceOptions& shop = add_source(with, "shop", .5);
  shop.presence_prob = 0;
  shop.information = .5;
  CHECK(Walk(with).column<std::uint16_t>("bought") == Walk(without).column<std::uint16_t>("bought"));
  CHECK(Run(with).all("orders") == Run(without).all("orders"));
  with.sources[0].information = 15;
  CHECK(Run(with).all("orders") > Run(without).all("orders"));  // control: search ends earlier
}
