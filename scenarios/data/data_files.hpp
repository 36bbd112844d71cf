// Files that a scenario names: read once, kept with the sources, complaints with file and line.
#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "scenarios/data/csv.hpp"
#include "scenarios/parse/document.hpp"
#include "scenarios/parse/violation.hpp"

namespace populace {

class DataFiles {
 public:
  // Names are relative to the folder of the scenario; in messages they follow that folder.
  DataFiles(std::filesystem::path folder, std::vector<SourceFile>& sources, Violations& violations)
      : folder_(std::move(folder)), sources_(sources), violations_(violations) {}

  // The table in the file, or nullptr after a complaint. `named` (place, path and value) is who names the file.
  const CsvTable* csv(const Violation& named, const std::string& name);

  // Index of a column, or npos after a complaint at `named`.
  std::size_t column(const CsvTable& table, const std::string& name, const Violation& named);

 private:
  std::filesystem::path folder_;
  std::vector<SourceFile>& sources_;
  Violations& violations_;
  std::map<std::string, std::unique_ptr<CsvTable>> tables_;  // nullptr: could not be read
};

}  // namespace populace
