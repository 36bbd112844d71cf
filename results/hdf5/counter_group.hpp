// One group of counters in the results file: its axes with their coordinates, and a dataset per measure that grows by
// one row a replication.
#pragma once
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "results/hdf5/handle.hpp"
#include "sim/engine/measures.hpp"
#include "sim/engine/record.hpp"

namespace populace {

class CounterGroup {
 public:
  // /cells or /totals below `file`, by `level`, with every measure of that level.
  CounterGroup(Hdf5Id file, Level level, const MeasureRegistry& registry, const RunInfo& info);

  // Row `index` of every dataset; `counters` are the record's rows of this level.
  void write(std::size_t index, int replication, std::span<const std::int64_t> counters);

 private:
  struct Column {
    Handle dataset;
    std::size_t offset;
    std::size_t size;
  };

  void add_axis(const std::string& name, std::span<const std::string> labels);
  void add_replication_axis();
  void add_time_axis(const RunInfo& info);
  void add_simulated_consumers(const RunInfo& info);
  void add_measure(const Measure& measure, const MeasureRegistry& registry, const RunInfo& info);
  void attach_axes(const Handle& dataset, std::span<const std::string> names);

  Handle group_;
  std::map<std::string, Handle> axes_;
  std::vector<std::string> leading_axes_;     // of every measure
  std::vector<std::size_t> leading_extents_;  // the same, 0 replications
  std::vector<Column> columns_;
  std::size_t slots_;   // of a row of the record
  std::size_t n_rows_;  // of a replication
  std::vector<std::int64_t> buffer_;
};

}  // namespace populace
