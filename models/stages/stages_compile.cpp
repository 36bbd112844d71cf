// From moves as written to tables by stage.
#include <algorithm>
#include <set>

#include "models/names.hpp"
#include "models/stages/stages.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {
namespace {

int stage_index(const MachineOptions& machine, const std::string& name) {
  const int index = machine.stage(name);
  expects(index >= 0, "a move names a stage of its machine");
  return index;
}

std::vector<int> stages_left(const MachineOptions& machine, const MoveOptions& move) {
  std::vector<int> stages;
  for (const std::string& from : move.from) {
    if (from != "*") stages.push_back(stage_index(machine, from));
    for (std::size_t s = 0; from == "*" && s < machine.stages.size(); ++s) stages.push_back(static_cast<int>(s));
  }
  return stages;
}

int stage_entered(const MachineOptions& machine, const MoveOptions& move, int from) {
  const int to = move.to == "next" ? from + 1 : move.to == "previous" ? from - 1 : stage_index(machine, move.to);
  expects(to >= 0 && to < static_cast<int>(machine.stages.size()), "a move stays within its machine");
  return to;
}

}  // namespace

Stages::Stages(const MarketOptions& options, const Traits& traits, const Response& response, Layout& layout,
               MeasureRegistry& registry)
    : market_(&options), traits_(&traits), response_(&response), needs_channel_(options.channels.size()) {
  focal_stock_ = response.stock_of_brand(index_of(options.brands, options.run.focal_brand));
  for (const MachineOptions& machine_options : options.machines) {
    if (machine_options.name == options.run.focal_machine) rungs_ = static_cast<int>(machines_.size());
    Machine& machine = machines_.emplace_back();
    machine.options = &machine_options;
    machine.column = layout.add<std::uint8_t>("stage_" + machine_options.name);
    compile(machine);
    const std::string& name = machine_options.name;
    registry.add_dimension("stage_" + name, machine_options.stages);
    registry.add_dimension("leap_" + name, machine.leap_labels);
    machine.occupancy = registry.add({.name = "occupancy_" + name,
                                      .unit = "people",
                                      .long_name = "people in the stage at the end of the step",
                                      .kind = Timing::kStock,
                                      .dims = {"stage_" + name}});
    machine.leaps = registry.add({.name = "leaps_" + name,
                                  .unit = "people",
                                  .long_name = "moves from stage to stage in the step, by cause",
                                  .dims = {"leap_" + name}});
  }
  register_journeys(registry);
}

void Stages::compile(Machine& machine) {
  std::set<std::int64_t> orders;
  for (const MoveOptions& move : machine.options->moves) {
    orders.insert(move.order);
    if (move.cause == "hazard") compile_hazard(machine, move);
    if (move.cause == "matrix") compile_matrix(machine, move);
    if (move.cause == "event") compile_event(machine, move);
  }
  machine.orders.assign(orders.begin(), orders.end());
  std::stable_sort(machine.groups.begin(), machine.groups.end(),
                   [](const Group& a, const Group& b) { return a.order < b.order; });
  // Whether a group of moves can take it that nobody has moved yet, or that nobody will ask who has.
  const auto event_at = [&](bool below, std::int64_t order) {
    return std::any_of(machine.events.begin(), machine.events.end(),
                       [&](const EventOrder& e) { return below ? e.order <= order : e.order > order; });
  };
  if (machine.groups.empty()) return;
  machine.groups_first = !event_at(true, machine.groups.front().order);
  machine.groups_last = !event_at(false, machine.groups.back().order);
}

int Stages::add_leap(Machine& machine, const MoveOptions& move, int from, int to) {
  const auto& stages = machine.options->stages;
  machine.leap_ends.emplace_back(from, to);
  machine.leap_labels.push_back(stages[static_cast<std::size_t>(from)] + " > " + stages[static_cast<std::size_t>(to)] +
                                " (" + move.name + ")");
  machine.leap_moves.push_back(move.name);
  return static_cast<int>(machine.leap_ends.size()) - 1;
}

