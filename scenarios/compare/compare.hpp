// Plans beside each other under the same draws: what differs in their files, and what differs in their figures.
#pragma once
#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "results/summary/paired.hpp"
#include "scenarios/scenario.hpp"

namespace populace {

class Threads;

struct ComparedPlan {
  std::string name;
  LoadedScenario loaded;
};

// A key that not all plans have alike; a plan that has no such key shows nothing.
struct KeyDifference {
  std::string path;
  std::vector<std::string> values;  // by plan
};
std::vector<KeyDifference> differences(const std::vector<ComparedPlan>& plans);

struct PairOfPlans {
  std::size_t first = 0, second = 1;
};

struct ComparedFigure {
  std::string name, unit, table;
  std::vector<Paired> pairs;       // by pair of plans
  std::vector<double> adjusted_p;  // Holm, over the pairs
};

struct Comparison {
  std::vector<PairOfPlans> pairs;
  double level = .95;  // of the intervals of differences: higher where there are several pairs
  int replications = 0;
  std::vector<ComparedFigure> figures;       // that all plans have
  std::vector<std::string> figures_of_some;  // that only some have
};

// All against the first, or every pair. Seed is that of the first plan. False when `cancelled` was seen.
bool compare_plans(const std::vector<ComparedPlan>& plans, int replications, bool every_pair, const Threads& threads,
                   const std::atomic<bool>& cancelled, const std::function<void()>& after_step, Comparison& out);

}  // namespace populace
