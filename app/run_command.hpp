// `populace run`: a scenario in, a results file and tables out.
#pragma once
#include "app/options.hpp"
#include "models/market.hpp"
#include "scenarios/scenario.hpp"
#include "sim/engine/record.hpp"

namespace populace {

int run_command(const RunArguments& arguments);

// The scenario with the flags of the command line.
LoadedScenario load(const RunArguments& arguments);

}  // namespace populace
