// Presets and lists of files to extend: what is laid on what, and that every preset loads.
#include "scenarios/parse/presets.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <set>

#include "scenarios/describe/parameters.hpp"
#include "tests/scenarios/support.hpp"

namespace populace {
namespace {

// A market on presets, whatever they are.
std::string market_on(const std::string& presets) {
  return "extends = [\"preset:segments\"" + presets + R"(]
[scenario]
consumers = 500
weeks = 4
market_size_people = 1e6
[need]
enabled = true
[brand.own]
share = 0.4
price_money = 20
[brand.others]
share = 0.6
price_money = 18
)";
}

// A campaign on a channel by name, at the channel's own price.
std::string campaign_on(const std::string& channel) {
  const bool search = channel == "search";
  return "[campaign.plan]\nchannel = \"" + channel + "\"\nbudget_money = 10_000\n" + (search ? "buy = \"cpc\"\n" : "");
}

TEST_CASE("Every preset loads, by the name of a file anywhere") {
  std::size_t categories = 0, channels = 0;
  for (const std::string& name : preset_names()) {
    INFO(name);
    const bool is_channel = name.starts_with("channel/");
    categories += name.starts_with("category/");
    channels += is_channel;
    const std::string channel = is_channel ? name.substr(name.find('/') + 1) : "";
    const ScratchScenario scratch(market_on(", \"preset:" + name + "\"") + (is_channel ? campaign_on(channel) : ""));
    CHECK(refusal(scratch.path()) == "accepted");
  }
  CHECK(categories == 8);
  CHECK(channels >= 24);
}

TEST_CASE("Presets of channels and a category stand together, and a campaign takes its channel's price") {
  std::string presets = ", \"preset:category/car\"", campaigns;
  for (const char* name : {"tv", "search", "feed", "moments", "official_account", "weibo", "douyin", "email"})
    presets += ", \"preset:channel/" + std::string(name) + "\"";
  const ScratchScenario scratch(market_on(presets) + campaign_on("moments"));
  const LoadedScenario loaded = load_scenario(scratch.path(), {}, {}, kTestMemory);
  CHECK(loaded.market.channels.size() == 8);
  CHECK(loaded.market.campaigns[0].cpm_money == 50);
  for (const GardenOptions& garden : loaded.market.gardens) {
    INFO(garden.name);
    CHECK_FALSE(garden.channels.empty());
    if (garden.name == "tencent") CHECK(garden.channels == std::vector<std::string>{"moments", "official_account"});
  }
}

// Where a medium stands: in the garden of nobody, in the open, where everybody is known, or in that of its platform.
TEST_CASE("Presets of broadcast, print and outdoor media and of places identify nobody") {
  const std::set<std::string> nobody = {"advertorial", "co_marketing", "exhibition",    "magazine",
                                        "newspaper",   "outdoor",      "packaging",     "qr_posters",
                                        "radio",       "store",        "store_display", "tv"};
  const std::set<std::string> open = {"email", "feed", "mobile_ads", "own_app", "sms", "telephone", "vertical"};
  std::string together;
  for (const std::string& name : preset_names()) {
    if (!name.starts_with("channel/")) continue;
    INFO(name);
    const std::string channel = name.substr(name.find('/') + 1), preset = ", \"preset:" + name + "\"";
    if (nobody.contains(channel)) together += preset;
    const ScratchScenario scratch(market_on(preset) + campaign_on(channel));
    const LoadedScenario loaded = load_scenario(scratch.path(), {}, {}, kTestMemory);
    CHECK(loaded.market.gardens.empty() == open.contains(channel));
    for (const GardenOptions& garden : loaded.market.gardens) CHECK(garden.anonymous == nobody.contains(channel));
  }
  const ScratchScenario scratch(market_on(together));
  const LoadedScenario loaded = load_scenario(scratch.path(), {}, {}, kTestMemory);
  REQUIRE(loaded.market.gardens.size() == 1);  // one for them all
  const std::vector<std::string>& channels = loaded.market.gardens[0].channels;
  CHECK(std::set<std::string>(channels.begin(), channels.end()) == nobody);
}

TEST_CASE("Of several files that are extended the later wins, and one that many build on counts once") {
  const ScratchScenario scratch("extends = [\"a.toml\", \"b.toml\"]\n[scenario]\ntitle = \"top\"\n");
  scratch.add("base.toml", "[scenario]\nweeks = 10\nseed = 1\nconsumers = 100\n");
  scratch.add("a.toml", "extends = \"base.toml\"\n[scenario]\nseed = 2\nweeks = 11\n");
  scratch.add("b.toml", "extends = \"base.toml\"\n[scenario]\nweeks = 12\n");
  const LoadedScenario loaded = load_scenario(scratch.path(), {}, {}, kTestMemory);
  CHECK(loaded.market.run.weeks == 12);  // b over a
  CHECK(loaded.market.run.seed == 2);    // a over the base, which b does not lay a second time
  CHECK(loaded.market.run.consumers == 100);
  CHECK(loaded.market.run.title == "top");
  std::vector<std::string> names;
  for (const SourceFile& source : loaded.sources) names.push_back(source.name);
  CHECK(names == std::vector<std::string>{"scenario.toml", "a.toml", "base.toml", "b.toml"});
}

TEST_CASE("A preset is kept as a source by its name, and its values say whence they are") {
  const ScratchScenario scratch(market_on(", \"preset:channel/tv\"") + "[channel.tv]\ntrust = 1.1\n");
  const LoadedScenario loaded = load_scenario(scratch.path(), {"channel.tv.fast_effect=0.2"}, {}, kTestMemory);
  CHECK(loaded.sources.back().name == "preset:channel/tv");
  std::map<std::string, Parameter> list;
  for (const Parameter& parameter : parameters_of(loaded)) list[parameter.path] = parameter;
  const Parameter& price = list.at("channel.tv.cpm_money");
  CHECK(price.provenance == "starting value for China, CPM 20 to 80 CNY");
  CHECK(price.source.starts_with("preset:channel/tv:"));
  CHECK(price.range == "[0, inf)");
  CHECK(list.at("channel.tv.slots_per_week.old").provenance.find("seed documents C30, S19") != std::string::npos);
  CHECK(list.at("channel.tv.trust").provenance == "assumed");  // given again without a word
  CHECK(list.at("channel.tv.fast_effect").provenance == "the command line");
  CHECK(list.at("channel.tv.use").range == "foreground, background, both");
  CHECK(list.at("channel.tv.length_effect").provenance == "assumed");
  CHECK_FALSE(list.at("channel.tv.length_effect").given);
}

// Every value of a preset is followed by its source on the same line; switches and names need none.
TEST_CASE("Every value of a preset has a source") {
  for (const std::string& name : preset_names()) {
    std::ifstream file(preset_file("preset:" + name));
    std::size_t values = 0;
    for (std::string line; std::getline(file, line);) {
      const std::string key = line.substr(0, line.find(' '));
      if (line.find(" = ") == std::string::npos || line.front() == '#') continue;
      if (key == "enabled" || key == "garden" || key == "kind") continue;
      INFO(name << ": " << line);
      CHECK(line.find("  # ") != std::string::npos);
      ++values;
    }
    CHECK(values >= (name == "segments" ? 3 : 5));
  }
}

}  // namespace
}  // namespace populace
