// Working memory carries nothing from block to block and from step to step: filled with garbage before each block, it
// gives the same lives. Here fresh memory, which is zero, is no excuse; the promises of random scenarios allow for it.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <tuple>

#include "tests/engine/market_run.hpp"
#include "tests/property/random_scenario.hpp"
#include "tests/support/poisoned_model.hpp"

using namespace populace;

namespace {

struct Life {
  ReplicationRecord record;
  SavedReplication end;
};

Life live(const Model& model) {
  const Threads threads(1);
  Simulation simulation(model, threads, 17);
  simulation.start(1);
  simulation.run(model.end_step_number(), kNeverCancelled, [] {});
  Life life;
  life.end = simulation.save();
  life.record = simulation.take_record();
  return life;
}

bool same_row(const JourneyRow& a, const JourneyRow& b) {
  const auto all = [](const JourneyRow& row) {
    return std::tie(row.reals, row.person, row.step, row.codes, row.count, row.table, row.occasion);
  };
  return all(a) == all(b);
}

// Names of columns that are not the same at the end.
void compare_columns(const Market& market, const Life& a, const Life& b, std::vector<std::string>& different) {
  for (const ColumnInfo& column : market.layout().columns())
    for (const BlockPlace& place : market.places().blocks()) {
      const std::size_t start = place.start * market.layout().bytes_per_consumer() + column.offset * place.capacity;
      if (std::memcmp(&a.end.population[start], &b.end.population[start], column.bytes * place.capacity) == 0) continue;
      different.push_back("column " + column.name);
      break;
    }
}

// What garbage changes: measures with the first step that shows it, columns, globals, journeys.
std::vector<std::string> disturbed(const Market& market, const Model& model) {
  const Life clean = live(model), poisoned = live(PoisonedModel(model, 5));
  std::vector<std::string> different;
  const Counters in_clean(market, clean.record), in_poisoned(market, poisoned.record);
  for (const Measure& measure : market.registry().measures()) {
    const std::vector<std::int64_t> a = in_clean.dataset(measure), b = in_poisoned.dataset(measure);
    const std::size_t at = static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin()).first - a.begin()),
                      steps = static_cast<std::size_t>(market.end_step_number());
    if (at < a.size()) different.push_back(measure.name + " in step " + std::to_string(at / (a.size() / steps)));
  }
  compare_columns(market, clean, poisoned, different);
  if (clean.end.globals != poisoned.end.globals) different.push_back("globals");
  const std::vector<JourneyRow>&of_clean = clean.record.journeys, &of_poisoned = poisoned.record.journeys;
  if (!std::equal(of_clean.begin(), of_clean.end(), of_poisoned.begin(), of_poisoned.end(), same_row))
    different.push_back("journeys");
  return different;
}

void check_scenario(const std::string& file, const std::vector<std::string>& overrides) {
  INFO(file);
  Market market(load_options(file, overrides));
  market.record_journeys(40);
  CHECK(disturbed(market, market) == std::vector<std::string>{});
}

void check_seeds(std::uint64_t first, std::uint64_t n) {
  const std::filesystem::path folder = std::filesystem::path(POPULACE_BINARY_DIR) / "tests" / "working_memory";
  std::filesystem::create_directories(folder);
  for (std::uint64_t seed = first; seed < first + n; ++seed) {
    INFO("POPULACE_PROPERTY_SEED=" << seed);
    const RandomScenario scenario = random_scenario(seed, folder);
    Market market(scenario.loaded.market);
    if (seed % 2 == 0) market.record_journeys(20);
    CHECK(disturbed(market, market) == std::vector<std::string>{});
  }
}

// Counts what a fault finds in the scratch before each block as impressions of the block.
class FaultyModel final : public ForwardingModel {
 public:
  using Fault = std::function<std::int64_t(BlockScratch& scratch, std::uint32_t n)>;
  FaultyModel(const Model& inner, Fault fault) : ForwardingModel(inner), fault_(std::move(fault)) {}
  void run_block(const Globals& globals, StepInfo step, BlockView block, Scratch& scratch,
                 std::int64_t* row) const override {
    const std::int64_t found = fault_(static_cast<BlockScratch&>(scratch), block.place.n);
    ForwardingModel::run_block(globals, step, block, scratch, row);
    row[registry().measure("impressions").offset] += found;
  }

 private:
  Fault fault_;
};

}  // namespace

TEST_CASE("working memory: large scenarios live the same with garbage in it") {
  const std::string folder = "scenarios/catalogue/";
  check_scenario(folder + "whole_consumer.toml", {"scenario.consumers=6000"});
  check_scenario(folder + "omnichannel_launch.toml", {"scenario.consumers=6000"});
  check_scenario(folder + "funnel52.toml", {"scenario.consumers=3000"});
  check_scenario("tests/engine/everything.toml", {"scenario.consumers=2_500"});
  check_scenario("tests/engine/everything_daily.toml", {"scenario.consumers=700", "scenario.weeks=4"});
}

TEST_CASE("working memory: random scenarios live the same with garbage in it") {
  if (const char* seed = std::getenv("POPULACE_PROPERTY_SEED")) return check_seeds(std::strtoull(seed, nullptr, 10), 1);
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
  check_seeds(2000, 20);  // at a tenth of the speed
#else
  check_seeds(2000, 100);
#endif
}

// The control: each of these but the first reads what it has not written.
TEST_CASE("working memory: who reads what an earlier block left is caught") {
  const Market market(load_options("tests/mechanisms/base.toml"));
  const auto caught = [&market](FaultyModel::Fault fault) {
    return !disturbed(market, FaultyModel(market, std::move(fault))).empty();
  };
  const auto ones = [](BlockScratch& scratch, std::uint32_t written, std::uint32_t read) {
    std::fill_n(scratch.considered.data(), written, 1u);
    return std::count(scratch.considered.data(), scratch.considered.data() + read, 1u);
  };
  CHECK_FALSE(caught([&](BlockScratch& scratch, std::uint32_t n) { return ones(scratch, n, n); }));
  CHECK(caught([&](BlockScratch& scratch, std::uint32_t n) { return ones(scratch, n - 1, n); }));
  CHECK(caught([](BlockScratch& scratch, std::uint32_t) { return scratch.voice_words[3] & 0xFF; }));
  CHECK(caught([](BlockScratch& scratch, std::uint32_t) { return scratch.leaps[0] & 0xFF; }));
  CHECK(caught([](BlockScratch& scratch, std::uint32_t) { return scratch.contacts[0][5]; }));
  CHECK(caught([](BlockScratch& scratch, std::uint32_t) { return !(scratch.slow_read[0][7] < 1e3f); }));
  CHECK(caught([](BlockScratch& scratch, std::uint32_t) { return scratch.waiting.n; }));
  CHECK(caught([](BlockScratch& scratch, std::uint32_t) { return scratch.next_list.places[0]; }));
  CHECK(caught([](BlockScratch& scratch, std::uint32_t) { return scratch.purchases.outcome[0]; }));
  CHECK(caught([](BlockScratch& scratch, std::uint32_t) { return std::ssize(scratch.events); }));
  CHECK(caught([](BlockScratch& scratch, std::uint32_t) { return scratch.offers; }));
}
