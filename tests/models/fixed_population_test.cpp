// A fixed population shares with its traits those that are drawn anew where they are needed: thresholds, and chances to
// leave.
#include <atomic>
#include <catch2/catch.hpp>

#include "models/market.hpp"
#include "sim/engine/simulation.hpp"

namespace populace {
namespace {

constexpr std::int64_t kConsumers = 4'000;

// Everybody has fifty opportunities a week, so that within four weeks everybody has bought what his outlets carry.
MarketOptions eager(const std::string& population) {
  MarketOptions options;
  options.run.consumers = kConsumers;
  options.run.weeks = 4;
  options.run.population = population;
  options.need.enabled = true;
  options.need.opportunities_per_week = 50;
  options.need.shape = 50;
  options.choice.no_purchase_share = 0;
  BrandOptions brand;
  brand.name = "half";
  brand.share = 1;
  brand.distribution_share = .5;
  options.brands = {brand};
  return options;
}

// Consumers who differ between two replications in a column.
template <class T>
std::int64_t differing(MarketOptions options, const std::string& name) {
  options.complete();
  const Market market(std::move(options));
  const Threads threads(1);
  Simulation first(market, threads, 11), second(market, threads, 11);
  first.start(0);
  second.start(1);
  Column<T> column;
  for (const ColumnInfo& info : market.layout().columns())
    if (info.name == name) column.offset = info.offset;
  REQUIRE(column.exists());
  std::int64_t n = 0;
  for (Simulation* simulation : {&first, &second})
    simulation->run(market.end_step_number(), std::atomic<bool>{false}, [] {});
  for (std::size_t b = 0; b < market.places().blocks().size(); ++b) {
    const BlockView one = first.population().block(b), other = second.population().block(b);
    for (std::uint32_t i = 0; i < one.place.n; ++i) n += one.column(column)[i] != other.column(column)[i];
  }
  return n;
}

TEST_CASE("A fixed population finds the same brands in its outlets") {
  CHECK(differing<std::uint16_t>(eager("fixed"), "bought") == 0);
  CHECK(differing<std::uint16_t>(eager("per_replication"), "bought") > kConsumers / 3);  // control: half are expected
}

// p ~ Beta(.02, .02) is nearly 0 or nearly 1, so after many repeats those who left are those whose p is not nearly 0.
TEST_CASE("A fixed population has the same chances to leave") {
  const auto leaving = [](const std::string& population) {
    MarketOptions options = eager(population);
    options.brands[0].distribution_share = 1;
    options.dropout.enabled = true;
    options.dropout.a = options.dropout.b = .02;
    return differing<std::uint8_t>(options, "need_rate");
  };
  CHECK(leaving("fixed") < kConsumers / 20);
  CHECK(leaving("per_replication") > kConsumers / 3);  // control
}

}  // namespace
}  // namespace populace
