// Members: joining by every way, leaving, sends, stickiness; what is counted of them and what it costs.
#include <bit>
#include <catch2/catch.hpp>

#include "results/summary/kpi.hpp"
#include "sim/base/units.hpp"
#include "tests/private_domain/owned_market.hpp"

using namespace populace;

namespace {

// Every way in and out at once, in two accounts.
MarketOptions busy_market(std::uint32_t seed) {
  MarketOptions options = buying_market(seed, 12);
  options.segments = {{"young", .5}, {"old", .5}};
  ChannelOptions& feed = add_channel(options, "feed");
  feed.slots_per_week = 5;
  unpaid(add_campaign(options, "ads", "feed", 0), .3);
  OwnedOptions& chat = add_owned(options, "chat", .1);
  chat.purchase_prob = .1;
  chat.game_per_week = .01;
  chat.qr_per_week = .3;
  chat.verified = true;
  chat.search_per_week = .01;
  chat.fission_per_week = .2;
  chat.contact_prob = .01;
  chat.leave_per_week = .05;
  chat.sends_per_week = 2;
  OwnedOptions& mail = add_owned(options, "mail", .05);
  mail.cross_per_week.by_name = {{"chat", .05}};
  mail.leave_per_week = .02;
  return options;
}

std::vector<double> members_by_week(const MarketOptions& options) {
  const Run run(options);
  std::vector<double> members;
  for (std::int32_t step = 0; step < run.market.end_step_number(); ++step)
    members.push_back(static_cast<double>(run.counters.step("members", step)));
  return members;
}

// z of joins against a chance that holds for every non-member in every step.
double z_of_joins(const Run& run, JoinCause cause, const std::function<double(double members)>& prob) {
  Martingale sum;
  double members = run.market.options().owned[0].initial_share.all * kPeople;
  for (std::int32_t step = 0; step < run.market.end_step_number(); ++step) {
    const auto joins = static_cast<double>(run.counters.step("joins", step, slot(cause)));
    const auto now = static_cast<double>(run.counters.step("members", step));
    if (step > 0) sum.add(joins, kPeople - members, prob(members));
    members = now;
  }
  return sum.z();
}

}  // namespace

TEST_CASE("members are those of the last step, and who joined, without who left") {
  MarketOptions options = busy_market(501);
  options.complete();
  const Market market(options);
  const auto records = run_records(market, {1, 1, 1});
  const Counters counters(market, records[0]);
  Walk walk(options);
  std::vector<std::int64_t> before(2, -1);
  for (std::int32_t step = 0; step < market.end_step_number(); ++step) {
    walk.to(step + 1);
    const auto mask = walk.column<std::uint16_t>("members");
    for (std::size_t o = 0; o < 2; ++o) {
      std::int64_t members = 0, joins = 0;
      for (const std::uint16_t bits : mask) members += bits >> o & 1;
      for (std::size_t cause = 0; cause < kJoinCauses.size(); ++cause)
        joins += counters.step("joins", step, o * kJoinCauses.size() + cause);
      CHECK(counters.step("members", step, o) == members);
      if (before[o] >= 0) CHECK(members == before[o] + joins - counters.step("leaves", step, o));
      before[o] = members;
    }
  }
  for (const JoinCause cause : {JoinCause::kOrder, JoinCause::kGame, JoinCause::kCode, JoinCause::kSearch,
                                JoinCause::kFission, JoinCause::kContact})
    CHECK(counters.all("joins", slot(cause)) > 20);
  CHECK(counters.all("joins", slot(JoinCause::kCross, 1)) > 20);
  CHECK(counters.all("leaves", 0) > 100);
  CHECK(counters.all("joins", slot(JoinCause::kScan)) == 0);  // nobody buys in a store
}

TEST_CASE("key figures tell joins by each cause that the keys allow, which are all") {
  const Run run(busy_market(501));
  const MeasureRegistry& registry = run.market.registry();
  const auto figure = [&](const std::string& name) {
    return evaluate(*registry.find_kpi(name), registry, run_info(run.market), run.records[0]);
  };
  for (std::size_t o = 0; o < 2; ++o) {
    const std::string& name = run.market.options().owned[o].name;
    double sum = 0;
    for (std::size_t cause = 0; cause < kJoinCauses.size(); ++cause) {
      const std::string kpi = "joins." + name + "." + std::string(kJoinCauses[cause]);
      const double counted = run.all("joins", o * kJoinCauses.size() + cause);
      CHECK((registry.find_kpi(kpi) == nullptr ? 0 : figure(kpi)) == counted);
      sum += counted;
    }
    CHECK(figure("owned." + name + ".joins") == sum);
    CHECK(registry.find_kpi("joins." + name + ".scan") == nullptr);  // nobody buys in a store
  }
}

