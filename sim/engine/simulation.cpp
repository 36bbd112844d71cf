#include "sim/engine/simulation.hpp"

#include <algorithm>
#include <stdexcept>

#include "sim/base/contracts.hpp"

namespace populace {

struct Simulation::Sheet {
  explicit Sheet(const Model& model) : scratch(model.make_scratch()), counters(model.n_cells() * model.row_size()) {}
  std::unique_ptr<Scratch> scratch;
  std::vector<std::int64_t> counters;
  bool used = false;
};

Simulation::Simulation(const Model& model, const Threads& threads, std::uint32_t seed)
    : model_(model),
      threads_(threads),
      seed_(seed),
      population_(model.places(), model.layout()),
      published_(model.publishes() ? static_cast<std::size_t>(model.places().n_consumers()) : 0),
      sheets_([&model] { return std::make_unique<Sheet>(model); }) {}

Simulation::~Simulation() = default;

BlockView Simulation::block(std::size_t b) {
  BlockView view = population_.block(b);
  if (!model_.publishes()) return view;
  view.others = published_.last();
  view.publish = published_.next() + view.place.first_rank;
  return view;
}

void Simulation::begin_record(int replication) {
  const auto n_steps = static_cast<std::size_t>(model_.end_step_number());
  record_ = {replication, {}, {}, {}};
  record_.cells.reserve(n_steps * model_.n_cells() * model_.registry().cell_slots());
  record_.totals.reserve(n_steps * model_.registry().total_slots());
}

void Simulation::start(int replication) {
  key_ = {seed_, static_cast<std::uint32_t>(replication)};
  begin_record(replication);
  population_.clear();
  globals_ = model_.make_globals(key_);
  next_step_ = model_.first_step();
  const std::size_t slots = model_.row_size();
  threads_.for_each(model_.places().blocks().size(), [&](std::size_t b) {
    const BlockView block = this->block(b);
    sheets_.with([&](Sheet& sheet) {
      sheet.used = true;
      model_.build_block(key_, block, *sheet.scratch, sheet.counters.data() + block.place.cell * slots);
    });
  });
  published_.end_step();
  model_.begin(*globals_, sum_sheets());
}

void Simulation::restore(const SavedReplication& saved) {
  const auto memory = population_.bytes();
  if (saved.population.size() != memory.size())
    throw std::runtime_error("the saved population does not fit this scenario");
  key_ = {seed_, static_cast<std::uint32_t>(saved.replication)};
  begin_record(saved.replication);
  globals_ = model_.make_globals(key_);
  std::copy(saved.population.begin(), saved.population.end(), memory.begin());
  ByteReader reader(saved.globals);
  globals_->load(reader);
  if (model_.publishes()) published_.load(reader);
  next_step_ = saved.next_step;
}

SavedReplication Simulation::save() const {
  ByteWriter writer;
  globals_->save(writer);
  if (model_.publishes()) published_.save(writer);
  const auto memory = population_.bytes();
  return {record_.replication, next_step_, {memory.begin(), memory.end()}, writer.take()};
}

bool Simulation::run(std::int32_t end, const std::atomic<bool>& cancelled, const std::function<void()>& after_step) {
  while (next_step_ < end) {
    run_step(cancelled);
    if (cancelled.load(std::memory_order_relaxed)) return false;
    after_step();
  }
  return true;
}

void Simulation::run_step(const std::atomic<bool>& cancelled) {
  const StepInfo step{next_step_, next_step_ + 1 == model_.end_step_number()};
  const std::size_t slots = model_.row_size();
  model_.begin_step(*globals_, step);
  threads_.for_each(model_.places().blocks().size(), [&](std::size_t b) {
    if (cancelled.load(std::memory_order_relaxed)) return;
    const BlockView block = this->block(b);
    sheets_.with([&](Sheet& sheet) {
      sheet.used = true;
      model_.run_block(*globals_, step, block, *sheet.scratch, sheet.counters.data() + block.place.cell * slots);
    });
  });
  published_.end_step();
  std::vector<std::int64_t> cells = sum_sheets();
  std::vector<std::int64_t> totals(model_.registry().total_slots());
  model_.end_step(*globals_, step, cells, totals);
  ++next_step_;
  if (step.number < 0) return;
  const auto recorded = static_cast<std::ptrdiff_t>(model_.registry().cell_slots());
  for (auto row = cells.begin(); row != cells.end(); row += static_cast<std::ptrdiff_t>(slots))
    record_.cells.insert(record_.cells.end(), row, row + recorded);
  record_.totals.insert(record_.totals.end(), totals.begin(), totals.end());
}

std::vector<std::int64_t> Simulation::sum_sheets() {
  std::vector<std::int64_t> sum(model_.n_cells() * model_.row_size());
  sheets_.for_each([&](Sheet& sheet) {
    if (!sheet.used) return;
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += sheet.counters[i];
    std::fill(sheet.counters.begin(), sheet.counters.end(), 0);
    sheet.used = false;
  });
  return sum;
}

ReplicationRecord Simulation::take_record() {
  record_.journeys = model_.take_journeys(*globals_);
  return std::move(record_);
}

}  // namespace populace
