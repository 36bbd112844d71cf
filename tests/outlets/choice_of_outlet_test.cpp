// Where is bought: exact shares, who can use what, and that nothing changes where nothing stands in the way.
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/outlets/outlets_market.hpp"

using namespace populace;

namespace {

// Everybody buys something at every occasion, and all of it in the outlets given.
MarketOptions only(std::uint32_t seed, std::int64_t weeks = 6) {
  MarketOptions options = shop_market(seed, weeks);
  options.choice.no_purchase_share = 0;
  return options;
}

void add_two(MarketOptions& options) {
  add_outlet(options, "market", "marketplace");
  add_outlet(options, "corner", "partner_store");
}

}  // namespace

TEST_CASE("outlets without friction change no order; a path with friction does") {
  MarketOptions without = shop_market(511);
  MarketOptions with = without;
  add_two(with);
  add_outlet(with, "site", "own_site");
  MarketOptions rough = with;
  add_path(rough, "long", {.2, .1});
  rough.outlets[0].path = "long";
  MarketOptions set_aside = rough;
  set_aside.retail.enabled = false;
  const Run plain(without), bought(with), lost(rough), off(set_aside);
  for (const Measure& measure : plain.market.registry().measures()) {
    CHECK(plain.counters.dataset(measure) == bought.counters.dataset(bought.market.registry().measure(measure.name)));
    CHECK(plain.counters.dataset(measure) == off.counters.dataset(off.market.registry().measure(measure.name)));
  }
  CHECK(off.market.registry().cell_slots() == plain.market.registry().cell_slots());
  CHECK(off.market.layout().bytes_per_consumer() == plain.market.layout().bytes_per_consumer());
  CHECK(plain.counters.dataset(plain.market.registry().measure("orders")) !=
        lost.counters.dataset(lost.market.registry().measure("orders")));
}

TEST_CASE("members are drawn to the outlet that knows them, by the logit; without utility nothing changes") {
  MarketOptions options = only(519);
  add_two(options);
  OwnedOptions& club = options.owned.emplace_back();
  club.name = "club";
  club.initial_share = 1;
  club.sends_per_week = club.leave_per_week = club.purchase_prob = 0;
  const Run none(options);
  options.outlets[1].member_utility.by_name = {{"club", std::log(3)}};
  const Run drawn(options);
  const auto score = [](const Run& run, double share) {
    return binomial_score(run.all("outlet_orders", 1), run.all("outlet_orders", 0) + run.all("outlet_orders", 1),
                          share);
  };
  CHECK(std::fabs(score(drawn, .75)) < kLimit);
  CHECK(std::fabs(score(none, .5)) < kLimit);  // control
  options.owned[0].initial_share = 0;
  const Run strangers(options);
  options.outlets[1].member_utility = 0;
  CHECK(strangers.all("outlet_orders", 1) == Run(options).all("outlet_orders", 1));
}

// H71, M71: a coupon that is good in the store brings its holders there.
TEST_CASE("a promotion draws those who noticed it to the outlets that redeem it, as a lower price would") {
  MarketOptions options = only(520);
  add_two(options);
  for (OutletOptions& outlet : options.outlets) outlet.brands = {"own"};
  PromotionOptions& promotion = options.promotions.emplace_back();
  promotion.name = "card";
  promotion.kind = "discount";
  promotion.brands = {"own"};
  promotion.depth_share = .2;
  const auto share_of_corner = [](const Run& run, double expected) {
    return binomial_score(run.all("outlet_orders", 1), run.all("outlet_orders", 0) + run.all("outlet_orders", 1),
                          expected);
  };
  const Run everywhere(options);
  CHECK(std::fabs(share_of_corner(everywhere, .5)) < kLimit);  // control
  options.promotions[0].outlets = {"corner"};
  const double drawn = std::exp(.2 * options.retail.price_utility);
  const Run in_corner(options);
  CHECK(std::fabs(share_of_corner(in_corner, drawn / (1 + drawn))) < kLimit);
  CHECK(in_corner.all("promotion_missed") == in_corner.all("outlet_orders", 0));
}

