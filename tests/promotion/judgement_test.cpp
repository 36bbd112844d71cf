// What a choice reads beside tastes and list prices: prices seen before, doubt about cheap goods, habit, the size of
// the set, impulse, and what rivals answer.
#include <catch2/catch.hpp>

#include "tests/promotion/shop.hpp"

using namespace populace;

namespace {

// The focal price falls by a fifth in week 4 and stays there until `back`.
MarketOptions cheaper(std::uint32_t seed, double back) {
  MarketOptions options = shop(seed, 30);
  options.brands[kFocal].price_money.points = {{3.999, 10}, {4, 8}, {back - .001, 8}, {back, 10}};
  return options;
}

double focal(const ShopRun& run, std::int32_t from, std::int32_t to) { return run.between("orders", kFocal, from, to); }

}  // namespace

TEST_CASE("reference prices: a passing cut sells more than a lasting one, and its end sells less") {
  MarketOptions off = cheaper(541, 100), on = off, neutral = off;
  on.choice.reference_price.enabled = neutral.choice.reference_price.enabled = true;
  neutral.choice.reference_price.gain = neutral.choice.reference_price.loss = 0;
  const ShopRun plain(off), seen(on), nothing(neutral), base(shop(541, 30));
  CHECK(nothing.orders() == plain.orders());  // limiting case
  CHECK(seen.step("orders", 3, kFocal) == base.step("orders", 3, kFocal));
  const double first = focal(seen, 4, 5) / focal(plain, 4, 5), late = focal(seen, 24, 30) / focal(plain, 24, 30);
  CHECK(first > 1.05);
  CHECK(std::fabs(late - 1) < .02);  // expected by then
  // After the cut: dearer than expected, and less so with a smaller loss.
  MarketOptions ends = cheaper(541, 10), mild = ends;
  ends.choice.reference_price.enabled = mild.choice.reference_price.enabled = true;
  mild.choice.reference_price.loss = .1;
  const double after = focal(ShopRun(ends), 10, 13), softer = focal(ShopRun(mild), 10, 13);
  CHECK(after < .9 * focal(base, 10, 13));
  CHECK(softer > after);
  CHECK(focal(ShopRun(cheaper(541, 10)), 10, 13) == focal(base, 10, 13));  // control: no memory, no dip
}

TEST_CASE("reference prices follow what was seen, promotions only by those who noticed them") {
  MarketOptions options = shop(542, 40);
  options.need.shape = 50;
  options.choice.reference_price.enabled = true;
  options.choice.reference_price.adaptation_share = .5;
  promote(options, "discount", .2).seen_prob = 0;
  ShopWalk unseen(options);
  unseen.to(40);
  CHECK(unseen.sum<std::int16_t>("expected_price_brand_1") == 0);
  options.promotions[0].seen_prob = 1;
  ShopWalk walk(options);
  walk.to(40);
  const std::vector<std::int16_t> expected = walk.column<std::int16_t>("expected_price_brand_1");
  const double mean = std::accumulate(expected.begin(), expected.end(), 0.) / static_cast<double>(expected.size());
  CHECK(std::fabs(mean + 2000) < 2);  // -.2, after some thirty occasions each
  CHECK(*std::min_element(expected.begin(), expected.end()) >= -2000);
}

namespace {

// Focal orders under a discount (or a gift of the same worth to people), everybody at one involvement.
double sold(double logit, double depth, bool doubts, double gift = 0) {
  MarketOptions options = shop(543, 4);
  involve(options, logit);
  options.choice.price_slope_sigma = 0;
  options.choice.price_quality.enabled = doubts;
  options.choice.price_quality.effect = 12;
  if (depth > 0) promote(options, "discount", depth);
  if (gift > 0) promote(options, "gift", 0).gift_utility = gift;
  return ShopRun(options).all("orders", kFocal);
}

}  // namespace

