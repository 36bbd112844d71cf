// /journeys of the results file: columns of equal length for each kind of row, that grow with every replication.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "results/hdf5/handle.hpp"
#include "sim/engine/measures.hpp"
#include "sim/engine/record.hpp"

namespace populace {

class JourneyGroup {
 public:
  JourneyGroup(Hdf5Id file, const MeasureRegistry& registry, const RunInfo& info);

  // Appends the rows of a replication.
  void write(int replication, std::span<const JourneyRow> rows);

 private:
  enum class Source { kRow, kReplication, kConsumer, kTime, kOccasion, kCode, kCount, kReal };
  struct Column {
    Handle dataset;
    Source source;
    std::size_t index = 0;  // of codes and reals
  };
  struct Table {
    Handle group;
    std::uint8_t number = 0;  // of its rows
    std::size_t n_rows = 0;
    std::vector<Column> columns;
  };

  void write_consumers(const RunInfo& info);
  void add_table(std::uint8_t number, const JourneyTable& table, const RunInfo& info);
  void add_column(Table& table, const JourneyField& field, Source source, std::size_t index = 0);
  void add_labels(Table& table, const JourneyField& field);
  std::int64_t integer(const Column& column, const JourneyRow& row, int replication, std::size_t number) const;

  Handle group_;
  std::vector<Table> tables_;
  std::vector<std::int64_t> consumers_;  // ids of persons
  std::int64_t step_days_;
};

}  // namespace populace
