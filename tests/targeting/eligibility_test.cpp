// Who is reached: exact limiting cases, what is known and what is not, and pacing on the eligible.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "models/after/after.hpp"
#include "tests/targeting/targeting_market.hpp"

using namespace populace;

namespace {

// Half live beside a store, half far away.
MarketOptions near_and_far(double contacts) {
  MarketOptions options = small_market(411);
  options.regions = {{"near", .5, 0}, {"far", .5, 5000}};
  add_channel(options, "feed");
  add_campaign(options, "ads", "feed", contacts).target.max_distance_km = .001;
  return options;
}

// A campaign for the warm in a garden, in a market where people warm and cool.
MarketOptions warm_market(double match, const std::function<void(CampaignOptions&)>& change) {
  MarketOptions options = small_market(412, 5);
  add_rungs(options, .3, .1);
  add_channel(options, "feed");
  add_garden(options, "park", {"feed"}, match);
  change(add_campaign(options, "ads", "feed", 30'000));
  return options;
}

double share_within(double km, std::uint32_t seed) {
  MarketOptions options = near_and_far(100);
  options.run.seed = seed;
  options.regions = {{"town", 1, 4}};
  unpaid(options.campaigns[0], 1);
  options.campaigns[0].target.max_distance_km = km;
  options.channels[0].habit = "constant";
  options.channels[0].slots_per_week = 40;  // nobody meets none: exp(-40)
  options.run.weeks = 1;
  const std::vector<int> met = met_in_all(options, "ads");
  return static_cast<double>(std::count_if(met.begin(), met.end(), [](int n) { return n > 0; })) / kPeople;
}

}  // namespace

TEST_CASE("distance is exponential: the share within d is 1 - exp(-d / mean)") {
  for (const double km : {1., 4., 9.}) {
    const double share = 1 - std::exp(-km / 4);
    // The sampling error and half a bin of the 255 codes.
    const double found = share_within(km, 20270301);
    CHECK(std::fabs(found - share) < 3.9 * std::sqrt(share * (1 - share) / kPeople) + .5 / 255);
  }
  CHECK(std::fabs(share_within(4, 20270301) - (1 - std::exp(-2.))) > .1);  // control: another mean
}

TEST_CASE("a target that is a region is that region to the bit, pacing included") {
  const MarketOptions target = near_and_far(60'000);
  MarketOptions region = near_and_far(60'000), everywhere = near_and_far(60'000);
  region.campaigns[0].target = everywhere.campaigns[0].target = TargetOptions{};
  region.campaigns[0].regions = {"near"};
  const std::vector<int> met = met_in_all(target, "ads");
  CHECK(met == met_in_all(region, "ads"));
  CHECK(met != met_in_all(everywhere, "ads"));
  MarketOptions walled = target;  // everybody is recognised, so nobody looks like anybody
  add_garden(walled, "park", {"feed"}, 1);
  walled.campaigns[0].target.lookalike_leak_prob = .5;
  CHECK(met == met_in_all(walled, "ads"));
  walled.gardens[0].match_prob = .5;
  CHECK(met != met_in_all(walled, "ads"));
}

TEST_CASE("a target of a search campaign that is a region is that region to the bit, pacing on its queries included") {
  MarketOptions target = near_and_far(0);
  target.run.weeks = 8;
  target.need.enabled = true;
  ChannelOptions& channel = target.channels[0];
  channel.kind = "search";
  channel.query_prob = .6;
  channel.click_prob = .3;
  CampaignOptions& campaign = target.campaigns[0];
  campaign.buy = "cpc";
  campaign.cpc_money = 1;
  campaign.budget_money = 2'000;
  MarketOptions region = target, everywhere = target;
  region.campaigns[0].target = everywhere.campaigns[0].target = TargetOptions{};
  region.campaigns[0].regions = {"near"};
  const std::vector<int> met = met_in_all(target, "ads");
  CHECK(sum_of(met) > 500);
  CHECK(met == met_in_all(region, "ads"));
  CHECK(met != met_in_all(everywhere, "ads"));
}

TEST_CASE("strangers included without any knowledge are everybody; excluded, they are nobody") {
  const auto set = [](const std::string& unknown) {
    return [unknown](CampaignOptions& campaign) {
      campaign.target.rungs = {"warm"};
      campaign.target.unknown = unknown;
    };
  };
  const std::vector<int> included = met_in_all(warm_market(0, set("include")), "ads");
  CHECK(included == met_in_all(warm_market(0, [](CampaignOptions&) {}), "ads"));
  CHECK(included != met_in_all(warm_market(.1, set("include")), "ads"));
  const Run excluded(warm_market(0, set("exclude")));
  CHECK(excluded.all("impressions") == 0);
  CHECK(excluded.counters.total("unspent", 4) == to_micros(30'000));
  // All known is as if there were no walls at all.
  MarketOptions open = warm_market(1, set("exclude"));
  const std::vector<int> known = met_in_all(open, "ads");
  open.gardens.clear();
  CHECK(known == met_in_all(open, "ads"));
}

TEST_CASE("a rung is seen of those recognised, as it was at the end of the last step") {
  MarketOptions options = warm_market(.4, [](CampaignOptions& campaign) {
    unpaid(campaign, .5);
    campaign.target.rungs = {"warm"};
  });
  Walk walk(options);
  std::vector<std::uint8_t> stage;
  std::int64_t reached = 0, missed = 0, changed = 0;
  walk.each_step([&](std::int32_t) { stage = walk.column<std::uint8_t>("stage_interest"); },
                 [&](std::int32_t, const std::vector<std::vector<int>>& met) {
                   const auto resolved = walk.column<std::uint16_t>("resolved");
                   const auto after = walk.column<std::uint8_t>("stage_interest");
                   for (std::size_t i = 0; i < stage.size(); ++i) {
                     const bool in_target = stage[i] == 1 && resolved[i] != 0;
                     reached += in_target && met[0][i] > 0;
                     missed += !in_target && met[0][i] > 0;
                     changed += met[0][i] > 0 && after[i] != 1;
                   }
                 });
  CHECK(reached > 1000);
  CHECK(missed == 0);
  CHECK(changed > 100);  // control: what is true after the step would give another answer
}

TEST_CASE("an anonymous garden knows neither identities nor members, whatever door leads into it") {
  for (const bool anonymous : {true, false}) {
    MarketOptions options = warm_market(1, [&](CampaignOptions& campaign) {
      unpaid(campaign, .5);
      campaign.target.rungs = {"warm"};
    });
    options.owned.emplace_back().name = "club";
    options.owned[0].initial_share = .2;
    options.identity.common_entrance = true;
    options.gardens[0].anonymous = anonymous;
    Walk walk(options);
    std::int64_t met_people = 0;
    walk.each_step([](std::int32_t) {},
                   [&](std::int32_t, const std::vector<std::vector<int>>& met) {
                     for (const int contacts : met[0]) met_people += contacts > 0;
                   });
    INFO(anonymous);
    CHECK((met_people == 0) == anonymous);
  }
}

TEST_CASE("members are known everywhere, and are a list of their own") {
  for (const std::string way : {"list", "channel", "known"}) {
    MarketOptions options = warm_market(0, [&](CampaignOptions& campaign) {
      unpaid(campaign, .5);
      if (way == "list") campaign.target.members_of = {"club"};
      if (way == "known") campaign.target.rungs = {"warm"};
    });
    options.owned.emplace_back().name = "club";
    options.owned[0].initial_share = .2;
    if (way == "channel") options.channels[0].members_of = "club";
    Walk walk(options);
    std::vector<std::uint16_t> members;
    std::vector<std::uint8_t> stage;
    std::int64_t reached = 0, wrong = 0;
    walk.each_step(
        [&](std::int32_t) {
          members = walk.column<std::uint16_t>("members");
          stage = walk.column<std::uint8_t>("stage_interest");
        },
        [&](std::int32_t, const std::vector<std::vector<int>>& met) {
          for (std::size_t i = 0; i < members.size(); ++i) {
            reached += met[0][i] > 0;
            wrong += met[0][i] > 0 && (members[i] == 0 || (way == "known" && stage[i] != 1));
          }
        });
    INFO(way);
    CHECK(reached > 500);
    CHECK(wrong == 0);
  }
}

TEST_CASE("no draw depends on who is eligible") {
  const auto prob = [](bool targeted) {
    return warm_market(.4, [targeted](CampaignOptions& campaign) {
      unpaid(campaign, .3);
      if (targeted) campaign.target.rungs = {"warm"};
    });
  };
  Walk one(prob(true)), other(prob(false));
  std::vector<std::vector<std::vector<int>>> met;
  other.each_step([](std::int32_t) {}, [&](std::int32_t, const auto& now) { met.push_back(now); });
  std::int64_t differing = 0, same = 0;
  one.each_step([](std::int32_t) {},
                [&](std::int32_t step, const auto& now) {
                  for (std::size_t i = 0; i < now[0].size(); ++i) {
                    differing += now[0][i] != 0 && now[0][i] != met[static_cast<std::size_t>(step)][0][i];
                    same += now[0][i] != 0;
                  }
                });
  CHECK(differing == 0);
  CHECK(same > 1000);
}

TEST_CASE("look-alikes are a fixed share of the strangers, always the same ones") {
  const double leak = .25;
  const MarketOptions options = [&] {
    MarketOptions o = warm_market(0, [&](CampaignOptions& campaign) {
      unpaid(campaign, 1);
      campaign.target.rungs = {"bought"};  // where nobody ever is
      campaign.target.lookalike_leak_prob = leak;
    });
    o.channels[0].habit = "constant";
    o.channels[0].slots_per_week = 40;
    return o;
  }();
  const Run run(options);
  const double people = run.all("reach_in_step") / 5;
  CHECK(std::fabs(z_score(people, leak * kPeople, std::sqrt(kPeople * leak * (1 - leak)))) < kBoundOneCheck);
  CHECK(run.counters.step("reach_since_start", 4) == run.counters.step("reach_in_step", 2));
  CHECK(run.all("off_target_contacts") == run.all("impressions"));
  CHECK(std::fabs(z_score(people, .28 * kPeople, std::sqrt(kPeople * leak * (1 - leak)))) > kBoundOneCheck);
}

// z = (contacts - wanted) / sqrt(wanted) as in tests/models/delivery_test.cpp; 5 steps a scenario, 6 scenarios.
TEST_CASE("pacing meets the plan among the eligible, who change") {
  const auto worst = [](const MarketOptions& options, double inflated) {
    const Run run(options);
    const double budget = options.campaigns[0].budget_money, n = run.market.end_step_number();
    double delivered = 0, worst_z = 0;
    for (std::int32_t step = 0; step < run.market.end_step_number(); ++step) {
      const double wanted = inflated * (budget * (step + 1) / n - delivered),
                   contacts = static_cast<double>(run.counters.step("impressions", step));
      worst_z = std::max(worst_z, std::fabs(z_score(contacts, wanted, std::sqrt(wanted))));
      delivered += contacts;
    }
    return worst_z;
  };
  const auto rung = [](CampaignOptions& campaign) { campaign.target.rungs = {"warm"}; };
  const auto leaky = [](CampaignOptions& campaign) {
    campaign.target.rungs = {"warm"};
    campaign.target.lookalike_leak_prob = .2;
  };
  const auto capped = [](CampaignOptions& campaign) {
    campaign.target.rungs = {"warm"};
    campaign.cap = {4, 3};
    campaign.budget_money = 12'000;
  };
  CHECK(worst(warm_market(.6, rung), 1) < kBoundHundredChecks);
  CHECK(worst(warm_market(.3, leaky), 1) < kBoundHundredChecks);
  CHECK(worst(warm_market(.9, capped), 1) < kBoundHundredChecks);
  MarketOptions weighted = warm_market(.6, rung);
  weighted.regions = {{"north", .3, 0}, {"south", .7, 0}};
  weighted.campaigns[0].region_weight.by_name = {{"north", 3}};
  CHECK(worst(weighted, 1) < kBoundHundredChecks);
  CHECK(worst(warm_market(.6, rung), 1.15) > 2 * kBoundHundredChecks);  // control: a larger plan than was paced
}

TEST_CASE("purchase cycle: reached are those recognised whose last purchase lies between the bounds") {
  MarketOptions options = small_market(413, 12);
  options.need.enabled = true;
  add_channel(options, "feed");
  add_garden(options, "park", {"feed"}, .5);
  CampaignOptions& campaign = add_campaign(options, "ads", "feed", 0);
  unpaid(campaign, .4);
  campaign.target.since_purchase_weeks = {3, 5};
  Walk walk(options);
  std::vector<std::uint16_t> last;
  std::int64_t reached = 0, wrong = 0;
  walk.each_step([&](std::int32_t) { last = walk.column<std::uint16_t>("focal_purchase_kept"); },
                 [&](std::int32_t step, const std::vector<std::vector<int>>& met) {
                   const auto resolved = walk.column<std::uint16_t>("resolved");
                   for (std::size_t i = 0; i < last.size(); ++i) {
                     if (met[0][i] == 0) continue;
                     const int weeks = step - (last[i] - 1 - kPurchaseStepOffset);
                     ++reached;
                     wrong += last[i] == 0 || resolved[i] == 0 || weeks < 3 || weeks > 5;
                   }
                 });
  CHECK(reached > 500);
  CHECK(wrong == 0);
}

TEST_CASE("purchase cycle: in a consumer's own intervals, frequent buyers are reached sooner") {
  MarketOptions options = small_market(414, 20);
  options.need.enabled = true;
  options.need.opportunities_per_week = .3;
  options.need.shape = 2;
  add_channel(options, "feed");
  CampaignOptions& campaign = add_campaign(options, "ads", "feed", 0);
  unpaid(campaign, .4);
  campaign.target.since_purchase_intervals = {.5, 1.5};
  Walk walk(options);
  const std::vector<std::uint8_t> code = walk.column<std::uint8_t>("need_rate");
  const CodeValues& rate = walk.market.traits().need_rate(0).value;
  std::vector<std::uint16_t> last;
  std::int64_t reached = 0, wrong = 0;
  double weeks_of_frequent = 0, weeks_of_rare = 0, frequent = 0, rare = 0;
  walk.each_step([&](std::int32_t) { last = walk.column<std::uint16_t>("focal_purchase_kept"); },
                 [&](std::int32_t step, const std::vector<std::vector<int>>& met) {
                   for (std::size_t i = 0; i < last.size(); ++i) {
                     if (met[0][i] == 0) continue;
                     const double weeks = step - (last[i] - 1 - kPurchaseStepOffset), a_week = rate[code[i]],
                                  intervals = weeks * a_week * (1 - options.choice.no_purchase_share);
                     ++reached;
                     wrong += last[i] == 0 || intervals < .5 || intervals > 1.5;
                     (a_week > .3 ? weeks_of_frequent : weeks_of_rare) += weeks;
                     (a_week > .3 ? frequent : rare) += 1;
                   }
                 });
  CHECK(reached > 500);
  CHECK(wrong == 0);
  REQUIRE(frequent > 50);
  REQUIRE(rare > 50);
  CHECK(weeks_of_frequent / frequent < weeks_of_rare / rare);  // control: the same weeks for all would be equal
}

// H43, M60: with the same money a push to those who can act costs less a sale than a push to everybody.
TEST_CASE("targeted push costs less a sale than mass push, as far as the target is known") {
  const auto sales = [](double match, const std::string& unknown) {
    MarketOptions options = warm_market(match, [&](CampaignOptions& campaign) {
      campaign.target.rungs = {"warm"};
      campaign.target.unknown = unknown;
      campaign.budget_money = 20'000;
    });
    MoveOptions& buys = options.machines[0].moves.emplace_back();
    buys.name = "buys";
    buys.from = {"warm"};
    buys.to = "bought";
    buys.drivers = {{"exposures.feed", .05}};
    const Run run(options);
    const double spent = run.all("impressions");  // at 1 a contact
    return std::pair{static_cast<double>(run.counters.step("occupancy_interest", 4, 2)), spent};
  };
  const auto [mass, mass_spent] = sales(0, "include");
  const auto [some, some_spent] = sales(.5, "include");
  const auto [targeted, targeted_spent] = sales(.9, "exclude");
  CHECK(std::fabs(targeted_spent / mass_spent - 1) < .03);
  // Sales are counts: the difference of two against its standard error.
  CHECK((some - mass) / std::sqrt(some + mass) > kBoundOneCheck);
  CHECK((targeted - some) / std::sqrt(targeted + some) > kBoundOneCheck);
  CHECK(targeted_spent / targeted < .7 * mass_spent / mass);
}
