// Ctrl-C asks the simulation to stop after its step; a second one ends the program at once.
#pragma once
#include <atomic>

namespace populace {

// Installs the handler (SIGINT, SIGTERM) and returns the flag that it sets.
const std::atomic<bool>& watch_interrupts();

}  // namespace populace
