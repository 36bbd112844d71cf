// The files of a comparison: what differs in them, what of them holds for all, what cannot be compared.
#include "scenarios/compare/arm_files.hpp"

#include <catch2/catch.hpp>
#include <fstream>

#include "scenarios/compare/changed_keys.hpp"

namespace populace {
namespace {

namespace fs = std::filesystem;

const fs::path kRival = fs::path(POPULACE_SOURCE_DIR) / "docs/tutorial/4_rival.toml";

// A scenario that extends the tutorial's.
fs::path variant(const std::string& name, const std::string& text) {
  const fs::path folder = fs::path(POPULACE_BINARY_DIR) / "tests" / "compare";
  fs::create_directories(folder);
  std::ofstream(folder / name) << "extends = \"" << kRival.string() << "\"\n" << text;
  return folder / name;
}

const ChangedKey* find(const std::vector<ChangedKey>& keys, const std::string& path) {
  for (const ChangedKey& key : keys)
    if (key.path == path) return &key;
  return nullptr;
}

TEST_CASE("requests that make no comparison") {
  CHECK(complaints_about({.files = {"a.toml", "b.toml"}, .set = {}, .flags = {}, .with = {}}).empty());
  CHECK(complaints_about({.files = {"a.toml"}, .set = {}, .flags = {}, .with = {"a.b=1"}}).empty());
  CHECK(complaints_about({.files = {"a.toml"}, .set = {}, .flags = {}, .with = {}}).size() == 1);
  CHECK(complaints_about({.files = {"a.toml", "b.toml"}, .set = {}, .flags = {}, .with = {"a.b"}}).size() == 2);
  const std::vector<fs::path> many(kMostArms + 1, "a.toml");
  CHECK(complaints_about({.files = many, .set = {}, .flags = {}, .with = {}}).size() == 1);
  CHECK(arm_label(0) == "A");
  CHECK(arm_label(kMostArms - 1) == "Z");
}

TEST_CASE("a change makes the second arm, and nothing else differs") {
  const ArmFiles files = read_arms(
      {.files = {kRival}, .set = {"scenario.weeks=13"}, .flags = {}, .with = {"campaign.launch.budget_money=0"}});
  REQUIRE(files.arms.size() == 2);
  CHECK(files.arms[0].loaded.market.run.weeks == 13);
  CHECK(files.arms[1].loaded.market.run.weeks == 13);
  CHECK(files.arms[1].name() == kRival.string() + " with campaign.launch.budget_money=0");
  CHECK(files.notes.empty());
  CHECK(files.refusals.empty());
  const std::vector<ChangedKey> changed = changed_keys(files.arms);
  REQUIRE(changed.size() == 1);
  CHECK(changed.front().path == "campaign.launch.budget_money");
  CHECK(changed.front().values == std::vector<std::string>{"600000", "0"});
  CHECK(changed.front().given);
}

TEST_CASE("keys that one file only has, and titles") {
  const fs::path other = variant("email.toml",
                                 "[scenario]\ntitle = \"Another\"\n[channel.email]\nslots_per_week = 3\n"
                                 "[campaign.news]\nchannel = \"email\"\nbudget_money = 1000\ncpm_money = 5\n");
  const std::vector<ChangedKey> changed =
      changed_keys(read_arms({.files = {kRival, other}, .set = {}, .flags = {}, .with = {}}).arms);
  CHECK(find(changed, "scenario.title") == nullptr);
  const ChangedKey* budget = find(changed, "campaign.news.budget_money");
  REQUIRE(budget != nullptr);
  CHECK(budget->values == std::vector<std::string>{"", "1000"});
  CHECK(budget->given);
  for (const ChangedKey& key : changed)
    CHECK((key.path.starts_with("channel.email") || key.path.starts_with("campaign.news")));
}

TEST_CASE("all arms have the draws of the first, and a note says so") {
  const fs::path other = variant(
      "other_draws.toml", "[scenario]\nseed = 7\nconsumers = 500\nreplications = 3\nmarket_size_people = 1000\n");
  ArmsRequest request{.files = {kRival, other}, .set = {}, .flags = {}, .with = {}};
  const ArmFiles files = read_arms(request);
  const RunOptions& first = files.arms[0].loaded.market.run;
  const RunOptions& second = files.arms[1].loaded.market.run;
  CHECK(second.seed == first.seed);
  CHECK(second.consumers == first.consumers);
  CHECK(second.replications == first.replications);
  CHECK(second.market_size_people == 1000);
  REQUIRE(files.notes.size() == 4);
  CHECK(files.notes[0] == "seed: A has 1, B has 7; all arms run with 1");
  CHECK(files.notes[3].starts_with("market size: A has 5,000,000 people, B has 1,000;"));
  // What the command line says holds for all, so nothing is to be noted.
  request.flags = {{"--seed", "scenario.seed", "9"}};
  const ArmFiles flagged = read_arms(request);
  CHECK(flagged.arms[1].loaded.market.run.seed == 9);
  CHECK(flagged.notes.size() == 3);
}

TEST_CASE("other weeks and other money are refused") {
  const fs::path other = variant("other_money.toml", "[scenario]\nweeks = 26\ncurrency = \"CNY\"\n");
  const ArmFiles files = read_arms({.files = {kRival, other}, .set = {}, .flags = {}, .with = {}});
  REQUIRE(files.refusals.size() == 2);
  CHECK(files.refusals[0].find("26 weeks") != std::string::npos);
  CHECK(files.refusals[0].find("--set scenario.weeks=26") != std::string::npos);
  CHECK(files.refusals[1].find("money is in CNY") != std::string::npos);
}

TEST_CASE("mistakes of all files are told at once, each once") {
  const fs::path bad = variant("bad.toml", "[scenario]\nsede = 7\n");
  try {
    read_arms({.files = {kRival, bad}, .set = {"campaign.launch.budgt=1"}, .flags = {}, .with = {}});
    FAIL("accepted");
  } catch (const ScenarioErrors& errors) {
    CHECK(errors.violations().size() == 2);
    CHECK(std::string(errors.what()).find("bad.toml:3") != std::string::npos);
  }
}

}  // namespace
}  // namespace populace
