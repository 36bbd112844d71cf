// Runs of a market as tests want them: records of all replications, counters by name, columns by name.
#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "models/market.hpp"
#include "results/hdf5/results_file.hpp"
#include "scenarios/scenario.hpp"
#include "sim/base/contracts.hpp"
#include "sim/engine/replications.hpp"

namespace populace {

inline const std::atomic<bool> kNeverCancelled{false};

inline MarketOptions load_options(const std::string& file, const std::vector<std::string>& overrides = {}) {
  return load_scenario(std::filesystem::path(POPULACE_SOURCE_DIR) / file, overrides).market;
}
inline MarketOptions everything(const std::vector<std::string>& overrides = {}) {
  return load_options("tests/engine/everything.toml", overrides);
}

struct RunSettings {
  int threads = 1;
  int at_once = 1;
  int replications = 0;  // 0: the scenario's
};

inline std::vector<ReplicationRecord> run_records(const Market& market, const RunSettings& settings = {}) {
  const Threads threads(settings.threads);
  ReplicationsPlan plan;
  plan.most = settings.replications > 0 ? settings.replications : static_cast<int>(market.options().run.replications);
  plan.at_once = settings.at_once;
  std::vector<ReplicationRecord> records;
  ReplicationsHooks hooks;
  hooks.deliver = [&](ReplicationRecord&& record) {
    records.push_back(std::move(record));
    return true;
  };
  run_replications(market, threads, static_cast<std::uint32_t>(market.options().run.seed), plan, kNeverCancelled,
                   hooks);
  return records;
}

// Counters of one record by name.
class Counters {
 public:
  Counters(const Market& market, const ReplicationRecord& record, std::int32_t first_step = 0)
      : market_(&market), record_(&record), first_step_(first_step) {}
  Counters(const Market&, ReplicationRecord&&, std::int32_t = 0) = delete;  // would be gone with its line

  std::int64_t cell(const std::string& measure, std::int32_t step, std::size_t at, std::size_t slot = 0) const {
    const MeasureRegistry& registry = market_->registry();
    return record_->cells[(row(step) * market_->n_cells() + at) * registry.cell_slots() +
                          registry.measure(measure).offset + slot];
  }
  // Over all cells.
  std::int64_t step(const std::string& measure, std::int32_t step, std::size_t slot = 0) const {
    std::int64_t sum = 0;
    for (std::size_t at = 0; at < market_->n_cells(); ++at) sum += cell(measure, step, at, slot);
    return sum;
  }
  std::int64_t total(const std::string& measure, std::int32_t step, std::size_t slot = 0) const {
    const MeasureRegistry& registry = market_->registry();
    return record_->totals[row(step) * registry.total_slots() + registry.measure(measure).offset + slot];
  }
  // Over cells and steps.
  std::int64_t all(const std::string& measure, std::size_t slot = 0) const {
    std::int64_t sum = 0;
    for (std::int32_t s = first_step_; s < market_->end_step_number(); ++s) sum += step(measure, s, slot);
    return sum;
  }
  std::int64_t all_totals(const std::string& measure, std::size_t slot = 0) const {
    std::int64_t sum = 0;
    for (std::int32_t s = first_step_; s < market_->end_step_number(); ++s) sum += total(measure, s, slot);
    return sum;
  }
  // Every counter of a measure, cell and step after cell and step.
  std::vector<std::int64_t> dataset(const Measure& measure) const {
    const MeasureRegistry& registry = market_->registry();
    const bool by_cell = measure.level == Level::kCell;
    const std::vector<std::int64_t>& from = by_cell ? record_->cells : record_->totals;
    const std::size_t slots = by_cell ? registry.cell_slots() : registry.total_slots();
    std::vector<std::int64_t> values;
    for (std::size_t at = measure.offset; at < from.size(); at += slots)
      values.insert(values.end(), from.begin() + static_cast<std::ptrdiff_t>(at),
                    from.begin() + static_cast<std::ptrdiff_t>(at + measure.size));
    return values;
  }

 private:
  std::size_t row(std::int32_t step) const { return static_cast<std::size_t>(step - first_step_); }
  const Market* market_;
  const ReplicationRecord* record_;
  std::int32_t first_step_;
};

inline bool has_column(const Market& market, const std::string& name) {
  for (const ColumnInfo& column : market.layout().columns())
    if (column.name == name) return true;
  return false;
}

// A column over all consumers, by rank (without padding).
template <class T>
std::vector<T> column_values(const Market& market, const Simulation& simulation, const std::string& name) {
  for (const ColumnInfo& column : market.layout().columns()) {
    if (column.name != name) continue;
    expects(column.bytes == sizeof(T), "the column is of that type");
    std::vector<T> values;
    for (std::size_t b = 0; b < market.places().blocks().size(); ++b) {
      const BlockView block = simulation.population().block(b);
      const T* data = block.column(Column<T>{column.offset});
      values.insert(values.end(), data, data + block.place.n);
    }
    return values;
  }
  throw ContractViolation("no column " + name);
}

// Cell of every consumer, by rank.
inline std::vector<std::uint32_t> cells_of_consumers(const Market& market) {
  std::vector<std::uint32_t> cells;
  for (const BlockPlace& block : market.places().blocks()) cells.insert(cells.end(), block.n, block.cell);
  return cells;
}

// An empty folder of the test's own below the build folder.
inline std::filesystem::path test_folder(const std::string& name) {
  const std::filesystem::path folder = std::filesystem::path(POPULACE_BINARY_DIR) / "tests" / "engine" / name;
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder;
}

inline std::filesystem::path write_results(const Market& market, const std::vector<ReplicationRecord>& records,
                                           const std::filesystem::path& path) {
  const RunInfo info = run_info(market);
  ResultsFile file(path, market.registry(), info, Provenance{});
  for (const ReplicationRecord& record : records) file.add(record);
  file.finish(summarise(market.registry(), info, records));
  return path;
}

}  // namespace populace
