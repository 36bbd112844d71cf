// The JSON Schema knows every key, and nothing else.
#include "scenarios/schema/json_schema.hpp"

#include <catch2/catch.hpp>
#include <functional>
#include <regex>

#include "scenarios/describe/parameters.hpp"
#include "tests/scenarios/support.hpp"

namespace populace {
namespace {

using Json = nlohmann::ordered_json;

// The part of the schema that describes a path; null when there is none.
Json at(const Json& schema, const KeyPath& path) {
  Json here = schema;
  for (const std::string& part : path.parts()) {
    if (KeyPath::index_of(part))
      here = here.value("items", Json());
    else if (here.contains("properties") && here["properties"].contains(part))
      here = Json(here["properties"][part]);
    else if (here.contains("patternProperties"))
      here = Json(here["patternProperties"].begin().value());
    else if (here.contains("anyOf"))
      here = Json(here["anyOf"][1].value("additionalProperties", Json()));
    else
      here = Json(here.value("additionalProperties", Json()));
    if (!here.is_object()) return nullptr;
  }
  return here;
}

TEST_CASE("The schema describes every parameter of a scenario with every table") {
  const Json schema = json_schema();
  for (const Parameter& parameter : parameters_of(load_scenario(good_scenario("base.toml"), {}, {}, kTestMemory))) {
    INFO(parameter.path);
    CHECK_FALSE(at(schema, *KeyPath::parse(parameter.path)).is_null());
  }
}

TEST_CASE("Every object of the schema is closed, and every key described") {
  const std::function<void(const Json&)> visit = [&visit](const Json& here) {
    if (here.is_array())
      for (const Json& item : here) visit(item);
    if (!here.is_object()) return;
    if (here.contains("properties")) {
      CHECK(here["additionalProperties"] == false);
      if (!here.contains("required"))
        for (const auto& [key, value] : here["properties"].items()) CHECK_FALSE(value.value("description", "").empty());
    }
    for (const auto& [key, value] : here.items()) visit(value);
  };
  visit(json_schema());
}

TEST_CASE("Ranges, allowed values, defaults and names stand in the schema") {
  const Json schema = json_schema();
  CHECK(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema");
  const Json weeks = at(schema, {"scenario", "weeks"});
  CHECK(weeks["type"] == "integer");
  CHECK(weeks["minimum"] == 1);
  CHECK(weeks["default"] == 52);
  CHECK(at(schema, {"scenario", "step"})["enum"] == Json::array({"week", "day"}));
  CHECK(at(schema, {"response", "slow", "retention_per_week"})["anyOf"][0]["exclusiveMaximum"] == 1);
  CHECK(at(schema, {"brand", "tea", "share"})["anyOf"][0]["exclusiveMinimum"] == 0);
  const std::regex name(schema["properties"]["region"]["patternProperties"].begin().key());
  for (const char* good : {"north", "a", "New York", "东"}) CHECK(std::regex_match(good, name));
  for (const char* bad : {"", "a.b", " a", "a ", "a/b"}) CHECK_FALSE(std::regex_match(bad, name));
}

}  // namespace
}  // namespace populace
