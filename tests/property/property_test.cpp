// What holds for any scenario is tried on random ones. A failure names its seed and leaves the scenario as one file
// below the build folder: run it with `populace run FILE`.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <set>

#include "tests/engine/market_run.hpp"
#include "tests/property/random_scenario.hpp"
#include "tests/support/promises.hpp"

using namespace populace;

namespace {

std::filesystem::path folder() {
  const std::filesystem::path path = std::filesystem::path(POPULACE_BINARY_DIR) / "tests" / "property";
  std::filesystem::create_directories(path);
  return path;
}

struct Tally {
  std::size_t scenarios = 0, settings = 0, days = 0;
  std::set<std::string> mechanisms;
};

std::vector<std::string> broken_in(const MarketOptions& options) {
  try {
    const Market market(options);
    std::vector<std::string> broken = broken_promises(market);
    for (const std::string& column : half_written_columns(market)) broken.push_back("half written: " + column);
    return broken;
  } catch (const std::exception& error) {
    return {error.what()};
  }
}

void check_seed(std::uint64_t seed, Tally& tally) {
  INFO("seed " << seed);
  const RandomScenario scenario = random_scenario(seed, folder());
  ++tally.scenarios;
  tally.settings += scenario.settings.size();
  tally.days += scenario.loaded.market.run.step == "day";
  tally.mechanisms.insert(scenario.mechanisms.begin(), scenario.mechanisms.end());
  const std::filesystem::path file = folder() / ("seed_" + std::to_string(seed) + ".toml");
  std::ofstream(file) << scenario.loaded.resolved_toml;  // before the run: also of what ends the program
  const std::vector<std::string> broken = broken_in(scenario.loaded.market);
  INFO("replay: " << file.string());
  CHECK(broken == std::vector<std::string>{});
  if (broken.empty()) std::filesystem::remove(file);
}

void check_seeds(std::uint64_t first, std::uint64_t n) {
  Tally tally;
  for (std::uint64_t seed = first; seed < first + n; ++seed) check_seed(seed, tally);
  CHECK(tally.scenarios == n);
  CHECK(tally.settings > 5 * n);  // or the generator has forgotten how to vary
  CHECK(tally.days > 0);
}

}  // namespace

// POPULACE_PROPERTY_SEED=n tries the scenario of one seed.
TEST_CASE("property: random valid scenarios keep the promises of the engine") {
  if (const char* seed = std::getenv("POPULACE_PROPERTY_SEED")) {
    Tally tally;
    return check_seed(std::strtoull(seed, nullptr, 10), tally);
  }
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
  check_seeds(1, 60);  // at a tenth of the speed
#else
  check_seeds(1, 200);
#endif
}

TEST_CASE("property: hundreds of random valid scenarios keep the promises of the engine", "[.heavy]") {
  check_seeds(1000, 400);
}

// The control: the judge finds a lost consumer, a micro of money, and a count below nothing.
TEST_CASE("property: planted faults are found") {
  const Market market(load_options("tests/mechanisms/base.toml"));
  const std::vector<ReplicationRecord> records = run_records(market);
  REQUIRE(broken_counts(market, records[0]) == std::vector<std::string>{});
  const auto with = [&](const std::string& measure, std::int64_t change) {
    ReplicationRecord record = records[0];
    const Measure& m = market.registry().measure(measure);
    (m.level == Level::kCell ? record.cells : record.totals)[m.offset] += change;
    return broken_counts(market, record);
  };
  CHECK(with("occupancy_ladder", 1) == std::vector<std::string>{"occupancy_ladder loses consumers"});
  CHECK(with("consumers", -1) == std::vector<std::string>{"consumers loses consumers"});
  CHECK_FALSE(with("spend", 1).empty());
  CHECK_FALSE(with("orders", -1'000'000).empty());
}

TEST_CASE("property: a member, a coupon or a seller that comes from nowhere is found") {
  const Market market(
      load_options("scenarios/catalogue/whole_consumer.toml", {"scenario.consumers=1500", "scenario.replications=1"}));
  const std::vector<ReplicationRecord> records = run_records(market);
  REQUIRE(broken_counts(market, records[0]) == std::vector<std::string>{});
  for (const std::string measure : {"members", "coupons_held", "sellers"}) {
    ReplicationRecord record = records[0];
    record.cells[market.n_cells() * market.registry().cell_slots() + market.registry().measure(measure).offset] += 1;
    CHECK(broken_counts(market, record) == std::vector<std::string>{measure + " is not what came less what went"});
  }
}
