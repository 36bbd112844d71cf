// `populace compare`: plans beside each other under the same draws.
#pragma once
#include <CLI/CLI.hpp>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/compare/compare.hpp"

namespace populace {

struct CompareArguments {
  std::vector<std::filesystem::path> scenarios;
  std::vector<std::string> with, set, of;
  std::optional<std::string> consumers, replications, seed;
  std::filesystem::path output;
  int threads = 0;
  bool all_pairs = false, all = false, json = false, quiet = false;
};

std::string in_words(const CompareArguments& arguments, const std::vector<ComparedPlan>& plans,
                     const Comparison& comparison);
std::string as_json(const std::vector<ComparedPlan>& plans, const Comparison& comparison);
void write_comparison(const std::vector<ComparedPlan>& plans, const Comparison& comparison,
                      const std::filesystem::path& path);

CLI::App* add_compare(CLI::App& app, CompareArguments& arguments);
int compare_command(const CompareArguments& arguments);

}  // namespace populace
