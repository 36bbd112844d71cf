// What the engine asks of a model: build consumers, and take them through a step block by block. The engine knows
// neither consumers' columns nor what is counted; a model knows neither threads nor files.
//
//   build_block …, begin;   for every step: begin_step, run_block for all blocks in any order, end_step
//
// Everything a block reads of others is in the globals, which change only between blocks: order over blocks can never
// matter.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "sim/base/bytes.hpp"
#include "sim/engine/measures.hpp"
#include "sim/population/population.hpp"
#include "sim/random/draw.hpp"

namespace populace {

// What one replication knows between blocks: shares, budgets, shocks. Saved and restored with the population.
class Globals {
 public:
  virtual ~Globals() = default;
  virtual void save(ByteWriter& out) const = 0;
  virtual void load(ByteReader& in) = 0;
};

// Working memory of one block at a time; a thread has its own.
class Scratch {
 public:
  virtual ~Scratch() = default;
};

struct StepInfo {
  std::int32_t number = 0;  // absolute; negative in the warm-up
  bool last = false;        // of the horizon
};

class Model {
 public:
  virtual ~Model() = default;
  virtual const MeasureRegistry& registry() const = 0;
  virtual const Layout& layout() const = 0;
  virtual const Places& places() const = 0;
  virtual std::size_t n_cells() const = 0;
  // Counters of a cell: the registry's cell_slots, which are recorded, and after them the model's own.
  virtual std::size_t row_size() const = 0;
  // Consumers publish a byte each, which others read a step later; build_block and run_block then write it for every
  // consumer of the block.
  virtual bool publishes() const { return false; }
  virtual std::int32_t first_step() const = 0;  // negative: length of the warm-up
  virtual std::int32_t end_step_number() const = 0;

  virtual std::unique_ptr<Scratch> make_scratch() const = 0;
  virtual std::unique_ptr<Globals> make_globals(DrawKey key) const = 0;

  // Draws traits and initial state; adds to `row`, the row_size counters of the block's cell.
  virtual void build_block(DrawKey key, BlockView block, Scratch& scratch, std::int64_t* row) const = 0;
  // Takes in what build_block counted: cells x row_size.
  virtual void begin(Globals& globals, std::span<const std::int64_t> built) const = 0;

  virtual void begin_step(Globals& globals, StepInfo step) const = 0;
  virtual void run_block(const Globals& globals, StepInfo step, BlockView block, Scratch& scratch,
                         std::int64_t* row) const = 0;
  // `cells` holds what the blocks counted and may be completed; `totals` (zero) takes the counters of the market.
  virtual void end_step(Globals& globals, StepInfo step, std::span<std::int64_t> cells,
                        std::span<std::int64_t> totals) const = 0;
  // Journeys recorded since the replication was started or restored, and forgets them.
  virtual std::vector<JourneyRow> take_journeys(Globals&) const { return {}; }
};

}  // namespace populace
