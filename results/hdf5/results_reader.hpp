// Reads what results_file.hpp wrote.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "results/hdf5/input_file.hpp"
#include "results/summary/kpi.hpp"

namespace populace {

class ResultsReader : public InputFile {
 public:
  explicit ResultsReader(const std::filesystem::path& path);

  std::vector<Variable> counters(const std::string& group) const;  // variables of /cells or /totals along replication
  // The coordinate of `dimension` within `group`: labels, ISO dates for time, numbers as text.
  std::vector<std::string> labels(const std::string& group, const std::string& dimension) const;
  // ISO date of a number of days since the start.
  std::string date(std::int64_t days) const;
  static Scale scale(const Variable& counters);
};

// Every way in which two results files differ, one sentence each; empty when a reader could not tell the runs apart.
// What may differ between equal runs is not compared: date_and_time, host, command_line.
std::vector<std::string> differences(const std::filesystem::path& a, const std::filesystem::path& b);

}  // namespace populace
