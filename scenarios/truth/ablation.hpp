// What each mechanism does to the sales of the focal brand: it is switched off in turn, under the same draws.
//
//   effect of mechanism k = revenue(all on) - revenue(k off), paired by replication
//
// Whole runs are compared, the warm-up included, as a mechanism makes the market that a plan meets.
#pragma once
#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "results/summary/interval.hpp"
#include "scenarios/scenario.hpp"

namespace populace {

class Threads;

struct Ablated {
  std::string mechanism;
  Interval revenue;     // that the mechanism adds
  std::string why_not;  // instead: it does not go alone
};

// `reload` gives the scenario with overrides beside those it was loaded with. Nothing when `cancelled` was seen.
std::vector<Ablated> ablate(const LoadedScenario& all,
                            const std::function<LoadedScenario(const std::vector<std::string>&)>& reload,
                            int replications, const Threads& threads, const std::atomic<bool>& cancelled);

}  // namespace populace
