// Stage machines: moves between named stages, by hazard, by matrix or by event, in declared order; every leap is
// counted.
//
// Within a step moves of lower order come first. Of one order, events come first in the order in which they happened,
// then all hazards, which compete on one draw, then each matrix on a draw of its own. A consumer who has moved is left
// alone by later moves unless they chain. Occupancy of stages is not counted anew: it follows from the leaps. Hazards
// are rates a week, P = 1 - exp(-dt R). Event "noticed": attention met in the step works like time; a noticed contact
// of attention a lifts with chance 1 - (1 - p)^a, at most one rung a contact. Source: competing risks, Kalbfleisch &
// Prentice 2002, doi:10.1002/9781118032985, ch. 8.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "models/population/traits.hpp"
#include "models/response/response.hpp"
#include "models/scratch.hpp"
#include "models/stages/stage_kernels.hpp"
#include "models/world/market_options.hpp"
#include "sim/engine/measures.hpp"

namespace populace {

// Positions in kEventNames.
enum class Event : std::uint32_t {
  kNoticed,
  kConsidered,
  kChosen,
  kOrdered,
  kSatisfied,
  kDisappointed,
  kHeard,
  kLapsed,
  kHabitual,
  kVisited,
  kAbandoned,
  kRecommended,
  kJoined,
  kLeft,
  kForgotten,
  kServed,
  kWarned
};
inline constexpr std::size_t kEvents = std::size(kEventNames);

struct StagesState {
  std::vector<std::int64_t> occupancy;  // cell x machine x 16
  void save(ByteWriter& out) const { out.put(occupancy); }
  void load(ByteReader& in) { in.get(occupancy); }
};

// What hazards read that is the same for everybody in a step.
struct CommonDrivers {
  double talk = 0;
  double price = 0;  // relative price of the focal brand minus 1
};

struct GroupPlan {
  DrawStream stream;
  std::vector<HazardSlot> slots;  // with the common drivers in their base
  float scale_same = 1;
  StageTable fixed_prob;  // chances by stage, where no driver differs over consumers
  bool fixed = false;
};
struct StagesPlan {
  std::vector<std::vector<GroupPlan>> groups;  // by machine
};

class Stages {
 public:
  // Machine whose stages are the rungs of the relationship with the focal brand, or -1.
  int rungs() const { return rungs_; }
  Stages(const MarketOptions& options, const Traits& traits, const Response& response, Layout& layout,
         MeasureRegistry& registry);

  // Draws a consumer needs in a step for hazards and matrices.
  double n_draws() const;
  std::size_t n_machines() const { return machines_.size(); }
  bool listens(Event event) const { return listens_[static_cast<std::size_t>(event)]; }
  // Whether an event of this consumer is kept: a move answers it, or it belongs to his recorded journey.
  bool keeps(Event event, const BlockScratch& scratch, std::uint32_t place) const {
    return listens(event) || (scratch.journeys != nullptr && scratch.journeys->has(place));
  }
  bool uses_driver(std::string_view prefix) const;
  Column<std::uint8_t> column(std::size_t machine) const { return machines_[machine].column; }
  const MachineOptions& options(std::size_t machine) const { return *machines_[machine].options; }
  std::size_t machine(std::string_view name) const;
  std::size_t occupancy_slot(std::size_t machine) const { return machines_[machine].occupancy; }
  std::size_t leaps_slot(std::size_t machine) const { return machines_[machine].leaps; }
  // Leaps that end in a stage, as slots of the measure.
  std::vector<std::size_t> leaps_into(std::size_t machine, std::size_t stage) const;
  // Those that end in one of the stages and begin in none of them.
  std::vector<std::size_t> leaps_into_group(std::size_t machine, const std::vector<std::size_t>& group) const;
  bool needs_channel(std::size_t channel) const { return needs_channel_[channel]; }

  StagesState make_state(std::size_t n_cells) const;
  void build(const BlockView& block, std::int64_t n_consumers, std::int64_t* row) const;
  void begin(StagesState& state, std::span<const std::int64_t> rows, std::size_t row_size) const;
  void begin_step(const StagesState& state, StagesPlan& plan, const CommonDrivers& common, DrawKey key,
                  std::int32_t step) const;
  void run(const StagesPlan& plan, DrawKey key, std::int32_t step, const BlockView& block, BlockScratch& scratch,
           std::int64_t* row) const;
  void end_step(StagesState& state, std::span<std::int64_t> rows, std::size_t row_size) const;
  // Share of all consumers in a stage after the last step.
  double share(const StagesState& state, std::size_t machine, std::size_t stage) const;

