// `populace uncertainty`: what is unknown of a plan's coefficients, apart from the noise of the simulation, and in how
// many draws of them it beats another plan.
#pragma once
#include <CLI/CLI.hpp>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/uncertainty/uncertainty.hpp"

namespace populace {

struct UncertaintyArguments {
  std::filesystem::path scenario, against, output;
  std::vector<std::string> set, of;
  std::optional<std::string> consumers, seed;
  UncertaintyPlan plan;
  int threads = 0;
  bool json = false, quiet = false;
};

std::string in_words(const UncertaintyArguments& arguments, const RunOptions& run, const UncertaintyReport& report);
std::string as_json(const UncertaintyArguments& arguments, const RunOptions& run, const UncertaintyReport& report);
void write_figures(const UncertaintyReport& report, const std::filesystem::path& path);

CLI::App* add_uncertainty(CLI::App& app, UncertaintyArguments& arguments);
int uncertainty_command(const UncertaintyArguments& arguments);

}  // namespace populace
