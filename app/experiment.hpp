// What commands that run experiments on a scenario have in common: options, reading the scenario, and the file they
// write.
#pragma once
#include <CLI/CLI.hpp>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/scenario.hpp"

namespace populace {

struct ExperimentArguments {
  std::filesystem::path scenario, output;
  std::vector<std::string> set;  // key.path=value
  std::optional<std::string> consumers, replications, seed;
  int threads = 0;  // 0: all
  bool json = false, quiet = false;
};

// --output, --consumers, --seed, --threads, --set, --json and --quiet.
void add_experiment_options(CLI::App& command, ExperimentArguments& arguments, const std::string& output_is);

// The scenario at `path` with what the arguments set, and `more` overrides. Throws ScenarioErrors.
LoadedScenario load(const ExperimentArguments& arguments, const std::filesystem::path& path,
                    const std::vector<std::string>& more = {});
inline LoadedScenario load(const ExperimentArguments& arguments, const std::vector<std::string>& more = {}) {
  return load(arguments, arguments.scenario, more);
}

// Makes the folder of the output, and throws FileError when it cannot be written: known before any work is done.
void prepare_output(const ExperimentArguments& arguments);

}  // namespace populace
