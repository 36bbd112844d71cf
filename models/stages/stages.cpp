#include "models/stages/stages.hpp"

#include <algorithm>

#include "models/names.hpp"
#include "sim/random/batch.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {

StagesState Stages::make_state(std::size_t n_cells) const {
  return {std::vector<std::int64_t>(n_cells * machines_.size() * kMaxStages)};
}

// Exact shares, spread evenly: rank r takes place (r P mod N) / N on the line of cumulated shares, P coprime to N.
void Stages::build(const BlockView& block, std::int64_t n_consumers, std::int64_t* row) const {
  const auto n_all = static_cast<std::uint64_t>(n_consumers);
  auto stride = static_cast<std::uint64_t>(static_cast<double>(n_all) * .6180339887498949) | 1u;
  const auto coprime = [&](std::uint64_t a, std::uint64_t b) {
    while (b != 0) std::swap(a %= b, b);
    return a == 1;
  };
  while (!coprime(stride, n_all)) stride += 2;
  for (const Machine& machine : machines_) {
    std::vector<double> upper;  // cumulated shares of stages but the first, which takes what is left
    double sum = 0;
    for (std::size_t s = 1; s < machine.options->stages.size(); ++s)
      upper.push_back(sum += machine.options->initial_share.of(machine.options->stages[s]));
    std::uint8_t* stage = block.column(machine.column);
    std::int64_t* occupancy = row + machine.occupancy;
    std::uint64_t position = 0;  // (rank x stride) mod N by doubling, as the product may not fit 64 bits
    std::uint64_t power = stride % n_all;
    for (auto rank = static_cast<std::uint64_t>(block.place.first_rank); rank != 0; rank >>= 1) {
      if (rank & 1) position = (position + power) % n_all;
      power = (power + power) % n_all;
    }
    for (std::uint32_t i = 0; i < block.place.n; ++i) {
      const double share = (static_cast<double>(position) + .5) / static_cast<double>(n_all);
      std::uint8_t s = 0;
      for (std::size_t k = 0; k < upper.size() && s == 0; ++k)
        if (share < upper[k]) s = static_cast<std::uint8_t>(k + 1);
      stage[i] = s;
      ++occupancy[s];
      position = (position + stride) % n_all;
    }
  }
}

void Stages::begin(StagesState& state, std::span<const std::int64_t> rows, std::size_t row_size) const {
  for (std::size_t cell = 0; cell * row_size < rows.size(); ++cell)
    for (std::size_t m = 0; m < machines_.size(); ++m)
      std::copy_n(rows.data() + cell * row_size + machines_[m].occupancy, machines_[m].options->stages.size(),
                  state.occupancy.data() + (cell * machines_.size() + m) * kMaxStages);
}

double Stages::share(const StagesState& state, std::size_t machine, std::size_t stage) const {
  std::int64_t in_stage = 0, all = 0;
  for (std::size_t row = machine * kMaxStages; row < state.occupancy.size(); row += machines_.size() * kMaxStages) {
    in_stage += state.occupancy[row + stage];
    for (std::size_t s = 0; s < kMaxStages; ++s) all += state.occupancy[row + s];
  }
  return all > 0 ? static_cast<double>(in_stage) / static_cast<double>(all) : 0;
}

double Stages::common_value(const Driver& driver, const StagesState& state, std::size_t machine,
                            const CommonDrivers& common) const {
  if (driver.kind == Driver::Kind::kStageShare) return share(state, machine, driver.index);
  return driver.kind == Driver::Kind::kTalk ? common.talk : common.price;
}

