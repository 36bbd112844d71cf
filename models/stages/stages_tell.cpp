// What becomes of watched consumers in stage machines, told from the numbers by which the kernels moved them.
#include <algorithm>

#include "models/names.hpp"
#include "models/stages/stages.hpp"
#include "sim/random/batch.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {
namespace {

float driver_at(const DriverTerm& term, std::uint32_t place) {
  return term.floats != nullptr ? term.floats[place] : static_cast<float>(term.bytes[place]);
}

float rate_of(const HazardSlot& slot, std::uint8_t stage, std::uint32_t place) {
  float rate = slot.base.of[stage];
  for (std::size_t t = 0; t < slot.n_terms; ++t)
    rate += slot.terms[t].coefficient->of[stage] * driver_at(slot.terms[t], place);
  return std::max(rate, 0.0f);
}

std::int16_t position(const std::vector<std::string>& all, const std::string& name) {
  return static_cast<std::int16_t>(std::find(all.begin(), all.end(), name) - all.begin());
}

}  // namespace

void Stages::register_journeys(MeasureRegistry& registry) {
  std::vector<std::string> machines, stages, moves;
  const auto add = [](std::vector<std::string>& to, const std::string& name) {
    if (std::find(to.begin(), to.end(), name) == to.end()) to.push_back(name);
  };
  for (const Machine& machine : machines_) {
    machines.push_back(machine.options->name);
    for (const std::string& stage : machine.options->stages) add(stages, stage);
    for (const std::string& move : machine.leap_moves) add(moves, move);
  }
  for (std::size_t m = 0; m < machines_.size(); ++m) {
    const Machine& machine = machines_[m];
    std::vector<JourneyRow>& rows = leap_rows_.emplace_back();
    for (std::size_t l = 0; l < machine.leap_ends.size(); ++l) {
      const auto& names = machine.options->stages;
      rows.emplace_back().codes = {static_cast<std::int16_t>(m),
                                   position(stages, names[static_cast<std::size_t>(machine.leap_ends[l].first)]),
                                   position(stages, names[static_cast<std::size_t>(machine.leap_ends[l].second)]),
                                   position(moves, machine.leap_moves[l]), -1};
    }
  }
  JourneyTable table{.name = "leaps", .long_name = "moves of a consumer from stage to stage"};
  table.codes[0] = {"machine", "", "stage machine", machines};
  table.codes[1] = {"from", "", "stage left", stages};
  table.codes[2] = {"to", "", "stage entered", stages};
  table.codes[3] = {"move", "", "move that did it", moves};
  leaps_table_ = registry.add(std::move(table));
}

void Stages::record_leap(std::size_t m, int leap, std::uint32_t place, BlockScratch& scratch) const {
  if (scratch.journeys == nullptr || leap < 0) return;
  JourneyRow row = leap_rows_[m][static_cast<std::size_t>(leap)];
  row.table = leaps_table_;
  scratch.journeys->add(place, row);
}

void Stages::look_at_watched(std::size_t m, const BlockView& block, BlockScratch& scratch) const {
  WatchedPlaces& watched = scratch.watched;
  watched.stage.clear();
  watched.moved.clear();
  for (const std::uint32_t place : watched.places) {
    watched.stage.push_back(block.column(machines_[m].column)[place]);
    watched.moved.push_back(scratch.moved[place]);
  }
}

void Stages::tell_group(std::size_t m, std::size_t g, const MoveTask& task, const BlockView& block,
                        BlockScratch& scratch) const {
  const Machine& machine = machines_[m];
  const Group& group = machine.groups[g];
  for (std::size_t w = 0; w < scratch.watched.places.size(); ++w) {
    const std::uint32_t place = scratch.watched.places[w];
    const std::uint8_t from = scratch.watched.stage[w], to = task.stage[place];
    Trace* trace = scratch.traces(place) ? scratch.trace : nullptr;
    if (from == to && trace == nullptr) continue;
    const bool may = task.chain || task.first || scratch.watched.moved[w] == 0;
    if (!may) continue;
    const float u = unit_float(task.n_slots == 1 ? split_word_at(task.stream, block.place.first_tile, place)
                                                 : word_at(task.stream, block.place.first_tile, place));
    const int leap = task.n_slots > 0 ? tell_hazards(machine, group, task, place, from, to, u, trace)
                                      : tell_matrix(machine, group, task, place, from, to, u, trace);
    if (from != to) record_leap(m, leap, place, scratch);
  }
}

std::string Stages::driver_name(const Driver& driver) const {
  switch (driver.kind) {
    case Driver::Kind::kGoodwill:
      return "goodwill";
    case Driver::Kind::kActivation:
      return "activation";
    case Driver::Kind::kAttention:
      return "attention";
    case Driver::Kind::kChannel:
      return "contacts on " + market_->channels[driver.index].name;
    case Driver::Kind::kInvolvement:
      return "involvement";
    default:
      return "another driver";
  }
}

// What drivers that differ over consumers add to a rate.
void Stages::tell_drivers(const Slot& slot, const HazardSlot& bound, std::uint8_t from, std::uint32_t place,
                          std::vector<std::pair<std::string, double>>& because) const {
  for (std::size_t t = 0; t < bound.n_terms; ++t) {
    const float coefficient = bound.terms[t].coefficient->of[from];
    if (coefficient == 0) continue;
    for (const Term& term : slot.terms) {
      if (&term.coefficient != bound.terms[t].coefficient) continue;
      because.emplace_back("of it by " + driver_name(term.driver),
                           static_cast<double>(coefficient * driver_at(bound.terms[t], place)));
    }
  }
}

