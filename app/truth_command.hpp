// `populace truth`: the exact effect of every campaign and channel of the focal brand, by removing each in turn under
// the same draws.
#pragma once
#include <CLI/CLI.hpp>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/experiment.hpp"
#include "scenarios/truth/ablation.hpp"
#include "scenarios/truth/truth.hpp"

namespace populace {

struct TruthArguments : ExperimentArguments {
  std::optional<std::string> precision;
  std::int64_t later_weeks = 26;
  bool synergy = false, curves = false, leaks = false, ablation = false;
  std::int64_t attribution = 0;
};

struct TruthHead {
  std::string title, output;
  std::int64_t consumers = 0, weeks = 0, later_weeks = 0;
  std::uint32_t seed = 0;
  std::vector<std::string> warnings;
  std::vector<Ablated> ablation;
};
std::string in_words(const TruthHead& head, const TruthReport& report);
std::string as_json(const TruthHead& head, const TruthReport& report);
void write_effects(const TruthHead& head, const TruthReport& report, const std::filesystem::path& path);

CLI::App* add_truth(CLI::App& app, TruthArguments& arguments);
int truth_command(const TruthArguments& arguments);

}  // namespace populace
