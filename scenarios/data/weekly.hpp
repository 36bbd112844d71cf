// Values by week from CSV files: a series of one column, and a media plan.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "scenarios/data/data_files.hpp"
#include "sim/base/fields.hpp"

namespace populace {

// (week, value) of the first column, which must be `week`, and the named one. Weeks must increase, values lie in
// `range`.
std::vector<std::pair<double, double>> read_weekly(DataFiles& files, const Violation& named, const std::string& file,
                                                   const std::string& column, Range range, Violations& violations);

// Columns week,budget_money; weeks must be whole and lie in the horizon.
std::vector<std::pair<double, double>> read_plan(DataFiles& files, const Violation& named, const std::string& file,
                                                 double weeks, Violations& violations);

}  // namespace populace
