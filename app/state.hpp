// Saved states of all replications of a run: each goes on bit for bit from its own.
#pragma once
#include <filesystem>
#include <map>

#include "models/market.hpp"
#include "sim/engine/simulation.hpp"

namespace populace {

struct SavedReplications {
  std::map<int, SavedReplication> replications;
};

void save_replications(const std::filesystem::path& path, const Market& market, const SavedReplications& saved);
// Throws UsageError when the file is of another market: its columns, consumers, seed or stages differ.
SavedReplications load_replications(const std::filesystem::path& path, const Market& market);

}  // namespace populace
