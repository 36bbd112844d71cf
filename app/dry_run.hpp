// `populace run --dry-run`: what a run would take, before it is started.
#pragma once
#include "app/options.hpp"
#include "scenarios/scenario.hpp"

namespace populace {

int dry_run(const RunArguments& arguments, const LoadedScenario& loaded);

}  // namespace populace
