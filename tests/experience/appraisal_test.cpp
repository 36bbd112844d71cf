// What a purchase makes of satisfaction, and how that fades.
#include <catch2/catch.hpp>
#include <cmath>

#include "sim/random/exact_math.hpp"
#include "tests/experience/shop.hpp"

using namespace populace;

namespace {

constexpr std::int64_t kPeople = 10'000;

bool all_are(const std::vector<float>& levels, double value) {
  return std::all_of(levels.begin(), levels.end(),
                     [&](float s) { return s == 0 || std::fabs(static_cast<double>(s) - value) < 1e-6; }) &&
         std::any_of(levels.begin(), levels.end(), [](float s) { return s != 0; });
}

std::vector<float> levels_after(const MarketOptions& options) {
  Lab lab(options);
  lab.run_all();
  return lab.column<float>("satisfaction_level");
}

// A machine that notes the first event of a kind.
void listen(MarketOptions& options, const std::string& event) {
  MachineOptions& machine = options.machines.emplace_back();
  machine.name = event + "s";
  machine.stages = {"before", "after"};
  MoveOptions& move = machine.moves.emplace_back();
  move.name = "hears";
  move.cause = "event";
  move.from = {"before"};
  move.to = "after";
  move.event = event;
}

}  // namespace

TEST_CASE("service and delivery of an outlet are felt as service and delivery of that quality") {
  const auto felt = [](double service, double delivery, double here, double loss) {
    MarketOptions options = shop(kPeople, 6);
    options.experience.enabled = true;
    options.experience.aspects[kService].quality = service;
    options.experience.aspects[kDelivery].quality = delivery;
    options.experience.delivery_loss_per_day = loss;
    OutletOptions& outlet = options.outlets.emplace_back();
    outlet.name = "site";
    outlet.kind = "marketplace";
    outlet.delivery_days = 4;
    outlet.service_quality = here;
    Lab lab(options);
    lab.run_all();
    return std::pair{lab.total("satisfied_purchases"), lab.total("disappointed_purchases")};
  };
  const auto plain = felt(.4, .4, 0, 0), served = felt(.4, .4, .5, 0), late = felt(.4, .4, 0, .2);
  CHECK(served == felt(.9, .4, 0, 0));
  CHECK(late == felt(.4, -.4, 0, 0));
  CHECK(served.first > plain.first);  // control
  CHECK(late.second > plain.second);
}

TEST_CASE("with a tolerance that nothing exceeds nothing is felt, and sales are as without experience") {
  const MarketOptions off = shop(kPeople, 6);
  MarketOptions tolerant = off;
  tolerant.experience.enabled = true;
  tolerant.experience.tolerance_low = tolerant.experience.tolerance_high = 1e9;
  Lab lab(tolerant);
  lab.run_all();
  CHECK(lab.total("experiences") == lab.total("orders", 0));
  CHECK(lab.total("satisfied_purchases") + lab.total("disappointed_purchases") == 0);
  CHECK(lab.total("satisfied_people") + lab.total("dissatisfied_people") == 0);
  CHECK(Ordered{lab.total("orders", 0), lab.total("orders", 1)} == ordered(off));
  tolerant.experience.tolerance_low = tolerant.experience.tolerance_high = .1;
  CHECK_FALSE(ordered(tolerant) == ordered(off));
}

TEST_CASE("an experience that never differs from what is expected is not felt") {
  MarketOptions options = shop(kPeople, 4);
  surely(options, 0);
  Lab lab(options);
  lab.run_all();
  CHECK(lab.total("satisfied_purchases") + lab.total("disappointed_purchases") == 0);
  surely(options, .2);
  Lab better(options);
  better.run_all();
  CHECK(better.total("satisfied_purchases") == better.total("orders", 0));
}

