// What membership and informed service do to buying, and the cube of assets.
#include <catch2/catch.hpp>

#include "models/after/after.hpp"
#include "tests/private_domain/owned_market.hpp"

using namespace populace;

namespace {

double order_share(const Run& run) { return run.all("orders") / run.all("opportunities"); }

MarketOptions reminding(double at) {
  MarketOptions options = buying_market(601, 40);
  options.need.opportunities_per_week = .2;
  options.need.shape = 50;
  OwnedOptions& owned = add_owned(options, "app", 1);
  owned.worth = .5;
  owned.ad_share = .5;
  owned.open_prob = .6;
  owned.sticky_open_lift = 0;
  owned.reminder.enabled = true;
  owned.reminder.at_intervals = at;
  return options;
}

// Rungs on which service can act.
MarketOptions ladder_market(std::uint32_t seed) {
  MarketOptions options = buying_market(seed, 6);
  MachineOptions& machine = options.machines.emplace_back();
  machine.name = "rungs";
  machine.stages = {"aware", "considering", "purchased", "satisfied", "loyal"};
  machine.initial_share.by_name = {{"considering", .5}};
  options.run.focal_machine = "rungs";
  MoveOptions& leap = machine.moves.emplace_back();
  leap.name = "served";
  leap.cause = "event";
  leap.event = "served";
  leap.from = {"aware", "considering", "purchased"};
  leap.to = "loyal";
  MoveOptions& buys = machine.moves.emplace_back();
  buys.name = "buys";
  buys.cause = "event";
  buys.event = "ordered";
  buys.order = 2;
  buys.from = {"aware", "considering"};
  buys.to = "purchased";
  return options;
}

}  // namespace

TEST_CASE("utility of members multiplies their odds of buying") {
  MarketOptions options = buying_market(602);
  options.choice.category_response = 1;
  add_owned(options, "app", 1).utility = .7;
  const double odds = std::exp(.7), share = odds / (1 + odds);
  const Run run(options);
  const double se = std::sqrt(share * (1 - share) / run.all("opportunities"));
  CHECK(std::fabs(order_share(run) - share) < kBoundOneCheck * se);
  CHECK(run.all("member_orders") == run.all("orders"));
  options.owned[0].utility = 0;
  CHECK(std::fabs(order_share(Run(options)) - .5) < kBoundOneCheck * se * 1.2);
  CHECK(std::fabs(order_share(Run(options)) - share) > kBoundOneCheck * se);  // control
  // Stickiness 1 adds its own.
  options.owned[0].worth = 1;
  options.owned[0].ad_share = 0;
  options.owned[0].initial_weeks = 1000;
  options.owned[0].sticky_utility = .7;
  CHECK(std::fabs(order_share(Run(options)) - share) < kBoundOneCheck * se);
}

TEST_CASE("a lift adds occasions in proportion to a member's own rate") {
  MarketOptions options = buying_market(603);
  const double base = Run(options).all("opportunities");
  add_owned(options, "app", 1).opportunity_lift = .5;
  const Run run(options);
  const double added = run.all("member_occasions");
  CHECK(run.all("opportunities") == base + added);
  // Given everybody's rate both are Poisson, with means in the ratio of the lift.
  CHECK(std::fabs(added - .5 * base) < kBoundOneCheck * std::sqrt(.75 * base));
  CHECK(std::fabs(added - .55 * base) > kBoundOneCheck * std::sqrt(.75 * base));  // control
}

TEST_CASE("who buys joins with the chance of the channel") {
  MarketOptions options = buying_market(604);
  OwnedOptions& owned = add_owned(options, "app");
  owned.purchase_prob = 1;
  const Run all(options);
  CHECK(all.all("joins", slot(JoinCause::kOrder)) == all.all("buyers"));
  options.owned[0].purchase_prob = .3;
  const Run some(options);
  // Every order of a non-member is a try.
  const double tries = some.all("orders") - some.all("member_orders"), joins = some.all("joins");
  CHECK(std::fabs(joins - .3 * tries) < kBoundOneCheck * std::sqrt(.21 * tries));
  CHECK(std::fabs(joins - .33 * tries) > kBoundOneCheck * std::sqrt(.21 * tries));  // control
}

