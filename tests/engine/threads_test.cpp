// The same scenario gives the same file whatever runs it: any number of threads, any instruction set, replications
// beside or after each other. On data that are not zero, of which everything that is drawn changes with the seed.
#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "results/hdf5/results_reader.hpp"
#include "tests/engine/market_run.hpp"
#include "tests/random/every_isa.hpp"

using namespace populace;

namespace {

const char* const kScenarios[] = {"tests/engine/everything.toml", "tests/engine/everything_daily.toml"};

std::set<std::string> equal_datasets(const Market& a, const std::vector<ReplicationRecord>& in_a, const Market& b,
                                     const std::vector<ReplicationRecord>& in_b) {
  std::set<std::string> equal;
  for (const Measure& measure : a.registry().measures()) {
    bool same = true;
    for (std::size_t r = 0; r < in_a.size(); ++r)
      same = same &&
             Counters(a, in_a[r]).dataset(measure) == Counters(b, in_b[r]).dataset(b.registry().measure(measure.name));
    if (same) equal.insert(measure.name);
  }
  return equal;
}

}  // namespace

TEST_CASE("1 = 2 = 3 = 8 threads, with replications beside or after each other") {
  for (const char* scenario : kScenarios) {
    INFO(scenario);
    const Market market(load_options(scenario));
    const auto folder = test_folder("threads");
    const auto alone = write_results(market, run_records(market), folder / "1.h5");
    for (const int threads : {1, 2, 3, 8})
      for (const int at_once : {1, 3}) {
        INFO(threads << " threads, " << at_once << " at once");
        const auto file = write_results(market, run_records(market, {threads, at_once, 0}), folder / "n.h5");
        const std::vector<std::string> different = differences(alone, file);
        CHECK(different == std::vector<std::string>{});
      }
  }
}

TEST_CASE("every instruction set gives the same file") {
  for (const char* scenario : kScenarios) {
    INFO(scenario);
    const auto folder = test_folder("isa");
    const Market market(load_options(scenario));
    const auto first = write_results(market, run_records(market), folder / "best.h5");
    for_every_isa([&](const std::string& isa) {
      INFO(isa);
      const Market forced(load_options(scenario));  // tables are made under the forced set too
      const auto file = write_results(forced, run_records(forced), folder / "forced.h5");
      const std::vector<std::string> different = differences(first, file);
      CHECK(different == std::vector<std::string>{});
    });
  }
}

TEST_CASE("every measure counts something, and every move is made") {
  const Market market(everything());
  const std::vector<ReplicationRecord> records = run_records(market);
  for (const Measure& measure : market.registry().measures()) {
    if (measure.name == "bonus") continue;  // only where a bill exceeds what is left
    std::int64_t sum = 0;
    for (const ReplicationRecord& record : records)
      for (const std::int64_t value : Counters(market, record).dataset(measure)) sum += value != 0;
    INFO(measure.name);
    CHECK(sum > 0);
  }
  // Moves that cannot happen here: who knows nothing considers nothing, and what is considered goes before what is
  // chosen, which goes before what is bought.
  const std::set<std::string> overtaken = {"none > considering (consider)", "none > chosen (choose)",
                                           "discovered > chosen (choose)",  "aware > chosen (choose)",
                                           "none > purchased (purchase)",   "discovered > purchased (purchase)",
                                           "aware > purchased (purchase)",  "considering > purchased (purchase)"};
  for (const std::string name : {"ladder", "mood"}) {
    const std::vector<std::string>& labels = market.registry().dimension("leap_" + name).labels;
    for (std::size_t l = 0; l < labels.size(); ++l) {
      std::int64_t leaps = 0;
      for (const ReplicationRecord& record : records) leaps += Counters(market, record).all("leaps_" + name, l);
      INFO(name << ": " << labels[l]);
      CHECK((leaps > 0) != overtaken.contains(labels[l]));
    }
  }
  for (std::size_t c = 0; c < market.options().campaigns.size(); ++c)
    CHECK(Counters(market, records[0]).all("impressions", c) > 0);
}

TEST_CASE("another seed changes all that is drawn, and so does another replication") {
  const Market market(everything()), other(everything({"scenario.seed=20270105"}));
  const std::vector<ReplicationRecord> records = run_records(market);
  const std::set<std::string> fixed = {"consumers"};
  CHECK(equal_datasets(market, records, other, run_records(other)) == fixed);
  CHECK(equal_datasets(market, {records[0]}, market, {records[1]}) == fixed);
  CHECK(equal_datasets(market, records, market, run_records(market)).size() == market.registry().measures().size());
}

TEST_CASE("a fixed population has the same consumers in every replication, and other lives") {
  const Market market(everything({"scenario.population=\"fixed\""})), drawn(everything());
  const Threads threads(1);
  Simulation first(market, threads, 5), second(market, threads, 5), third(drawn, threads, 5), fourth(drawn, threads, 5);
  first.start(0);
  second.start(1);
  third.start(0);
  fourth.start(1);
  for (const std::string column : {"habit_tv", "need_rate", "involvement", "price_slope"}) {
    INFO(column);
    CHECK(column_values<std::uint8_t>(market, first, column) == column_values<std::uint8_t>(market, second, column));
    CHECK(column_values<std::uint8_t>(drawn, third, column) != column_values<std::uint8_t>(drawn, fourth, column));
  }
  CHECK(column_values<std::int16_t>(market, first, "taste_own") ==
        column_values<std::int16_t>(market, second, "taste_own"));
  first.run(3, kNeverCancelled, [] {});
  second.run(3, kNeverCancelled, [] {});
  CHECK(column_values<std::uint8_t>(market, first, "stage_ladder") !=
        column_values<std::uint8_t>(market, second, "stage_ladder"));
  const std::vector<ReplicationRecord> one = run_records(market), many = run_records(market, {3, 3, 0});
  for (std::size_t r = 0; r < one.size(); ++r) CHECK(one[r].cells == many[r].cells);
}