TEST_CASE("shares of outlets are those of the logit, by segment") {
  MarketOptions options = shop_market(512);
  options.segments = {{"young", .5}, {"old", .5}};
  add_two(options);
  add_outlet(options, "leader", "group_leader");
  options.outlets[1].taste.by_name = {{"young", std::log(2)}, {"old", -1}};
  options.outlets[2].price_factor = 1.1;
  options.outlets[0].delivery_days = 4;
  const double other[2] = {2, std::exp(-1)}, dear = std::exp(-.1 * options.retail.price_utility),
               late = std::exp(-4 * options.retail.delay_utility_per_day);
  const Run run(options);
  for (std::size_t s = 0; s < 2; ++s) {
    double n[3] = {0, 0, 0};
    for (std::size_t o = 0; o < 3; ++o)
      for (std::int32_t step = 0; step < 6; ++step)
        n[o] += static_cast<double>(run.counters.cell("orders_begun", step, s, o));
    const double all = n[0] + n[1] + n[2], weights = late + other[s] + dear;
    CHECK(std::fabs(binomial_score(n[0], all, late / weights)) < kLimit);
    CHECK(std::fabs(binomial_score(n[1], all, other[s] / weights)) < kLimit);
    CHECK(std::fabs(binomial_score(n[2], all, dear / weights)) < kLimit);
    const double mistaken = other[1 - s] / (late + other[1 - s] + dear);  // control: the other segment's taste
    CHECK(std::fabs(binomial_score(n[1], all, mistaken)) > kLimit);
  }
}

TEST_CASE("outlets of one's own sell the focal brand; what no outlet sells is bought elsewhere") {
  MarketOptions options = shop_market(513);
  add_outlet(options, "site", "own_site");
  const Run run(options);
  CHECK(run.all("outlet_orders", 0) == run.all("orders", 0));
  CHECK(run.all("orders", 1) > 1000);
  options.outlets[0].brands = {"rival"};
  const Run other(options);
  CHECK(other.all("outlet_orders", 0) == other.all("orders", 1));
}

TEST_CASE("beyond the radius nobody buys: the share within it is 1 - exp(-r / mean)") {
  const auto within = [](double km, double factor) {
    MarketOptions options = only(514);
    options.regions = {{"town", 1, 4}};
    OutletOptions& store = add_outlet(options, "corner", "partner_store");
    store.radius_km = km;
    store.distance_factor = factor;
    return Run(options);
  };
  for (const double km : {1., 3., 8.}) {
    const Run run = within(km, 1);
    const double n = run.all("opportunities"), p = 1 - std::exp(-km / 4), bin = .5 / 255;
    const double score = clustered_score(run.all("orders_begun"), n, p, 3, 50);
    const double scale = clustered_score(n, n, p, 3, 50) / (1 - p);  // of one unit of share
    CHECK(std::fabs(score) < kLimit + bin * scale);
    CHECK(run.all("orders_begun") + run.all("no_outlet") == n);
    CHECK(within(km, .5).all("orders_begun") > run.all("orders_begun"));  // a denser net of stores
  }
  CHECK(std::fabs(clustered_score(within(3, 1).all("orders_begun"), within(3, 1).all("opportunities"),
                                  1 - std::exp(-1.), 3, 50)) > 10);  // control: a mean of 3 km
}

TEST_CASE("opening hours are nested, and a shop without hours takes what they lose") {
  MarketOptions options = only(515);
  add_two(options);
  options.outlets[0].open_share = .6;
  options.outlets[1].open_share = .4;
  const Run hours(options);
  const double n = hours.all("opportunities");
  CHECK(std::fabs(binomial_score(hours.all("no_outlet"), n, .4)) < kLimit);
  CHECK(std::fabs(binomial_score(hours.all("no_outlet"), n, .6 * .4)) > kLimit);  // control: hours that are independent
  // In the hours of both, half each; in those of the first alone, all of it.
  CHECK(std::fabs(binomial_score(hours.all("orders_begun", 1), n, .2)) < kLimit);
  options.outlets[0].open_share = 1;  // H67
  const Run always(options);
  CHECK(always.all("no_outlet") == 0);
  CHECK(always.sum("orders") > hours.sum("orders"));
}

