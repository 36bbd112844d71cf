// The names that a scenario declares, by kind.
#pragma once
#include <string>
#include <vector>

#include "models/world/market_options.hpp"
#include "scenarios/parse/path.hpp"

namespace populace {

// Names of a kind as the key at `path` may use them: stages are those of the machine that the key belongs to, moves
// those of its machine, drivers what a hazard of its machine may read.
std::vector<std::string> names_of(const MarketOptions& market, Kind kind, const KeyPath& path);

// The machine whose stages a key at `path` speaks of, or nullptr.
const MachineOptions* machine_of(const MarketOptions& market, const KeyPath& path);

// Why a name cannot be used for a `kind`, or empty.
std::string name_problem(std::string_view name, Kind kind);

}  // namespace populace