TEST_CASE("satisfaction goes to the gap; a loss weighs more, and a gap counts up to full satisfaction") {
  MarketOptions options = shop(kPeople, 3);
  surely(options, .25);
  CHECK(all_are(levels_after(options), .25));
  surely(options, -.25);
  CHECK(all_are(levels_after(options), -.25));
  options.experience.loss_weight = 1.5;
  CHECK(all_are(levels_after(options), -.375));
  surely(options, 5);
  CHECK(all_are(levels_after(options), 1));
  surely(options, -5);
  CHECK(all_are(levels_after(options), -1));
  Lab lab(options);
  lab.run_all();
  const std::vector<std::int8_t> bytes = lab.column<std::int8_t>("satisfaction");
  CHECK(*std::min_element(bytes.begin(), bytes.end()) == -127);
}

TEST_CASE("satisfaction learns a share of the way from each purchase") {
  MarketOptions options = shop(kPeople, 1, 1.2);
  surely(options, .8);
  without_effect(options);
  options.experience.learning_share = .5;
  Lab lab(options);
  lab.run_all();
  // .8 (1 - .5^n) after n purchases
  for (const float s : lab.column<float>("satisfaction_level")) {
    const double n = std::log2(.8 / (.8 - static_cast<double>(s)));
    CHECK(std::fabs(n - std::round(n)) < 1e-3);
  }
}

TEST_CASE("expectation rises with goodwill and with the price that was paid") {
  MarketOptions options = shop(kPeople, 1);
  options.brands[0].individual = true;
  options.brands[0].slow_goodwill = 2;
  options.response.slow = {.999999999, 0, 0, "utility"};
  options.response.carryover = "discrete";
  surely(options, .5);
  without_effect(options);
  options.experience.expectation_per_goodwill = .1;
  CHECK(all_are(levels_after(options), .3));
  options.response.slow.saturation = 2;  // read as 2 (1 - e^-1)
  CHECK(all_are(levels_after(options), .5 - .2 * (1 - std::exp(-1))));
  options.brands[0].base_slow_goodwill = 2;
  CHECK(all_are(levels_after(options), .5));
  options.brands[0].price_money = 12;
  options.brands[0].base_price_money = 10;
  options.experience.expectation_per_price = 1;
  CHECK(all_are(levels_after(options), .3));
  options.experience.expectation = -.2;
  CHECK(all_are(levels_after(options), .5));
}