TEST_CASE("members leave at their rate, and stickiness takes its share of it") {
  MarketOptions options = small_market(502, 20);
  OwnedOptions& owned = add_owned(options, "chat", 1);
  owned.leave_per_week = .03;
  owned.worth = 0;  // no stickiness
  const auto left = [](double rate, double weeks) { return kPeople * std::exp(-rate * weeks); };
  const auto z = [&](double members, double rate, double weeks) {
    const double share = std::exp(-rate * weeks);
    return (members - left(rate, weeks)) / std::sqrt(kPeople * share * (1 - share));
  };
  CHECK(std::fabs(z(members_by_week(options).back(), .03, 20)) < kBoundOneCheck);
  CHECK(std::fabs(z(members_by_week(options).back(), .033, 20)) > kBoundOneCheck);  // control
  // At stickiness 1 from the beginning, a fifth of the rate is left.
  options.owned[0].worth = 1;
  options.owned[0].ad_share = 0;
  options.owned[0].initial_weeks = 1000;
  CHECK(std::fabs(z(members_by_week(options).back(), .03 * (1 - .8), 20)) < kBoundOneCheck);
  options.owned[0].sticky_hold_share = 0;
  CHECK(std::fabs(z(members_by_week(options).back(), .03, 20)) < kBoundOneCheck);
  options.run.step = "day";
  CHECK(std::fabs(z(members_by_week(options).back(), .03, 20)) < kBoundOneCheck);
}

TEST_CASE("pure ads and too many sends drive members away") {
  const auto kept = [](double ad_share, double sends, double quota = 0) {
    MarketOptions options = small_market(503, 8);
    OwnedOptions& owned = add_owned(options, "chat", 1);
    owned.worth = 0;
    owned.ad_share = ad_share;
    owned.sends_per_week = sends;
    owned.quota_per_week = quota;
    return members_by_week(options).back() / kPeople;
  };
  // A send is an ad with that share: ln(share kept) = n weeks (a ln(1 - p) + excess share ln(1 - q)).
  const auto expected = [](double ad_share, double sends) {
    const double excess = std::max(0.0, 1 - 3 / sends);
    return std::exp(8 * sends * (ad_share + excess) * std::log(1 - .02));
  };
  for (const auto& [ad_share, sends] : std::vector<std::pair<double, double>>{{0, 2}, {.5, 2}, {1, 2}, {.5, 10}}) {
    const double share = expected(ad_share, sends);
    CHECK(std::fabs(kept(ad_share, sends) - share) <= 4.3 * std::sqrt(share * (1 - share) / kPeople));
  }
  CHECK(kept(0, 2) == 1);
  CHECK(kept(.5, 10, 2) == kept(.5, 2));                 // the quota bounds what is sent
  CHECK(std::fabs(kept(1, 2) - expected(.5, 2)) > .05);  // control
}

TEST_CASE("stickiness grows to its level with its time constant, by weeks as by days") {
  for (const std::string step : {"week", "day"}) {
    MarketOptions options = small_market(504, 30);
    options.run.step = step;
    OwnedOptions& owned = add_owned(options, "chat", .5);
    owned.worth = .6;
    owned.ad_share = .5;
    owned.stickiness_weeks = 10;
    const Run run(options);
    const std::int32_t per_week = step == "day" ? 7 : 1;
    const auto mean = [&](int week) {
      const std::int32_t at = week * per_week - 1;
      return static_cast<double>(run.counters.step("stickiness", at)) / 1e6 /
             static_cast<double>(run.counters.step("members", at));
    };
    // Codes of 1/65535 are rounded in each step, by half of one at most, and forgotten with the time constant.
    const double rounding = .5 / 65535 * 10 * per_week + 1e-6;
    for (const int week : {1, 5, 30}) CHECK(std::fabs(mean(week) - .3 * (1 - std::exp(-week / 10.))) < rounding);
    CHECK(std::fabs(mean(5) - .3 * (1 - std::exp(-5 / 11.))) > rounding);  // control
    options.owned[0].initial_weeks = 7;
    const Run later(options);
    const double first = static_cast<double>(later.counters.step("stickiness", per_week - 1)) / 1e6 /
                         static_cast<double>(later.counters.step("members", per_week - 1));
    CHECK(std::fabs(first - .3 * (1 - std::exp(-.8))) < rounding);
  }
}

