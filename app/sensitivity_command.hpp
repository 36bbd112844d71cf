// `populace sensitivity`: which uncertain coefficients a figure hangs on.
#pragma once
#include <CLI/CLI.hpp>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/sensitivity/sensitivity.hpp"

namespace populace {

struct SensitivityArguments {
  std::filesystem::path scenario, output;
  std::vector<std::string> set, of;
  std::optional<std::string> consumers, seed;
  std::string method = "sobol";
  SensitivityPlan plan;
  int threads = 0;
  bool json = false, quiet = false;
};

CLI::App* add_sensitivity(CLI::App& app, SensitivityArguments& arguments);
int sensitivity_command(const SensitivityArguments& arguments);

}  // namespace populace