// M92, M93.
TEST_CASE("too cheap looks bad to who is involved, and to nobody else; a gift raises no doubt") {
  CHECK(sold(4, .15, true) == sold(4, .15, false));  // within what is tolerated
  CHECK(sold(4, .5, true) < .9 * sold(4, .2, true));
  CHECK(sold(4, .5, false) > 1.2 * sold(4, .2, false));  // control
  CHECK(sold(-4, .5, true) == sold(-4, .5, false));      // low involvement
  CHECK(sold(4, 0, true, .5 * kShopSlope) > 1.5 * sold(4, .5, true));
  CHECK(sold(-4, 0, true, .5 * kShopSlope) == Approx(sold(-4, .5, true)).epsilon(.002));
}

TEST_CASE("habit: who bought a brand last buys it again, most so at low involvement") {
  const auto repeats = [](double utility, double gain, double logit) {
    MarketOptions options = shop(544, 8);
    involve(options, logit);
    options.choice.taste_floor = 1;  // nobody differs in taste
    options.choice.habit.enabled = utility > 0;
    options.choice.habit.utility = utility;
    options.choice.habit.low_involvement_gain = gain;
    const ShopRun run(options);
    return run.step("bought_both", 7, 1) / run.step("bought_both", 7, 0);  // of buyers of the first, the second too
  };
  const double none = repeats(0, 0, 0), some = repeats(1.5, 0, 0), low = repeats(1.5, 1, -4), high = repeats(1.5, 1, 4);
  CHECK(some < .9 * none);
  CHECK(low < .95 * some);
  CHECK(std::fabs(high / none - 1) < .05);  // gain 1 at full involvement takes all of it away
  MarketOptions neutral = shop(544);
  neutral.choice.habit.enabled = true;
  neutral.choice.habit.utility = 0;
  CHECK(ShopRun(neutral).orders() == ShopRun(shop(544)).orders());
}

