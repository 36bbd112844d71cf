// One replication: a population and the loop over steps.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "sim/engine/model.hpp"
#include "sim/engine/record.hpp"
#include "sim/parallel/parallel.hpp"
#include "sim/population/published.hpp"

namespace populace {

// All that a replication is at the end of a step; restored, it goes on bit for bit.
struct SavedReplication {
  int replication = 0;
  std::int32_t next_step = 0;
  std::vector<std::byte> population;
  std::vector<std::byte> globals;
};

class Simulation {
 public:
  Simulation(const Model& model, const Threads& threads, std::uint32_t seed);
  ~Simulation();

  // Draws the consumers of a replication and makes them ready for the first step; memory is reused.
  void start(int replication);
  // Goes on from a saved state instead.
  void restore(const SavedReplication& saved);
  SavedReplication save() const;

  // Runs up to (not including) step `end`, recording from step 0 on. Returns false when `cancelled` was seen, between
  // two blocks: the replication is then of no further use.
  bool run(std::int32_t end, const std::atomic<bool>& cancelled, const std::function<void()>& after_step);
  std::int32_t next_step() const { return next_step_; }
  ReplicationRecord take_record();

  // For tests that look at consumers.
  const Population& population() const { return population_; }
  const Published& published() const { return published_; }
  const Globals& globals() const { return *globals_; }

 private:
  struct Sheet;  // counters of one thread
  void begin_record(int replication);
  void run_step(const std::atomic<bool>& cancelled);
  BlockView block(std::size_t b);
  std::vector<std::int64_t> sum_sheets();

  const Model& model_;
  const Threads& threads_;
  std::uint32_t seed_;
  DrawKey key_;
  Population population_;
  Published published_;
  std::unique_ptr<Globals> globals_;
  PerThread<Sheet> sheets_;
  std::int32_t next_step_ = 0;
  ReplicationRecord record_;
};

}  // namespace populace
