// From the outlet to the completed order: frictions multiply, every order begun is accounted for, and what is short.
#include <catch2/catch.hpp>

#include "sim/base/units.hpp"
#include "tests/outlets/outlets_market.hpp"

using namespace populace;

namespace {

MarketOptions with_path(std::uint32_t seed, const std::vector<double>& frictions) {
  MarketOptions options = shop_market(seed);
  add_outlet(options, "market", "marketplace").path = "long";
  add_path(options, "long", frictions);
  return options;
}

}  // namespace

TEST_CASE("completion is the product of 1 - friction, and each step loses its share of those who reach it") {
  const Run run(with_path(531, {.2, .1, .35}));
  const double n = run.all("orders_begun");
  CHECK(std::fabs(binomial_score(run.all("orders_completed"), n, .8 * .9 * .65)) < kLimit);
  CHECK(std::fabs(binomial_score(run.all("orders_completed"), n, .8 * .9)) > kLimit);  // control: a step less
  CHECK(std::fabs(binomial_score(run.all("orders_abandoned", 0), n, .2)) < kLimit);
  CHECK(std::fabs(binomial_score(run.all("orders_abandoned", 1), n, .8 * .1)) < kLimit);
  CHECK(std::fabs(binomial_score(run.all("orders_abandoned", 2), n, .8 * .9 * .35)) < kLimit);
}

TEST_CASE("every order chosen is completed, abandoned at a step, or finds no outlet") {
  MarketOptions options = with_path(532, {.2, .1});
  options.outlets[0].open_share = .7;
  options.outlets[0].service_level_share = .8;
  add_outlet(options, "corner", "partner_store").open_share = .4;
  MarketOptions free = shop_market(532);
  const Run run(options), plain(free);
  for (std::int32_t step = 0; step < 6; ++step) {
    const std::int64_t begun = run.counters.step("orders_begun", step, 0);
    CHECK(begun == run.counters.step("orders_completed", step, 0) + run.counters.step("orders_abandoned", step, 0) +
                       run.counters.step("orders_abandoned", step, 1));
    CHECK(run.counters.step("orders_begun", step, 1) == run.counters.step("orders_completed", step, 1));
    // Without memory of purchases the same orders are chosen.
    CHECK(begun + run.counters.step("orders_begun", step, 1) + run.counters.step("no_outlet", step) ==
          plain.counters.step("orders", step, 0) + plain.counters.step("orders", step, 1));
  }
  CHECK(run.all("no_outlet") > 0);
  CHECK(run.sum("outlet_orders") == run.sum("orders"));
  CHECK(run.sum("outlet_revenue") == run.sum("revenue"));
}

TEST_CASE("less friction anywhere never loses an order") {
  const auto bought = [](const std::vector<double>& frictions) {
    return column_at_end<std::uint16_t>(with_path(533, frictions), "bought");
  };
  const auto some = bought({.2, .1, .3}), less = bought({.2, .05, .3}), more = bought({.4, .05, .3});
  std::size_t lost = 0, gained = 0, lost_by_more = 0;
  for (std::size_t i = 0; i < some.size(); ++i) {
    lost += (some[i] & ~less[i]) != 0;
    gained += (less[i] & ~some[i]) != 0;
    lost_by_more += (less[i] & ~more[i]) != 0;
  }
  CHECK(lost == 0);
  CHECK(gained > 50);
  CHECK(lost_by_more > 50);  // control
}

TEST_CASE("a closed loop is the path without redirects and redemption elsewhere, to the bit (H55)") {
  MarketOptions ring = with_path(534, {.1, .3, .2});
  ring.paths[0].steps[1].kind = "redirect";
  ring.paths[0].steps[2].kind = "redeem";
  MarketOptions closed = ring;
  closed.paths[0].closed_loop = true;
  const Run in_ring(ring), in_loop(closed), short_path(with_path(534, {.1}));
  CHECK(in_loop.counters.dataset(in_loop.market.registry().measure("orders")) ==
        short_path.counters.dataset(short_path.market.registry().measure("orders")));
  CHECK(in_loop.sum("orders") > 1.5 * in_ring.sum("orders"));
  MarketOptions connected = ring;  // H63: with a till that shares orders half the friction of these steps is left
  connected.outlets[0].connected = true;
  add_outlet(connected, "mall", "partner_store").connected = true;
  connected.outlets[1].taste = -50;
  const Run joined(connected);
  CHECK(std::fabs(binomial_score(joined.all("orders_completed"), joined.all("orders_begun"), .9 * .85 * .9)) < kLimit);
}

TEST_CASE("redemption elsewhere falls with distance as e^(-c km), and ends at the farthest way gone") {
  MarketOptions options = with_path(535, {0});
  options.regions = {{"town", 1, 5}};
  options.paths[0].steps[0].kind = "redeem";
  options.paths[0].steps[0].friction_per_km = .2;
  // E[e^(-c d)] of an exponential with mean m is 1 / (1 + c m). A consumer's orders share his distance: at most the
  // variance of orders with one outcome each.
  const Run run(options);
  const double m = run.all("orders_begun") / static_cast<double>(kPeople);
  CHECK(std::fabs(clustered_score(run.all("orders_completed"), run.all("orders_begun"), .5, m, 1)) < kLimit);
  options.paths[0].steps[0].friction_per_km = 0;
  options.paths[0].steps[0].max_km = 5 * std::log(2);
  const Run cut(options);
  CHECK(std::fabs(clustered_score(cut.all("orders_completed"), cut.all("orders_begun"), .5, m, 1)) < kLimit);
  options.paths[0].steps[0].max_km = 5;
  const Run far(options);  // control
  CHECK(std::fabs(clustered_score(far.all("orders_completed"), far.all("orders_begun"), .5, m, 1)) > kLimit);
}

