// `populace compare`: scenarios under the same draws, and what their differences are worth.
#pragma once
#include <CLI/CLI.hpp>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "results/export/table.hpp"
#include "results/report/report.hpp"
#include "scenarios/compare/changed_keys.hpp"
#include "scenarios/compare/compare_arms.hpp"

namespace populace {

struct CompareArguments {
  std::vector<std::filesystem::path> scenarios;
  std::vector<std::string> set, with, of;
  std::optional<std::string> consumers, replications, seed;
  int threads = 0;  // 0: all
  std::filesystem::path out;
  bool all_pairs = false, all = false, json = false, quiet = false;
};

struct ArmTitle {
  std::string label, name, title;  // "A", its file and changes, what the scenario calls itself
};

// All that is told, before it is put into words.
struct CompareReport {
  RunInfo info;  // of the first arm
  std::vector<ArmTitle> arms;
  std::vector<ChangedKey> changed;
  Comparison comparison;
  std::vector<GroupTitle> groups;
  std::vector<std::string> notes;
  std::filesystem::path output;
  // In words: not only headlines and what differs noticeably; changed keys without a limit, their values in full.
  bool all_figures = false, all_keys = false;
};

std::string in_words(const CompareReport& report);
std::string as_json(const CompareReport& report);
void write_differences(const CompareReport& report, Table& table);

CLI::App* add_compare(CLI::App& app, CompareArguments& arguments);
int compare_command(const CompareArguments& arguments);

}  // namespace populace