TEST_CASE("habit is counted: without effect a brand is repeated by chance, and e^u times as likely with it") {
  const auto repeated = [](double utility) {
    MarketOptions options = shop(547, 40);
    options.choice.taste_floor = 1;  // the same shares for everybody, at every occasion
    options.choice.no_purchase_share = 0;
    options.choice.habit.enabled = true;
    options.choice.habit.utility = utility;
    const ShopRun run(options);
    double later = 0, again = 0;
    for (std::int32_t step = 10; step < 40; ++step)  // by then the chain has forgotten its beginning
      later += run.step("later_purchases", step), again += run.step("repeated_choices", step);
    return std::pair{again, later};
  };
  const MarketOptions options = shop(547);
  const auto expected = [&](double utility) {  // a chain over brands: after b, b has weight s_b e^u; stationary share
    double all = 0, same = 0;                  // of b is s_b (1 + s_b (e^u - 1)), up to a factor
    for (const BrandOptions& brand : options.brands) {
      const double s = brand.share, e = std::exp(utility), stationary = s * (1 + s * (e - 1));
      all += stationary, same += stationary * s * e / (1 + s * (e - 1));
    }
    return same / all;
  };
  for (const double utility : {0., 1.}) {
    const auto [again, later] = repeated(utility);
    const double share = expected(utility), se = std::sqrt(later * share * (1 - share) * 3);  // a sticky chain
    CHECK(later > 10'000);
    CHECK(std::fabs(z_score(again, later * share, se)) < kBoundOneCheck);
    CHECK(std::fabs(z_score(again, later * expected(1 - utility), se)) > kBoundOneCheck);  // control
  }
}

TEST_CASE("set size: brands considered follow involvement, are counted, and without a limit change nothing") {
  const auto run = [](double logit, double low, double high) {
    MarketOptions options = shop(545);
    involve(options, logit);
    options.choice.set_size = {true, low, high};
    return ShopRun(options);
  };
  const auto mean = [](const ShopRun& r) {
    return (r.all("considered_brands", 0) + r.all("considered_brands", 1)) /
           (r.all("considering_occasions", 0) + r.all("considering_occasions", 1));
  };
  const ShopRun quick = run(-3, 1, 4), careful = run(3, 1, 4), open = run(0, 0, 0), one = run(0, 1, 1);
  const double v = 1 / (1 + std::exp(3.));
  CHECK(mean(quick) == Approx(1 + 3 * v).epsilon(.02));
  CHECK(mean(careful) == Approx(4 - 3 * v).epsilon(.02));
  CHECK(mean(one) == 1);
  CHECK(mean(open) == 4);
  CHECK(quick.all("considering_occasions", 1) == 0);
  CHECK(open.orders() == ShopRun(shop(545)).orders());
  // One brand in mind: everybody buys his favourite alone, so buyers of two brands are gone.
  CHECK(one.step("bought_both", 5, 1) == 0);
  CHECK(open.step("bought_both", 5, 1) > 500);
}

TEST_CASE("impulse: its share of occasions follows involvement, and displays work best there") {
  const auto run = [](double logit, double gain) {
    MarketOptions options = shop(546);
    involve(options, logit);
    options.choice.impulse = {true, .4, .6, .5, gain};
    promote(options, "discount", .05).display_utility = .4;
    return ShopRun(options);
  };
  const ShopRun low = run(-2, 3), same = run(-2, 1), high = run(2, 3);
  const double v = std::round(255 / (1 + std::exp(2.))) / 255, prob = .4 * (1 - v / .6);
  const double share = low.all("impulse_occasions") / low.all("opportunities");
  CHECK(std::fabs(z_score(share, prob, std::sqrt(prob * (1 - prob) / low.all("opportunities")))) < kBoundOneCheck);
  CHECK(high.all("impulse_occasions") == 0);
  CHECK(low.all("orders", kFocal) > 1.05 * same.all("orders", kFocal));
  CHECK(same.brands("orders") > high.brands("orders"));
  CHECK(low.all("impulse_orders") / low.all("impulse_occasions") > low.brands("orders") / low.all("opportunities"));
}

namespace {

MarketOptions attacked(std::uint32_t seed, bool answers) {
  MarketOptions options = shop(seed, 16);
  PromotionOptions& promotion = promote(options, "discount", .2);
  promotion.start_week = 4;
  promotion.end_week = 8;
  ReactionOptions& reaction = options.brands[0].reaction;
  reaction.enabled = answers;
  reaction.lag_weeks = 2;
  reaction.hold_weeks = 1;
  reaction.match_share = 1;
  return options;
}

}  // namespace

TEST_CASE("rivals answer a promotion after their lag, and take back part of what it won") {
  const ShopRun quiet(attacked(547, false)), war(attacked(547, true)), base(shop(547, 16));
  for (std::int32_t week = 0; week < 16; ++week) {
    const bool answers = week >= 6 && week < 11;  // the cut of weeks 4 to 7, two weeks later, and one week longer
    CHECK(war.counters.total("answering", week, 0) == answers);
    CHECK((war.step("orders", week, 0) > quiet.step("orders", week, 0)) == answers);
    if (!answers) CHECK(war.step("orders", week, kFocal) == quiet.step("orders", week, kFocal));
  }
  CHECK(focal(war, 6, 8) < .97 * focal(quiet, 6, 8));
  CHECK(war.step("revenue", 6, 0) == 8e6 * war.step("units", 6, 0));
  // Control: a cut below what it answers.
  MarketOptions small = attacked(547, true);
  small.brands[0].reaction.on_cut_share = .25;
  CHECK(ShopRun(small).orders() == quiet.orders());
}

TEST_CASE("rivals answer a gain of share with more pressure") {
  MarketOptions options = attacked(548, true);
  ReactionOptions& reaction = options.brands[0].reaction;
  reaction = {};
  reaction.enabled = true;
  reaction.on_cut_share = 0;
  reaction.on_gain_share = .04;
  reaction.gain_weeks = 1;
  reaction.lag_weeks = 0;
  reaction.hold_weeks = 0;
  reaction.match_share = 0;
  reaction.pressure = .5;
  const ShopRun run(options), quiet(attacked(548, false));
  CHECK(run.counters.total("answering", 4, 0) == 0);  // the gain of a week is known in the next
  CHECK(run.counters.total("answering", 6, 0) == 1);
  CHECK(run.step("orders", 6, 0) > quiet.step("orders", 6, 0));
  CHECK(run.counters.total("answering", 15, 0) == 0);
  CHECK(run.step("revenue", 6, 0) == 10e6 * run.step("units", 6, 0));
}
