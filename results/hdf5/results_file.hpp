// The results file: netCDF-4 compatible HDF5 that xarray, h5py and h5dump open as it is.
//
//   /          attributes: filetype, format_version, results_epoch, populace_version, git_sha, date_and_time, host,
//   command_line,
//              title, seed, currency, consumers, market_size, population, start_date, step_days, the resolved scenario
//   /cells     counters [replication, time, region, segment, <dimensions>], simulated_consumers [region, segment]
//   /totals    counters [replication, time, <dimensions>]
//   /summary   figures [kpi] over replications with their simulation error, and value [kpi, replication]
//   /journeys  rows of sampled consumers [row] by kind: touches, clicks, leaps, events, orders (journey_group.hpp)
//   /scenario  the resolved scenario and every source text, verbatim
//
// Counters are the simulated integers, exact; attribute `scale` turns them into the market's units. Each group carries
// its own coordinates. Replications may be added in any order: rows stand in increasing order of replication, so the
// same data give the same file whatever the threads did. A run that stopped early has the replications it completed.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>

#include "results/summary/kpi.hpp"
#include "sim/engine/measures.hpp"
#include "sim/engine/record.hpp"

namespace populace {

inline constexpr const char* kResultsFiletype = "populace results";
inline constexpr std::int64_t kResultsFormatMajor = 1;  // raised when old readers would misread
inline constexpr std::int64_t kResultsFormatMinor = 1;  // raised when something is added
inline constexpr std::int64_t kResultsEpoch = 1;        // raised when the same scenario and seed give other numbers

// Where a file comes from. date_and_time, host and command_line are the only parts that differ between equal runs.
struct Provenance {
  std::string populace_version;
  std::string git_sha;
  std::string date_and_time;  // ISO 8601
  std::string host;           // empty: not recorded
  std::string command_line;
  std::string resolved_scenario;
  std::map<std::string, std::string> sources;  // verbatim texts by file name
};

class ResultsFile {
 public:
  // Throws FileError when `path` cannot be written, before anything has been computed. Nothing is kept by reference.
  ResultsFile(const std::filesystem::path& path, const MeasureRegistry& registry, const RunInfo& info,
              const Provenance& provenance);
  ~ResultsFile();
  ResultsFile(ResultsFile&&) noexcept;
  ResultsFile& operator=(ResultsFile&&) noexcept;

  // Call from one thread at a time. Keeps a record in memory only while an earlier replication is missing.
  void add(ReplicationRecord record);

  // Writes what still waits and the summary, then puts the file in its place. Without it, nothing appears at `path`.
  void finish(const Summary& summary);

 private:
  struct Body;
  std::unique_ptr<Body> body_;
};

}  // namespace populace
