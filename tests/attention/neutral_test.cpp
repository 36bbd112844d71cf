// Everything on with neutral values is the market without any of it, bit for bit; search and rotation.
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/attention/lab.hpp"

namespace populace {
namespace {

CreativeOptions creative(const std::string& name, const std::string& message) {
  CreativeOptions made;
  made.name = name;
  made.message = message;
  made.style = "benefit";
  made.key_message = name;
  return made;
}

MarketOptions whole_market() {
  MarketOptions options;
  options.run.consumers = 5'000;
  options.run.weeks = 6;
  options.need.enabled = true;
  options.need.opportunities_per_week = .5;
  BrandOptions ours, other;
  ours.name = "ours";
  other.name = "other";
  ours.share = other.share = .5;
  options.brands = {ours, other};
  ChannelOptions tv, query;
  tv.name = "tv";
  query.name = "query";
  query.kind = "search";
  query.query_prob = .5;
  query.click_prob = .5;
  query.slow_effect = query.fast_effect = 1;
  options.channels = {tv, query};
  CampaignOptions spot, words;
  spot.name = "spot";
  spot.channel = "tv";
  spot.buy = "probability";
  spot.delivery_prob = .2;
  spot.creatives = {creative("a", "curiosity"), creative("b", "persuasion")};
  words.name = "words";
  words.channel = "query";
  words.buy = "cpc";
  words.budget_money = 1e6;
  words.cpc_money = 1;
  words.creatives = {creative("c", "offer")};
  options.campaigns = {spot, words};
  MachineOptions machine;
  machine.name = "ladder";
  machine.stages = {"none", "aware"};
  MoveOptions notice;
  notice.name = "notice";
  notice.cause = "event";
  notice.event = "noticed";
  notice.event_prob = .2;
  notice.from = {"none"};
  notice.to = "aware";
  machine.moves = {notice};
  options.machines = {machine};
  options.run.focal_machine = "ladder";
  return options;
}

void switch_on(MarketOptions& options) {
  options.involvement.enabled = true;
  options.attention.enabled = true;
  options.attention.minutes_per_week = 1e9;
  options.attention.wear.enabled = true;
  options.attention.wear.lowest_effect = 1;
  options.response.message.enabled = true;  // stages of other names than the preset's but "none" and "aware"
  for (PerName* row : {&options.response.message.curiosity, &options.response.message.persuasion,
                       &options.response.message.offer, &options.response.message.care})
    *row = 1;
  options.response.style.enabled = true;
  options.response.style.mismatch_effect = 1;
  options.response.synergy.enabled = true;
  options.response.synergy.per_channel = 0;
  options.response.synergy.inconsistency = 0;
  options.response.aversion.enabled = true;
  options.response.aversion.per_excess = 0;
  options.response.aversion.dissatisfaction = 0;
}

// Counters that both markets have, summed over steps and cells, in the order of the first.
std::vector<std::int64_t> sums(const MarketOptions& options, const MarketOptions& listed) {
  MarketOptions complete = listed;
  complete.complete();
  const Market names(complete);
  Lab lab(options);
  lab.run_all();
  std::vector<std::int64_t> all;
  for (const Measure& measure : names.registry().measures())
    for (std::size_t slot = 0; measure.level == Level::kCell && slot < measure.size; ++slot)
      all.push_back(lab.total(measure.name, slot));
  return all;
}

TEST_CASE("Neutral values change nothing") {
  const MarketOptions off = whole_market();
  MarketOptions on = off;
  switch_on(on);
  CHECK(sums(on, off) == sums(off, off));
  Lab a(off), b(on);
  a.run_all();
  b.run_all();
  CHECK(a.column<float>("slow_ours") == b.column<float>("slow_ours"));
  on.response.style.mismatch_effect = .5;  // control
  CHECK(sums(on, off) != sums(off, off));
}

TEST_CASE("Off there is no column and no measure") {
  const Lab lab(whole_market());
  for (const std::string name : {"attention_share", "in_mind_ours_spot/a", "channels_lately_ours_a", "ad_load_ours"})
    CHECK_FALSE(lab.has(name));
  for (const Measure& measure : lab.market().registry().measures()) CHECK(measure.name != "net_contacts");
}

TEST_CASE("The weight of contacts is counted") {
  MarketOptions options = whole_market();
  switch_on(options);
  Lab lab(options);
  lab.run_all();
  CHECK(lab.total("impressions") > 0);
  CHECK(lab.total("net_contacts") == lab.total("impressions") * 1'000'000);
}

TEST_CASE("At a query a message works by stage as well") {
  MarketOptions idle = whole_market();
  idle.machines[0].moves[0].event_prob = 0;
  idle.campaigns.erase(idle.campaigns.begin());  // search alone
  MarketOptions useless = idle, none = idle;
  useless.response.message.enabled = true;  // an offer to who does not know the brand
  none.campaigns[0].effect = 0;
  CHECK(sums(useless, idle) == sums(none, idle));
  CHECK(sums(idle, idle) != sums(none, idle));  // control
}

TEST_CASE("Creatives are shown in their shares, evenly spread, while their weeks last") {
  MarketOptions options = whole_market();
  options.run.weeks = 12;
  auto& creatives = options.campaigns[0].creatives;
  creatives[0].rotation_share = 3;
  options.complete();
  const Rotation rotation(options);
  int a = 0, in_a_row = 0;
  for (std::int32_t week = 0; week < 12; ++week) {
    a += rotation.shown(0, week) == 0;
    in_a_row = rotation.shown(0, week) == 1 ? in_a_row + 1 : 0;
    CHECK(in_a_row <= 1);
  }
  CHECK(a == 9);
  creatives[1].start_week = 6;
  creatives[0].end_week = 8;
  const Rotation later(options);
  CHECK(later.shown(0, 5) == 0);
  CHECK(later.shown(0, 9) == 1);
  creatives[1].end_week = 10;
  CHECK(Rotation(options).shown(0, 11) == -1);  // nothing is left to show
}

TEST_CASE("The order in which creatives are written does not matter") {
  MarketOptions options = whole_market();
  options.complete();
  MarketOptions turned = options;
  std::swap(turned.campaigns[0].creatives[0], turned.campaigns[0].creatives[1]);
  const Rotation one(options), other(turned);
  for (std::int32_t week = 0; week < 6; ++week) CHECK(one.creative(0, week)->name == other.creative(0, week)->name);
}

TEST_CASE("A longer spot does more and costs more") {
  MarketOptions options = whole_market();
  options.campaigns[0].creatives.pop_back();
  options.campaigns[0].creatives[0].length_seconds = 30;
  options.complete();
  const Rotation rotation(options);
  CHECK(rotation.effect(0, 0) == Approx(std::sqrt(2)));
  CHECK(rotation.price(0) == Approx(2));
  CHECK(Rotation(whole_market()).price(0) == 1);

  options.campaigns[0].buy = "cpm";
  options.campaigns[0].cpm_money = 100;
  options.campaigns[0].budget_money = 1'000;
  MarketOptions usual = options;
  usual.campaigns[0].creatives[0].length_seconds = 0;
  Lab longer(options), normal(usual);
  longer.run_all();
  normal.run_all();
  CHECK(normal.total("impressions") == Approx(10'000).epsilon(.03));
  CHECK(longer.total("impressions") == Approx(5'000).epsilon(.03));
}

}  // namespace
}  // namespace populace
