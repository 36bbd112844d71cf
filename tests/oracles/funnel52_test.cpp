// The common comparison model, run from its scenario file, ends where independent programs of it end: shares .0105
// .0291 .0652 .181 .714 of the five stages and 6.46 orders a person after 52 weeks. Tolerance: the published figures
// are rounded to three digits (half a unit of the last), and both sides are samples: the publication of at least 1e6
// consumers, here N a replication; bound 4.6 for the six checks, sd of orders a person below 3.5.
#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "models/market.hpp"
#include "results/summary/kpi.hpp"
#include "scenarios/scenario.hpp"
#include "sim/engine/replications.hpp"

namespace populace {
namespace {

constexpr double kBound = 4.6;
constexpr int kReplications = 4;
constexpr double kConsumers = 100'000;

struct PublishedShare {
  const char* stage;
  double share, rounding;
};
constexpr PublishedShare kShares[] = {{"unaware", .0105, .00005},
                                      {"aware", .0291, .00005},
                                      {"interested", .0652, .00005},
                                      {"buyer", .181, .0005},
                                      {"loyal", .714, .0005}};

// Mean over replications of each figure of the scenario.
std::map<std::string, double> figures(const std::vector<std::string>& overrides) {
  std::vector<std::string> all{"scenario.consumers=100000"};
  all.insert(all.end(), overrides.begin(), overrides.end());
  const Market market(
      load_scenario(std::string(POPULACE_SOURCE_DIR) + "/scenarios/catalogue/funnel52.toml", all).market);
  RunInfo info;
  info.n_steps = market.end_step_number();
  info.consumers = market.options().run.consumers;
  info.market_size_people = static_cast<double>(info.consumers);
  info.regions = {"everywhere"};
  info.segments = {"everybody"};
  std::map<std::string, double> means;
  ReplicationsPlan plan;
  plan.most = kReplications;
  ReplicationsHooks hooks;
  hooks.deliver = [&](ReplicationRecord&& record) {
    for (const Kpi& kpi : market.registry().kpis())
      means[kpi.name()] += evaluate(kpi, market.registry(), info, record) / kReplications;
    return true;
  };
  run_replications(market, Threads(2), 52, plan, std::atomic<bool>{false}, hooks);
  return means;
}

// How far a share is off, in tolerances.
double tolerances_off(double share, const PublishedShare& published) {
  const double variance = published.share * (1 - published.share) * (1 / (kReplications * kConsumers) + 1e-6);
  return std::fabs(share - published.share) / (kBound * std::sqrt(variance) + published.rounding);
}

}  // namespace

TEST_CASE("The common comparison model ends where other programs of it end") {
  const auto means = figures({});
  for (const PublishedShare& published : kShares) {
    INFO(published.stage);
    CHECK(tolerances_off(means.at("funnel." + std::string(published.stage) + ".share") / 100, published) < 1);
  }
  const double error = kBound * 3.5 * std::sqrt(1 / (kReplications * kConsumers) + 1e-6) + .005;
  CHECK(std::fabs(means.at("sales.brand.orders_per_person") - 6.46) < error);
}

TEST_CASE("Control: without talk the common comparison model ends elsewhere") {
  const auto means = figures({R"(machine.funnel.move.up.drivers={goodwill = 1.0, "share.loyal" = 0.1})"});
  CHECK(tolerances_off(means.at("funnel.loyal.share") / 100, kShares[4]) > 3);
}

}  // namespace populace