TEST_CASE("who has a way to pay has it for life, and no friction from it") {
  MarketOptions options = with_path(536, {1});
  options.paths[0].steps[0].kind = "payment";
  options.paths[0].steps[0].known_share = .7;
  const auto early = column_at_end<std::uint16_t>(options, "bought");
  options.run.weeks = 60;
  options.outlets[0].brands = {"own", "rival"};
  const auto late = column_at_end<std::uint16_t>(options, "bought");
  std::size_t ever = 0;
  for (const std::uint16_t bits : late) ever += bits != 0;
  // In 60 weeks all but e^-15 of those who can pay have bought.
  CHECK(std::fabs(binomial_score(static_cast<double>(ever), static_cast<double>(kPeople), .7)) < kLimit);
  for (std::size_t i = 0; i < early.size(); ++i) CHECK((early[i] & ~late[i]) == 0);
  options.paths[0].steps[0].kind = "plain";
  CHECK(column_at_end<std::uint16_t>(options, "bought") == std::vector<std::uint16_t>(late.size(), 0));  // control
}

TEST_CASE("prices that differ between outlets cost orders on every path (H61, H64)") {
  const auto sold = [](double factor) {
    MarketOptions options = with_path(537, {.1});
    add_outlet(options, "corner", "partner_store").price_factor = factor;
    options.retail.price_utility = 0;
    options.retail.mismatch_friction = .5;
    return Run(options);
  };
  const Run same = sold(1), split = sold(.8);
  CHECK(same.all("orders_completed", 1) == same.all("orders_begun", 1));
  CHECK(std::fabs(binomial_score(split.all("orders_completed", 1), split.all("orders_begun", 1), .9)) < kLimit);
  CHECK(split.sum("orders") < same.sum("orders"));
}

TEST_CASE("free pricing: what is bought in an outlet is paid at its price") {
  MarketOptions options = shop_market(538);
  add_outlet(options, "market", "marketplace").price_factor = .8;
  options.outlets[0].fee_share = .1;
  options.outlets[0].order_money = 2;
  options.outlets[0].setup_money = 70'000;
  options.outlets[0].upkeep_money_per_week = 100;
  const Run run(options);
  const double units = run.sum("outlet_orders");
  CHECK(std::fabs(run.all("outlet_revenue") - 8e6 * units) < 2 * units);
  CHECK(std::fabs(run.all("outlet_cost") - 2.8e6 * units) < 2 * units);
  CHECK(run.counters.all_totals("outlet_fixed_cost") == to_micros(70'600));
  CHECK(run.sum("revenue") == run.sum("outlet_revenue"));
}

TEST_CASE("in stock with the service level; scarce supply is sold and no more, and carried over") {
  MarketOptions options = shop_market(539, 30);
  OutletOptions& outlet = add_outlet(options, "market", "marketplace");
  outlet.service_level_share = .7;
  const Run level(options);
  CHECK(std::fabs(binomial_score(level.all("stockouts"), level.all("stockouts") + level.all("orders_begun"), .3)) <
        kLimit);
  CHECK(level.all("no_outlet") == level.all("stockouts"));
  outlet.service_level_share = 1;
  const double wanted = Run(options).sum("orders") / 30;
  outlet.units_per_week = std::round(wanted / 2);
  const Run scarce(options);
  // What is sold in a week strays from the stock by the error of last week's demand: a few standard deviations.
  double sold = 0;
  for (std::int32_t step = 0; step < 30; ++step) {
    sold += static_cast<double>(scarce.counters.step("outlet_orders", step));
    const double supplied = outlet.units_per_week.all * (step + 1);
    CHECK(sold < supplied + 6 * std::sqrt(wanted));
    CHECK(static_cast<double>(scarce.counters.total("outlet_stock", step)) == supplied - sold);  // nothing is lost
  }
  CHECK(sold > outlet.units_per_week.all * 30 - 6 * std::sqrt(wanted));
  outlet.units_per_week = 2 * std::ceil(wanted);
  const Run ample(options);
  CHECK(ample.all("stockouts") == 0);
}

TEST_CASE("connected outlets share their stock") {
  MarketOptions options = shop_market(540, 30);
  add_outlet(options, "market", "marketplace").units_per_week = 100;
  add_outlet(options, "corner", "partner_store").units_per_week = 8000;
  const Run apart(options);
  for (OutletOptions& outlet : options.outlets) outlet.connected = true;
  const Run joined(options);
  CHECK(apart.all("stockouts", 0) > 1000);
  CHECK(joined.all("stockouts", 0) < .1 * apart.all("stockouts", 0));
  CHECK(apart.sum("orders") == joined.sum("orders"));  // the other outlet always had it
  CHECK(static_cast<double>(joined.counters.total("outlet_stock", 29)) == 30 * 8100 - joined.sum("outlet_orders"));
  CHECK(joined.counters.total("outlet_stock", 29, 1) == 0);  // it stands at the first of them
}

TEST_CASE("delivery takes its days") {
  MarketOptions options = shop_market(541);
  add_outlet(options, "market", "marketplace").delivery_days = 2.5;
  const Run run(options);
  CHECK(run.all("delivery_hours") == 60 * run.all("orders_completed"));
}