void Stages::begin_step(const StagesState& state, StagesPlan& plan, const CommonDrivers& common, DrawKey key,
                        std::int32_t step) const {
  plan.groups.resize(machines_.size());
  for (std::size_t m = 0; m < machines_.size(); ++m) {
    plan.groups[m].resize(machines_[m].groups.size());
    for (std::size_t g = 0; g < machines_[m].groups.size(); ++g) {
      const Group& group = machines_[m].groups[g];
      GroupPlan& group_plan = plan.groups[m][g];
      group_plan.stream = make_stream(key, reason(Purpose::kHazard, group.index, step));
      group_plan.slots.resize(group.slots.size());
      for (std::size_t k = 0; k < group.slots.size(); ++k) {
        group_plan.slots[k] = group.slots[k].tables;
        for (const Term& term : group.slots[k].terms) {
          if (!term.driver.common()) continue;
          const auto value = static_cast<float>(common_value(term.driver, state, m, common));
          for (std::size_t s = 0; s < kMaxStages; ++s) group_plan.slots[k].base.of[s] += term.coefficient.of[s] * value;
        }
      }
      const auto same_for_all = [](const Slot& slot) {
        return std::all_of(slot.terms.begin(), slot.terms.end(), [](const Term& term) { return term.driver.common(); });
      };
      group_plan.fixed = group.slots.size() == 1 && same_for_all(group.slots[0]);
      if (group_plan.fixed)
        for (std::size_t s = 0; s < kMaxStages; ++s)
          group_plan.fixed_prob.of[s] =
              static_cast<float>(-exact_expm1(-std::max(0.0, static_cast<double>(group_plan.slots[0].base.of[s]))));
      group_plan.scale_same = 1;
      if (!group.scale.empty())
        group_plan.scale_same = group.scale[0].driver.common()
                                    ? static_cast<float>(common_value(group.scale[0].driver, state, m, common))
                                    : 0;
    }
  }
}

bool Stages::has_driver(const Driver& driver, const BlockScratch& scratch) const {
  if (driver.common()) return false;
  if (driver.kind == Driver::Kind::kAttention) return scratch.has_attention;
  if (driver.kind == Driver::Kind::kGoodwill || driver.kind == Driver::Kind::kActivation) return focal_stock_ >= 0;
  return driver.kind != Driver::Kind::kInvolvement || traits_->involvement().exists();
}

DriverTerm Stages::bind(const Term& term, const BlockView& block, BlockScratch& scratch) const {
  DriverTerm bound;
  bound.coefficient = &term.coefficient;
  const auto stock = static_cast<std::size_t>(focal_stock_);
  switch (term.driver.kind) {
    case Driver::Kind::kGoodwill:
      bound.floats = scratch.slow_read[stock].data();
      break;
    case Driver::Kind::kActivation:
      bound.floats = scratch.fast_read[stock].data();
      break;
    case Driver::Kind::kAttention:
      bound.floats = scratch.attention.data();
      break;
    case Driver::Kind::kChannel:
      bound.bytes = scratch.channel_contacts[term.driver.index].data();
      break;
    default:
      bound.bytes = block.column(traits_->involvement());
      break;
  }
  return bound;
}

void Stages::run(const StagesPlan& plan, DrawKey key, std::int32_t step, const BlockView& block, BlockScratch& scratch,
                 std::int64_t* row) const {
  for (std::size_t m = 0; m < machines_.size(); ++m) {
    const Machine& machine = machines_[m];
    if (!machine.groups_first || !machine.groups.front().cumulated.empty())
      std::fill_n(scratch.moved.data(), block.place.capacity, std::uint8_t{0});
    for (const std::int64_t order : machine.orders) {
      for (const EventOrder& events : machine.events)
        if (events.order == order) run_events(m, events, key, step, block, scratch, row);
      for (std::size_t g = 0; g < machine.groups.size(); ++g)
        if (machine.groups[g].order == order) run_group(m, g, plan, block, scratch, row);
    }
  }
}

