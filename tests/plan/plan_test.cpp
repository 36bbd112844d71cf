// Plans against what is known: the arithmetic in a market that is as simple as it, and a Markov chain that saturates.
//
//   share moved by week t: 1 - (1 - Q)^t,  Q = 1 - (1 - p1 + p1 e^-.5)(1 - p2 + p2 e^-.8);  a quarter of them order
#include <catch2/catch.hpp>
#include <cmath>
#include <stdexcept>

#include "results/summary/inverse.hpp"
#include "scenarios/plan/planner.hpp"
#include "scenarios/scenario.hpp"
#include "sim/parallel/parallel.hpp"
#include "tests/support/zscore.hpp"

using namespace populace;

namespace {

const std::atomic<bool> kNever{false};
constexpr const char* kPaper = "scenarios/catalogue/objective_and_task.toml";
constexpr const char* kChain = "tests/truth/two_media.toml";

PlanReport plan_of(MarketOptions options, const PlanRequest& request, int threads = 2) {
  Planner planner(std::move(options), request);
  const std::optional<PlanReport> report = planner.run(Threads(threads), kNever, [] {});
  REQUIRE(report);
  return *report;
}
MarketOptions market(const char* file) { return load_scenario(file).market; }

PlanRequest request(const std::string& kpi, double target, int replications = 10) {
  PlanRequest r;
  r.kpi = kpi;
  r.target = target;
  r.replications = replications;
  return r;
}

double part(const PlanReport& report, const std::string& name) {
  for (const GapPart& p : report.gap)
    if (p.name == name) return p.share;
  throw std::runtime_error("no part " + name);
}
double sum_of_parts(const PlanReport& report) {
  double sum = 1;
  for (const GapPart& p : report.gap) sum += p.share;
  return sum;
}

// Orders of 20,000 people in 20 weeks.
double orders(double video, double feed) {
  const double stays = (1 - video + video * std::exp(-.5)) * (1 - feed + feed * std::exp(-.8));
  double left = 1, sum = 0;
  for (int week = 0; week < 20; ++week) {
    left *= stays;
    sum += .25 * (1 - left);
  }
  return 20'000 * sum;
}

// A small plan: most people have not moved yet.
MarketOptions chain() {
  MarketOptions options = market(kChain);
  options.campaigns[0].delivery_prob = .06;
  options.campaigns[1].delivery_prob = .04;
  return options;
}

// Factor of video (and of feed, unless held) at which the chain orders `target`.
double needed_factor(double target, bool feed_too) {
  const auto excess = [&](double x) { return orders(.06 * x, feed_too ? .04 * x : .04) - target; };
  return first_crossing(excess, {10, 1e-9}).value();
}

}  // namespace

