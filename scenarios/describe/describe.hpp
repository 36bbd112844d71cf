// A market in words and numbers, for people: who and where, media plan, brands, funnel; then every parameter in force.
#pragma once
#include <string>

#include "scenarios/scenario.hpp"

namespace populace {

std::string describe(const LoadedScenario& scenario);

// The part in words only.
std::string describe_in_words(const LoadedScenario& scenario);

}  // namespace populace
