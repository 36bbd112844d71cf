// Replications of a model on all threads: some at once, each on a population of its own, finished ones handed over in
// their order.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>

#include "sim/engine/simulation.hpp"

namespace populace {

struct ReplicationsPlan {
  int first = 0;
  int most = 1;     // replications, unless `deliver` stops earlier
  int at_once = 1;  // populations in memory; threads beyond it help within a replication
  std::optional<std::int32_t>
      save_at;  // step before which each replication's state is taken; the end step: after the last
};

struct ReplicationsHooks {
  // Takes a finished replication, in order of numbers, from one thread at a time; false: no more are needed.
  std::function<bool(ReplicationRecord&&)> deliver;
  std::function<void()> after_step = [] {};                                  // from any thread
  std::function<void(SavedReplication&&)> save = [](SavedReplication&&) {};  // one thread at a time, in any order
  std::function<std::optional<SavedReplication>(int)> restore = [](int) {
    return std::nullopt;
  };  // where a replication goes on from
};

struct ReplicationsOutcome {
  int delivered = 0;
  bool cancelled = false;
};

// The first exception of a replication or a hook ends all and is rethrown.
ReplicationsOutcome run_replications(const Model& model, const Threads& threads, std::uint32_t seed,
                                     const ReplicationsPlan& plan, const std::atomic<bool>& cancelled,
                                     const ReplicationsHooks& hooks);

}  // namespace populace