TEST_CASE("H115: the market that is as simple as the arithmetic needs what it says") {
  PlanRequest r = request("brand.product.revenue", 1e6);
  r.rates = {1000, .01, 2};
  const PlanReport report = plan_of(market(kPaper), r);
  CHECK(report.mean.verdict == Verdict::kReached);
  CHECK(report.chain.visits == 100'000);
  CHECK(report.chain.budget == 200'000);
  CHECK(report.visits == "clicks");
  CHECK(report.budget.low < 200'000);
  CHECK(report.budget.high > 200'000);
  CHECK(report.budget.standard_error < 4'000);  // 1,000 orders toss coins: 1 % a replication's tenth
  CHECK(report.figure.mean >= 1e6);
  CHECK(report.figure.mean < 1.003e6);
  CHECK(std::fabs(z_score(report.factor.mean, 1, report.factor.standard_error)) < kBoundOneCheck);
  CHECK(sum_of_parts(report) == Approx(report.budget.mean / 200'000));
  for (const char* name : {"baseline", "saturation", "orders each", "unspent"})
    CHECK(std::fabs(part(report, name)) < .01);
}

TEST_CASE("twice the target takes twice the money while queries last, and then it is out of reach") {
  const PlanReport half = plan_of(market(kPaper), request("brand.product.revenue", 8e5, 6)),
                   all = plan_of(market(kPaper), request("brand.product.revenue", 1.6e6, 6)),
                   never = plan_of(market(kPaper), request("brand.product.revenue", 2e6, 6));
  const double error = std::hypot(2 * half.budget.standard_error, all.budget.standard_error);
  CHECK(std::fabs(z_score(all.budget.mean, 2 * half.budget.mean, error)) < kBoundOneCheck);
  CHECK(std::fabs(z_score(all.budget.mean, 1.2 * half.budget.mean, error)) > 3 * kBoundOneCheck);  // control
  CHECK(all.lines[0].clicks.mean == Approx(2 * half.lines[0].clicks.mean).epsilon(.03));
  CHECK(never.mean.verdict == Verdict::kOutOfReach);
  CHECK(never.mean.factor == 2);                           // nothing more comes after it
  CHECK(never.figure.mean == Approx(1.8e6).epsilon(.03));  // 1,800,000 queries, a tenth clicked, 1 % of them ordering
  REQUIRE(never.reasons.size() == 2);
  CHECK(never.reasons[0].find("no more queries") != std::string::npos);
  CHECK(std::isnan(never.budget.mean));
  CHECK(never.gap.empty());
}

TEST_CASE("a market that saturates needs what its closed form says, and the gap is called saturation") {
  const double target = 1.6 * orders(.06, .04), needed = needed_factor(target, true);
  PlanRequest r = request("sales.ours.orders", target, 20);
  r.by = {"video", "feed"};
  const PlanReport report = plan_of(chain(), r);
  CHECK(std::fabs(z_score(report.factor.mean, needed, report.factor.standard_error)) < kBoundOneCheck);
  CHECK(std::fabs(z_score(report.factor.mean, 1.6, report.factor.standard_error)) > 3 * kBoundOneCheck);  // arithmetic
  CHECK_FALSE(report.paid);
  CHECK(report.visits == "contacts");
  CHECK(report.chain.budget == Approx(1.6 * report.budget_now).epsilon(.01));
  CHECK(part(report, "saturation") == Approx(needed / 1.6 - 1).margin(.02));
  CHECK(part(report, "saturation") > .2);
  CHECK(std::fabs(part(report, "baseline")) < 1e-9);  // nobody moves by himself
  CHECK(sum_of_parts(report) == Approx(needed / 1.6).epsilon(.02));
}

TEST_CASE("the interval of the needed budget holds the closed form as often as it says") {
  constexpr int kPlans = 200;
  MarketOptions options = chain();
  options.run.consumers = 4'000;  // for a market of 20,000
  const double target = 1.6 * orders(.06, .04), needed = needed_factor(target, true);
  PlanRequest r = request("sales.ours.orders", target, 10);
  r.by = {"video", "feed"};
  int covered = 0;
  for (int plan = 0; plan < kPlans; ++plan) {
    options.run.seed = 7'000 + plan;
    const Interval factor = plan_of(options, r).factor;
    covered += factor.low <= needed && needed <= factor.high ? 1 : 0;
  }
  INFO("covered " << covered << " of " << kPlans);
  CHECK(std::fabs(covered / double{kPlans} - .95) < kBoundOneCheck * share_standard_error(.95, kPlans));
}

TEST_CASE("what comes without the campaigns that are scaled is the baseline") {
  const double without = orders(0, .04), now = orders(.06, .04), target = 1.3 * now;
  PlanRequest r = request("sales.ours.orders", target, 20);
  r.by = {"video"};
  const PlanReport report = plan_of(chain(), r);
  CHECK(std::fabs(z_score(report.factor.mean, needed_factor(target, false), report.factor.standard_error)) <
        kBoundOneCheck);
  CHECK(std::fabs(z_score(report.figure_without.mean, without, report.figure_without.standard_error)) < kBoundOneCheck);
  CHECK(part(report, "baseline") == Approx((target - without) / (now - without) / 1.3 - 1).margin(.03));
  CHECK(part(report, "baseline") > .1);
  for (const PlanLine& line : report.lines)
    if (line.kind == "campaign") CHECK(line.scaled == (line.name == "video"));
}

TEST_CASE("a target may be met without, or be beyond what contacts can do") {
  PlanRequest r = request("sales.ours.orders", .9 * orders(0, .2), 4);
  r.by = {"video"};
  CHECK(plan_of(market(kChain), r).mean.verdict == Verdict::kMetWithout);
  r.target = 1.1 * orders(1, .2);
  const PlanReport never = plan_of(market(kChain), r);
  CHECK(never.mean.verdict == Verdict::kOutOfReach);
  CHECK(never.mean.factor == Approx(1 / .3));
  CHECK(never.reasons.back().find("chance of delivery is 1") != std::string::npos);
}

TEST_CASE("an assured budget meets the target in its share of markets, and costs more") {
  PlanRequest r = request("sales.ours.orders", 1.3 * orders(.06, .04), 100);
  r.by = {"video", "feed"};
  r.assurance = .8;
  const PlanReport report = plan_of(chain(), r);
  REQUIRE(report.assured);
  CHECK(report.assured->met >= 80);  // one more for each that lies within the tolerance of the search
  CHECK(report.assured->met < 86);
  CHECK(report.mean.met < 70);
  // The normal quantile at .8 is .84; that of 100 values has a standard error of .14.
  const double spread = report.factor.standard_error * 10;
  CHECK(std::fabs((report.assured->factor - report.factor.mean) / spread - .84) < kBoundOneCheck * .14);
}

TEST_CASE("what was done in the warm-up stays, whatever is planned") {
  MarketOptions options = market(kChain);
  options.run.warmup_weeks = 8;
  for (CampaignOptions& campaign : options.campaigns) campaign.in_warmup = true;
  const PlanReport report = plan_of(options, request("sales.ours.orders", 95'000, 20));
  const double stays = (.7 + .3 * std::exp(-.5)) * (.8 + .2 * std::exp(-.8));
  const double past = 20'000 * 20 * .25 * (1 - std::pow(stays, 8));  // who has moved stays and orders
  CHECK(std::fabs(z_score(report.figure_without.mean, past, report.figure_without.standard_error)) < kBoundOneCheck);
  CHECK(report.mean.verdict == Verdict::kReached);
}

TEST_CASE("a visit is the closest thing to one that is counted of the scaled campaigns alone") {
  MarketOptions options = market("scenarios/catalogue/whole_consumer.toml");
  options.run.consumers = 6'000;
  options.run.weeks = 10;
  options.run.warmup_weeks = 0;
  PlanRequest r = request("brand.aurora.revenue", 1, 2);
  const auto visits = [&](const std::vector<std::string>& by) {
    r.by = by;
    return plan_of(options, r).visits;
  };
  CHECK(visits({"search_category", "search_name"}) == "visits");
  CHECK(visits({"search_category"}) == "clicks");
  CHECK(visits({}) == "contacts");
}

TEST_CASE("any number of threads finds the same plan") {
  MarketOptions options = market("scenarios/catalogue/omnichannel_launch.toml");
  options.run.consumers = 6'000;
  options.run.weeks = 20;
  options.run.warmup_weeks = 2;
  PlanRequest r = request("brand.aurora.revenue", 1, 3);
  r.target = 1.1 * plan_of(options, r).figure_now.mean;
  const PlanReport one = plan_of(options, r, 1), three = plan_of(options, r, 3);
  CHECK(one.mean.factor == three.mean.factor);
  CHECK(one.response.size() == three.response.size());
  REQUIRE(one.lines.size() == three.lines.size());
  for (std::size_t i = 0; i < one.lines.size(); ++i)
    CHECK(one.lines[i].impressions.mean == three.lines[i].impressions.mean);
  r.target *= 1.02;
  CHECK(plan_of(options, r, 2).mean.factor != one.mean.factor);
}

TEST_CASE("requests without a meaning are refused with what would have one") {
  const auto refused = [](const char* file, const PlanRequest& r, const std::string& saying) {
    CHECK_THROWS_WITH(Planner(market(file), r), Catch::Contains(saying));
  };
  refused(kPaper, request("brand.product.revenu", 1), "did you mean \"brand.product.revenue\"");
  PlanRequest r = request("brand.product.revenue", 1);
  r.by = {"serch"};
  refused(kPaper, r, "did you mean \"search\"");
  refused("scenarios/catalogue/bass_durable.toml", request("market.category.orders", 1), "no campaign");
  r = request("brand.product.buyers", 1);
  r.rates.conversion = .01;
  refused(kPaper, r, "rates of a visit");
  std::atomic<bool> cancelled{true};
  Planner planner(market(kChain), request("sales.ours.orders", 100, 2));
  CHECK_FALSE(planner.run(Threads(1), cancelled, [] {}));
}
