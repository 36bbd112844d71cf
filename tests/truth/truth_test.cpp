// True effects against what is known of them: a Markov chain with and without a medium, causes without effect, causes
// that do not meet, and the plain run.
//
//   a week moves with Q = 1 - (1 - p1 + p1 e^-h1)(1 - p2 + p2 e^-h2);   share moved after t weeks 1 - (1 - Q)^t
#include "scenarios/truth/truth.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <stdexcept>

#include "scenarios/experiment/arms.hpp"
#include "scenarios/scenario.hpp"
#include "sim/parallel/parallel.hpp"
#include "tests/support/zscore.hpp"

using namespace populace;

namespace {

const std::atomic<bool> kNever{false};

MarketOptions two_media() { return load_scenario("tests/truth/two_media.toml").market; }

TruthReport truth_of(const MarketOptions& options, TruthPlan plan, int threads = 2) {
  Truth truth(options, plan);
  CHECK(truth.run(Threads(threads), kNever, [] {}));
  return truth.report();
}

TruthPlan plan_of(int replications, std::int64_t later_weeks = 0) {
  TruthPlan plan;
  plan.replications = plan.most_replications = replications;
  plan.later_weeks = later_weeks;
  return plan;
}

const TrueEffect& effect(const TruthReport& report, const std::string& kind, const std::string& name) {
  for (const TrueEffect& e : report.effects)
    if (e.kind == kind && e.name == name) return e;
  throw std::runtime_error("no effect of " + name);
}

// Orders of 20,000 people in `weeks`, who have been moved for `before` weeks already with all media on.
double orders(double video, double feed, int weeks = 20, int before = 0) {
  const auto q = [](double p1, double p2) { return 1 - (1 - p1 + p1 * std::exp(-.5)) * (1 - p2 + p2 * std::exp(-.8)); };
  double left = std::pow(1 - q(.3, .2), before), sum = 0;
  for (int week = 0; week < weeks; ++week) {
    left *= 1 - q(video, feed);
    sum += .25 * (1 - left);
  }
  return 20'000 * sum;
}

double off(const Interval& found, double expected) { return z_score(found.mean, expected, found.standard_error); }

}  // namespace

TEST_CASE("contributions are those of the Markov chain with and without a medium") {
  TruthPlan plan = plan_of(20);
  plan.synergy = true;
  plan.curve = {.5};
  const TruthReport report = truth_of(two_media(), plan);
  const double all = orders(.3, .2);
  const Interval video = effect(report, "campaign", "video").orders, feed = effect(report, "campaign", "feed").orders;
  CHECK(std::fabs(off(video, all - orders(0, .2))) < kBoundTwentyChecks);
  CHECK(std::fabs(off(feed, all - orders(.3, 0))) < kBoundTwentyChecks);
  CHECK(std::fabs(off(video, orders(.3, 0))) > 3 * kBoundTwentyChecks);  // control: alone it would do more
  CHECK(std::fabs(off(effect(report, "media", "all campaigns").revenue, 100 * all)) < kBoundTwentyChecks);
  const double synergy = 100 * (all - orders(0, .2) - orders(.3, 0));  // the same people: less than the sum
  CHECK(std::fabs(off(effect(report, "pair", "video + feed").synergy, synergy)) < kBoundTwentyChecks);
  CHECK(std::fabs(off(report.overlap, -synergy)) < kBoundTwentyChecks);
  CHECK(synergy < 0);
  REQUIRE(report.curves.size() == 3);
  CHECK(std::fabs(off(report.curves[0].revenue, 100 * (orders(.15, .2) - orders(0, .2)))) < kBoundTwentyChecks);
  CHECK(std::fabs(off(effect(report, "campaign", "video").people_by_rung[1],
                      20'000 * (std::pow(1 - (1 - (1 - .2 + .2 * std::exp(-.8))), 20) -
                                std::pow((1 - .3 + .3 * std::exp(-.5)) * (1 - .2 + .2 * std::exp(-.8)), 20)))) <
        kBoundTwentyChecks);
}

TEST_CASE("a cause without effect adds exactly nothing, and causes that meet nobody in common no synergy") {
  MarketOptions options = two_media();
  options.campaigns[0].segments = {"town"};
  options.campaigns[1].segments = {"land"};
  TruthPlan plan = plan_of(3);
  plan.synergy = true;
  const TruthReport report = truth_of(options, plan);
  const TrueEffect& idle = effect(report, "campaign", "idle");
  for (const Interval& nothing : {idle.revenue, idle.orders, idle.people_by_rung[1],
                                  effect(report, "pair", "video + feed").synergy, report.overlap}) {
    CHECK(nothing.mean == 0);
    CHECK(nothing.standard_error == 0);
  }
  CHECK(effect(report, "campaign", "video").revenue_by_segment[1].mean == 0);
  CHECK(effect(report, "campaign", "video").revenue_by_segment[0].mean > 0);  // control
}

