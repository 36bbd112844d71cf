// The scenarios that are compared: read under one set of flags, and brought to the same draws.
//
// Common random numbers need the same seed, replications and consumers in every arm. Those of the first file hold for
// all; where another file says something else, a note tells. Other weeks or another currency would make figures that
// cannot be subtracted: those are refused.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "scenarios/parse/document.hpp"
#include "scenarios/scenario.hpp"

namespace populace {

struct ArmsRequest {
  std::vector<std::filesystem::path> files;
  std::vector<std::string> set;     // key.path=value, in every arm
  std::vector<FlagOverride> flags;  // in every arm
  std::vector<std::string> with;    // key.path=value: what a second arm of the only file changes
};

struct ArmFile {
  std::filesystem::path file;
  std::vector<std::string> with;
  LoadedScenario loaded;
  std::string name() const;  // "plan.toml with campaign.tv.budget_money=0"
};

struct ArmFiles {
  std::vector<ArmFile> arms;
  std::vector<std::string> notes;     // what files say differently, and which holds
  std::vector<std::string> refusals;  // why figures cannot be compared
};

// What of a request cannot be: too few files or too many, changes that belong to no file or have no "=".
std::vector<std::string> complaints_about(const ArmsRequest& request);

// Of a request without complaints. Throws ScenarioErrors with all that is wrong with any of the files.
ArmFiles read_arms(const ArmsRequest& request);

// "A" for the first arm, "B" for the second, …
std::string arm_label(std::size_t arm);
inline constexpr std::size_t kMostArms = 26;

}  // namespace populace