TEST_CASE("an outlet in outage sells nothing in those weeks, and others take it over") {
  MarketOptions options = only(516);
  add_two(options);
  const Run calm(options);
  options.outlets[0].outages = {{2, 4}};
  const Run outage(options);
  for (std::int32_t step = 0; step < 6; ++step) {
    const bool out = step == 2 || step == 3;
    CHECK((outage.counters.step("orders_begun", step, 0) == 0) == out);
    CHECK(outage.counters.step("orders_begun", step, 0) == (out ? 0 : calm.counters.step("orders_begun", step, 0)));
  }
  CHECK(outage.sum("outlet_orders") == calm.sum("outlet_orders"));
  options.outlets[1].outages = {{2, 4}};
  const Run none(options);
  CHECK(none.counters.step("no_outlet", 2) == none.counters.step("opportunities", 2));
}

TEST_CASE("who refuses an outlet of trust t is share (1 - t); a trial takes doubt away") {
  const auto refused = [](double share, double trust, double trial) {
    MarketOptions options = only(517);
    options.retail.distrust_share = share;
    options.retail.doubt_utility = 50;  // a weight of e^-50 against nothing else: the next outlet takes it
    OutletOptions& site = add_outlet(options, "market", "marketplace");
    site.trust = trust;
    OutletOptions& store = add_outlet(options, "corner", "partner_store");
    store.taste = -25;  // where only those go who refuse the other
    store.trial_prob = trial;
    return Run(options);
  };
  const Run run = refused(.4, .25, 0);
  CHECK(std::fabs(clustered_score(run.all("orders_begun", 1), run.all("opportunities"), .3, 3, 50)) < kLimit);
  CHECK(std::fabs(clustered_score(run.all("orders_begun", 1), run.all("opportunities"), .4, 3, 50)) > kLimit);
  CHECK(refused(.4, 1, 0).all("orders_begun", 1) == 0);
  CHECK(refused(.4, .25, 1).all("orders_begun", 1) == 0);
}

TEST_CASE("lasting tastes make people keep to an outlet without moving shares") {
  const auto market = [](double sigma) {
    MarketOptions options = only(518, 20);
    add_two(options);
    options.retail.taste_sigma = sigma;
    return options;
  };
  for (const double sigma : {0., 10.}) {
    const Run run(market(sigma));
    CHECK(std::fabs(clustered_score(run.all("orders_begun", 0), run.all("opportunities"), .5, 10, 50)) < kLimit);
  }
  // Where nothing is completed in one of the two, those who keep to it never buy.
  const auto never = [&](double sigma) {
    MarketOptions options = market(sigma);
    add_path(options, "dead_end", {1});
    options.outlets[0].path = "dead_end";
    const auto bought = column_at_end<std::uint16_t>(options, "bought");
    return static_cast<double>(std::count(bought.begin(), bought.end(), std::uint16_t{0})) / kPeople;
  };
  CHECK(never(0) < .02);  // e^-5
  CHECK(never(10) > .35);
}

TEST_CASE("access to outlets counts in the choice among brands, and not at the base") {
  MarketOptions options = shop_market(519);
  const Run plain(options);
  add_two(options);
  options.retail.access_utility = 1;
  options.retail.base_access = std::log(2);
  const Run base(options);
  // Within rounding of the logarithm: a few decisions of thousands may tip over.
  CHECK(std::fabs(base.sum("orders") - plain.sum("orders")) < 1e-3 * plain.sum("orders"));
  options.outlets[0].brands = {"own"};  // the rival is left with one outlet: its utility falls by ln 2
  const Run own(options);
  CHECK(own.all("orders", 0) > 1.1 * base.all("orders", 0));
  CHECK(own.all("orders", 1) < .9 * base.all("orders", 1));
  options.retail.access_utility = 0;  // control
  CHECK(Run(options).all("orders", 0) == plain.all("orders", 0));
}

TEST_CASE("a trial in a store sells the focal brand, the more the more it shows itself (H72)") {
  const auto sold = [](double trial, double visibility) {
    MarketOptions options = shop_market(520);
    add_two(options);
    options.outlets[1].trial_prob = trial;
    options.outlets[1].trial_utility = 1;
    options.retail.visibility = visibility;
    return Run(options);
  };
  const Run none = sold(0, 1), half = sold(.5, .5), full = sold(.5, 1);
  CHECK(std::fabs(binomial_score(full.all("trials", 1), full.all("opportunities"), .5)) < kLimit);
  CHECK(half.all("orders", 0) > none.all("orders", 0));
  CHECK(full.all("orders", 0) > half.all("orders", 0));
  CHECK(full.all("orders", 1) < none.all("orders", 1));
}
