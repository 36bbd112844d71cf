// Reviews, influencers, referral, sellers and interactive tools: what is counted adds up, money is what acts cost, and
// each moves the market in the direction that its source claims.
#include <catch2/catch.hpp>
#include <numeric>

#include "sim/random/exact_math.hpp"
#include "tests/network/talk_market.hpp"

using namespace populace;

namespace {

constexpr std::int64_t kPeople = 8000;

// Two brands, buyers who adopt when they order, and a small world.
MarketOptions shop(std::int64_t weeks = 10) {
  MarketOptions options = adoption_market(kPeople, weeks, 0, 2, "small_world");
  options.machines[0].moves.clear();
  MoveOptions buys;
  buys.name = "buys", buys.cause = "event", buys.event = "ordered";
  buys.from = {"potential"}, buys.to = "adopter";
  options.machines[0].moves.push_back(buys);
  options.word_of_mouth.voice = 0;
  options.word_of_mouth.strong_ties = 6, options.word_of_mouth.weak_ties = 2;
  options.need.enabled = true;
  options.brands = {{}, {}};
  options.brands[0].name = "own", options.brands[1].name = "rival";
  options.brands[0].share = .3, options.brands[1].share = .7;
  for (BrandOptions& brand : options.brands) brand.price_money = 20;
  return options;
}

struct Run {
  explicit Run(MarketOptions options, std::uint32_t seed = 71)
      : adoption(std::move(options), seed), record(adoption.record(0)) {}
  double total(const std::string& measure, std::size_t slot = 0) const {
    const std::vector<double> all = adoption.series(record, measure, slot);
    return std::accumulate(all.begin(), all.end(), 0.);
  }
  double of_market(const std::string& measure, std::size_t slot, std::size_t step) const {
    const MeasureRegistry& registry = adoption.market().registry();
    return static_cast<double>(record.totals[step * registry.total_slots() + registry.measure(measure).offset + slot]);
  }
  Adoption adoption;
  ReplicationRecord record;
};

}  // namespace

TEST_CASE("reviews: written by buyers, read by all, paid, and better ones sell more") {
  MarketOptions options = shop();
  options.reviews.enabled = true;
  options.reviews.initial_reviews = 100;
  options.reviews.reward_money = 2;
  options.reviews.memory_weeks = 20;
  options.reviews.volume_elasticity = 0, options.reviews.valence_elasticity = 1.5;
  options.satisfaction.satisfied_prob = .7, options.satisfaction.disappointed_prob = .2;
  const Run run(options);
  double written = 0;
  for (std::size_t s = 0; s < 5; ++s) written += run.total("reviews_written", s);
  CHECK(run.total("reviews_written", 1) + run.total("reviews_written", 3) == 0);
  const double orders = run.total("orders", 0), good = orders * .7 * .04, bad = orders * .2 * .1;
  CHECK(std::fabs(run.total("reviews_written", 4) - good) < 3.9 * std::sqrt(good));
  CHECK(std::fabs(run.total("reviews_written", 0) - bad) < 3.9 * std::sqrt(bad));
  CHECK(run.total("review_rewards") == written * 2e6);
  CHECK(run.total("reviews_read") == run.total("opportunities"));
  // The stock by its own recursion.
  double stock = 100;
  for (std::size_t t = 0; t < 10; ++t) {
    stock *= exact_exp(-1. / 20);
    for (std::size_t s = 0; s < 5; ++s) stock += run.adoption.series(run.record, "reviews_written", s)[t];
    CHECK(run.of_market("reviews_in_force", 0, t) == std::floor(stock + .5));
  }
  options.satisfaction.satisfied_prob = .2, options.satisfaction.disappointed_prob = .7;
  CHECK(Run(options).total("orders", 0) < .97 * orders);
  options.reviews.valence_elasticity = 0;
  MarketOptions none = options;
  none.reviews.enabled = false;
  CHECK(Run(options).total("orders", 0) == Run(none).total("orders", 0));  // no effect is none, to the bit
}

// The elasticity of a reader's odds: with one reading all, d ln odds / d ln volume is what was asked for.
TEST_CASE("reviews: the odds of the brand answer by the elasticity of volume") {
  const auto share = [](double base) {
    MarketOptions options = shop(30);
    options.reviews.enabled = true;
    options.reviews.initial_reviews = 1e6;  // which those of the run do not change
    options.reviews.memory_weeks = 1e4;
    options.reviews.base_reviews = base;
    options.choice.taste_floor = 1;  // everybody alike: the plain logit
    const Run run(options);
    return run.total("orders", 0) / (run.total("orders", 0) + run.total("orders", 1));
  };
  const double base = share(1e6), more = share(1e6 / std::exp(2.));
  const double odds = std::log(more / (1 - more)) - std::log(base / (1 - base));
  const double se = std::sqrt(2 / (base * (1 - base)) / (kPeople * 30 * .3));
  CHECK(std::fabs(odds - 2 * .236) < 3.9 * se + .02);
  CHECK(std::fabs(odds - 2 * .417) > .1);  // control: the other elasticity
}

