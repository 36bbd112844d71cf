// What differs between scenarios: every parameter in force, given or default, whose value is not the same in all.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "scenarios/compare/arm_files.hpp"

namespace populace {

struct ChangedKey {
  std::string path;
  std::vector<std::string> values;  // by arm, as TOML writes them; empty: the arm has no such key
  bool given = false;               // in an arm that has it; else its default
};

// In the order of the first arm that has the key. Titles and questions say nothing of the market: they are left out.
std::vector<ChangedKey> changed_keys(std::span<const ArmFile> arms);

}  // namespace populace