// A driver as written, with an empty table of coefficients.
Stages::Term Stages::make_term(const Machine& machine, std::string_view driver) const {
  using Named = Driver::Kind;
  const auto after_dot =
      driver.substr(driver.find('.') == std::string_view::npos ? driver.size() : driver.find('.') + 1);
  if (driver == "goodwill") return {{Named::kGoodwill}, {}};
  if (driver == "activation") return {{Named::kActivation}, {}};
  if (driver == "attention") return {{Named::kAttention}, {}};
  if (driver == "involvement") return {{Named::kInvolvement}, {}};
  if (driver == "talk") return {{Named::kTalk}, {}};
  if (driver == "price") return {{Named::kPrice}, {}};
  if (driver.starts_with("exposures.")) return {{Named::kChannel, index_of(market_->channels, after_dot)}, {}};
  expects(driver.starts_with("share."), "a known driver");
  return {{Named::kStageShare, static_cast<std::size_t>(stage_index(*machine.options, std::string(after_dot)))}, {}};
}

// What one of the numbers that kernels read of a driver stands for. They read contacts of the step; rates are for
// contacts a week, so that a week has the same hazard by days.
double Stages::unit_of(Driver::Kind kind, double dt) {
  if (kind == Driver::Kind::kInvolvement) return 1 / 255.;
  return kind == Driver::Kind::kAttention || kind == Driver::Kind::kChannel ? 1 / dt : 1;
}

void Stages::compile_hazard(Machine& machine, const MoveOptions& move) {
  auto group = std::find_if(machine.groups.begin(), machine.groups.end(), [&](const Group& g) {
    return g.order == move.order && g.chain == move.chain && g.cumulated.empty();
  });
  if (group == machine.groups.end()) {
    Group fresh;
    fresh.order = move.order;
    fresh.chain = move.chain;
    fresh.index = name_hash(machine.options->name + "/" + std::to_string(move.order) + (move.chain ? "/chain" : ""));
    machine.groups.push_back(fresh);
    group = machine.groups.end() - 1;
  }
  const double dt = market_->run.weeks_per_step();
  const double base = (move.rate_per_week - exact_log1p(-move.prob_per_week)) * dt;
  for (const int from : stages_left(*machine.options, move)) {
    const auto s = static_cast<std::size_t>(from);
    // The first slot where this stage has no move yet.
    auto slot = std::find_if(group->slots.begin(), group->slots.end(), [&](const Slot& k) { return k.leap[s] < 0; });
    if (slot == group->slots.end()) slot = group->slots.insert(group->slots.end(), Slot{});
    const int to = stage_entered(*machine.options, move, from);
    slot->leap[s] = add_leap(machine, move, from, to);
    slot->tables.base.of[s] = static_cast<float>(base);
    slot->tables.to.of[s] = static_cast<float>(to);
    for (const auto& [name, rate] : move.drivers) {
      const Term term = make_term(machine, name);
      if (term.driver.kind == Driver::Kind::kChannel) needs_channel_[term.driver.index] = 1;
      auto known = std::find_if(slot->terms.begin(), slot->terms.end(), [&](const Term& t) {
        return t.driver.kind == term.driver.kind && t.driver.index == term.driver.index;
      });
      if (known == slot->terms.end()) known = slot->terms.insert(slot->terms.end(), term);
      known->coefficient.of[s] = static_cast<float>(rate * dt * unit_of(term.driver.kind, dt));
    }
  }
}

