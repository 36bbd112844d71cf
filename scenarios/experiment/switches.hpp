// Mechanisms of a scenario that can be switched off, and the overrides that do it. A scenario may name its switches in
// a comment, "# switch: attention.enabled, experience.enabled + care.enabled, word_of_mouth.network=\"mixed\"": what
// hangs together goes together, and a key can be given another value than false. Without one, they are the keys
// "….enabled" that are true.
#pragma once
#include <string>
#include <vector>

#include "scenarios/scenario.hpp"

namespace populace {

std::vector<std::string> switches_of(const LoadedScenario& loaded);

// "a.enabled + b=3" as {"a.enabled=false", "b=3"}.
std::vector<std::string> overrides_of(const std::string& name);

}  // namespace populace