TEST_CASE("a reminder comes once after a purchase, and works as far as its timing fits") {
  const Run timely(reminding(1)), late(reminding(1.6));
  for (const Run* run : {&timely, &late}) {
    CHECK(run->all("reminders") > 1000);
    CHECK(run->all("reminders") <= run->all("orders"));
  }
  const double n = timely.all("reminders"), prob = .6 * .3;
  CHECK(std::fabs(timely.all("reminder_occasions") - prob * n) < kBoundOneCheck * std::sqrt(prob * (1 - prob) * n));
  const double m = late.all("reminders"), fit = std::exp(-.5 * 4), p = prob * fit;
  CHECK(std::fabs(late.all("reminder_occasions") - p * m) < kBoundOneCheck * std::sqrt(p * (1 - p) * m));
  CHECK(std::fabs(late.all("reminder_occasions") - prob * m) > kBoundOneCheck * std::sqrt(prob * m));  // control
  // Timely reminders make members stick (H69).
  MarketOptions none = reminding(1);
  none.owned[0].reminder.enabled = false;
  const auto stickiness = [](const Run& run) { return run.counters.step("stickiness", 39); };
  CHECK(stickiness(timely) > stickiness(late));
  CHECK(stickiness(late) > stickiness(Run(none)));
}

TEST_CASE("a reminder waits for the member's own interval") {
  MarketOptions options = reminding(1);
  options.owned[0].reminder.occasion_prob = 0;
  options.need.shape = 1;
  Walk walk(options);
  std::vector<std::uint16_t> last;
  std::int64_t due = 0, counted = 0;
  options.complete();
  const Market market(options);
  const auto records = run_records(market, {1, 1, 1});
  const Counters counters(market, records[0]);
  for (std::int32_t step = 0; step < 12; ++step) {
    last = walk.column<std::uint16_t>("focal_purchase_kept");
    const auto codes = walk.column<std::uint8_t>("need_rate");
    for (std::size_t i = 0; i < last.size(); ++i) {
      if (last[i] == 0) continue;
      const double a_step = .5 * static_cast<double>(walk.market.traits().need_rate(0).value[codes[i]]);
      const int waited = step + 1 + kPurchaseStepOffset - last[i];
      due += waited * a_step >= 1 && (waited - 1) * a_step < 1;
    }
    counted += counters.step("reminders", step);
    walk.to(step + 1);
  }
  CHECK(due == counted);
  CHECK(counted > 500);
}

TEST_CASE("informed service lifts the odds of the known at its rungs") {
  MarketOptions options = buying_market(605);
  options.choice.category_response = 1;
  add_owned(options, "app", 1);
  add_owned(options, "mail", 1);
  options.informed_service.enabled = true;
  options.informed_service.utility = .4;
  options.informed_service.data_kind_utility = .3;  // two kinds are joined
  const double odds = std::exp(.7), share = odds / (1 + odds);
  const Run run(options);
  const double se = std::sqrt(share * (1 - share) / run.all("opportunities"));
  CHECK(std::fabs(order_share(run) - share) < kBoundOneCheck * se);
  CHECK(run.all("informed_occasions") == run.all("opportunities"));
  const double prob = .1 + .02, orders = run.all("orders");
  CHECK(std::fabs(run.all("served") - prob * orders) < kBoundOneCheck * std::sqrt(prob * (1 - prob) * orders));
  // Nobody is known: nothing happens, to the bit.
  options.owned[0].initial_share = options.owned[1].initial_share = 0;
  const Run strangers(options);
  options.informed_service.enabled = false;
  CHECK(strangers.all("orders") == Run(options).all("orders"));
  CHECK(strangers.all("served") == 0);
  CHECK(std::fabs(order_share(strangers) - share) > kBoundOneCheck * se);  // control
}

