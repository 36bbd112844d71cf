#include "scenarios/data/weekly.hpp"

#include <fmt/format.h>

#include <cmath>

#include "scenarios/validate/ranges.hpp"

namespace populace {

std::vector<std::pair<double, double>> read_weekly(DataFiles& files, const Violation& named, const std::string& file,
                                                   const std::string& column, Range range, Violations& violations) {
  const CsvTable* table = files.csv(named, file);
  if (table == nullptr) return {};
  if (table->columns.front() != "week") {
    Violation violation = named;
    violation.rule =
        fmt::format("the first column of {} is {}, not \"week\"", table->file, quoted_text(table->columns.front()));
    violation.suggestion = "name the first column week; weeks count from 0 at scenario.start_date";
    violations.add(std::move(violation));
    return {};
  }
  const std::size_t index = files.column(*table, column, named);
  if (index == std::string::npos) return {};
  std::vector<std::pair<double, double>> points;
  for (const std::vector<CsvField>& row : table->rows) {
    const auto week = csv_number(row[0], "week", violations);
    const auto value = csv_number(row[index], column, violations);
    if (!week || !value) continue;
    if (!points.empty() && *week <= points.back().first)
      violations.add({row[0].place, "week", row[0].text,
                      fmt::format("must be after week {}", plain(points.back().first)),
                      "sort the rows by week and keep one row a week"});
    else if (!in_range(*value, range))
      violations.add({row[index].place, column, row[index].text, range_rule(range), range_hint(*value, range)});
    else
      points.emplace_back(*week, *value);
  }
  return points;
}

std::vector<std::pair<double, double>> read_plan(DataFiles& files, const Violation& named, const std::string& file,
                                                 double weeks, Violations& violations) {
  const auto points = read_weekly(files, named, file, "budget_money", kNotNegative, violations);
  if (points.empty()) return points;
  const CsvTable* table = files.csv(named, file);
  Violations already_told;
  for (const std::vector<CsvField>& row : table->rows) {
    const auto week = csv_number(row[0], "week", already_told);
    if (!week || (*week >= 0 && *week < weeks && *week == std::floor(*week))) continue;
    violations.add({row[0].place, "week", row[0].text,
                    fmt::format("must be a whole week of the horizon, 0 to {}", plain(weeks - 1)),
                    "weeks count from 0 at scenario.start_date; the horizon is scenario.weeks"});
  }
  return points;
}

}  // namespace populace
