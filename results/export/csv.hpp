// A results file as tidy tables that any spreadsheet or statistics package reads:
//   cells_<measure>.csv   replication,time,region,segment,<dimensions>,value,simulated
//   totals_<measure>.csv  replication,time,<dimensions>,value,simulated
//   kpi.csv               a row per figure and replication       summary.csv  a row per figure, with its interval
//   README.txt            what the columns and units mean
// value is in the market's units, simulated is the integer the simulation counted. Commas, quotes and line breaks are
// quoted as in RFC 4180; lines end in LF; text is UTF-8; what does not exist (a quotient without denominator) is empty.
#pragma once
#include <filesystem>

namespace populace {

// Makes the folder when it is missing; replaces each file as a whole. Throws FileError when `results_file` is none or
// the folder cannot be written.
void export_csv(const std::filesystem::path& results_file, const std::filesystem::path& folder);

}  // namespace populace
