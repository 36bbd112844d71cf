// The relationship ladder towards the focal brand, as a preset of the general stage machine:
// none -> discovered -> aware -> considering -> chosen -> purchased -> satisfied -> loyal -> advocate.
// Source: the nine-stage ladder with leaps of the seed documents (S88); chances are assumed.
#pragma once
#include "models/stages/stages_options.hpp"

namespace populace {

// Fills stages and moves of the machine; what the scenario writes afterwards replaces or adds.
void apply_ladder(MachineOptions& machine);

}  // namespace populace
