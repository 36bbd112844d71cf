// Messages by stage, styles by route, key messages over channels, aversion and forgetting.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/attention/lab.hpp"

namespace populace {
namespace {

CreativeOptions creative_of(const std::string& message, const std::string& style = "plain") {
  CreativeOptions creative;
  creative.name = "creative";
  creative.message = message;
  creative.style = style;
  return creative;
}

// Everybody stands at one stage of the ladder and meets one creative a week; people buy.
MarketOptions one_stage(const std::string& stage, const std::string& message) {
  MarketOptions options = small_market(4'000, 8);
  options.channels = {every_week("tv")};
  options.channels[0].slow_effect = options.channels[0].fast_effect = .3;
  options.campaigns = {always("ours", "tv")};
  options.campaigns[0].creatives = {creative_of(message)};
  options.response.message.enabled = true;
  options.need.enabled = true;
  options.need.opportunities_per_week = .5;
  BrandOptions ours, other;
  ours.name = "ours";
  other.name = "other";
  ours.share = other.share = .5;
  options.brands = {ours, other};
  MachineOptions machine;
  machine.name = "ladder";
  machine.stages = {"none", "discovered", "aware", "considering", "chosen"};
  if (stage != "none") machine.initial_share.by_name = {{stage, 1.0}};
  MoveOptions notice;
  notice.name = "notice";
  notice.cause = "event";
  notice.event = "noticed";
  notice.event_prob = .2;
  notice.from = {"none", "discovered", "aware"};
  notice.to = "next";
  machine.moves = {notice};
  options.machines = {machine};
  options.run.focal_machine = "ladder";
  return options;
}

std::int64_t leaps(const MarketOptions& options) {
  Lab lab(options);
  lab.run_all();
  return lab.total("leaps_ladder", 0);  // from the first stage
}
std::int64_t orders(const MarketOptions& options) {
  Lab lab(options);
  lab.run_all();
  return lab.total("orders", 0);
}

TEST_CASE("H1: an offer sells to those who are close to buying, and does nothing for who has no need") {
  MarketOptions none = one_stage("none", "offer"), close = one_stage("considering", "offer");
  none.machines[0].moves[0].event_prob = close.machines[0].moves[0].event_prob = 0;
  CHECK(orders(close) > orders(none));
  MarketOptions silent = none;
  silent.campaigns[0].effect = 0;
  CHECK(orders(none) == orders(silent));  // worth nothing at all
  none.response.message.enabled = close.response.message.enabled = false;
  CHECK(orders(close) == orders(none));  // control
}

TEST_CASE("H3: curiosity moves those who do not know the brand, reasons and offers do not") {
  const auto n = leaps(one_stage("none", "curiosity"));
  CHECK(n > leaps(one_stage("none", "persuasion")));
  CHECK(leaps(one_stage("none", "persuasion")) > leaps(one_stage("none", "offer")));
  CHECK(leaps(one_stage("none", "offer")) == 0);
  MarketOptions a = one_stage("none", "curiosity"), b = one_stage("none", "offer");
  a.response.message.enabled = b.response.message.enabled = false;
  CHECK(leaps(a) == leaps(b));  // control
}

MarketOptions styled(const std::string& style, double intercept) {
  MarketOptions options = one_stage("aware", "any");
  options.response.message.enabled = false;
  options.response.style.enabled = true;
  options.involvement.rational_intercept = intercept;
  options.campaigns[0].creatives = {creative_of("any", style)};
  return options;
}

TEST_CASE("H5, H6: benefit copy sells to the rational, emotive copy to the emotional") {
  CHECK(orders(styled("benefit", 3)) > orders(styled("emotive", 3)));
  CHECK(orders(styled("emotive", -3)) > orders(styled("benefit", -3)));
  MarketOptions a = styled("benefit", 3), b = styled("emotive", 3);
  a.response.style.mismatch_effect = b.response.style.mismatch_effect = 1;
  CHECK(orders(a) == orders(b));  // control
}

double mean_goodwill(const MarketOptions& options, std::int32_t step = 1) {
  Lab lab(options);
  lab.run_to(step);
  return mean_of(lab.column<float>("slow_brand"));
}

// Effect on goodwill of better arguments, or of better cues, among consumers of high or low involvement.
double quality_effect(bool arguments, double bias, double slope) {
  MarketOptions options = small_market(20'000, 1);
  options.channels = {every_week("tv")};
  options.campaigns = {always("ours", "tv")};
  options.campaigns[0].creatives = {creative_of("any")};
  options.response.style.enabled = true;
  options.involvement.enabled = true;
  options.involvement.bias = bias;
  options.involvement.rational_slope = slope;
  auto& creative = options.campaigns[0].creatives[0];
  double& quality = arguments ? creative.argument_quality : creative.cue_quality;
  quality = 1.5;
  const double better = mean_goodwill(options);
  quality = .5;
  return better - mean_goodwill(options);
}

TEST_CASE("L10: arguments count for the involved, cues for the others") {
  CHECK(quality_effect(true, 1.5, 1) - quality_effect(true, -1.5, 1) > .2);
  CHECK(quality_effect(false, 1.5, 1) - quality_effect(false, -1.5, 1) < -.2);
  // Control: a route that does not follow involvement, so that involvement is as good as constant.
  CHECK(std::fabs(quality_effect(true, 1.5, 0) - quality_effect(true, -1.5, 0)) < 1e-9);
  CHECK(std::fabs(quality_effect(false, 1.5, 0) - quality_effect(false, -1.5, 0)) < 1e-9);
}

// n channels that everybody meets once a week, each with a key message.
MarketOptions in_concert(const std::vector<std::string>& key_messages, std::int64_t weeks = 6) {
  MarketOptions options = small_market(1'000, weeks);
  options.response.synergy.enabled = true;
  for (std::size_t k = 0; k < key_messages.size(); ++k) {
    const std::string name = "medium " + std::to_string(k);
    options.channels.push_back(every_week(name));
    options.campaigns.push_back(always("on " + name, name));
    options.campaigns.back().creatives = {creative_of("any")};
    options.campaigns.back().creatives[0].key_message = key_messages[k];
  }
  return options;
}

TEST_CASE("Channels with one key message help each other by the stated factor, up to the cap") {
  CHECK(mean_goodwill(in_concert({"fresh"})) == 1);
  CHECK(mean_goodwill(in_concert({"fresh", "fresh"})) == Approx(2 * 1.15));
  CHECK(mean_goodwill(in_concert({"fresh", "fresh", "fresh"})) == Approx(3 * 1.3));
  MarketOptions capped = in_concert({"fresh", "fresh", "fresh"});
  capped.response.synergy.cap = 1.2;
  CHECK(mean_goodwill(capped) == Approx(3 * 1.2));
  MarketOptions off = in_concert({"fresh", "fresh", "fresh"});
  off.response.synergy.enabled = false;
  CHECK(mean_goodwill(off) == 3);  // control
}

TEST_CASE("H11: one key message over channels beats different ones") {
  CHECK(mean_goodwill(in_concert({"fresh", "cheap"})) == Approx(2 * .8));
  CHECK(mean_goodwill(in_concert({"a", "b", "c", "d", "e"})) == Approx(5 * .4));  // never below the least
  CHECK(mean_goodwill(in_concert({"fresh", "fresh"})) > mean_goodwill(in_concert({"fresh", "cheap"})));
  MarketOptions same = in_concert({"fresh", "fresh"}), different = in_concert({"fresh", "cheap"});
  same.response.synergy.enabled = different.response.synergy.enabled = false;
  CHECK(mean_goodwill(same) == mean_goodwill(different));  // control
}

TEST_CASE("A channel is remembered as long as the window says") {
  MarketOptions options = in_concert({"fresh", "fresh"});
  options.campaigns[1].flights = {{0, 1, 1}};  // the second channel in the first week only
  const auto in_week = [&](int week) { return mean_goodwill(options, week + 1) - mean_goodwill(options, week); };
  options.response.synergy.window_weeks = 2;
  CHECK(in_week(1) == Approx(1.15));
  CHECK(in_week(2) == Approx(1));
  options.response.synergy.window_weeks = 1;
  CHECK(in_week(1) == Approx(1));
  options.response.synergy.window_weeks = 4;  // halves of two weeks: up to week 3
  CHECK(in_week(3) == Approx(1.15));
  CHECK(in_week(4) == Approx(1));
}

TEST_CASE("H12: a form made for the channel beats one that is the same everywhere") {
  MarketOptions adapted = in_concert({"", ""}), identical = adapted;
  adapted.response.synergy.enabled = identical.response.synergy.enabled = false;
  identical.campaigns[1].creatives[0].form_fit = .7;
  CHECK(mean_goodwill(adapted) == 2);
  CHECK(mean_goodwill(identical) == Approx(1.7));
}

TEST_CASE("Too many contacts weaken a contact and then turn it") {
  const auto in_week_20 = [](double tolerated) {
    MarketOptions options = in_concert({""}, 21);
    options.response.synergy.enabled = false;
    options.response.aversion.enabled = true;
    options.response.aversion.tolerated_contacts_per_week = tolerated;
    return mean_goodwill(options, 21) - mean_goodwill(options, 20);
  };
  CHECK(in_week_20(1) == Approx(1).epsilon(1e-4));     // one a week, as many as tolerated
  CHECK(in_week_20(.5) == Approx(.5).epsilon(1e-4));   // twice as many
  CHECK(in_week_20(.2) == Approx(-.5).epsilon(1e-4));  // many more
  CHECK(in_week_20(.4) < in_week_20(.5));
}

TEST_CASE("Who no longer remembers the brand is reported once, in the week in which it happens") {
  MarketOptions options = in_concert({""}, 8);
  options.response.synergy.enabled = false;
  options.response.slow.retention_per_week = .5;
  options.campaigns[0].flights = {{0, 1, 1}};  // goodwill 1, .5, .25, .125, …
  options.response.forgotten_below = .2;
  MachineOptions machine;
  machine.name = "memory";
  machine.stages = {"there", "gone"};
  MoveOptions forget;
  forget.name = "forget";
  forget.cause = "event";
  forget.event = "forgotten";
  forget.from = {"there"};
  forget.to = "gone";
  machine.moves = {forget};
  options.machines = {machine};
  const auto gone = [&](int step) {
    Lab lab(options);
    lab.run_to(step);
    return mean_of(lab.column<std::uint8_t>("stage_memory"));
  };
  CHECK(gone(3) == 0);
  CHECK(gone(4) == 1);
  options.response.forgotten_below = .01;  // control
  CHECK(gone(4) == 0);
}

TEST_CASE("A campaign's effect is split between slow goodwill and fast activation") {
  MarketOptions options = in_concert({""}, 1);
  options.response.synergy.enabled = false;
  options.response.fast.retention_per_week = .5;
  options.campaigns[0].brand_share = .8;
  Lab lab(options);
  lab.run_all();
  CHECK(mean_of(lab.column<float>("slow_brand")) == Approx(1.6));
  CHECK(mean_of(lab.column<float>("fast_brand")) == Approx(.4));
}

}  // namespace
}  // namespace populace
