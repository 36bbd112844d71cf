// What describe and the list of parameters tell.
#include "scenarios/describe/describe.hpp"

#include <catch2/catch.hpp>

#include "scenarios/describe/parameters.hpp"
#include "scenarios/describe/text.hpp"
#include "tests/scenarios/support.hpp"

namespace populace {
namespace {

const Parameter& parameter(const std::vector<Parameter>& list, const std::string& path) {
  for (const Parameter& entry : list)
    if (entry.path == path) return entry;
  FAIL("no parameter " + path);
  return list.front();
}

TEST_CASE("Every given key is a parameter, with unit and place") {
  const LoadedScenario loaded = load_scenario(good_scenario("base.toml"), {}, {}, kTestMemory);
  const std::vector<Parameter> list = parameters_of(loaded);
  const Parameter& budget = parameter(list, "campaign.spring.budget_money");
  CHECK(budget.value == "30000000");
  CHECK(budget.unit == "CNY");
  CHECK(budget.given);
  CHECK(budget.source.ends_with("base.toml:71:16"));
  CHECK(parameter(list, "channel.tv.slots_per_week.young").value == "12");
  CHECK(parameter(list, "campaign.spring.flight[1].weight").value == "2");
  CHECK(parameter(list, "machine.funnel.move.up.drivers.exposures.tv").given);
  CHECK(parameter(list, "machine.funnel.move.up.drivers.\"share.keen\"").given);
  CHECK(parameter(list, "machine.ladder.move.advocate.prob_per_week").given);
}

TEST_CASE("Defaults are parameters too, with the source of their value") {
  const ScratchScenario scratch("[machine.path]\npreset = \"ladder\"\n");
  const std::vector<Parameter> list = parameters_of(load_scenario(scratch.path(), {}, {}, kTestMemory));
  CHECK_FALSE(parameter(list, "scenario.weeks").given);
  CHECK(parameter(list, "scenario.weeks").value == "52");
  CHECK(parameter(list, "choice.price_slope").source.find("Bijmolt 2005") == 0);
  CHECK(parameter(list, "machine.path.move.lapse.event").source == "preset ladder");
  CHECK(parameter(list, "brand.brand.share").value == "1");
}

TEST_CASE("The market is told in words") {
  const std::string text = describe(load_scenario(good_scenario("base.toml"), {"scenario.weeks=60"}, {}, kTestMemory));
  for (const char* part :
       {"Tea against the others", "50,000,000 people, simulated by 20,000 consumers; one stands for 2,500",
        "60 weeks from 2027-01-04", "Regions: north 40 %, coast 60 %", "Media plan (31,950,000 CNY in all)",
        "weeks 8 to 16, 30 to 34", "young, settled in coast", "cold -> warm -> keen", "young 30 %, settled 10 %",
        "0.2 x activation", "--set scenario.weeks=60"}) {
    INFO(part);
    CHECK(text.find(part) != std::string::npos);
  }
}

TEST_CASE("What is switched on is told, and what is not is not") {
  const std::string path = std::string(POPULACE_SOURCE_DIR) + "/scenarios/catalogue/";
  const std::string whole = describe_in_words(load_scenario(path + "whole_consumer.toml")),
                    bass = describe_in_words(load_scenario(path + "bass_durable.toml"));
  for (const char* told :
       {"How contacts work", "A theme wears out", "chat is walled", "How people buy", "recall: ", "Promotions",
        "Outlets", "Owned channels", "Talk", "over a network (small_world)", "star is"}) {
    INFO(told);
    CHECK(whole.find(told) != std::string::npos);
  }
  for (const char* told : {"How people buy", "Promotions", "Outlets", "Owned channels"}) {
    INFO(told);
    CHECK(bass.find(told) == std::string::npos);
  }
}

TEST_CASE("Numbers and tables are written for people") {
  CHECK(grouped(1234567) == "1,234,567");
  CHECK(grouped(-1000) == "-1,000");
  CHECK(grouped(999) == "999");
  CHECK(grouped(.05) == "0.05");
  CHECK(grouped(0) == "0");
  CHECK(shown_width("华东 é") == 6);
  CHECK(aligned({{"a", "n"}, {"华东", "10"}}, {1}) == "  a      n\n  ----  --\n  华东  10\n");
}

}  // namespace
}  // namespace populace
