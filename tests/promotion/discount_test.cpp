// Price promotions: a discount is a cut of the price, what is given is booked, and what would have been sold anyway is
// told apart.
#include <catch2/catch.hpp>

#include "tests/promotion/shop.hpp"

using namespace populace;

namespace {

double distance(const ShopRun& a, const ShopRun& b) {
  double sum = 0, all = 0;
  for (std::size_t brand = 0; brand < 4; ++brand) {
    sum += std::fabs(a.all("orders", brand) - b.all("orders", brand));
    all += a.all("orders", brand);
  }
  return sum / all;
}

}  // namespace

// O13 for promotions: the same utility, so the same choices on the same draws, but for rounding.
TEST_CASE("a discount that everybody has is a price cut of the same size") {
  MarketOptions cut = shop(501);
  cut.brands[kFocal].price_money = 8;
  cut.brands[kFocal].base_price_money = 10;
  MarketOptions discount = shop(501), smaller = discount;
  promote(discount, "discount", .2);
  promote(smaller, "discount", .18);
  const ShopRun by_price(cut), by_discount(discount), by_less(smaller), base(shop(501));
  CHECK(distance(by_price, by_discount) < 2e-4);
  CHECK(distance(by_price, by_less) > 3e-3);  // control
  CHECK(distance(by_price, base) > .1);
  CHECK(by_discount.all("revenue", kFocal) == Approx(8e6 * by_discount.all("units", kFocal)).epsilon(1e-9));
}

TEST_CASE("a promotion that nobody notices, or that is off, changes no order; off leaves no trace at all") {
  MarketOptions unseen = shop(502), off = unseen, plain = unseen;
  promote(unseen, "discount", .3).seen_prob = 0;
  promote(off, "discount", .3).enabled = false;
  const ShopRun base(plain), none(unseen), disabled(off);
  CHECK(none.orders() == base.orders());
  CHECK(none.all("promotion_units") == 0);
  CHECK(disabled.records[0].cells == base.records[0].cells);
  CHECK(disabled.market.layout().bytes_per_consumer() == base.market.layout().bytes_per_consumer());
  MarketOptions seen = shop(502);
  promote(seen, "discount", .3);
  CHECK(ShopRun(seen).orders() != base.orders());  // control
}

TEST_CASE("windows come and go, and without memory weeks outside them are as if nothing had been") {
  MarketOptions options = shop(503, 12);
  PromotionOptions& promotion = promote(options, "discount", .3);
  promotion.start_week = 2;
  promotion.end_week = 4;
  promotion.every_weeks = 5;
  const ShopRun run(options), base(shop(503, 12));
  for (std::int32_t week = 0; week < 12; ++week) {
    const bool live = week >= 2 && (week - 2) % 5 < 2;
    CHECK((run.step("promotion_units", week) > 0) == live);
    CHECK((run.step("orders", week, kFocal) > base.step("orders", week, kFocal)) == live);
    if (!live) CHECK(run.step("orders", week, kFocal) == base.step("orders", week, kFocal));
  }
}

TEST_CASE("accounts: units and money are conserved, and what would have been sold anyway is exactly that") {
  MarketOptions options = shop(504);
  options.household_stock.enabled = true;
  options.brands[kFocal].distribution_share = .8;
  PromotionOptions& promotion = promote(options, "discount", .25);
  promotion.units_per_depth = 3;
  promotion.seen_prob = .6;
  const ShopRun run(options), base([] {
    MarketOptions plain = shop(504);
    plain.brands[kFocal].distribution_share = .8;
    return plain;
  }());
  CHECK(run.all("promotion_anyway") + run.all("promotion_switched") + run.all("promotion_added") +
            run.all("promotion_extra") ==
        run.all("promotion_units"));
  CHECK(run.all("promotion_given") == run.all("price_reductions", kFocal));
  CHECK(run.all("revenue", kFocal) + run.all("price_reductions", kFocal) == 10e6 * run.all("units", kFocal));
  CHECK(run.all("promotion_given") == Approx(2.5e6 * run.all("promotion_units")).epsilon(1e-6));
  CHECK(run.all("promotion_given_anyway") == Approx(2.5e6 * run.all("promotion_anyway")).epsilon(1e-6));
  CHECK(run.all("units", kFocal) - run.all("orders", kFocal) == run.all("promotion_extra"));
  // Where nothing is kept at home, who would have bought the brand buys it still.
  options.household_stock.enabled = false;
  options.promotions[0].units_per_depth = 0;
  const ShopRun single(options);
  const double unseen = single.all("orders", kFocal) - single.all("promotion_orders");
  CHECK(single.all("promotion_anyway") + unseen == base.all("orders", kFocal));
  CHECK(single.all("promotion_anyway") < .8 * single.all("promotion_orders"));  // control: some were won
}