void Stages::compile_matrix(Machine& machine, const MoveOptions& move) {
  const std::size_t n = machine.options->stages.size();
  Group group;
  group.order = move.order;
  group.chain = move.chain;
  group.index = name_hash(machine.options->name + "/" + move.name);
  group.cumulated.resize(n - 1);
  group.matrix_leaps.assign(kMaxStages * kMaxStages, -1);
  for (std::size_t from = 0; from < n; ++from) {
    double sum = 0;
    std::size_t last = n - 1;  // stage with a chance; what rounding leaves of 1 is its own
    while (last > 0 && move.matrix[from][last] == 0) --last;
    for (std::size_t to = 0; to < n; ++to) {
      sum += move.matrix[from][to];
      if (to + 1 < n) group.cumulated[to].of[from] = to < last ? static_cast<float>(sum) : 1;
      if (to != from && move.matrix[from][to] > 0)
        group.matrix_leaps[from * kMaxStages + to] =
            add_leap(machine, move, static_cast<int>(from), static_cast<int>(to));
    }
  }
  if (!move.scaled_by.empty()) {
    Term term = make_term(machine, move.scaled_by);
    if (term.driver.kind == Driver::Kind::kChannel) needs_channel_[term.driver.index] = 1;
    for (float& c : term.coefficient.of) c = term.driver.kind == Driver::Kind::kInvolvement ? 1 / 255.f : 1;
    group.scale.push_back(term);
  }
  machine.groups.push_back(group);
}

void Stages::compile_event(Machine& machine, const MoveOptions& move) {
  auto events = std::find_if(machine.events.begin(), machine.events.end(),
                             [&](const EventOrder& e) { return e.order == move.order; });
  if (events == machine.events.end()) {
    machine.events.emplace_back().order = move.order;
    events = machine.events.end() - 1;
  }
  const auto event = static_cast<std::size_t>(std::find(std::begin(kEventNames), std::end(kEventNames), move.event) -
                                              std::begin(kEventNames));
  expects(event < kEvents, "a known event");
  listens_[event] = true;
  for (const int from : stages_left(*machine.options, move)) {
    EventRule& rule = events->rules[event][static_cast<std::size_t>(from)];
    if (rule.to >= 0) continue;  // of two moves of one order on one event the first stands
    rule.to = stage_entered(*machine.options, move, from);
    rule.leap = add_leap(machine, move, from, rule.to);
    rule.prob = move.event_prob;
    rule.rate = move.event_prob < 1 ? -exact_log1p(-move.event_prob) : 1e30;
    rule.chain = move.chain;
    rule.index = name_hash(machine.options->name + "/" + move.name);
    if (event != static_cast<std::size_t>(Event::kNoticed)) continue;
    events->liftable[static_cast<std::size_t>(from)] = move.chain ? 2 : 1;
    events->notice_rate.of[from] = static_cast<float>(rule.rate);
  }
}

double Stages::n_draws() const {
  std::size_t n = 0;
  for (const Machine& machine : machines_) n += machine.groups.size();
  return static_cast<double>(n);
}

std::size_t Stages::machine(std::string_view name) const {
  for (std::size_t m = 0; m < machines_.size(); ++m)
    if (machines_[m].options->name == name) return m;
  throw ContractViolation("no machine named " + std::string(name));
}

bool Stages::uses_driver(std::string_view prefix) const {
  for (const Machine& machine : machines_)
    for (const MoveOptions& move : machine.options->moves) {
      if (std::string_view(move.scaled_by).starts_with(prefix)) return true;
      for (const auto& [name, rate] : move.drivers)
        if (std::string_view(name).starts_with(prefix)) return true;
    }
  return false;
}

std::vector<std::size_t> Stages::leaps_into(std::size_t machine, std::size_t stage) const {
  std::vector<std::size_t> slots;
  const auto& ends = machines_[machine].leap_ends;
  for (std::size_t l = 0; l < ends.size(); ++l)
    if (ends[l].second == static_cast<int>(stage)) slots.push_back(l);
  return slots;
}

std::vector<std::size_t> Stages::leaps_into_group(std::size_t machine, const std::vector<std::size_t>& group) const {
  const auto inside = [&group](int stage) {
    return std::find(group.begin(), group.end(), static_cast<std::size_t>(stage)) != group.end();
  };
  std::vector<std::size_t> slots;
  const auto& ends = machines_[machine].leap_ends;
  for (std::size_t l = 0; l < ends.size(); ++l)
    if (inside(ends[l].second) && !inside(ends[l].first)) slots.push_back(l);
  return slots;
}

}  // namespace populace