// Returns the leap that was made, or -1.
int Stages::tell_hazards(const Machine& machine, const Group& group, const MoveTask& task, std::uint32_t place,
                         std::uint8_t from, std::uint8_t to, float u, Trace* trace) const {
  std::vector<float> rates;
  float all = 0;
  for (std::size_t k = 0; k < task.n_slots; ++k) {
    rates.push_back(rate_of(task.slots[k], from, place));
    all += rates.back();
  }
  if (all <= 0) return -1;
  const double prob = task.fixed_prob != nullptr ? static_cast<double>(task.fixed_prob->of[from])
                                                 : -exact_expm1(-static_cast<double>(all));
  // Where u falls within [0, P) tells which move, as in the kernel; of moves to the stage that was entered.
  const double mark = static_cast<double>(u) * static_cast<double>(all) / prob;
  int chosen = -1;
  float cumulated = 0;
  for (std::size_t k = 0; k < rates.size() && from != to; ++k) {
    const bool fits = group.slots[k].leap[from] >= 0 && task.slots[k].to.of[from] == static_cast<float>(to);
    if (fits && rates[k] > 0 && (chosen < 0 || mark >= static_cast<double>(cumulated))) chosen = static_cast<int>(k);
    cumulated += rates[k];
  }
  const int leap = chosen < 0 ? -1 : group.slots[static_cast<std::size_t>(chosen)].leap[from];
  if (trace == nullptr) return leap;
  const std::vector<std::string>& stages = machine.options->stages;
  std::vector<std::pair<std::string, double>> because{{"chance", prob}, {"draw", static_cast<double>(u)}};
  for (std::size_t k = 0; k < rates.size(); ++k) {
    if (rates[k] <= 0 || group.slots[k].leap[from] < 0) continue;
    because.emplace_back("rate of " + machine.leap_moves[static_cast<std::size_t>(group.slots[k].leap[from])],
                         static_cast<double>(rates[k]));
    tell_drivers(group.slots[k], task.slots[k], from, place, because);
  }
  if (leap >= 0)
    trace->note("stages", machine.options->name, machine.leap_labels[static_cast<std::size_t>(leap)],
                std::move(because));
  else
    trace->missed("stages", machine.options->name, "stays " + stages[from], std::move(because));
  return leap;
}

int Stages::tell_matrix(const Machine& machine, const Group& group, const MoveTask& task, std::uint32_t place,
                        std::uint8_t from, std::uint8_t to, float u, Trace* trace) const {
  const int leap = from == to ? -1 : group.matrix_leaps[from * kMaxStages + to];
  if (trace == nullptr) return leap;
  std::vector<std::pair<std::string, double>> because;
  double acts = 1;
  if (task.scale.coefficient != nullptr) {
    acts = static_cast<double>(task.scale_same);
    if (task.scale.floats != nullptr || task.scale.bytes != nullptr)
      acts += static_cast<double>(task.scale.coefficient->of[from] * driver_at(task.scale, place));
    acts = std::clamp(acts, 0.0, 1.0);
    because.emplace_back("chance that the matrix acts", acts);
  }
  float below = 0;
  for (std::size_t s = 0; s < machine.options->stages.size(); ++s) {
    const float upto = s < task.n_cumulated ? task.cumulated[s].of[from] : 1;
    if (upto > below)
      because.emplace_back("chance of " + machine.options->stages[s], static_cast<double>(upto - below));
    below = std::max(below, upto);
  }
  because.emplace_back("draw", static_cast<double>(u));
  if (leap >= 0)
    trace->note("stages", machine.options->name, machine.leap_labels[static_cast<std::size_t>(leap)],
                std::move(because));
  else
    trace->missed("stages", machine.options->name, "stays " + machine.options->stages[from], std::move(because));
  return leap;
}

void Stages::tell_event(std::size_t m, const EventRule& rule, const PlaceEvent& happened, double coin, bool moves,
                        BlockScratch& scratch) const {
  if (moves) record_leap(m, rule.leap, happened.place, scratch);
  if (!scratch.traces(happened.place)) return;
  const Machine& machine = machines_[m];
  const std::string& label = machine.leap_labels[static_cast<std::size_t>(rule.leap)];
  const std::string event(kEventNames[happened.event]);
  std::vector<std::pair<std::string, double>> because{{"chance", rule.prob}};
  if (rule.prob < 1) because.emplace_back("draw", coin);
  if (moves)
    scratch.trace->note("stages", machine.options->name, label + " at \"" + event + "\"", std::move(because));
  else
    scratch.trace->missed("stages", machine.options->name, "not " + label + " at \"" + event + "\"",
                          std::move(because));
}

void Stages::tell_notice(std::size_t m, const EventRule& rule, std::uint32_t place, float waited, float attention,
                         BlockScratch& scratch) const {
  const auto left = static_cast<double>(attention);
  const bool moves = waited < attention;
  if (moves) record_leap(m, rule.leap, place, scratch);
  if (!scratch.traces(place)) return;
  const Machine& machine = machines_[m];
  const std::string& label = machine.leap_labels[static_cast<std::size_t>(rule.leap)];
  std::vector<std::pair<std::string, double>> because{
      {"chance", -exact_expm1(-std::min(rule.rate, 80.) * left)},
      {"attention met", left},
      {"attention until the next lift (drawn)", static_cast<double>(waited)}};
  if (moves)
    scratch.trace->note("stages", machine.options->name, label + " at a noticed contact", std::move(because));
  else
    scratch.trace->missed("stages", machine.options->name, "not " + label + ": no contact was noticed that lifts",
                          std::move(because));
}

}  // namespace populace