TEST_CASE("a flash sale sells its units and not one more, fairly over the market") {
  MarketOptions options = shop(505, 4);
  options.regions = {{"north", .5, 0}, {"south", .5, 0}};
  options.run.market_size_people = 200'000;  // ten people a consumer
  PromotionOptions& promotion = promote(options, "flash", .4);
  promotion.limit_units = 5'000;
  promotion.end_week = 2;
  promotion.every_weeks = 2;
  const ShopRun run(options);
  CHECK(run.between("promotion_units", 0, 0, 2) == 500);
  CHECK(run.between("promotion_units", 0, 2, 4) == 500);
  for (std::size_t cell = 0; cell < 2; ++cell) CHECK(run.counters.cell("promotion_units", 0, cell) <= 250);
  options.promotions[0].limit_units = 0;
  const ShopRun unlimited(options);
  CHECK(unlimited.all("promotion_units") > 4'000);  // control
  options.promotions[0].hours_per_week = 42;
  const ShopRun hours(options);
  const double quarter = hours.all("promotion_orders") / unlimited.all("promotion_orders");
  CHECK(std::fabs(z_score(quarter, .25, std::sqrt(.25 / unlimited.all("promotion_orders")))) < kBoundOneCheck);
  options.promotions[0].hours_per_week = 168;
  options.promotions[0].budget_money = 100'000;
  const ShopRun budget(options);
  CHECK(budget.all("promotion_given") <= 10'000e6);  // of the simulated tenth
  CHECK(budget.all("promotion_given") > 9'900e6);
}

TEST_CASE("who finds the sale sold out takes what he would have taken without it") {
  MarketOptions options = shop(506, 1);
  promote(options, "flash", .4).limit_units = 1;
  const ShopRun run(options), base(shop(506, 1));
  CHECK(run.all("promotion_units") == 1);
  CHECK(std::fabs(run.all("orders", kFocal) - base.all("orders", kFocal)) <= 1);
  // A few were drawn in by the offer and chose another brand: they never learn that it is sold out. Only the block that
  // has the unit offers it; of its occasions at most a hundredth turn.
  const double occasions_of_block = base.all("opportunities") * kBlockSize / static_cast<double>(base.all("consumers"));
  for (const std::size_t b : {0, 2, 3})
    CHECK(std::fabs(run.all("orders", b) - base.all("orders", b)) <= .01 * occasions_of_block);
}

TEST_CASE("a group price needs its group") {
  const auto orders = [](double circle, const char* kind) {
    MarketOptions options = shop(507, 5);
    PromotionOptions& promotion = promote(options, kind, .3);
    promotion.circle_people = circle;
    return ShopRun(options);
  };
  const ShopRun alone = orders(0, "group"), some = orders(.8, "group"), many = orders(1000, "group"),
                discount = orders(20, "discount"), base(shop(507, 5));
  CHECK(alone.orders() == base.orders());
  CHECK(many.step("orders", 0, kFocal) == base.step("orders", 0, kFocal));  // nobody has been looking yet
  for (std::int32_t week = 1; week < 5; ++week)
    CHECK(many.step("orders", week, kFocal) == discount.step("orders", week, kFocal));
  CHECK(some.all("promotion_units") > 100);
  CHECK(some.all("promotion_units") < .5 * many.all("promotion_units"));
}

TEST_CASE("spend and save: bundles of the threshold, and the saving of a bundle") {
  MarketOptions options = shop(508);
  options.household_stock.enabled = true;
  PromotionOptions& promotion = promote(options, "spend_and_save", 0);
  promotion.threshold_money = 25;
  promotion.save_money = 6;
  promotion.bundle_prob = .5;
  const ShopRun run(options);
  CHECK(run.all("promotion_orders") > 500);
  CHECK(run.all("promotion_units") == 3 * run.all("promotion_orders"));
  CHECK(run.all("promotion_given") == Approx(6e6 * run.all("promotion_orders")).epsilon(1e-6));
}

TEST_CASE("gifts cost money and no revenue; commissions and rewards follow the order") {
  MarketOptions options = shop(509);
  PromotionOptions& gift = promote(options, "gift", 0, "gift");
  gift.gift_utility = .4;
  gift.gift_money = 1.5;
  promote(options, "commission", 0, "agents").commission_share = .1;
  PromotionOptions& referral = promote(options, "referral", .1, "friends");
  referral.referred_share = .2;
  referral.reward_money = 3;
  const ShopRun run(options), base(shop(509));
  CHECK(run.all("orders", kFocal) > 1.1 * base.all("orders", kFocal));
  CHECK(run.all("promotion_given", 0) == 1.5e6 * run.all("promotion_orders", 0));
  CHECK(run.all("promotion_cost", 1) == Approx(.1 * run.all("revenue", kFocal)).epsilon(1e-6));
  CHECK(run.all("promotion_cost", 2) == 3e6 * run.all("promotion_orders", 2));
  CHECK(run.all("promotion_past_buyers", 2) == 0);
  CHECK(run.all("promotion_orders", 2) > 100);
  CHECK(run.all("price_reductions", kFocal) == run.all("promotion_given", 2));
}

TEST_CASE("all kinds together: the same counts on any number of threads") {
  MarketOptions options = shop(510, 8);
  options.household_stock.enabled = true;
  promote(options, "discount", .1, "cheap").units_per_depth = 4;
  promote(options, "flash", .3, "flash").limit_units = 900;
  promote(options, "group", .2, "group");
  promote(options, "points", 1, "club").progress_utility = .3;
  PromotionOptions& coupon = promote(options, "coupon", .25, "mail");
  coupon.issue_prob_per_week = .1;
  options.choice.habit.enabled = options.choice.reference_price.enabled = true;
  const ShopRun one(options, 1), three(options, 3);
  CHECK(one.records[0].cells == three.records[0].cells);
  options.run.seed = 511;
  CHECK(ShopRun(options).records[0].cells != one.records[0].cells);  // control
}