TEST_CASE("with everything, the outcome is that of a plain run, whatever comes later") {
  const MarketOptions options = two_media();
  std::vector<Arm> plain;
  plain.push_back(make_arm("plain", options));
  double sum = 0;
  REQUIRE(run_arms(plain, {0, 3, false}, Threads(1), kNever));
  const auto& kpis = plain[0].market->registry().kpis();
  for (std::size_t k = 0; k < kpis.size(); ++k)
    if (kpis[k].name() == "sales.ours.revenue")
      for (const KpiValues& values : plain[0].values) sum += values.values[k];
  REQUIRE(sum > 0);
  for (const std::int64_t later : {0, 7}) {
    const TruthReport report = truth_of(options, plan_of(3, later));
    CHECK(report.revenue.mean == Approx(sum / 3).epsilon(1e-12));
    const Interval after = effect(report, "campaign", "video").later_revenue;
    CHECK((after.mean > 0) == (later > 0));  // who was moved stays and orders
  }
}

TEST_CASE("what a campaign did in the warm-up is not taken back") {
  MarketOptions options = two_media();
  options.run.warmup_weeks = 8;
  for (CampaignOptions& campaign : options.campaigns) campaign.in_warmup = true;
  const TruthReport report = truth_of(options, plan_of(20));
  const double all = orders(.3, .2, 20, 8), without = orders(0, .2, 20, 8);
  const Interval video = effect(report, "campaign", "video").orders;
  CHECK(std::fabs(off(video, all - without)) < kBoundOneCheck);
  CHECK(std::fabs(off(video, all - orders(0, .2, 20, 0))) > 3 * kBoundOneCheck);  // control: as if it had never been
}

TEST_CASE("any number of threads gives the same effects, and a precision is met or said not to be") {
  MarketOptions options = load_scenario("scenarios/catalogue/omnichannel_launch.toml").market;
  options.run.consumers = 6'000;
  options.run.weeks = 20;
  options.run.warmup_weeks = 0;
  const TruthReport one = truth_of(options, plan_of(4), 1), three = truth_of(options, plan_of(4), 3);
  REQUIRE(one.effects.size() == three.effects.size());
  for (std::size_t e = 0; e < one.effects.size(); ++e) {
    CHECK(one.effects[e].revenue.mean == three.effects[e].revenue.mean);
    CHECK(one.effects[e].revenue.standard_error == three.effects[e].revenue.standard_error);
    CHECK(one.effects[e].spend.mean == three.effects[e].spend.mean);
  }
  options.campaigns.resize(1);
  TruthPlan plan = plan_of(4);
  plan.most_replications = 64;
  plan.relative_error = .2;
  const TruthReport precise = truth_of(options, plan);
  const Interval roas = precise.effects.front().roas;
  CHECK(precise.precise == ((roas.high - roas.low) / 2 <= .2 / 1.2 * roas.mean));
  CHECK(precise.replications > 4);
  plan.relative_error = 1e-4;
  plan.most_replications = 8;
  const TruthReport vague = truth_of(options, plan);
  CHECK(!vague.precise);
  CHECK(vague.replications == 8);
}

TEST_CASE("rules of attribution hand out the revenue of those who are followed, and are not the truth") {
  TruthPlan plan = plan_of(5, 3);
  plan.followed = 20'000;
  const TruthReport report = truth_of(two_media(), plan);
  REQUIRE(report.attribution.size() == 6);
  for (const Attributed& said : report.attribution) {
    INFO(said.rule);
    REQUIRE(said.revenue.size() == 3);
    double sum = report.untouched.mean;
    for (const Interval& credit : said.revenue) sum += credit.mean;
    CHECK(sum == Approx(report.revenue.mean).epsilon(1e-9));  // everybody is followed
    CHECK(said.revenue[2].mean > 0);  // of the idle medium, which does nothing, all rules tell sales
    CHECK(said.error > .1);
  }
  CHECK(effect(report, "campaign", "idle").revenue.mean == 0);
  CHECK(truth_of(two_media(), plan_of(5, 3)).effects.front().revenue.mean == report.effects.front().revenue.mean);
}

TEST_CASE("closing a leak is worth what the chain says, and leaps are those of the chain") {
  TruthPlan plan = plan_of(20);
  plan.leaks = true;
  const TruthReport report = truth_of(two_media(), plan);
  REQUIRE(report.leaks.size() == 1);
  // Rates of both media a tenth higher.
  const auto orders_at = [](double times) {
    const double q = 1 - (1 - .3 + .3 * std::exp(-.5 * times)) * (1 - .2 + .2 * std::exp(-.8 * times));
    double sum = 0;
    for (int week = 1; week <= 20; ++week) sum += 20'000 * .25 * (1 - std::pow(1 - q, week));
    return sum;
  };
  CHECK(std::fabs(off(report.leaks[0].revenue, 100 * (orders_at(1.1) - orders_at(1)))) < kBoundTwentyChecks);
  CHECK(std::fabs(off(report.leaks[0].revenue, 100 * (orders_at(1.2) - orders_at(1)))) >
        3 * kBoundTwentyChecks);  // control
  const TrueEffect& video = effect(report, "campaign", "video");
  CHECK(video.entries_by_rung[1].mean == video.people_by_rung[1].mean);  // nobody goes back
}

TEST_CASE("a market without a campaign of the focal brand, or without sales, has no effects to tell") {
  MarketOptions options = two_media();
  options.stage_purchase.machine.clear();
  CHECK_THROWS_AS(Truth(options, plan_of(2)), std::invalid_argument);
  options = two_media();
  options.campaigns.clear();
  CHECK_THROWS_AS(Truth(options, plan_of(2)), std::invalid_argument);
}
