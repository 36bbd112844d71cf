// The door to the scenario language: a TOML file in, the options of the market out, or every violation at once.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "models/world/market_options.hpp"
#include "scenarios/parse/document.hpp"
#include "scenarios/parse/violation.hpp"
#include "scenarios/uncertainty/prior.hpp"
#include "scenarios/validate/memory.hpp"

namespace populace {

struct LoadedScenario {
  MarketOptions market;
  std::string resolved_toml;           // every key given, after merging; reads to the same market from the same folder
  std::vector<SourceFile> sources;     // verbatim: the scenario, what it extends, and the data files that it names
  std::vector<std::string> options;    // what the command line set, in order
  std::vector<Prior> priors;           // of coefficients that are not known for sure; the market has their means
  std::map<std::string, Place> given;  // by key path: where each key that the user gave was written
};

// Reads a scenario. `overrides` are "key.path=value" as --set takes them; `flags` are flags that set one key each, and
// win over them. Throws ScenarioErrors.
LoadedScenario load_scenario(const std::filesystem::path& path, const std::vector<std::string>& overrides = {},
                             const std::vector<FlagOverride>& flags = {},
                             std::uint64_t memory_bytes = physical_memory_bytes());

}  // namespace populace
