// Loading from the fixtures of this folder, with a memory that does not depend on the machine.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "scenarios/scenario.hpp"

namespace populace {

inline constexpr std::uint64_t kTestMemory = 16'000'000'000;

inline std::filesystem::path good_scenario(const std::string& name) {
  return std::filesystem::path(POPULACE_SOURCE_DIR) / "tests/scenarios/good" / name;
}

// Writes `text` as scenario.toml in a folder of its own that is removed afterwards.
class ScratchScenario {
 public:
  explicit ScratchScenario(const std::string& text, const std::string& name = "scenario.toml");
  ~ScratchScenario();
  ScratchScenario(const ScratchScenario&) = delete;
  ScratchScenario& operator=(const ScratchScenario&) = delete;
  const std::filesystem::path& path() const { return path_; }
  void add(const std::string& name, const std::string& text) const;

 private:
  std::filesystem::path path_;
};

// The messages of a scenario that must be refused, without the folder; "accepted" when it was not.
std::string refusal(const std::filesystem::path& path, const std::vector<std::string>& overrides = {},
                    const std::vector<FlagOverride>& flags = {});

}  // namespace populace