TEST_CASE("sends are as many a week in any step, and seen with their chance") {
  for (const std::string step : {"week", "day"}) {
    MarketOptions options = small_market(505, 10);
    options.run.step = step;
    OwnedOptions& owned = add_owned(options, "chat", .5);
    owned.sends_per_week = 2.5;
    owned.open_prob = .3;
    owned.worth = 0;
    owned.ad_leave_prob = 0;
    const Run run(options);
    const double members = static_cast<double>(run.counters.step("members", 0)), sends = run.all("sends");
    CHECK(sends == 25 * members);
    CHECK(std::fabs(run.all("sends_seen") - .3 * sends) < kBoundOneCheck * std::sqrt(.21 * sends));
    CHECK(std::fabs(run.all("sends_seen") - .31 * sends) > kBoundOneCheck * std::sqrt(.21 * sends));  // control
    // Beyond those tolerated a send is seen less: (3 + .3 x 7) / 10 of the chance.
    options.owned[0].sends_per_week = 10;
    options.owned[0].excess_leave_prob = 0;
    const Run crowded(options);
    const double many = crowded.all("sends"), prob = .3 * .51;
    CHECK(std::fabs(crowded.all("sends_seen") - prob * many) < kBoundOneCheck * std::sqrt(prob * (1 - prob) * many));
  }
}

TEST_CASE("a seen send adds its content to slow goodwill and its ads to fast activation") {
  MarketOptions options = small_market(506, 3);
  options.response.carryover = "discrete";
  options.response.slow = {.5, 0, 1, "hazard"};
  options.response.fast = {.25, 0, 1, "hazard"};
  OwnedOptions& owned = add_owned(options, "chat", .4);
  owned.sends_per_week = 3;
  owned.open_prob = 1;
  owned.worth = .8;
  owned.ad_share = .25;
  owned.ad_leave_prob = 0;
  owned.slow_effect = 1;
  owned.fast_effect = 2;
  Walk walk(options);
  walk.to(3);
  const auto members = walk.column<std::uint16_t>("members");
  const auto slow = walk.column<float>("slow_brand"), fast = walk.column<float>("fast_brand");
  const double a_step = 3 * .8 * .75, an_ad = 3 * .25 * 2;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const double in = members[i] != 0;
    if (std::fabs(slow[i] - in * a_step * 1.75) > 1e-5 || std::fabs(fast[i] - in * an_ad * 1.3125) > 1e-5)
      FAIL("stocks of a member");
  }
  CHECK(std::count(members.begin(), members.end(), 0) < kPeople);
}

TEST_CASE("non-members join at the rates of quizzes, codes and search, each cause in proportion") {
  MarketOptions options = small_market(507, 10);
  OwnedOptions& owned = add_owned(options, "chat");
  owned.game_per_week = .01;
  owned.qr_per_week = .2;
  owned.qr_prob = .02;
  owned.qr_discount_share = .2;  // three times the chance
  owned.verified = true;
  owned.findable_people = 0;
  owned.search_per_week = .008;
  const double all = .01 + .012 + .008, prob = -std::expm1(-all);
  const Run run(options);
  const auto z = [&](JoinCause cause, double rate) {
    return z_of_joins(run, cause, [&](double) { return prob * rate / all; });
  };
  CHECK(std::fabs(z(JoinCause::kGame, .01)) < kBoundTwentyChecks);
  CHECK(std::fabs(z(JoinCause::kCode, .012)) < kBoundTwentyChecks);
  CHECK(std::fabs(z(JoinCause::kSearch, .008)) < kBoundTwentyChecks);
  CHECK(std::fabs(z(JoinCause::kCode, .004)) > kBoundTwentyChecks);  // control: a code without discount
}

TEST_CASE("a verified account is found from its number of members on") {
  MarketOptions options = small_market(508, 20);
  options.run.market_size_people = 10 * kPeople;
  OwnedOptions& owned = add_owned(options, "chat");
  owned.game_per_week = .0004;
  owned.verified = true;
  owned.search_per_week = .05;
  const Run run(options);
  std::int64_t before = 0;
  int unfound = 0, found = 0;
  for (std::int32_t step = 0; step < 20; ++step) {
    const bool large = before * 10 >= 500;
    CHECK((run.counters.step("joins", step, slot(JoinCause::kSearch)) > 0) == large);
    (large ? found : unfound)++;
    before = run.counters.step("members", step);
  }
  CHECK(unfound > 2);
  CHECK(found > 2);
  options.owned[0].verified = false;
  CHECK(Run(options).all("joins", slot(JoinCause::kSearch)) == 0);
}

