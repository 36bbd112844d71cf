// What must hold for every mechanism, tried on each scenario of this folder that extends base.toml: switched off it is
// not there at all, each of its switches does something, and the engine's promises are kept with it.
#include <catch2/catch.hpp>
#include <map>

#include "tests/mechanisms/overlay.hpp"
#include "tests/support/promises.hpp"

using namespace populace;

namespace {

using Results = std::map<std::string, std::vector<std::int64_t>>;  // by measure: every counter of every replication

Results results_of(const Market& market) {
  Results results;
  for (const ReplicationRecord& record : run_records(market)) {
    const Counters counters(market, record);
    for (const Measure& measure : market.registry().measures()) {
      const std::vector<std::int64_t> values = counters.dataset(measure);
      results[measure.name].insert(results[measure.name].end(), values.begin(), values.end());
    }
  }
  return results;
}

// Measures that are not the same in both, and measures that only one has.
std::vector<std::string> differing(const Results& a, const Results& b) {
  std::vector<std::string> names;
  for (const auto& [name, values] : a) {
    const auto other = b.find(name);
    if (other == b.end() || other->second != values) names.push_back(name);
  }
  for (const auto& [name, values] : b)
    if (!a.contains(name)) names.push_back(name);
  return names;
}

std::vector<std::string> columns_of(const Market& market) {
  std::vector<std::string> names;
  for (const ColumnInfo& column : market.layout().columns()) names.push_back(column.name);
  return names;
}

}  // namespace

TEST_CASE("mechanisms: all switches off is the market without the mechanism, bit for bit and column for column") {
  const Market base(load_options(kMechanismsBase));
  const Results without = results_of(base);
  for (const Overlay& overlay : overlays()) {
    INFO(overlay.file);
    REQUIRE_FALSE(overlay.switches.empty());
    const Market off(load_options(overlay.file, overlay.all_off()));
    CHECK(columns_of(off) == columns_of(base));
    CHECK(differing(results_of(off), without) == std::vector<std::string>{});
    const Market on(load_options(overlay.file));
    CHECK(differing(results_of(on), without) != std::vector<std::string>{});  // the control
  }
}

TEST_CASE("mechanisms: each switch alone does something") {
  for (const Overlay& overlay : overlays()) {
    const Market all(load_options(overlay.file));
    const Results with = results_of(all);
    for (std::size_t s = 0; s < overlay.switches.size(); ++s) {
      INFO(overlay.file << " without " << overlay.switches[s]
                        << "; when it is refused, say in the file what goes with it: # together: a, b");
      const Market off(load_options(overlay.file, overlay.off(s)));
      CHECK(differing(results_of(off), with) != std::vector<std::string>{});
    }
  }
}

TEST_CASE("mechanisms: threads, saved states, working memory, conservation") {
  for (const Overlay& overlay : overlays()) {
    INFO(overlay.file);
    const MarketOptions options = load_options(overlay.file);
    const Market market(options);
    const std::vector<std::string> broken = broken_promises(market);
    CHECK(broken == std::vector<std::string>{});
  }
}

TEST_CASE("mechanisms: a column is written for everybody when consumers are made, or left empty") {
  CHECK(half_written_columns(Market(load_options(kMechanismsBase))) == std::vector<std::string>{});
  for (const Overlay& overlay : overlays()) {
    INFO(overlay.file);
    CHECK(half_written_columns(Market(load_options(overlay.file))) == std::vector<std::string>{});
  }
}

// The control: a builder that forgets one consumer of each block in one column.
TEST_CASE("mechanisms: a column that is not written for one consumer of a block is found") {
  const Market market(load_options(kMechanismsBase));
  const auto& columns = market.layout().columns();
  const auto need = std::find_if(columns.begin(), columns.end(), [](const auto& c) { return c.name == "need_rate"; });
  REQUIRE(need != columns.end());
  const std::vector<std::string> found =
      half_written_columns(market, [&](BlockView block, Scratch& scratch, std::int64_t* row) {
        std::byte& forgotten = block.data[need->offset * block.place.capacity + 7];
        const std::byte before = forgotten;
        market.build_block({1, 1}, block, scratch, row);
        forgotten = before;
      });
  CHECK(found ==
        std::vector<std::string>{"need_rate: " + std::to_string(market.places().blocks().size()) + " consumers"});
}
