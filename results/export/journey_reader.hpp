// The journeys of a results file in memory.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "results/hdf5/results_reader.hpp"

namespace populace {

struct JourneyColumns {
  std::string name;  // "touches"
  std::string long_name;
  std::size_t n_rows = 0;
  std::vector<std::string> order;  // of columns, as in the file, without row and labels
  std::map<std::string, std::vector<std::int64_t>> integers;
  std::map<std::string, std::vector<double>> reals;
  std::map<std::string, std::vector<std::string>> labels;  // of codes, by the name without _code

  bool has(const std::string& column) const { return integers.contains(column) || reals.contains(column); }
  std::int64_t integer(const std::string& column, std::size_t row) const { return integers.at(column)[row]; }
  // 0 where the table has no such column.
  double real(const std::string& column, std::size_t row) const {
    const auto found = reals.find(column);
    return found == reals.end() ? 0 : found->second[row];
  }
  // Name that a code stands for; empty: none, or no such column.
  std::string label(const std::string& field, std::size_t row) const;
};

class JourneyReader {
 public:
  // Throws FileError when the file holds no journeys.
  explicit JourneyReader(const std::filesystem::path& path);

  const ResultsReader& file() const { return file_; }
  std::vector<std::string> tables() const;
  // Empty where the file has no such table.
  JourneyColumns table(const std::string& name) const;
  const std::string& text(const std::string& attribute) const;
  std::int64_t integer(const std::string& attribute) const;
  double scale() const;
  // ISO date of a number of days since the start.
  std::string date(std::int64_t days) const;

 private:
  ResultsReader file_;
  Attributes attributes_;  // of the group
};

}  // namespace populace