 private:
  struct Driver {
    enum class Kind { kGoodwill, kActivation, kAttention, kChannel, kInvolvement, kStageShare, kTalk, kPrice } kind;
    std::size_t index = 0;  // channel or stage
    bool common() const { return kind >= Kind::kStageShare; }
  };
  struct Term {
    Driver driver;
    StageTable coefficient;
  };
  struct Slot {  // of a hazard group: for every stage at most one move
    HazardSlot tables;
    std::vector<Term> terms;
    std::array<int, kMaxStages> leap;
    Slot() { leap.fill(-1); }
  };
  struct Group {  // moves that share a draw
    std::int64_t order = 0;
    bool chain = false;
    std::uint32_t index = 0;            // of draws
    std::vector<Slot> slots;            // hazards
    std::vector<StageTable> cumulated;  // or a matrix
    std::vector<int> matrix_leaps;      // from x to
    std::vector<Term> scale;            // of the matrix, none or one
  };
  struct EventRule {
    int to = -1, leap = -1;
    double prob = 0, rate = 0;  // rate = -ln(1 - prob), for noticed contacts
    bool chain = false;
    std::uint32_t index = 0;
  };
  struct EventOrder {  // rules of one order
    std::int64_t order = 0;
    std::array<std::array<EventRule, kMaxStages>, kEvents> rules;
    alignas(16) std::array<std::uint8_t,
                           kMaxStages> liftable{};  // by noticed contacts: 1 where there is a rule, 2 where it chains
    StageTable notice_rate;                         // of those rules
  };
  struct Machine {
    const MachineOptions* options;
    Column<std::uint8_t> column;
    std::vector<Group> groups;
    std::vector<EventOrder> events;
    std::vector<std::int64_t> orders;                // all, ascending
    bool groups_first = false, groups_last = false;  // no event comes before the first group, or after the last
    std::vector<std::pair<int, int>> leap_ends;      // from, to
    std::vector<std::string> leap_labels;
    std::vector<std::string> leap_moves;  // names
    std::size_t occupancy = 0, leaps = 0;
  };
  void compile(Machine& machine);
  void compile_hazard(Machine& machine, const MoveOptions& move);
  static double unit_of(Driver::Kind kind, double dt);
  void compile_matrix(Machine& machine, const MoveOptions& move);
  void compile_event(Machine& machine, const MoveOptions& move);
  int add_leap(Machine& machine, const MoveOptions& move, int from, int to);
  Term make_term(const Machine& machine, std::string_view driver) const;
  double common_value(const Driver& driver, const StagesState& state, std::size_t machine,
                      const CommonDrivers& common) const;
  DriverTerm bind(const Term& term, const BlockView& block, BlockScratch& scratch) const;
  bool has_driver(const Driver& driver, const BlockScratch& scratch) const;
  void run_group(std::size_t m, std::size_t g, const StagesPlan& plan, const BlockView& block, BlockScratch& scratch,
                 std::int64_t* row) const;
  void run_events(std::size_t m, const EventOrder& events, DrawKey key, std::int32_t step, const BlockView& block,
                  BlockScratch& scratch, std::int64_t* row) const;
  void run_noticed(std::size_t m, const EventOrder& events, DrawKey key, std::int32_t step, const BlockView& block,
                   BlockScratch& scratch, std::int64_t* row) const;

  // What becomes of watched consumers: leaps are recorded, and the traced one is told why he moved or stayed.
  void look_at_watched(std::size_t m, const BlockView& block, BlockScratch& scratch) const;
  void tell_group(std::size_t m, std::size_t g, const MoveTask& task, const BlockView& block,
                  BlockScratch& scratch) const;
  std::string driver_name(const Driver& driver) const;
  void tell_drivers(const Slot& slot, const HazardSlot& bound, std::uint8_t from, std::uint32_t place,
                    std::vector<std::pair<std::string, double>>& because) const;
  int tell_hazards(const Machine& machine, const Group& group, const MoveTask& task, std::uint32_t place,
                   std::uint8_t from, std::uint8_t to, float u, Trace* trace) const;
  int tell_matrix(const Machine& machine, const Group& group, const MoveTask& task, std::uint32_t place,
                  std::uint8_t from, std::uint8_t to, float u, Trace* trace) const;
  void record_leap(std::size_t m, int leap, std::uint32_t place, BlockScratch& scratch) const;
  void tell_event(std::size_t m, const EventRule& rule, const PlaceEvent& happened, double coin, bool moves,
                  BlockScratch& scratch) const;
  void tell_notice(std::size_t m, const EventRule& rule, std::uint32_t place, float waited, float attention,
                   BlockScratch& scratch) const;
  void register_journeys(MeasureRegistry& registry);

  const MarketOptions* market_;
  const Traits* traits_;
  int focal_stock_ = -1, rungs_ = -1;
  const Response* response_;
  std::vector<Machine> machines_;
  std::array<bool, kEvents> listens_{};
  std::vector<char> needs_channel_;
  std::uint8_t leaps_table_ = 0;                    // of journeys
  std::vector<std::vector<JourneyRow>> leap_rows_;  // by machine and leap
};

}  // namespace populace