TEST_CASE("the share of satisfied purchases is that of the normal law of the experience") {
  MarketOptions options = shop(20'000, 3);
  without_effect(options);
  ExperienceOptions& o = options.experience;
  o.enabled = true;
  o.aspects[0] = {2, .3, .4};
  o.aspects[1] = {1, -.1, .6};
  o.aspects[2] = {1, .2, .2};
  o.tolerance_low = o.tolerance_high = .15;
  Lab lab(options);
  lab.run_all();
  const double n = static_cast<double>(lab.total("experiences")), mean = .5 * .3 - .25 * .1 + .25 * .2;
  const double sd = std::sqrt(.25 * .16 + .0625 * .36 + .0625 * .04), wrong_sd = std::sqrt(.5 * .16 + .25 * .4);
  const auto z = [&](const char* measure, double p) {
    return std::fabs(z_score(static_cast<double>(lab.total(measure)) / n, p, std::sqrt(p * (1 - p) / n)));
  };
  CHECK(z("satisfied_purchases", 1 - normal_cdf((.15 - mean) / sd)) < kBoundTwentyChecks);
  CHECK(z("disappointed_purchases", normal_cdf((-.15 - mean) / sd)) < kBoundTwentyChecks);
  CHECK(z("disappointed_purchases", normal_cdf((-.15 - mean) / wrong_sd)) > kBoundTwentyChecks);
}

TEST_CASE("tolerance is wide at low involvement, and who is not involved appraises nothing") {
  MarketOptions options = shop(kPeople, 2);
  options.involvement.enabled = true;
  surely(options, .5);
  options.experience.tolerance_low = 2;
  options.experience.tolerance_high = 0;
  const auto felt = [&](double bias) {
    options.involvement.bias = bias;
    Lab lab(options);
    lab.run_all();
    return static_cast<double>(lab.total("satisfied_purchases")) / static_cast<double>(lab.total("experiences"));
  };
  CHECK(felt(-12) == 0);
  CHECK(felt(12) == 1);
  const double middle = felt(1.1);  // v near .75, where the tolerance is .5
  CHECK(middle > .2);
  CHECK(middle < .8);
}

TEST_CASE("satisfaction fades with its half-life, in weeks and in days") {
  for (const char* step : {"week", "day"}) {
    MarketOptions options = shop(3'000, 60, 20);
    options.run.step = step;
    options.need.season.points = {{0, 1}, {.1, 0}};  // all is bought in the first step
    surely(options, .75);
    options.experience.half_life_weeks = 10;
    const int per_week = options.run.steps_per_week();
    Lab lab(options);
    for (int week = 1; week < 60; week += 7) {
      lab.run_to(week * per_week + 1);
      const double left = .75 * std::exp2(-week / 10.), faster = .75 * std::exp2(-week / 9.);
      const std::vector<float> levels = lab.column<float>("satisfaction_level");
      const std::vector<std::int8_t> bytes = lab.column<std::int8_t>("satisfaction");
      const float most = *std::max_element(levels.begin(), levels.end());
      CHECK(std::fabs(static_cast<double>(most) / left - 1) < 1e-4);
      CHECK(std::fabs(static_cast<double>(most) / faster - 1) > 1e-3);
      CHECK(*std::max_element(bytes.begin(), bytes.end()) == std::lround(127 * left));
    }
  }
}

TEST_CASE("an opinion that has faded below its smallest step is none") {
  MarketOptions options = shop(2'000, 40, 20);
  options.need.season.points = {{0, 1}, {.1, 0}};
  own_alone_until(options, 1);
  surely(options, .5);
  options.experience.half_life_weeks = 2;
  Lab lab(options);
  lab.run_to(10);
  const std::vector<std::int8_t> early = lab.column<std::int8_t>("satisfaction");
  CHECK(std::count(early.begin(), early.end(), 0) < 10);
  lab.run_to(40);
  for (const float s : lab.column<float>("satisfaction_level")) CHECK(s == 0);
}

TEST_CASE("events follow what is felt, and replace the flat chances") {
  MarketOptions options = shop(kPeople, 4);
  options.satisfaction.satisfied_prob = options.satisfaction.disappointed_prob = .5;
  listen(options, "satisfied");
  listen(options, "disappointed");
  surely(options, .4);
  Lab pleased(options);
  pleased.run_all();
  CHECK(pleased.total("leaps_satisfieds") == pleased.total("first_purchases", 0));
  CHECK(pleased.total("leaps_disappointeds") == 0);
  surely(options, -.4);
  Lab vexed(options);
  vexed.run_all();
  CHECK(vexed.total("leaps_satisfieds") == 0);
  CHECK(vexed.total("leaps_disappointeds") == vexed.total("first_purchases", 0));
  options.experience.enabled = false;
  Lab flat(options);
  flat.run_all();
  CHECK(flat.total("leaps_satisfieds") > 0);
  CHECK(flat.total("leaps_disappointeds") > 0);
}

TEST_CASE("satisfied and loyal consumers recommend: with one brand, at every purchase but the first") {
  MarketOptions options = shop(kPeople, 4);
  options.brands.resize(1);
  options.brands[0].share = 1;
  surely(options, .4);
  options.experience.recommend_prob = 1;
  listen(options, "recommended");
  Lab lab(options);
  lab.run_all();
  CHECK(lab.total("recommendations") == lab.total("orders", 0) - lab.total("first_purchases", 0));
  CHECK(lab.total("leaps_recommendeds") > 0);
  options.experience.recommend_satisfaction = .5;
  Lab reserved(options);
  reserved.run_all();
  CHECK(reserved.total("recommendations") == 0);
  options.experience.recommend_satisfaction = .25;
  options.experience.recommend_prob = .3;
  Lab some(options);
  some.run_all();
  const double n = static_cast<double>(some.total("orders", 0) - some.total("first_purchases", 0));
  CHECK(std::fabs(z_score(static_cast<double>(some.total("recommendations")) / n, .3, std::sqrt(.21 / n))) <
        kBoundOneCheck);
}
