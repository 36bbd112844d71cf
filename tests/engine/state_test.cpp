// A replication saved at any step and restored, in another simulation and on other threads, goes on bit for bit.
#include <catch2/catch.hpp>

#include "tests/engine/market_run.hpp"

using namespace populace;

namespace {

ReplicationRecord straight(const Market& market, const Threads& threads, int replication, SavedReplication& end) {
  Simulation simulation(market, threads, 99);
  simulation.start(replication);
  simulation.run(market.end_step_number(), kNeverCancelled, [] {});
  end = simulation.save();
  return simulation.take_record();
}

// The rows of `whole` from step `from` on.
template <class Rows>
Rows tail(const Rows& whole, std::int32_t from, std::size_t row) {
  const auto skipped = static_cast<std::ptrdiff_t>(static_cast<std::size_t>(std::max(from, 0)) * row);
  return {whole.begin() + skipped, whole.end()};
}

void resumes_everywhere(const MarketOptions& options) {
  const Market market(options);
  const Threads one(1), two(2);
  SavedReplication end;
  const ReplicationRecord whole = straight(market, one, 2, end);
  const std::size_t cell_row = market.n_cells() * market.registry().cell_slots(),
                    total_row = market.registry().total_slots();
  Simulation going(market, one, 99), resumed(market, two, 99);
  resumed.start(0);  // what was there before must not matter
  resumed.run(market.first_step() + 2, kNeverCancelled, [] {});
  going.start(2);
  for (std::int32_t step = market.first_step(); step <= market.end_step_number(); ++step) {
    INFO("saved before step " << step);
    going.run(step, kNeverCancelled, [] {});
    const SavedReplication saved = going.save();
    CHECK(saved.replication == 2);
    CHECK(saved.next_step == step);
    resumed.restore(saved);
    resumed.run(market.end_step_number(), kNeverCancelled, [] {});
    const SavedReplication later = resumed.save();
    REQUIRE(later.population == end.population);
    REQUIRE(later.globals == end.globals);
    const ReplicationRecord rest = resumed.take_record();
    REQUIRE(rest.replication == 2);
    REQUIRE(rest.cells == tail(whole.cells, step, cell_row));
    REQUIRE(rest.totals == tail(whole.totals, step, total_row));
  }
}

}  // namespace

TEST_CASE("resumed = straight from every step, warm-up included, by weeks") {
  resumes_everywhere(everything({"scenario.consumers=2_500"}));
}

TEST_CASE("resumed = straight from every step by days") {
  resumes_everywhere(
      load_options("tests/engine/everything_daily.toml", {"scenario.consumers=700", "scenario.weeks=4"}));
}

TEST_CASE("a state of another market is refused") {
  const Market market(everything()), larger(everything({"scenario.consumers=300_000"}));
  const Market without(everything({"campaign.mail.cap.exposures=0"}));
  const Threads threads(1);
  Simulation simulation(market, threads, 1), other(larger, threads, 1);
  simulation.start(0);
  SavedReplication saved = simulation.save();
  CHECK_THROWS_WITH(other.restore(saved), Catch::Contains("does not fit"));
  saved.globals.pop_back();
  CHECK_THROWS_WITH(simulation.restore(saved), Catch::Contains("ends too early"));
  Simulation third(without, threads, 1);
  third.start(0);
  saved.globals = third.save().globals;
  CHECK_THROWS_WITH(simulation.restore(saved), Catch::Contains("does not fit"));
}
