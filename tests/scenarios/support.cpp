#include "tests/scenarios/support.hpp"

#include <unistd.h>

#include <fstream>

namespace populace {

ScratchScenario::ScratchScenario(const std::string& text, const std::string& name) {
  static int count = 0;
  const auto folder = std::filesystem::temp_directory_path() /
                      ("populace_scenario_" + std::to_string(getpid()) + "_" + std::to_string(count++));
  std::filesystem::create_directories(folder);
  path_ = folder / name;
  add(name, text);
}

ScratchScenario::~ScratchScenario() {
  std::error_code error;
  std::filesystem::remove_all(path_.parent_path(), error);
}

void ScratchScenario::add(const std::string& name, const std::string& text) const {
  std::ofstream(path_.parent_path() / name, std::ios::binary) << text;
}

std::string refusal(const std::filesystem::path& path, const std::vector<std::string>& overrides,
                    const std::vector<FlagOverride>& flags) {
  try {
    load_scenario(path, overrides, flags, kTestMemory);
  } catch (const ScenarioErrors& errors) {
    std::string text = errors.what();
    const std::string folder = path.parent_path().string() + "/";
    for (std::size_t at = text.find(folder); at != std::string::npos; at = text.find(folder, at))
      text.erase(at, folder.size());
    return text;
  }
  return "accepted";
}

}  // namespace populace
