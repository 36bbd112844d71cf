// Views of a stage machine: its stages in groups, as a strategist speaks of them.
//
//   people of a group = sum of the occupancy of its stages;   entries = leaps from outside the group into it
//
// Views only add up what stages count. The preset ladder has two: AIPL (awareness, interest, purchase, loyalty; Alibaba
// Uni Marketing, as in the contract of the model) and potential, new and old customers (S88 of the seed documents).
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "models/stages/stages.hpp"
#include "models/world/market_options.hpp"
#include "sim/engine/measures.hpp"

namespace populace {

// The views of a machine: those of the preset, where they are asked for, and its own.
std::vector<ViewOptions> views_of(const MachineOptions& machine);

class LadderViews {
 public:
  LadderViews(const MarketOptions& options, const Stages& stages, MeasureRegistry& registry);
  void add_kpis(MeasureRegistry& registry) const;
  // Once occupancy is complete.
  void end_step(std::span<std::int64_t> rows, std::size_t row_size) const;

 private:
  struct Group {
    std::string name;
    std::vector<std::size_t> stages;
    std::vector<std::size_t> entries;  // slots of leaps into it from outside
  };
  struct View {
    std::string name;  // of the measure: view_MACHINE_VIEW
    std::string machine;
    std::size_t occupancy = 0, people = 0;  // slots
    std::vector<Group> groups;
  };
  std::vector<View> views_;
};

}  // namespace populace
