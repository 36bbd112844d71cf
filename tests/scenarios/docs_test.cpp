// The examples of docs/scenario_language.md are files that load.
#include <catch2/catch.hpp>
#include <fstream>

#include "tests/scenarios/support.hpp"

namespace populace {
namespace {

TEST_CASE("Every example of the language page loads") {
  const ScratchScenario scratch("");
  std::ifstream page(std::filesystem::path(POPULACE_SOURCE_DIR) / "docs/scenario_language.md");
  std::vector<std::string> scenarios;
  std::string name, text;
  for (std::string line; std::getline(page, line);) {
    if (!name.empty() && line == "```") {
      scratch.add(name, text);
      if (name.ends_with(".toml")) scenarios.push_back(name);
      name.clear();
    } else if (!name.empty()) {
      text += line + "\n";
    } else if (line.starts_with("```toml ") || line.starts_with("```csv ")) {
      name = line.substr(line.find(' ') + 1);
      text.clear();
    }
  }
  CHECK(scenarios.size() == 6);
  for (const std::string& scenario : scenarios) CHECK(refusal(scratch.path().parent_path() / scenario) == "accepted");
  // The message that the page shows.
  const std::string broken = refusal(scratch.path().parent_path() / "market.toml", {"campaign.spring.budget_money=-5"});
  CHECK(broken.ends_with(": must be between 0 and 9_000_000_000_000"));
}

}  // namespace
}  // namespace populace
