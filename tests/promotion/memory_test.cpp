// Promotions that are remembered: coupons, points and units at home. What is issued, earned or bought is somewhere.
#include <catch2/catch.hpp>

#include "tests/promotion/shop.hpp"

using namespace populace;

TEST_CASE("coupons: issued = redeemed + expired + held, and held is what a recount finds") {
  MarketOptions options = shop(521, 12);
  PromotionOptions& coupon = promote(options, "coupon", .3);
  coupon.issue_prob_per_week = .2;
  coupon.valid_weeks = 3;
  coupon.carry_prob = .6;
  coupon.end_week = 7;
  coupon.issue_money = .1;
  ShopWalk walk(options);
  std::vector<std::int64_t> held;
  for (std::int32_t week = 0; week < 12; ++week) {
    walk.to(week + 1);
    const std::vector<std::uint8_t> left = walk.column<std::uint8_t>("coupon_promo");
    held.push_back(std::count_if(left.begin(), left.end(), [](std::uint8_t weeks) { return weeks > 0; }));
    CHECK(*std::max_element(left.begin(), left.end()) <= 3);
  }
  const ReplicationRecord record = walk.simulation.take_record();
  const Counters counters(walk.market, record);
  std::int64_t balance = 0;
  for (std::int32_t week = 0; week < 12; ++week) {
    balance += counters.step("coupons_issued", week) - counters.step("coupons_redeemed", week) -
               counters.step("coupons_expired", week);
    CHECK(balance == held[static_cast<std::size_t>(week)]);
    CHECK(counters.step("coupons_held", week) == balance);
    CHECK((counters.step("coupons_redeemed", week) > 0) == (week < 9));  // the last are issued in week 6
  }
  CHECK(counters.all("coupons_redeemed") == counters.all("promotion_orders"));
  CHECK(counters.all("coupons_expired") > 1000);
  CHECK(counters.all("promotion_cost") == 100'000 * counters.all("coupons_issued"));
  CHECK(counters.all("price_reductions", kFocal) == 3'000'000 * counters.all("promotion_units"));
}

TEST_CASE("a coupon that everybody holds and has in mind is a discount on the first order of a week") {
  MarketOptions coupons = shop(522, 1), discount = coupons;
  PromotionOptions& coupon = promote(coupons, "coupon", .3);
  coupon.issue_prob_per_week = 1;
  coupon.carry_prob = 1;
  promote(discount, "discount", .3);
  const ShopRun held(coupons), all(discount), base(shop(522, 1));
  CHECK(held.all("coupons_issued") == 20'000);
  CHECK(held.all("orders", kFocal) < all.all("orders", kFocal));
  CHECK(held.all("orders", kFocal) - base.all("orders", kFocal) >
        .5 * (all.all("orders", kFocal) - base.all("orders", kFocal)));
  coupons.promotions[0].carry_prob = 0;
  CHECK(ShopRun(coupons).orders() == base.orders());  // control
}

TEST_CASE("coupons for buyers and by contacts") {
  MarketOptions options = shop(523, 8);
  PromotionOptions& buyers = promote(options, "coupon", .2, "thanks");
  buyers.issue_to = "buyers";
  buyers.issue_prob = .5;
  buyers.carry_prob = 1;  // so that whoever has one uses it at his next order, and may get another
  ChannelOptions& channel = options.channels.emplace_back();
  channel.name = "feed";
  channel.slots_per_week = 4;
  CampaignOptions& campaign = options.campaigns.emplace_back();
  campaign.name = "ads";
  campaign.channel = "feed";
  campaign.buy = "probability";
  campaign.delivery_prob = .1;
  PromotionOptions& contacts = promote(options, "coupon", .2, "clip");
  contacts.issue_to = "contacts";
  contacts.issue_prob = .25;
  contacts.carry_prob = 0;
  contacts.valid_weeks = 200;
  const ShopRun run(options);
  const double orders = run.all("orders", kFocal), thanks = run.all("coupons_issued", 0);
  CHECK(std::fabs(z_score(thanks / orders, .5, .5 / std::sqrt(orders))) < kBoundOneCheck);
  // Nobody uses a clipped coupon: after the first week, those who had any contact hold one with chance 1 - .75^n.
  const double impressions = run.step("impressions", 0), clipped = run.step("coupons_issued", 0, 1);
  CHECK(clipped > .2 * impressions);
  CHECK(clipped < .25 * impressions);
  CHECK(run.all("coupons_redeemed", 1) == 0);
  CHECK(run.all("coupons_redeemed", 0) > 50);
}

TEST_CASE("points: earned = spent + held, a reward for every ten units, and its worth is a liability") {
  MarketOptions options = shop(524, 30);
  PromotionOptions& club = promote(options, "points", 1);
  club.reward_points = 5;
  club.progress_utility = .5;
  club.tier_units = {4, 12};
  club.tier_utility = {.2, .6};
  ShopWalk walk(options);
  walk.to(30);
  const std::int64_t held = walk.sum<std::uint16_t>("points_promo"),
                     bought = walk.sum<std::uint16_t>("programme_units_promo");
  const ReplicationRecord record = walk.simulation.take_record();
  const Counters counters(walk.market, record);
  CHECK(counters.all("points_earned") == counters.all("units", kFocal));
  CHECK(bought == counters.all("units", kFocal));
  CHECK(counters.all("points_earned") - counters.all("points_spent") == held);
  CHECK(counters.step("points_held", 29) == held);
  CHECK(counters.step("points_liability", 29) == held * 2'000'000);  // a unit of 10 for five points
  CHECK(counters.all("points_spent") == 5 * counters.all("promotion_orders"));
  CHECK(counters.all("price_reductions", kFocal) == 10'000'000 * counters.all("promotion_orders"));
  CHECK(counters.all("promotion_orders") > 500);
  // M117: the programme holds its buyers.
  CHECK(static_cast<double>(counters.all("orders", kFocal)) > 1.02 * ShopRun(shop(524, 30)).all("orders", kFocal));
}

namespace {

MarketOptions stocking(std::uint32_t seed, double kappa, bool promoted = true) {
  MarketOptions options = shop(seed, 30);
  options.household_stock.enabled = true;
  if (!promoted) return options;
  PromotionOptions& promotion = promote(options, "discount", .3);
  promotion.start_week = 2;
  promotion.end_week = 4;
  promotion.units_per_depth = kappa;
  return options;
}

}  // namespace

TEST_CASE("without a promotion a stock at home changes nothing: purchases stay as they were, to the bit") {
  CHECK(ShopRun(stocking(531, 0, false)).orders() == ShopRun(shop(531, 30)).orders());
}

TEST_CASE("units at home: bought = used + in stock, as a recount finds them") {
  MarketOptions options = stocking(532, 8);
  options.household_stock.consumption_lift = .2;
  options.household_stock.room_units = 3;
  ShopWalk walk(options);
  walk.to(6);
  const std::int64_t at_home = walk.sum<std::uint8_t>("household_stock");
  const std::vector<std::uint8_t> stock = walk.column<std::uint8_t>("household_stock");
  CHECK(*std::max_element(stock.begin(), stock.end()) == 3);
  walk.to(30);
  const ReplicationRecord record = walk.simulation.take_record();
  const Counters counters(walk.market, record);
  CHECK(counters.step("household_stock", 5) == at_home);
  CHECK(counters.all("stored_units") - counters.all("used_units") == counters.step("household_stock", 29));
  CHECK(counters.all("stored_units") == counters.all("promotion_extra"));
  CHECK(counters.all("stored_units") > 1000);
}

TEST_CASE("surplus units make a dip after the promotion, of one purchase at base for each unit used") {
  const ShopRun base(stocking(533, 0, false)), stocked(stocking(533, 6)), plain(stocking(533, 0));
  double dip = 0, none = 0, after = 0;
  for (std::int32_t week = 4; week < 30; ++week)
    for (std::size_t b = 0; b < 4; ++b) {
      dip += base.step("orders", week, b) - stocked.step("orders", week, b);
      none += std::fabs(base.step("orders", week, b) - plain.step("orders", week, b));
      after += base.step("orders", week, b);
    }
  CHECK(none == 0);  // control: without surplus there is no dip at all
  const double used = stocked.between("used_units", 0, 4, 30), met = stocked.between("occasions_met_at_home", 0, 4, 30);
  CHECK(dip > .02 * after);
  // Both are sums over the same occasions at home of a coin of chance .55, one thrown for use and one for buying.
  const double se = std::sqrt(2 * met * .55 * .45);
  CHECK(std::fabs(z_score(dip, used, se)) < kBoundOneCheck);
  CHECK(std::fabs(z_score(dip, 1.3 * used, se)) > 3 * kBoundOneCheck);  // control
}

// L18: promotions sell to people who have bought the brand before.
TEST_CASE("most buyers at a promotion have bought the brand before, because tastes differ") {
  const auto past_share = [](double concentration) {
    MarketOptions options = shop(534, 56);
    options.need.opportunities_per_week = .2;
    options.choice.taste_concentration = concentration;
    PromotionOptions& promotion = promote(options, "discount", .15);
    promotion.start_week = 52;
    const ShopRun run(options);
    return run.all("promotion_past_buyers") / run.all("promotion_orders");
  };
  const double different = past_share(1.3), same = past_share(100);
  CHECK(different > .8);
  CHECK(different > same + .01);  // control: all have the same tastes, and only the years have made them buyers
}

namespace {

// Share of the response that is brand switching, by elasticities (Gupta 1988) and by units (van Heerde et al. 2003).
struct Switching {
  double by_elasticity, by_units;
};

Switching switching(double category_response, double kappa) {
  MarketOptions options = shop(535, 1, 100'000);
  options.need.opportunities_per_week = .1;
  options.household_stock.enabled = true;
  options.choice.category_response = category_response;
  const ShopRun base(options);
  promote(options, "discount", .2).units_per_depth = kappa;
  const ShopRun run(options);
  const double own = run.all("orders", kFocal), all = run.brands("orders");
  const double choice = std::log(own / all / (base.all("orders", kFocal) / base.brands("orders"))),
               incidence = std::log(all / base.brands("orders")), quantity = std::log(run.all("units", kFocal) / own);
  const double switched = run.all("promotion_switched");
  return {choice / (choice + incidence + quantity),
          switched / (switched + run.all("promotion_added") + run.all("promotion_extra"))};
}

}  // namespace

// L7: the same promotion looks like switching by elasticities and like more sales of the category by units.
TEST_CASE("promotion paradox: .6 to .9 of the response is switching by elasticities, .15 to .45 by units") {
  const Switching market = switching(.5, 1.05), closed = switching(0, 0);
  CHECK(market.by_elasticity > .6);
  CHECK(market.by_elasticity < .9);
  CHECK(market.by_units > .15);
  CHECK(market.by_units < .45);
  CHECK(closed.by_units == 1);  // control: nothing answers but the choice among brands
  CHECK(closed.by_elasticity > .95);
}
