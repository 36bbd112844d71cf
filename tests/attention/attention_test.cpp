// A budget of attention, and themes that wear.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "models/attention/sends.hpp"
#include "tests/attention/lab.hpp"

namespace populace {
namespace {

// n equal channels that everybody meets for 200 minutes a week, and a campaign that everybody meets on the first.
MarketOptions equal_media(int n, double minutes_per_week) {
  MarketOptions options = small_market(2'500, 1);
  options.attention.enabled = true;
  options.attention.minutes_per_week = minutes_per_week;
  for (int k = 0; k < n; ++k) {
    options.channels.push_back(every_week("medium " + std::to_string(k)));
    options.channels.back().slots_per_week = 200;
    options.channels.back().minutes_per_slot = 1;
  }
  options.campaigns = {always("ours", "medium 0")};
  return options;
}

// Goodwill of all consumers after a week, who must all have the same.
double goodwill(MarketOptions options, std::int32_t step = 1) {
  Lab lab(std::move(options));
  lab.run_to(step);
  const auto slow = lab.column<float>("slow_brand");
  REQUIRE(std::all_of(slow.begin(), slow.end(), [&](float value) { return value == slow[0]; }));
  return static_cast<double>(slow[0]);
}

TEST_CASE("Of n equal media that fill the budget each gets one nth of the attention") {
  for (const int n : {1, 2, 4, 8}) CHECK(goodwill(equal_media(n, 200)) == 1. / n);  // exactly
  for (const int n : {3, 5, 7}) CHECK(std::fabs(goodwill(equal_media(n, 200)) * n - 1) <= n / 65536. + 1e-6);
  CHECK(goodwill(equal_media(8, 1600)) == 1);  // control: attention enough for all
  MarketOptions off = equal_media(8, 200);
  off.attention.enabled = false;
  CHECK(goodwill(off) == 1);
}

TEST_CASE("Media in the background get less attention, and leave more to the others") {
  MarketOptions options = equal_media(2, 1e6);
  options.attention.background_attention = .25;
  CHECK(goodwill(options) == 1);
  options.channels[0].use = "background";
  CHECK(goodwill(options) == .25);
  options.channels[0].use = "both";
  options.channels[0].background_share = .5;
  CHECK(goodwill(options) == .625);
  options.channels[0].clutter_share = .2;
  CHECK(goodwill(options) == Approx(.5));
  // With a budget of 200 minutes, 200 asked here and 50 there: 200 / 250 of a contact.
  options = equal_media(2, 200);
  options.attention.background_attention = .25;
  options.channels[1].use = "background";
  CHECK(goodwill(options) == Approx(.8).epsilon(1e-4));
}

TEST_CASE("H27: a plan that weighs foreground and background beats one that takes a contact for a contact") {
  const auto plan = [](bool attention, const std::string& medium) {
    MarketOptions options = equal_media(2, 200);
    options.attention.enabled = attention;
    options.channels[1].use = "background";
    options.campaigns[0].channel = medium;
    return goodwill(options);
  };
  CHECK(plan(true, "medium 0") > plan(true, "medium 1"));
  CHECK(plan(false, "medium 0") == plan(false, "medium 1"));  // control: the same contacts
}

MarketOptions repeated(int weeks) {
  MarketOptions options = small_market(1'000, weeks);
  options.channels = {every_week("tv")};
  options.campaigns = {always("ours", "tv")};
  options.attention.wear.enabled = true;
  options.attention.wear.recovery_weeks = 0;
  options.attention.wear.low_involvement_gain = 0;
  return options;
}

// Weeks of one contact each after which attitude (goodwill that nobody forgets) is best.
int peak_week(const MarketOptions& options) {
  Lab lab(options);
  int best = 0;
  float most = -1;
  for (int week = 1; week <= options.run.weeks; ++week) {
    lab.run_to(week);
    const float now = lab.column<float>("slow_brand")[0];
    if (now > most) best = week;
    most = std::max(most, now);
  }
  return best;
}

TEST_CASE("L11: attitude is best after ten contacts") {
  const MarketOptions options = repeated(20);
  const int peak = peak_week(options);
  CHECK(peak >= 8);
  CHECK(peak <= 12);
  CHECK(goodwill(options, 10) == Approx(10 - 100. / 20));  // n - n^2 / (2 P)
  MarketOptions later = options;
  later.attention.wear.peak_contacts = 14;
  CHECK(peak_week(later) == 14);
  MarketOptions control = options;
  control.attention.wear.enabled = false;
  CHECK(peak_week(control) == 20);
}

TEST_CASE("L11: low involvement puts the peak off; involvement that is the same for all does not") {
  const auto peak = [](double bias, double gain) {
    MarketOptions options = repeated(24);
    options.involvement.enabled = true;
    options.involvement.weights = {0, 0, 0, 0, 0};
    options.involvement.bias = bias;
    options.attention.wear.low_involvement_gain = gain;
    return peak_week(options);
  };
  CHECK(peak(-3, .4) > 10);
  CHECK(peak(3, .4) < 10);
  CHECK(peak(-3, 0) == peak(3, 0));  // control
}

TEST_CASE("L11: spaced contacts do more, when what is worn recovers") {
  const auto spaced = [](int weeks_apart, double recovery_weeks) {
    MarketOptions options = repeated(41);
    options.attention.wear.recovery_weeks = recovery_weeks;
    for (int k = 0; k < 10; ++k)
      options.campaigns[0].flights.push_back({static_cast<double>(k * weeks_apart), k * weeks_apart + 1., 1});
    return goodwill(options, 41);
  };
  CHECK(spaced(4, 6) > spaced(1, 6));
  CHECK(spaced(4, 0) == Approx(spaced(1, 0)));  // control: nothing recovers
}

TEST_CASE("A theme wears in, and a new one is new") {
  MarketOptions options = repeated(8);
  options.attention.wear.wear_in_contacts = 2;
  // Middle .5, 1.5, 2.5 of the first contacts: a quarter, three quarters and all of the effect.
  CHECK(goodwill(options, 1) == Approx(.25 * .95));
  CHECK(goodwill(options, 3) == Approx(.25 * .95 + .75 * .85 + .75));
  options = repeated(8);
  CreativeOptions first, second;
  first.name = "first";
  first.end_week = 4;
  second.name = "second";
  second.start_week = 4;
  options.campaigns[0].creatives = {first, second};
  CHECK(goodwill(options, 8) == Approx(2 * (4 - 16. / 20)));  // a new theme is met for the first time again
  options.campaigns[0].creatives[0].theme = options.campaigns[0].creatives[1].theme = "spring";
  CHECK(goodwill(options, 8) == Approx(8 - 64. / 20));  // control: another creative on the same theme
}

TEST_CASE("Sends above the quota are worth less") {
  CHECK(scarce_send_factor(2, 4, .25) == 1);
  CHECK(scarce_send_factor(4, 4, .25) == 1);
  CHECK(scarce_send_factor(8, 4, .25) == Approx((4 + 4 * .25) / 8));
  CHECK(scarce_send_factor(1, 0, .25) == .25);
  CHECK(scarce_send_factor(8, 4, 1) == 1);
}

}  // namespace
}  // namespace populace
