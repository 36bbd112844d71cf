// World events and outages: what they are equal to over the whole horizon, and that they keep to their weeks and
// places.
#include <catch2/catch.hpp>
#include <cmath>

#include "models/world/events.hpp"
#include "sim/base/units.hpp"
#include "tests/targeting/targeting_market.hpp"

using namespace populace;

namespace {

MarketOptions market(std::uint32_t seed) {
  MarketOptions options = small_market(seed, 12);
  options.regions = {{"north", .5, 0}, {"south", .5, 0}};
  options.segments = {{"young", .5}, {"old", .5}};
  options.need.enabled = true;
  options.response.slow = {.5, 0, .3, "utility"};
  add_channel(options, "feed");
  add_campaign(options, "ads", "feed", 60'000);
  return options;
}

WorldEventOptions& add_event(MarketOptions& options, double start, double end) {
  WorldEventOptions& event = options.events.emplace_back();
  event.name = "festival" + std::to_string(options.events.size());
  event.start_week = start;
  event.end_week = end;
  return event;
}

bool same(const Run& a, const Run& b, const std::string& measure, std::int32_t from, std::int32_t to,
          std::size_t cell = 4) {
  for (std::int32_t step = from; step < to; ++step)
    for (std::size_t c = cell == 4 ? 0 : cell; c < (cell == 4 ? 4 : cell + 1); ++c)
      if (a.counters.cell(measure, step, c) != b.counters.cell(measure, step, c)) return false;
  return true;
}

}  // namespace

TEST_CASE("an event over the whole horizon is another season, another effect, another price, to the bit") {
  MarketOptions season = market(701), event = market(701);
  season.need.season = 2;
  add_event(event, 0, 12).need_factor = 2;
  CHECK(same(Run(season), Run(event), "opportunities", 0, 12));
  CHECK(!same(Run(market(701)), Run(event), "opportunities", 0, 12));

  MarketOptions effect = market(702), attention = market(702);
  effect.campaigns[0].effect = 2;
  add_event(attention, 0, 12).attention_factor = 2;
  CHECK(same(Run(effect), Run(attention), "orders", 0, 12));
  CHECK(!same(Run(market(702)), Run(attention), "orders", 0, 12));

  MarketOptions dear = market(703), price = market(703);
  dear.campaigns[0].cpm_money *= 2;
  add_event(price, 0, 12).media_price_factor = 2;
  const Run a(dear), b(price);
  CHECK(same(a, b, "impressions", 0, 12));
  for (std::int32_t step = 0; step < 12; ++step)
    CHECK(a.counters.total("spend", step) == b.counters.total("spend", step));
}

TEST_CASE("events keep to their weeks, regions and segments, and come again") {
  MarketOptions options = market(704);
  WorldEventOptions& event = add_event(options, 2, 4);
  event.every_weeks = 5;
  event.need_factor = 3;
  event.regions = {"north"};
  event.segments = {"old"};
  options.complete();
  const WorldEvents events(options);
  std::string weeks;
  for (std::int32_t step = 0; step < 12; ++step) weeks += events.need(step, 1) == 3 ? 'x' : '.';
  CHECK(weeks == "..xx...xx...");
  for (const std::size_t cell : {0u, 2u, 3u}) CHECK(events.need(2, cell) == 1);
  const Run with(options), without(market(704));
  CHECK(same(with, without, "opportunities", 0, 2));
  for (const std::size_t cell : {0u, 2u, 3u}) CHECK(same(with, without, "opportunities", 0, 12, cell));
  CHECK(with.counters.cell("opportunities", 2, 1) > 2 * without.counters.cell("opportunities", 2, 1));
  // Half a step of an event has half its effect; days have it in their own weeks.
  MarketOptions half = market(704);
  add_event(half, 2.5, 3).need_factor = 3;
  CHECK(WorldEvents(half).need(2, 0) == 2);
  half.run.step = "day";
  CHECK(WorldEvents(half).need(21, 0) == 1);
  CHECK(std::fabs(WorldEvents(half).need(20, 0) - 3) < 1e-9);
  half.events[0].enabled = false;
  CHECK(!WorldEvents(half).any());
}

TEST_CASE("media are dear where the people of a campaign are") {
  MarketOptions options = market(705);
  WorldEventOptions& event = add_event(options, 0, 12);
  event.media_price_factor = 3;
  event.regions = {"north"};
  const WorldEvents events(options);
  CHECK(events.media_price(0, options.campaigns[0]) == 2);  // half of everybody
  options.campaigns[0].regions = {"north"};
  CHECK(events.media_price(0, options.campaigns[0]) == 3);
  options.campaigns[0].regions = {"south"};
  CHECK(events.media_price(0, options.campaigns[0]) == 1);
}

TEST_CASE("a channel that is out delivers nothing, and its money waits") {
  for (const std::string buy : {"cpm", "fixed"}) {
    MarketOptions options = market(706);
    CampaignOptions& campaign = options.campaigns[0];
    campaign.buy = buy;
    if (buy == "fixed") {
      campaign.cpm_money = 0;
      campaign.fixed_impressions = 60'000;
    }
    options.channels[0].outages = {{3, 5}, {11, 12}};
    const Run run(options);
    std::int64_t spent = 0, contacts = 0;
    for (std::int32_t step = 0; step < 12; ++step) {
      const bool out = step == 3 || step == 4 || step == 11;
      CHECK((run.counters.step("impressions", step) == 0) == out);
      if (out) CHECK(run.counters.total("spend", step) == 0);
      spent += run.counters.total("spend", step);
      contacts += run.counters.step("impressions", step);
      CHECK(spent + run.counters.total("unspent", step) == to_micros(60'000));
    }
    // The last week is lost; the weeks in the middle are made good.
    const auto expected = 60'000. * 11 / 12;
    CHECK(std::fabs(static_cast<double>(contacts) - expected) < 4 * std::sqrt(expected));
    CHECK(std::fabs(to_units(spent) - expected) < 4 * std::sqrt(expected));
    CHECK(std::fabs(static_cast<double>(contacts) - 60'000. * 9 / 12) > 4 * std::sqrt(expected));  // control
  }
}

TEST_CASE("without an outage or an event nothing changes") {
  MarketOptions options = market(707);
  options.channels[0].outages = {{12, 13}};
  add_event(options, 11.9, 12).enabled = false;
  CHECK(same(Run(options), Run(market(707)), "orders", 0, 12));
}