void Stages::run_group(std::size_t m, std::size_t g, const StagesPlan& plan, const BlockView& block,
                       BlockScratch& scratch, std::int64_t* row) const {
  const Machine& machine = machines_[m];
  const Group& group = machine.groups[g];
  const GroupPlan& group_plan = plan.groups[m][g];
  std::vector<HazardSlot>& slots = scratch.hazard_slots;
  std::vector<DriverTerm>& terms = scratch.driver_terms;
  std::size_t n_terms = 0;
  for (const Slot& slot : group.slots) n_terms += slot.terms.size();
  slots.resize(group.slots.size());
  terms.resize(n_terms);
  n_terms = 0;
  for (std::size_t k = 0; k < group.slots.size(); ++k) {
    slots[k] = group_plan.slots[k];
    slots[k].terms = terms.data() + n_terms;
    slots[k].n_terms = 0;
    for (const Term& term : group.slots[k].terms) {
      if (!has_driver(term.driver, scratch)) continue;
      terms[n_terms++] = bind(term, block, scratch);
      ++slots[k].n_terms;
    }
  }
  MoveTask task;
  task.stream = group_plan.stream;
  task.slots = slots.data();
  task.n_slots = group.slots.size();
  task.cumulated = group.cumulated.data();
  task.n_cumulated = group.cumulated.size();
  if (!group.scale.empty()) {
    task.scale.coefficient = &group.scale[0].coefficient;
    if (has_driver(group.scale[0].driver, scratch)) task.scale = bind(group.scale[0], block, scratch);
    task.scale_same = group_plan.scale_same;
  }
  if (group_plan.fixed) task.fixed_prob = &group_plan.fixed_prob;
  task.chain = group.chain;
  task.first = g == 0 && machine.groups_first && task.n_slots > 0;
  task.last = g + 1 == machine.groups.size() && machine.groups_last;
  task.stage = block.column(machine.column);
  task.moved = scratch.moved.data();
  task.n = block.place.n;
  task.leaps = scratch.leaps;
  std::int64_t* leaps = row + machine.leaps;
  std::array<std::int64_t, kMaxStages> leaps_from{};
  if (task.n_slots == 1) {
    task.leaps_from = leaps_from.data();
    for (std::size_t s = 0; s < kMaxStages; ++s) {
      task.to[s] = static_cast<std::uint8_t>(slots[0].to.of[s]);
      if (group.slots[0].leap[s] >= 0) task.leaves |= 1u << s;
    }
  }
  if (!scratch.watched.places.empty()) look_at_watched(m, block, scratch);
  const std::size_t n_leaps = move_consumers(task, block.place.first_tile, block.place.capacity);
  if (!scratch.watched.places.empty()) tell_group(m, g, task, block, scratch);
  for (std::size_t s = 0; task.n_slots == 1 && s < kMaxStages; ++s)
    if (leaps_from[s] != 0) leaps[group.slots[0].leap[s]] += leaps_from[s];
  for (std::size_t l = 0; l < n_leaps; ++l) {
    const std::uint32_t code = scratch.leaps[l];
    const int leap =
        group.cumulated.empty() ? group.slots[code >> 8].leap[code >> 4 & 15] : group.matrix_leaps[code & 255];
    ++leaps[leap];
  }
}

void Stages::run_events(std::size_t m, const EventOrder& events, DrawKey key, std::int32_t step, const BlockView& block,
                        BlockScratch& scratch, std::int64_t* row) const {
  const Machine& machine = machines_[m];
  std::uint8_t* stage = block.column(machine.column);
  if (scratch.has_attention) run_noticed(m, events, key, step, block, scratch, row);
  const std::uint64_t first_id = std::uint64_t{block.place.first_tile} * kTileSize;
  for (const PlaceEvent& happened : scratch.events) {
    const EventRule& rule = events.rules[happened.event][stage[happened.place]];
    if (rule.to < 0 || (!rule.chain && scratch.moved[happened.place] != 0)) continue;
    const DrawReason coin = reason(Purpose::kEventMove, rule.index, step, happened.occasion);
    const double u = rule.prob < 1 ? unit_double(draw_word(key, coin, first_id + happened.place)) : 0;
    if (scratch.watches(happened.place)) tell_event(m, rule, happened, u, u < rule.prob, scratch);
    if (u >= rule.prob) continue;
    stage[happened.place] = static_cast<std::uint8_t>(rule.to);
    scratch.moved[happened.place] = 1;
    ++row[machine.leaps + static_cast<std::size_t>(rule.leap)];
  }
}

