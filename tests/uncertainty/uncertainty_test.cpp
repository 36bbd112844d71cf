// Priors have the moments that they are given; what they do to a figure that is linear in them is known; what plans
// share is drawn once for both; and mistakes in priors are named.
#include "scenarios/uncertainty/uncertainty.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>

#include "models/market.hpp"
#include "sim/parallel/parallel.hpp"
#include "tests/support/zscore.hpp"

using namespace populace;

namespace {

const std::atomic<bool> kNever{false};
const char* const kMarket = "tests/truth/two_media.toml";

Reload reload(std::vector<std::string> set) {
  return [set](const std::vector<std::string>& more) {
    std::vector<std::string> all = set;
    all.insert(all.end(), more.begin(), more.end());
    return load_scenario(kMarket, all);
  };
}

UncertaintyReport report_of(const Reload& plan, const Reload& other, int draws, int threads = 2) {
  UncertaintyReport report;
  CHECK(run_uncertainty(
      plan, other, {draws, 3}, Threads(threads), kNever, [] {}, report));
  return report;
}

const UncertainFigure& figure(const UncertaintyReport& report, const std::string& ending) {
  for (const UncertainFigure& f : report.figures)
    if (f.name.ends_with(ending)) return f;
  throw std::runtime_error("no figure " + ending);
}

const std::string kOrderProb = "stage_purchase.order_prob_per_week.yes={ mean = 0.25, sd = 0.05 }";

}  // namespace

TEST_CASE("quantiles of a prior have its mean and standard deviation, and stay where the key may be") {
  const Range share{0, 1}, positive{0}, any{};
  for (const Prior& prior : {Prior{"a", .3, .1, "beta", share}, Prior{"b", .96, .02, "beta", share},
                             Prior{"c", 4, 3, "log_normal", positive}, Prior{"d", -2, .7, "normal", any},
                             Prior{"e", .5, .1, "uniform", share}}) {
    INFO(prior.path);
    CHECK(fault_of(prior).empty());
    constexpr int n = 200'000;
    double sum = 0, squares = 0;
    for (int i = 0; i < n; ++i) {
      const double x = quantile(prior, (i + .5) / n);
      REQUIRE(x >= prior.range.low);
      REQUIRE(x <= prior.range.high);
      sum += x;
      squares += (x - prior.mean) * (x - prior.mean);
    }
    CHECK(sum / n == Approx(prior.mean).epsilon(1e-3));
    CHECK(std::sqrt(squares / n) == Approx(prior.sd).epsilon(5e-3));
  }
  const Prior cut{"f", .1, 1, "normal", {0, 5}};
  CHECK(quantile(cut, 1e-9) >= 0);
  CHECK(quantile(cut, 1 - 1e-9) <= 5);
  CHECK(!fault_of({"g", .5, .6, "beta", share}).empty());
  CHECK(!fault_of({"h", .5, .3, "uniform", share}).empty());
  CHECK(default_distribution(share) == "beta");
  CHECK(default_distribution(positive) == "log_normal");
  CHECK(default_distribution(any) == "normal");
}

TEST_CASE("a chance to order that scatters by a fifth makes orders scatter by a fifth, whatever the simulation does") {
  const int draws = 60;
  const UncertaintyReport report = report_of(reload({kOrderProb, "scenario.consumers=4000"}), {}, draws);
  REQUIRE(report.draws == draws);
  const Components& orders = figure(report, "orders").of_plan;
  // A standard deviation of n draws has a relative standard error of 1 / sqrt(2 (n - 1)).
  const double relative = orders.plan_sd / orders.simulation.mean, se = .2 / std::sqrt(2. * (draws - 1));
  CHECK(std::fabs(z_score(relative, .2, se)) < kBoundOneCheck);
  CHECK(std::fabs(z_score(relative, .05, .05 / std::sqrt(2. * (draws - 1)))) > 3 * kBoundOneCheck);  // control
  CHECK(orders.low < orders.simulation.mean);
  CHECK(orders.high > orders.simulation.mean);
  // The stages do not hang on it: no plan uncertainty at all.
  const Components& people = figure(report, "yes.people").of_plan;
  CHECK(people.plan_sd == 0);
}

TEST_CASE("plans share the draws of what they share: a plan never beats itself, and a worse one in no draw") {
  const Reload plan = reload({kOrderProb, "scenario.consumers=2000"});
  const UncertaintyReport same = report_of(plan, plan, 6);
  for (const UncertainFigure& f : same.figures) {
    INFO(f.name);
    CHECK(f.difference.simulation.mean == 0);
    CHECK(f.difference.plan_sd == 0);
    CHECK(f.difference.share_above_zero == 0);
  }
  const Reload less = reload({kOrderProb, "scenario.consumers=2000", "campaign.video.delivery_prob=0.05"});
  const UncertaintyReport other = report_of(plan, less, 6);
  const UncertainFigure& orders = figure(other, "orders");
  CHECK(orders.difference.share_above_zero == 1);
  CHECK(orders.difference.share.low > .5);
  CHECK(orders.difference.plan_sd < orders.of_plan.plan_sd);  // what is common goes out
}

TEST_CASE("any number of threads gives the same uncertainty") {
  const Reload plan = reload({kOrderProb, "scenario.consumers=2000"});
  const UncertaintyReport one = report_of(plan, {}, 5, 1), three = report_of(plan, {}, 5, 3);
  REQUIRE(one.figures.size() == three.figures.size());
  for (std::size_t k = 0; k < one.figures.size(); ++k)
    CHECK(one.figures[k].of_plan.plan_sd == three.figures[k].of_plan.plan_sd);
}

TEST_CASE("a run takes the mean of a prior, and mistakes in priors are named with their places") {
  CHECK(load_scenario(kMarket, {kOrderProb}).market.stage_purchase.order_prob_per_week.of("yes") == .25);
  CHECK(load_scenario(kMarket, {kOrderProb}).priors.size() == 1);
  const std::vector<std::pair<std::string, std::string>> mistakes = {
      {"campaign.video.delivery_prob={ mean = 0.3 }", "no sd"},
      {"campaign.video.delivery_prob={ mean = 0.3, sd = -1 }", "above 0"},
      {"campaign.video.delivery_prob={ mean = 3, sd = 1 }", "between 0 and 1"},
      {"campaign.video.delivery_prob={ mean = 0.3, sd = 0.9 }", "most that a share"},
      {"campaign.video.delivery_prob={ mean = 0.3, sd = 0.1, distribution = \"gamma\" }", "must be one of"},
      {"campaign.video.delivery_prob={ mean = 0.3, std = 0.1 }", "unknown key"}};
  for (const auto& [set, words] : mistakes) {
    INFO(set);
    try {
      load_scenario(kMarket, {set});
      FAIL("was accepted");
    } catch (const ScenarioErrors& errors) {
      CHECK(std::string(errors.what()).find(words) != std::string::npos);
    }
  }
}
