// Replications: handed over in order, as many as are wanted, errors and interruptions brought out whole.
#include "sim/engine/replications.hpp"

#include <catch2/catch.hpp>
#include <mutex>
#include <set>
#include <stdexcept>

#include "tests/engine/market_run.hpp"

using namespace populace;

namespace {

MarketOptions small() { return everything({"scenario.consumers=600", "scenario.weeks=13", "scenario.warmup_weeks=1"}); }

struct Outcome {
  std::vector<int> delivered;
  ReplicationsOutcome outcome;
};

Outcome run(const Market& market, int threads, ReplicationsPlan plan, const std::function<bool(int)>& more) {
  const Threads pool(threads);
  Outcome result;
  ReplicationsHooks hooks;
  hooks.deliver = [&](ReplicationRecord&& record) {
    result.delivered.push_back(record.replication);
    return more(record.replication);
  };
  result.outcome = run_replications(market, pool, 1, plan, kNeverCancelled, hooks);
  return result;
}

}  // namespace

TEST_CASE("replications come in order of their numbers, from the first that is asked for") {
  const Market market(small());
  for (const int threads : {1, 3}) {
    const Outcome result = run(market, threads, {4, 9, threads, {}}, [](int) { return true; });
    CHECK(result.delivered == std::vector<int>{4, 5, 6, 7, 8, 9, 10, 11, 12});
    CHECK(result.outcome.delivered == 9);
    CHECK_FALSE(result.outcome.cancelled);
  }
}

TEST_CASE("stopping depends on the numbers delivered, not on threads") {
  const Market market(small());
  for (const int threads : {1, 2, 8}) {
    const Outcome result = run(market, threads, {0, 40, threads, {}}, [](int replication) { return replication < 5; });
    CHECK(result.delivered == std::vector<int>{0, 1, 2, 3, 4, 5});
    CHECK(result.outcome.delivered == 6);
  }
}

TEST_CASE("an error in a hook ends all and comes out") {
  const Market market(small());
  for (const int threads : {1, 3}) {
    const auto fails = [&] {
      run(market, threads, {0, 20, threads, {}}, [](int replication) {
        if (replication == 2) throw std::runtime_error("disk is full");
        return true;
      });
    };
    CHECK_THROWS_WITH(fails(), "disk is full");
  }
}

TEST_CASE("an interruption is seen after a whole step, and only complete replications are handed over") {
  const Market market(small());
  for (const int threads : {1, 3}) {
    const Threads pool(threads);
    std::atomic<bool> cancelled{false};
    std::atomic<int> steps{0};
    std::vector<ReplicationRecord> records;
    ReplicationsHooks hooks;
    hooks.deliver = [&](ReplicationRecord&& record) {
      records.push_back(std::move(record));
      return true;
    };
    hooks.after_step = [&] {
      if (++steps == 40) cancelled = true;
    };
    const ReplicationsOutcome outcome = run_replications(market, pool, 1, {0, 50, threads, {}}, cancelled, hooks);
    CHECK(outcome.cancelled);
    CHECK(outcome.delivered == static_cast<int>(records.size()));
    CHECK(records.size() < 4);
    CHECK(steps < 40 + threads);
    const std::vector<ReplicationRecord> whole = run_records(market, {1, 1, 4});
    for (std::size_t r = 0; r < records.size(); ++r) {
      CHECK(records[r].replication == static_cast<int>(r));
      CHECK(records[r].cells.size() == whole[r].cells.size());
    }
  }
}

TEST_CASE("states are saved once each, and each replication goes on from its own") {
  const Market market(small());
  const Threads pool(3);
  std::map<int, SavedReplication> saved;
  std::vector<ReplicationRecord> whole, rest;
  ReplicationsHooks hooks;
  hooks.deliver = [&](ReplicationRecord&& record) {
    whole.push_back(std::move(record));
    return true;
  };
  hooks.save = [&](SavedReplication&& state) {
    const int number = state.replication;
    CHECK(saved.emplace(number, std::move(state)).second);
  };
  run_replications(market, pool, 1, {0, 5, 3, 7}, kNeverCancelled, hooks);
  REQUIRE(saved.size() == 5);
  ReplicationsHooks later;
  later.deliver = [&](ReplicationRecord&& record) {
    rest.push_back(std::move(record));
    return true;
  };
  later.restore = [&](int replication) { return std::make_optional(saved.at(replication)); };
  run_replications(market, pool, 1, {0, 5, 2, {}}, kNeverCancelled, later);
  REQUIRE(rest.size() == 5);
  const auto skipped = static_cast<std::ptrdiff_t>(7 * market.n_cells() * market.registry().cell_slots());
  for (std::size_t r = 0; r < 5; ++r) {
    CHECK(saved.at(static_cast<int>(r)).next_step == 7);
    CHECK(rest[r].cells == std::vector<std::int64_t>(whole[r].cells.begin() + skipped, whole[r].cells.end()));
  }
}