// Attention met in the step runs like a clock, its contacts one after another and alike: the next lift comes when -ln(1
// - u) / rate of it has passed. Every machine has a clock of its own.
void Stages::run_noticed(std::size_t m, const EventOrder& events, DrawKey key, std::int32_t step,
                         const BlockView& block, BlockScratch& scratch, std::int64_t* row) const {
  const Machine& machine = machines_[m];
  const auto& rules = events.rules[static_cast<std::size_t>(Event::kNoticed)];
  std::uint8_t* stage = block.column(machine.column);
  PlaceList* list = &scratch.list;
  PlaceList* next = &scratch.next_list;
  list->n = 0;
  list->n = find_liftable(stage, events.liftable.data(), scratch.attention.data(), scratch.moved.data(), block.place.n,
                          list->places);
  const float* attention = scratch.attention.data();  // before the first lift
  for (std::uint32_t lift = 0; list->n > 0 && lift < kMaxStages; ++lift) {
    const DrawStream stream = make_stream(key, reason(Purpose::kNotice, machine.options->name, step, lift));
    draw_words_at(stream, block.place.first_tile, list->places, list->n, scratch.list_words);
    float* waited = scratch.occasion_uniform;
    const std::uint32_t n_lifted = find_lifted(
        {list->places, scratch.list_words, list->n, stage, &events.notice_rate, attention, waited, scratch.leaps});
    if (scratch.trace != nullptr || scratch.journeys != nullptr)
      for (std::uint32_t k = 0; k < list->n; ++k)
        if (const std::uint32_t i = list->places[k]; scratch.watches(i))
          tell_notice(m, rules[stage[i]], i, waited[k], attention[i], scratch);
    next->n = 0;
    for (std::uint32_t f = 0; f < n_lifted; ++f) {
      const std::uint32_t k = scratch.leaps[f], i = list->places[k];
      const EventRule& rule = rules[stage[i]];
      if (lift == 0) {
        scratch.attention_left[i] = scratch.attention[i];
        scratch.contacts_left[i] = scratch.contacts_met[i];
      }
      // The contact that lifted is used up: the clock goes on with the next one.
      const float one = scratch.attention_left[i] / scratch.contacts_left[i];
      const auto used = static_cast<float>(static_cast<std::int32_t>(waited[k] / one) + 1);
      scratch.attention_left[i] -= used * one;
      scratch.contacts_left[i] -= used;
      stage[i] = static_cast<std::uint8_t>(rule.to);
      scratch.moved[i] = 1;
      ++row[machine.leaps + static_cast<std::size_t>(rule.leap)];
      if (scratch.contacts_left[i] > .5f && rules[stage[i]].to >= 0 && rules[stage[i]].chain) next->add(i);
    }
    attention = scratch.attention_left.data();
    std::swap(list, next);
  }
}

void Stages::end_step(StagesState& state, std::span<std::int64_t> rows, std::size_t row_size) const {
  for (std::size_t cell = 0; cell * row_size < rows.size(); ++cell)
    for (std::size_t m = 0; m < machines_.size(); ++m) {
      const Machine& machine = machines_[m];
      std::int64_t* row = rows.data() + cell * row_size;
      std::int64_t* occupancy = state.occupancy.data() + (cell * machines_.size() + m) * kMaxStages;
      for (std::size_t l = 0; l < machine.leap_ends.size(); ++l) {
        occupancy[machine.leap_ends[l].first] -= row[machine.leaps + l];
        occupancy[machine.leap_ends[l].second] += row[machine.leaps + l];
      }
      std::copy_n(occupancy, machine.options->stages.size(), row + machine.occupancy);
    }
}

}  // namespace populace
