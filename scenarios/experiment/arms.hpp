// Arms of an experiment: markets that are run under the same draws, replication by replication, for their figures.
//
//   figure of arm a in replication r:  Y_ar;   arms share every draw whose cause they share, so that Y_ar - Y_br is the
//   effect of what differs, with little noise (common random numbers; sim/random/draw.hpp)
//
// Arms of one layout may branch: each replication is simulated once up to its first measured step, under the first arm,
// and all arms go on from that state. Then nothing that differs has acted before.
#pragma once
#include <atomic>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "models/market.hpp"
#include "results/summary/kpi.hpp"

namespace populace {

class Threads;

struct Arm {
  std::string name;
  std::unique_ptr<Market> market;
  RunInfo info;
  std::vector<KpiValues> values;  // of replications 0, 1, …
};
Arm make_arm(std::string name, const MarketOptions& options);

// Replications that fit in memory at once beside each other, at most one a thread, leaving a quarter of it free.
int replications_at_once(std::span<const Arm> arms, const Threads& threads);

struct ArmsPlan {
  int first = 0, n = 1;  // replications
  bool branch = false;
};
struct ArmsHooks {
  std::function<void()> after_step = [] {};  // from any thread
  // A record before it is dropped, from any thread: what is kept of it beyond the figures.
  std::function<void(std::size_t arm, const ReplicationRecord&)> look = [](std::size_t, const ReplicationRecord&) {};
};
// Appends the figures of each replication to its arm; nothing when `cancelled` was seen. The first exception ends all
// and is rethrown.
bool run_arms(std::span<Arm> arms, const ArmsPlan& plan, const Threads& threads, const std::atomic<bool>& cancelled,
              const ArmsHooks& hooks = {});

}  // namespace populace
