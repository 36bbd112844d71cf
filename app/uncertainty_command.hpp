// `populace uncertainty`: what is unknown of a plan's coefficients, apart from the noise of the simulation, and in how
// many draws of them it beats another plan.
#pragma once
#include <CLI/CLI.hpp>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/experiment.hpp"
#include "scenarios/uncertainty/uncertainty.hpp"

namespace populace {

struct UncertaintyArguments : ExperimentArguments {
  std::filesystem::path against;
  std::vector<std::string> of;
  UncertaintyPlan plan;
};

std::string in_words(const UncertaintyArguments& arguments, const RunOptions& run, const UncertaintyReport& report);
std::string as_json(const UncertaintyArguments& arguments, const RunOptions& run, const UncertaintyReport& report);
void write_figures(const UncertaintyReport& report, const std::filesystem::path& path);

CLI::App* add_uncertainty(CLI::App& app, UncertaintyArguments& arguments);
int uncertainty_command(const UncertaintyArguments& arguments);

}  // namespace populace