TEST_CASE("service helps where it is asked to: at considering, and nowhere else") {
  MarketOptions options = ladder_market(606);
  options.machines[0].moves.clear();  // nobody changes rung
  add_owned(options, "app", 1);
  options.informed_service.enabled = true;
  const Run run(options);
  const double all = run.all("opportunities"), informed = run.all("informed_occasions");
  CHECK(std::fabs(informed - .5 * all) < kBoundOneCheck * std::sqrt(1.2 * all));  // rates differ over consumers
  options.informed_service.stages = {"aware", "considering"};
  CHECK(Run(options).all("informed_occasions") == all);
}

TEST_CASE("informed service makes leaps over several rungs") {
  MarketOptions options = ladder_market(607);
  add_owned(options, "app", .5);
  options.informed_service.enabled = true;
  options.informed_service.leap_prob = .4;
  const Run run(options);
  const auto& labels = run.market.registry().dimension("leap_rungs").labels;
  double leaps = 0, steps = 0;
  for (std::size_t l = 0; l < labels.size(); ++l) {
    if (labels[l] == "considering > loyal (served)") leaps = run.all("leaps_rungs", l);
    if (labels[l] == "considering > purchased (buys)") steps = run.all("leaps_rungs", l);
  }
  CHECK(leaps > 100);  // three rungs at once
  CHECK(steps > 100);
  // H48: whoever is known moves up more often, from considering to buying.
  MarketOptions without = ladder_market(607);
  add_owned(without, "app", .5);
  const Run control(without);
  double control_leaps = 0;
  for (std::size_t l = 0; l < labels.size(); ++l)
    if (labels[l] == "considering > loyal (served)") control_leaps = control.all("leaps_rungs", l);
  CHECK(control_leaps == 0);
  CHECK(run.all("orders") > control.all("orders"));
}

TEST_CASE("the cube of assets is what is known, how long, and what it brings") {
  MarketOptions options = buying_market(608, 10);
  options.run.market_size_people = 5 * kPeople;
  add_owned(options, "app", 1).initial_weeks = 12;
  add_owned(options, "mail", 1).initial_weeks = 4;
  options.assets.enabled = true;
  const Run run(options);
  double margin = 0;
  for (std::int32_t step = 0; step < 10; ++step) {
    margin += static_cast<double>(run.counters.step("margin", step));
    CHECK(run.counters.step("known_margin", step) == run.counters.step("margin", step));
    CHECK(run.counters.step("known_people", step) == kPeople);
    CHECK(run.counters.step("data_kinds", step) == 2 * kPeople);
    CHECK(run.counters.step("relationship_steps", step) == (12 + step) * kPeople);
    const double volume = 2. * 5 * kPeople * (12 + step) * margin / 1e6 / kPeople;
    CHECK(std::fabs(static_cast<double>(run.counters.total("asset_volume", step)) - volume) <= 1 + volume * 1e-12);
  }
  // H53: fewer known, with a shorter lifetime, make a smaller cube and less margin from them.
  MarketOptions smaller = options;
  smaller.owned[0].initial_share = smaller.owned[1].initial_share = .3;
  smaller.owned[0].initial_weeks = 2;
  const Run small(smaller);
  CHECK(small.counters.total("asset_volume", 9) < run.counters.total("asset_volume", 9));
  CHECK(small.all("known_margin") < run.all("known_margin"));
  CHECK(small.all("margin") == run.all("margin"));
}

TEST_CASE("private and public traffic together sell more than private alone") {
  // H37: the pool alone is too small; public contacts refill it.
  const auto sold = [](bool public_too) {
    MarketOptions options = buying_market(609, 20);
    options.response.slow = {.9, 0, 1, "utility"};
    ChannelOptions& feed = add_channel(options, "feed");
    feed.slow_effect = .05;
    if (public_too) unpaid(add_campaign(options, "ads", "feed", 0), .2);
    OwnedOptions& owned = add_owned(options, "app", .02);
    owned.contact_prob = .01;
    owned.utility = .5;
    owned.sends_per_week = 1;
    const Run run(options);
    return std::pair(run.all("orders"), run.counters.step("members", 19));
  };
  const auto both = sold(true), alone = sold(false);
  CHECK(both.first > alone.first);
  CHECK(both.second > alone.second);
}
