// `populace sensitivity`: which uncertain coefficients a figure hangs on.
#pragma once
#include <CLI/CLI.hpp>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/experiment.hpp"
#include "scenarios/sensitivity/sensitivity.hpp"

namespace populace {

struct SensitivityArguments : ExperimentArguments {
  std::vector<std::string> of;
  std::string method = "sobol";
  SensitivityPlan plan;
};

CLI::App* add_sensitivity(CLI::App& app, SensitivityArguments& arguments);
int sensitivity_command(const SensitivityArguments& arguments);

}  // namespace populace