TEST_CASE("influencers: posts are paid, views are of followers, and reprints multiply reach") {
  MarketOptions options = shop();
  InfluencerOptions star;
  star.name = "star";
  star.followers_share = .2, star.posts_per_week = 2;
  star.start_week = 2, star.end_week = 6;
  star.see_prob = .3, star.trust = .5;
  star.post_money = 1000, star.fee_money = 500;
  options.influencers = {star};
  const Run run(options);
  double fees = 0;
  for (std::size_t t = 0; t < 10; ++t) fees += run.of_market("influencer_fees", 0, t);
  CHECK(fees == (8 * 1000 + 500) * 1e6);
  const double views = kPeople * .2 * 4 * (1 - .7 * .7);
  CHECK(std::fabs(run.total("influencer_views") - views) < 3.9 * std::sqrt(views * 4));
  CHECK(run.total("heard") == run.total("influencer_believed"));
  options.word_of_mouth.forward_prob = .5;
  const Run cascade(options);
  CHECK(cascade.total("influencer_believed") == run.total("influencer_believed"));
  CHECK(cascade.total("heard") > 1.1 * run.total("heard"));  // M105, M106
  CHECK(cascade.total("forwards") > .3 * cascade.total("heard"));
  options.word_of_mouth.positive_utility = 1.5;
  CHECK(Run(options).total("orders", 0) > 1.01 * run.total("orders", 0));
  options.influencers[0].enabled = false;
  MarketOptions none = options;
  none.influencers.clear();
  CHECK(Run(options).total("orders", 0) == Run(none).total("orders", 0));
}

TEST_CASE("referral: rewards are orders with an invitation, and customers bring customers") {
  MarketOptions options = shop();
  options.referral.enabled = true;
  options.referral.invite_prob.by_name = {{"adopter", .5}};
  options.referral.accept_prob.by_name = {{"adopter", 0}};
  options.referral.accept_prob.all = .5;
  options.referral.friend_utility = 2;
  options.referral.reward_money = 10;
  const Run run(options);
  CHECK(run.total("referral_rewards") == run.total("referral_orders") * 10e6);
  CHECK(run.total("referral_orders") > 20);
  CHECK(run.total("referral_orders") <= run.total("referral_invitations"));
  options.referral.enabled = false;
  CHECK(run.total("first_purchases", 0) > 1.02 * Run(options).total("first_purchases", 0));
}

TEST_CASE("sellers: conserved, recruited among customers, paid by the order") {
  MarketOptions options = shop();
  SellerOptions leaders, staff;
  leaders.name = "leaders", staff.name = "staff";
  leaders.recruit_per_week.by_name = {{"adopter", .05}};
  leaders.leave_per_week = .1;
  leaders.reach_people = 40;
  leaders.utility = 1;
  leaders.order_share = .5;
  leaders.commission_share = .1;
  staff.initial_share = .01;
  staff.voice = .8;
  staff.pay_money_per_week = 7;
  options.sellers = {leaders, staff};
  const Run run(options);
  const auto at_end = [&](std::size_t kind) { return run.adoption.series(run.record, "sellers", kind).back(); };
  CHECK(at_end(0) == run.total("sellers_recruited", 0) - run.total("sellers_left", 0));
  CHECK(at_end(0) > 50);
  CHECK(at_end(1) == run.adoption.series(run.record, "sellers", 1).front());
  CHECK(std::fabs(at_end(1) - .01 * kPeople) < 3.9 * std::sqrt(.01 * kPeople));
  CHECK(run.total("seller_pay", 1) == at_end(1) * 10 * 7e6);
  CHECK(run.total("seller_commission", 0) == run.total("seller_orders", 0) * 2e6);  // a tenth of 20
  CHECK(run.total("seller_orders", 0) > 100);
  CHECK(run.total("heard") > 50);  // of staff alone: nobody else speaks (M110)
  options.sellers[0].utility = 0;
  CHECK(run.total("orders", 0) > 1.03 * Run(options).total("orders", 0));  // M108
  options.sellers.clear();
  CHECK_THROWS(Run(options).total("sellers"));
}

TEST_CASE("tools: everybody enters once, fission multiplies, tasks filter, a purchase enters") {
  MarketOptions options = shop();
  ToolOptions wheel;
  wheel.name = "wheel";
  wheel.find_per_week = .01;
  wheel.prize_money = 1, wheel.invite_money = 3;
  options.tools = {wheel};
  const auto entrants = [](const Run& run) {
    return run.total("tool_entrants", 0) + run.total("tool_entrants", 1) + run.total("tool_entrants", 2);
  };
  const Run alone(options);
  const double expected = kPeople * (1 - std::exp(-.1));
  CHECK(std::fabs(entrants(alone) - expected) < 3.9 * std::sqrt(expected));
  options.tools[0].invite_voice = .9;
  const Run fission(options);
  CHECK(entrants(fission) > 2 * entrants(alone));  // M109
  CHECK(entrants(fission) <= kPeople);
  CHECK(fission.total("tool_cost") == (entrants(fission) + 3 * fission.total("tool_entrants", 1)) * 1e6);
  options.tools[0].task_prob.by_name = {{"potential", .1}};
  const Run task(options);
  CHECK(entrants(task) < .5 * entrants(fission));  // M111: the task filters
  ToolOptions contest;
  contest.name = "contest";
  contest.purchase_enters = true;
  contest.entry_utility = 1;
  options.tools = {contest};
  const Run bought(options);
  CHECK(bought.total("tool_entrants", 2) == bought.total("first_purchases", 0));
  options.tools[0].entry_utility = 0;
  CHECK(bought.total("tool_entrants", 2) > 1.03 * Run(options).total("tool_entrants", 2));
  options.tools[0].coupon_utility = 1;  // M112: the coupon of the act leads to a later purchase
  const Run coupons(options);
  CHECK(coupons.total("tool_coupons_redeemed") > 100);
  CHECK(coupons.total("orders", 0) > Run(shop()).total("orders", 0));
}