TEST_CASE("fission follows last step's share of members, as the discrete Bass model without innovation") {
  MarketOptions options = small_market(509, 15);
  OwnedOptions& owned = add_owned(options, "chat", .05);
  owned.fission_per_week = .5;
  owned.worth = .8;
  const Run run(options);
  const auto z = [&](double rate) {
    return z_of_joins(run, JoinCause::kFission, [&](double members) { return -std::expm1(-rate * members / kPeople); });
  };
  CHECK(std::fabs(z(.4)) < kBoundOneCheck);
  CHECK(std::fabs(z(.5)) > kBoundOneCheck);  // control: worth does not matter
}

TEST_CASE("contacts make members, one after another with their chance") {
  MarketOptions options = small_market(510, 6);
  ChannelOptions& feed = add_channel(options, "feed", 1e6);
  feed.habit = "constant";
  feed.exposure = "bernoulli";
  unpaid(add_campaign(options, "ads", "feed", 0), 1);
  unpaid(add_campaign(options, "more", "feed", 0), 1);  // both share the slots: half each, and still one contact each
  OwnedOptions& owned = add_owned(options, "chat");
  owned.contact_prob.by_name = {{"feed", .05}};
  const Run run(options);
  CHECK(run.all("impressions", 0) == 6. * kPeople);
  const auto z = [&](double prob) { return z_of_joins(run, JoinCause::kContact, [&](double) { return prob; }); };
  CHECK(std::fabs(z(1 - .95 * .95)) < kBoundOneCheck);
  CHECK(std::fabs(z(.05)) > kBoundOneCheck);  // control: of one contact
}

TEST_CASE("members of one account come over to another") {
  MarketOptions options = small_market(511, 10);
  add_owned(options, "chat", .3);
  OwnedOptions& mail = add_owned(options, "mail");
  mail.cross_per_week.by_name = {{"chat", .04}};
  Walk walk(options);
  walk.to(10);
  std::int64_t both = 0, mail_only = 0, chat = 0;
  for (const std::uint16_t bits : walk.column<std::uint16_t>("members")) {
    both += bits == 3;
    mail_only += bits == 2;
    chat += bits & 1;
  }
  CHECK(mail_only == 0);
  const double share = -std::expm1(-.4), n = static_cast<double>(chat);
  CHECK(std::fabs(static_cast<double>(both) - share * n) < kBoundOneCheck * std::sqrt(share * (1 - share) * n));
  CHECK(std::fabs(static_cast<double>(both) - .33 * n * .8) > kBoundOneCheck * std::sqrt(.22 * n));  // control
}

TEST_CASE("what an owned channel costs is what was done, to the millionth") {
  MarketOptions options = busy_market(512);
  options.run.market_size_people = 3 * kPeople;
  OwnedOptions& chat = options.owned[0];
  chat.send_money = .013;
  chat.join_money = 2.5;
  chat.qr_discount_money = 1.25;
  chat.upkeep_money_per_week = 1000;
  const Run run(options);
  for (std::int32_t step = 0; step < run.market.end_step_number(); ++step) {
    std::int64_t joins = 0;
    for (std::size_t cause = 0; cause < kJoinCauses.size(); ++cause) joins += run.counters.step("joins", step, cause);
    const std::int64_t cost = run.counters.step("sends", step) * to_micros(.039) + joins * to_micros(7.5) +
                              run.counters.step("joins", step, slot(JoinCause::kCode)) * to_micros(3.75) +
                              to_micros(1000);
    CHECK(run.counters.total("owned_cost", step) == cost);
  }
  CHECK(run.counters.all_totals("owned_cost", 1) == 0);
}

TEST_CASE("owned channels without members, or switched off, change nothing else to the bit") {
  MarketOptions with = busy_market(513), without = busy_market(513), off = busy_market(513);
  without.owned.clear();
  off.private_domain.enabled = false;
  with.owned.clear();
  add_owned(with, "chat").sends_per_week = 3;
  for (MarketOptions* options : {&with, &without, &off})
    options->response.slow = options->response.fast = {.5, 0, .3, "utility"};
  const Run empty(with), none(without), idle(off), busy(busy_market(513));
  for (const std::string measure : {"orders", "opportunities", "impressions", "buyers"}) {
    for (std::int32_t step = 0; step < 12; ++step) {
      CHECK(empty.counters.step(measure, step) == none.counters.step(measure, step));
      CHECK(idle.counters.step(measure, step) == none.counters.step(measure, step));
    }
  }
  CHECK(!has_column(none.market, "members"));
  CHECK(!has_column(idle.market, "members"));
  CHECK(busy.all("sends") > 0);
}

TEST_CASE("threads do not change members") {
  MarketOptions options = busy_market(514);
  options.complete();
  const Market market(options);
  CHECK(run_records(market, {1, 1, 1})[0].cells == run_records(market, {3, 1, 1})[0].cells);
}
