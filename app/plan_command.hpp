// `populace plan`: objective and task, from a target back to visits, reach, frequency and budget, by simulation and on
// paper.
#pragma once
#include <CLI/CLI.hpp>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/plan/planner.hpp"

namespace populace {

struct PlanArguments {
  std::filesystem::path scenario;
  std::string target;           // KPI=VALUE
  std::vector<std::string> by;  // campaigns
  double most = 10;
  std::optional<double> assurance;
  GivenRates rates;
  std::vector<std::string> set;
  std::optional<std::string> consumers, replications, seed;
  int threads = 0;
  std::filesystem::path output;
  bool json = false, quiet = false;
};

struct PlanHead {
  std::string title, output, kpi;
  double target = 0, most = 0, assurance = 0;
  std::int64_t consumers = 0, weeks = 0;
  std::uint32_t seed = 0;
  std::vector<std::string> warnings;
};
std::string in_words(const PlanHead& head, const PlanReport& report);
std::string as_json(const PlanHead& head, const PlanReport& report);
void write_plan(const PlanHead& head, const PlanReport& report, const std::filesystem::path& path);

CLI::App* add_plan(CLI::App& app, PlanArguments& arguments);
int plan_command(const PlanArguments& arguments);

}  // namespace populace
