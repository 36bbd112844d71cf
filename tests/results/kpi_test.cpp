// Key figures against sums by hand.
#include "results/summary/kpi.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "sim/base/contracts.hpp"

namespace populace {
namespace {

// Two steps, one region, two segments; each simulated consumer stands for 50 people.
struct Market {
  Market() {
    registry.add_dimension("brand", {"a", "b"});
    registry.add({"orders", "people", "", Level::kCell, Timing::kFlow, Count::kPeople, {"brand"}});
    registry.add({"aware", "people", "", Level::kCell, Timing::kStock, Count::kPeople, {}});
    registry.add({"revenue", "EUR", "", Level::kTotal, Timing::kFlow, Count::kMicrosPerConsumer, {}});
    registry.add({"spend", "EUR", "", Level::kTotal, Timing::kFlow, Count::kMicros, {}});
    registry.add({"index", "1", "", Level::kTotal, Timing::kStock, Count::kPlain, {}});
    info.n_steps = 2;
    info.consumers = 20;
    info.market_size_people = 1000;
    info.regions = {"r"};
    info.segments = {"s", "t"};
    record.cells = {1, 2, 5, /**/ 3, 4, 6, /* next step */ 10, 20, 7, /**/ 30, 40, 9};
    record.totals = {1'500'000, 2'000'000, 3, /* next step */ 500'000, 250'000, 8};
  }
  double value(std::vector<KpiTerm> numerator, std::vector<KpiTerm> denominator = {}, double factor = 1) const {
    return evaluate({"g", "r", "c", "", "", std::move(numerator), std::move(denominator), factor, 0}, registry, info,
                    record);
  }

  MeasureRegistry registry;
  RunInfo info;
  ReplicationRecord record;
};

std::vector<KpiValues> values_of(std::initializer_list<double> values, double simulated) {
  std::vector<KpiValues> out;
  for (const double value : values) out.push_back({static_cast<int>(out.size()), {value}, {simulated}});
  return out;
}

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("flows are summed over steps and cells, stocks over cells at the end, each in its unit") {
  const Market market;
  CHECK(market.value({{"orders", {0}}}) == 50 * 44);
  CHECK(market.value({{"orders", {0, 1}}}) == 50 * 110);
  CHECK(market.value({{"aware", {0}}}) == 50 * 16);
  CHECK(market.value({{"revenue", {0}}}) == 50 * 2.0);
  CHECK(market.value({{"spend", {0}}}) == 2.25);
  CHECK(market.value({{"index", {0}}}) == 8);
  CHECK(market.value({}) == 0);
}

TEST_CASE("terms are scaled before they are added and divided") {
  const Market market;
  CHECK(market.value({{"revenue", {0}}, {"spend", {0}}}) == 102.25);
  CHECK(market.value({{"orders", {0}}}, {{"orders", {0, 1}}}, 100) == Approx(40).epsilon(1e-15));
  CHECK(market.value({{"spend", {0}}}, {{"orders", {1}}}) == 2.25 / 3300);
}

TEST_CASE("without a denominator to divide by, a figure is absent") {
  Market market;
  market.record.totals = {0, 5, 0, 0, 5, 0};
  CHECK(std::isnan(market.value({{"revenue", {0}}}, {{"index", {0}}})));
  CHECK(std::isnan(market.value({{"spend", {0}}}, {{"revenue", {0}}})));
  CHECK(market.value({{"revenue", {0}}}, {{"spend", {0}}}) == 0);  // nothing earned on something spent is 0, not absent
}

TEST_CASE("a record of another size, or a sum beyond 64 bits, breaks the contract") {
  Market market;
  market.record.totals = {std::numeric_limits<std::int64_t>::max(), 0, 0, 1, 0, 0};
  CHECK_THROWS_AS(market.value({{"revenue", {0}}}), ContractViolation);
  market.record.cells.pop_back();
  CHECK_THROWS_AS(market.value({{"orders", {0}}}), ContractViolation);
}

TEST_CASE("the simulated count is unscaled and ignores money") {
  const Market market;
  const auto count = [&](std::vector<KpiTerm> numerator) {
    return simulated_count({"g", "r", "c", "", "", std::move(numerator), {}, 1, 0}, market.registry, market.info,
                           market.record);
  };
  CHECK(count({{"orders", {1}}}) == 66);
  CHECK(count({{"orders", {1}}, {"spend", {0}}}) == 66);
  CHECK(std::isnan(count({{"spend", {0}}})));
}

TEST_CASE("few simulated events raise a warning that says how many consumers would do") {
  Market market;
  market.info.consumers = 1'000'000;
  market.registry.add(Kpi{"brand", "aurora", "orders", "people", "", {{"orders", {0}}}, {}, 1, 100});
  const auto warnings = [&](double simulated) {
    return summarise(market.registry, market.info, values_of({1, 2}, simulated)).warnings;
  };
  CHECK(warnings(100).empty());
  CHECK(warnings(37) ==
        std::vector<std::string>{"brand.aurora.orders: 37 simulated orders a replication, fewer than 100; "
                                 "raise --consumers to 2,800,000"});
  CHECK(warnings(.5) ==
        std::vector<std::string>{"brand.aurora.orders: 0.5 simulated orders a replication, fewer than 100; "
                                 "raise --consumers to 200,000,000"});
  CHECK(warnings(0) ==
        std::vector<std::string>{"brand.aurora.orders: 0 simulated orders a replication, fewer than 100; "
                                 "raise --consumers to 10,000,000 or more"});
  CHECK(warnings(kNan).empty());
}

TEST_CASE("a summary is in replication order and counts a figure where it is present") {
  Market market;
  market.registry.add(Kpi{"g", "r", "c", "1", "", {{"orders", {0}}}, {}, 1, 0});
  std::vector<KpiValues> values = values_of({1, kNan, 3, 5}, 10);
  std::swap(values[0], values[3]);
  const Summary summary = summarise(market.registry, market.info, values, .9);
  CHECK(summary.replications == std::vector<int>{0, 1, 2, 3});
  const KpiSummary& figure = summary.kpis.at(0);
  CHECK(figure.kpi == &market.registry.kpis()[0]);
  CHECK(figure.by_replication[0] == 1);
  CHECK(std::isnan(figure.by_replication[1]));
  CHECK(figure.by_replication[3] == 5);
  CHECK(figure.interval.n == 3);
  CHECK(figure.interval.mean == Approx(3).epsilon(1e-15));
  // standard deviation 2, t(2 degrees, .95) = 2.919986
  CHECK(figure.interval.high - 3 == Approx(2.919986 * 2 / std::sqrt(3)).epsilon(1e-6));
  CHECK(figure.simulated_count == 10);
  CHECK(summary.warnings ==
        std::vector<std::string>{"g.r.c: absent in 1 of 4 replications (nothing to divide by); its mean "
                                 "is over the other 3"});
  const Summary none = summarise(market.registry, market.info, values_of({kNan, kNan}, 0));
  CHECK(std::isnan(none.kpis.at(0).interval.mean));
  CHECK(none.warnings.empty());
}

}  // namespace populace
