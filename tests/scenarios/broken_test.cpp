// Every file in tests/broken must be refused with exactly the messages in its .expected neighbour. A folder holds one
// scenario of several files, scenario.toml; a file NN_name.options holds what the command line sets, one a line.
// POPULACE_UPDATE_GOLDEN=1 rewrites the expectations: read every one before committing.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/scenarios/support.hpp"

namespace populace {
namespace {

namespace fs = std::filesystem;

const fs::path kBroken = fs::path(POPULACE_SOURCE_DIR) / "tests/broken";

std::string read_all(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

std::vector<std::string> options_of(const fs::path& stem) {
  std::vector<std::string> options;
  std::ifstream file(stem.string() + ".options");
  for (std::string line; std::getline(file, line);) options.push_back(line);
  return options;
}

// Scenarios by name: NN_name.toml, or NN_name/scenario.toml.
std::vector<fs::path> broken_scenarios() {
  std::vector<fs::path> list;
  for (const auto& entry : fs::directory_iterator(kBroken))
    if (entry.is_directory() || entry.path().extension() == ".toml") list.push_back(entry.path());
  std::sort(list.begin(), list.end());
  return list;
}

std::string messages_of(const fs::path& entry, const fs::path& stem) {
  const fs::path scenario = fs::is_directory(entry) ? entry / "scenario.toml" : entry;
  try {
    load_scenario(scenario, options_of(stem), {}, kTestMemory);
  } catch (const ScenarioErrors& errors) {
    std::string text = std::string(errors.what()) + "\n";
    const std::string folder = kBroken.string() + "/";
    for (std::size_t at = text.find(folder); at != std::string::npos; at = text.find(folder, at))
      text.erase(at, folder.size());
    return text;
  }
  return "accepted\n";
}

TEST_CASE("Broken scenarios are refused with exactly these messages") {
  const bool update = std::getenv("POPULACE_UPDATE_GOLDEN") != nullptr;
  const std::vector<fs::path> scenarios = broken_scenarios();
  CHECK(scenarios.size() >= 60);
  for (const fs::path& entry : scenarios) {
    const fs::path stem = entry.parent_path() / entry.stem();
    const fs::path expected = stem.string() + ".expected";
    const std::string messages = messages_of(entry, stem);
    if (update) std::ofstream(expected, std::ios::binary) << messages;
    INFO(entry.filename().string());
    CHECK(messages == read_all(expected));
    CHECK(messages != "accepted\n");
  }
}

}  // namespace
}  // namespace populace
