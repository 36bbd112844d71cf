// Good scenarios: what is written is what the models get.
#include "scenarios/scenario.hpp"

#include <catch2/catch.hpp>

#include "scenarios/describe/parameters.hpp"
#include "tests/scenarios/support.hpp"

namespace populace {
namespace {

LoadedScenario load(const std::filesystem::path& path, const std::vector<std::string>& overrides = {},
                    const std::vector<FlagOverride>& flags = {}) {
  return load_scenario(path, overrides, flags, kTestMemory);
}

template <class Items>
std::vector<std::string> names_in(const Items& items) {
  std::vector<std::string> names;
  for (const auto& item : items) names.push_back(item.name);
  return names;
}

using Names = std::vector<std::string>;
using Points = std::vector<std::pair<double, double>>;

TEST_CASE("A scenario with every table fills the options") {
  const MarketOptions market = load(good_scenario("base.toml")).market;
  CHECK(market.run.title == "Tea against the others");
  CHECK(market.run.start_date == "2027-01-04");
  CHECK(market.run.consumers == 20'000);
  CHECK(market.channels[0].slots_per_week.of("young") == 12);
  CHECK(market.channels[0].slots_per_week.of("settled") == 20);
  CHECK(market.channels[0].cap.exposures == 6);
  CHECK(market.campaigns[0].flights.size() == 2);
  CHECK(market.campaigns[0].flights[1].weight == 2);
  CHECK(market.campaigns[0].brand == "tea");
  CHECK(market.campaigns[1].plan == Points{{0, 100'000}, {1, 100'000}, {10, 250'000}});
  CHECK(market.need.season.points == Points{{-26, 1}, {0, 1}, {26, 1.2}, {51, 1}});
  CHECK(market.brands[0].price_money.points == Points{{0, 20}, {26, 22}});
  CHECK(market.brands[0].base_price_money == 20);
  CHECK(market.response.fast.acts_on == "hazard");
}

TEST_CASE("Named tables keep the order of the file, not of the alphabet") {
  const MarketOptions market = load(good_scenario("base.toml")).market;
  CHECK(names_in(market.regions) == Names{"north", "coast"});
  CHECK(names_in(market.segments) == Names{"young", "settled"});
  CHECK(names_in(market.channels) == Names{"tv", "feed", "story", "query"});
  CHECK(names_in(market.campaigns) == Names{"spring", "always", "words", "fee", "free"});
  CHECK(names_in(market.machines) == Names{"ladder", "funnel"});
}

TEST_CASE("A preset is changed, not replaced, by what the scenario writes") {
  const MachineOptions ladder = load(good_scenario("base.toml")).market.machines[0];
  CHECK(ladder.stages.size() == 9);
  CHECK(ladder.moves.size() == 11);
  CHECK(ladder.initial_share.of("aware") == .3);
  for (const MoveOptions& move : ladder.moves) {
    if (move.name != "advocate") continue;
    CHECK(move.prob_per_week == .03);
    CHECK(move.rate_per_week == 0);  // the chance replaces the preset's rate
    CHECK(move.from == Names{"loyal"});
  }
}

TEST_CASE("Drivers may be written quoted or dotted") {
  const MoveOptions up = load(good_scenario("base.toml")).market.machines[1].moves[0];
  CHECK(up.drivers ==
        std::vector<std::pair<std::string, double>>{{"activation", .2}, {"exposures.tv", .05}, {"share.keen", .1}});
}

TEST_CASE("extends merges key by key, lists replace, new names come last") {
  const LoadedScenario loaded = load(good_scenario("variants/summer.toml"));
  const MarketOptions& market = loaded.market;
  CHECK(names_in(market.channels) == Names{"tv", "feed", "story", "query", "outdoor"});
  CHECK(market.campaigns[0].budget_money == 4e7);
  CHECK(market.campaigns[0].grp_money == 60'000);
  REQUIRE(market.campaigns[0].flights.size() == 1);
  CHECK(market.campaigns[0].flights[0].start_week == 20);
  CHECK(market.campaigns[1].plan.size() == 3);  // a file named by the base is found from the base
  CHECK(market.campaigns.back().budget_money == 2e6);
  CHECK(loaded.given.at("campaign.spring.budget_money").file.ends_with("summer.toml"));
  CHECK(loaded.given.at("campaign.spring.grp_money").file.ends_with("base.toml"));
}

TEST_CASE("Sources are kept to the letter, data files too") {
  const LoadedScenario loaded = load(good_scenario("variants/summer.toml"));
  REQUIRE(loaded.sources.size() == 4);
  CHECK(loaded.sources[0].name == "summer.toml");
  CHECK(loaded.sources[0].text.find("# more") != std::string::npos);
  CHECK(loaded.sources[1].name == "../base.toml");
  CHECK(loaded.sources[1].text.find("# a Monday") != std::string::npos);
  CHECK(loaded.sources[2].name == "../data/season.csv");
  CHECK(loaded.sources[2].text.starts_with("week,index\r\n"));
}

TEST_CASE("The command line wins over files, and flags over --set") {
  const auto path = good_scenario("base.toml");
  const std::vector<std::string> sets{"scenario.consumers=500",
                                      "campaign.spring.flight[1].end_week=36",
                                      "scenario.title=Quick look",
                                      "scenario.start_date=2027-02-01",
                                      "scenario.population=fixed",
                                      "machine.ladder.move.forget.rate_per_week=0.1",
                                      "brand.tea.price_money=[[0, 18], [10, 19]]",
                                      "response.slow.saturation = 1e1"};
  const LoadedScenario loaded = load(path, sets, {{"--consumers", "scenario.consumers", "600"}});
  CHECK(loaded.market.run.consumers == 600);
  CHECK(loaded.market.campaigns[0].flights[1].end_week == 36);
  CHECK(loaded.market.run.title == "Quick look");
  CHECK(loaded.market.run.start_date == "2027-02-01");
  CHECK(loaded.market.run.population == "fixed");
  CHECK(loaded.market.machines[0].moves.back().rate_per_week == .1);
  CHECK(loaded.market.brands[0].price_money.at(5) == 18.5);
  CHECK(loaded.market.response.slow.saturation == 10);
  CHECK(loaded.options.back() == "--consumers 600");
}

TEST_CASE("What the command line breaks is reported by what was typed") {
  const auto path = good_scenario("base.toml");
  CHECK(refusal(path, {"campaign.spirng.budget_money=5"}) ==
        "--set campaign.spirng.budget_money=5: campaign.spirng: there is no campaign \"spirng\"; did you mean "
        "\"spring\"?");
  CHECK(refusal(path, {"campaign.spring.budget=5"}) ==
        "--set campaign.spring.budget=5: unknown key; did you mean \"budget_money\"?");
  CHECK(refusal(path, {"campaign.spring.budget_money=-5"}) ==
        "--set campaign.spring.budget_money=-5: must be between 0 and 9_000_000_000_000");
  CHECK(refusal(path, {}, {{"--consumers", "scenario.consumers", "0"}}) ==
        "--consumers 0: must be between 1 and 10_000_000_000");
}

TEST_CASE("The resolved scenario loads to the same market") {
  for (const std::string name : {"base.toml", "variants/summer.toml"}) {
    const auto path = good_scenario(name);
    const LoadedScenario first = load(path, {R"(scenario.title="a \\ \"b\" é")", "channel.tv.shape=1e-1"});
    // Beside the original, because data files are relative to it.
    const auto copy = path.parent_path() / "resolved_copy.toml.tmp";
    struct Remover {
      std::filesystem::path path;
      ~Remover() { std::filesystem::remove(path); }
    } remover{copy};
    FILE* file = std::fopen(copy.c_str(), "wb");
    REQUIRE(file != nullptr);
    std::fputs(first.resolved_toml.c_str(), file);
    std::fclose(file);
    const LoadedScenario second = load(copy);
    CHECK(second.resolved_toml == first.resolved_toml);
    const std::vector<Parameter> a = parameters_of(first), b = parameters_of(second);
    REQUIRE(a.size() == b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
      CHECK(a[i].path == b[i].path);
      CHECK(a[i].value == b[i].value);
      CHECK(a[i].given == b[i].given);
    }
  }
}

TEST_CASE("A byte order mark, carriage returns and other scripts are fine") {
  const ScratchScenario scratch("\xEF\xBB\xBF[region.\"华东\"]\r\nshare = 1\r\n[brand.\"茶\"]\r\nshare = 1.0\r\n");
  const MarketOptions market = load(scratch.path(), {"brand.茶.margin_share=0.5"}).market;
  CHECK(market.regions[0].name == "华东");
  CHECK(market.brands[0].margin_share == .5);
  CHECK(market.run.focal_brand == "茶");
}

TEST_CASE("What is left out is completed") {
  const ScratchScenario scratch("scenario.consumers = 1e3\n");
  const MarketOptions market = load(scratch.path()).market;
  CHECK(market.run.consumers == 1000);
  CHECK(market.run.market_size_people == 1000);
  CHECK(names_in(market.regions) == Names{"everywhere"});
  CHECK(names_in(market.brands) == Names{"brand"});
}

TEST_CASE("A transaction log becomes customers") {
  const MarketOptions market = load(good_scenario("replay.toml")).market;
  const ReplayOptions& replay = market.replay;
  CHECK(market.run.consumers == 3);
  CHECK(replay.entry_day == std::vector<std::int64_t>{2, 0, 50});
  // The horizon ends before day 70 = 12 March; the split is day 35 = 5 February.
  CHECK(replay.observed_repeats == 1 + 3 + 1);
  REQUIRE(replay.observed_holdout_mean.size() == 8);
  CHECK(replay.observed_holdout_mean[1] == 1);  // b: 1 before, 0 after; a: 1 before, 2 after
  CHECK(replay.observed_holdout_mean[0] == 0);  // c entered after the split
}

// Fader, Hardie & Lee 2005: 2,357 customers of CDNOW made 4,339 repeat purchases until week 78.
TEST_CASE("The CDNOW log gives the figures that are known of it") {
  const ScratchScenario scratch("scenario = { start_date = 1997-01-01, weeks = 78 }\n");
  const std::string log = std::string(POPULACE_SOURCE_DIR) + "/scenarios/catalogue/data/cdnow_sample.csv";
  const MarketOptions market = load(scratch.path(), {"replay.transactions_csv=\"" + log + "\""}).market;
  CHECK(market.run.consumers == 2357);
  CHECK(market.replay.observed_repeats == 4339);
  const std::vector<double> known{.24, .70, 1.39, 1.56, 2.53, 2.95, 3.86, 6.36};
  for (std::size_t i = 0; i < known.size(); ++i)
    CHECK(market.replay.observed_holdout_mean.at(i) == Approx(known[i]).margin(.005));
}

}  // namespace
}  // namespace populace
