// What a run leaves behind: for each replication the integer counters of every counted step. results/ needs nothing
// else.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "sim/engine/measures.hpp"

namespace populace {

// Facts of the run that results/ writes beside the numbers.
struct RunInfo {
  std::string title;
  std::string currency;
  std::string start_date;         // ISO date of the first counted step
  int step_days = 7;              // 7 or 1
  int first_step = 0;             // absolute number of the first recorded step (0 unless continued from a state)
  int n_steps = 0;                // recorded steps
  std::int64_t consumers = 0;     // simulated
  double market_size_people = 0;  // whom they stand for
  std::uint32_t seed = 0;
  std::string population;  // "per_replication" or "fixed"
  std::vector<std::string> regions;
  std::vector<std::string> segments;  // cell = region * segments.size() + segment
  std::vector<std::int64_t> consumers_by_cell;
  JourneySample journeys;
};

// Counters of one replication: cells[(step * n_cells + cell) * cell_slots + slot], totals[step * total_slots + slot].
struct ReplicationRecord {
  int replication = 0;
  std::vector<std::int64_t> cells;
  std::vector<std::int64_t> totals;
  std::vector<JourneyRow> journeys;  // by person and step, in order of occurrence
};

}  // namespace populace
