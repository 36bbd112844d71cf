// A model whose working memory holds garbage whenever a block begins. Memory fresh from the system is zero, and what an
// earlier block left is plausible: who reads either looks right in a test. Who reads garbage does not.
#pragma once
#include "models/scratch.hpp"
#include "sim/engine/model.hpp"

namespace populace {

// Everything goes to another model, which must live as long.
class ForwardingModel : public Model {
 public:
  explicit ForwardingModel(const Model& inner) : inner_(&inner) {}
  const MeasureRegistry& registry() const override { return inner_->registry(); }
  const Layout& layout() const override { return inner_->layout(); }
  const Places& places() const override { return inner_->places(); }
  std::size_t n_cells() const override { return inner_->n_cells(); }
  std::size_t row_size() const override { return inner_->row_size(); }
  bool publishes() const override { return inner_->publishes(); }
  std::int32_t first_step() const override { return inner_->first_step(); }
  std::int32_t end_step_number() const override { return inner_->end_step_number(); }
  std::unique_ptr<Scratch> make_scratch() const override { return inner_->make_scratch(); }
  std::unique_ptr<Globals> make_globals(DrawKey key) const override { return inner_->make_globals(key); }
  void build_block(DrawKey key, BlockView block, Scratch& scratch, std::int64_t* row) const override {
    inner_->build_block(key, block, scratch, row);
  }
  void begin(Globals& globals, std::span<const std::int64_t> built) const override { inner_->begin(globals, built); }
  void begin_step(Globals& globals, StepInfo step) const override { inner_->begin_step(globals, step); }
  void run_block(const Globals& globals, StepInfo step, BlockView block, Scratch& scratch,
                 std::int64_t* row) const override {
    inner_->run_block(globals, step, block, scratch, row);
  }
  void end_step(Globals& globals, StepInfo step, std::span<std::int64_t> cells,
                std::span<std::int64_t> totals) const override {
    inner_->end_step(globals, step, cells, totals);
  }
  std::vector<JourneyRow> take_journeys(Globals& globals) const override { return inner_->take_journeys(globals); }

 private:
  const Model* inner_;
};

// Fills all of it with garbage of a key: numbers are wild or not a number, places of lists are any of a block, lists
// are of any length, pointers lead nowhere. What make_scratch sizes keeps its size.
void poison(BlockScratch& scratch, std::uint64_t key);

// Poisons the scratch before each block of another model, whose scratch must be a BlockScratch. Other garbage by seed,
// block and step, the same on any thread.
class PoisonedModel final : public ForwardingModel {
 public:
  PoisonedModel(const Model& inner, std::uint32_t seed) : ForwardingModel(inner), seed_(seed) {}
  void build_block(DrawKey key, BlockView block, Scratch& scratch, std::int64_t* row) const override;
  void run_block(const Globals& globals, StepInfo step, BlockView block, Scratch& scratch,
                 std::int64_t* row) const override;

 private:
  std::uint32_t seed_;
};

}  // namespace populace
