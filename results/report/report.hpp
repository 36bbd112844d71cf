// What a run says at its end: tables a strategist reads on a terminal, and the same numbers in full as JSON.
#pragma once
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "results/summary/kpi.hpp"
#include "sim/engine/record.hpp"

namespace populace {

struct GroupTitle {
  std::string group;  // Kpi::group
  std::string title;  // "Channels"
};

struct Report {
  RunInfo info;
  Summary summary;
  std::vector<GroupTitle> groups;          // order and titles; groups not named follow in order of appearance
  std::vector<std::string> more_warnings;  // beyond those of the summary, printed first
  std::filesystem::path output;            // empty: no file was written
};

// One table a group, rows and columns in order of appearance; columns that do not fit `width` continue below.
std::string to_text(const Report& report, std::size_t width = 120);

// run, kpis by name {mean, standard_error, low, high, unit, by_replication, ...}, warnings, output. Absent is null.
nlohmann::ordered_json to_json(const Report& report);

}  // namespace populace
