// Stage machines are data: named stages and moves between them, each with one cause (hazard, matrix or event).
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "models/ladder_views/ladder_views_options.hpp"
#include "sim/base/fields.hpp"

namespace populace {

inline constexpr std::size_t kMaxStages = 16;
inline constexpr std::size_t kMaxMachines = 4;

// Events that mechanisms report of a consumer, for event moves; a mechanism that reports a new one adds its name at the
// end.
inline constexpr std::string_view kEventNames[] = {
    "noticed", "considered", "chosen",      "ordered", "satisfied", "disappointed", "heard",  "lapsed", "habitual",
    "visited", "abandoned",  "recommended", "joined",  "left",      "forgotten",    "served", "warned"};

struct MoveOptions {
  std::string name;
  std::string cause = "hazard";   // "hazard", "matrix" or "event"
  std::vector<std::string> from;  // stages; "*": every stage
  std::string to;                 // a stage, or "next" / "previous" in the order of stages
  std::int64_t order = 1;         // moves of lower order come first; equal orders compete on one draw
  bool chain = false;             // also for consumers who have moved in this step
  double rate_per_week = 0;       // hazard: base rate
  double prob_per_week = 0;       // hazard: base rate given as a chance; rate = -ln(1 - p)
  std::vector<std::pair<std::string, double>> drivers;  // hazard: rate per unit of a driver
  std::string event;                                    // event: which
  double event_prob = 1;                    // event: chance that it moves (for "noticed": of one noticed contact)
  std::vector<std::vector<double>> matrix;  // matrix: row-stochastic, a week; refused in day steps
  std::string scaled_by;                    // matrix: a driver; the move is made with chance min(1, driver)
  void visit(FieldVisitor& visitor);
};

struct MachineOptions {
  std::string name;
  std::string preset;  // "ladder" or empty
  std::vector<std::string> stages;
  PerName initial_share = 0;  // by stage; what is missing to 1 starts in the first stage
  std::vector<MoveOptions> moves;
  bool ladder_views = false;       // reports the two views of the preset ladder
  std::vector<ViewOptions> views;  // stages grouped for reports
  void visit(FieldVisitor& visitor);
  // Index of a stage, or -1.
  int stage(std::string_view stage_name) const;
};

}  // namespace populace
