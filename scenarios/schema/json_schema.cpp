#include "scenarios/schema/json_schema.hpp"

#include <fmt/format.h>

#include <cmath>

#include "models/world/market_options.hpp"
#include "scenarios/validate/units.hpp"

namespace populace {
namespace {

using Json = nlohmann::ordered_json;

// What a name may be (validate/names.cpp says the same in C++).
constexpr const char* kNamePattern =
    R"(^[^ ./\[\]"\\*,\x00-\x1f\x7f]([^./\[\]"\\*,\x00-\x1f\x7f]{0,62}[^ ./\[\]"\\*,\x00-\x1f\x7f])?$)";

// 100000 rather than 100000.0.
Json plain_number(double value) {
  if (value == std::floor(value) && std::abs(value) < 9e15) return static_cast<std::int64_t>(value);
  return value;
}

Json number_in(Range range) {
  Json schema = {{"type", "number"}};
  if (std::isfinite(range.low)) schema[range.low_open ? "exclusiveMinimum" : "minimum"] = plain_number(range.low);
  if (std::isfinite(range.high)) schema[range.high_open ? "exclusiveMaximum" : "maximum"] = plain_number(range.high);
  return schema;
}

// A number, or what is known of it.
Json number_or_prior(Range range) {
  const Json prior = {{"type", "object"},
                      {"properties",
                       {{"mean", number_in(range)},
                        {"sd", {{"type", "number"}, {"exclusiveMinimum", 0}}},
                        {"distribution", {{"enum", {"normal", "log_normal", "beta", "uniform"}}}}}},
                      {"required", {"mean", "sd"}},
                      {"additionalProperties", false}};
  return {{"anyOf", {number_in(range), prior}}};
}

Json table_of(Json properties) {
  return {{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
}

class SchemaWriter : public FieldVisitor {
 public:
  static Json write(const std::function<void(FieldVisitor&)>& visit) {
    SchemaWriter writer;
    visit(writer);
    return table_of(std::move(writer.properties_));
  }

  void flag(const Field& f, bool& value) override { put(f, {{"type", "boolean"}}, value); }
  void integer(const Field& f, std::int64_t& value, Range range) override {
    Json schema = number_in(range);
    schema["type"] = "integer";
    put_number(f, schema, value);
  }
  void number(const Field& f, double& value, Range range) override {
    put_number(f, number_or_prior(range), plain_number(value));
  }
  void text(const Field& f, std::string& value) override { put(f, {{"type", "string"}}, value); }
  void choice(const Field& f, std::string& value, const std::vector<std::string_view>& allowed) override {
    Json words = Json::array();
    for (const std::string_view word : allowed) words.push_back(word);
    put(f, {{"enum", words}}, value);
  }
  void name(const Field& f, std::string& value, Kind) override { put(f, {{"type", "string"}}, value); }
  void names(const Field& f, std::vector<std::string>& value, Kind) override { texts(f, value); }
  void texts(const Field& f, std::vector<std::string>& value) override {
    put(f, {{"type", "array"}, {"items", {{"type", "string"}}}, {"uniqueItems", true}}, value);
  }
  void numbers(const Field& f, std::vector<double>& value, Range range) override {
    put_number(f, {{"type", "array"}, {"items", number_in(range)}}, value);
  }
  void matrix(const Field& f, std::vector<std::vector<double>>& value, Range range) override {
    put_number(f, {{"type", "array"}, {"items", {{"type", "array"}, {"items", number_in(range)}}}}, value);
  }
  void per_name(const Field& f, PerName& value, Kind kind, Range range) override {
    const Json by_name = {{"type", "object"}, {"additionalProperties", number_in(range)}};
    // Drivers have dots, which TOML reads as tables in tables.
    const Json drivers = {{"type", "object"}, {"additionalProperties", {{"anyOf", {number_in(range), by_name}}}}};
    if (kind == "driver") return put_number(f, drivers, nullptr);
    put_number(f, {{"anyOf", {number_in(range), by_name}}}, plain_number(value.all));
  }
  void series(const Field& f, Series& value, Range range) override {
    const Json point = {
        {"type", "array"}, {"prefixItems", {{{"type", "number"}}, number_in(range)}}, {"minItems", 2}, {"maxItems", 2}};
    const Json points = {{"type", "array"}, {"items", point}, {"minItems", 1}};
    Json csv = table_of({{"csv", {{"type", "string"}}}, {"column", {{"type", "string"}}}});
    csv["required"] = {"csv", "column"};
    put_number(f, {{"anyOf", {number_in(range), points, csv}}}, plain_number(value.constant));
  }
  void table(const Field& f, const std::function<void(FieldVisitor&)>& visit) override {
    put(f, write(visit), nullptr);
  }
  void named_tables(const Field& f, Kind,
                    const std::function<std::function<void(FieldVisitor&)>(const std::string&)>& at) override {
    put(f,
        {{"type", "object"},
         {"patternProperties", {{kNamePattern, write(at("NAME"))}}},
         {"additionalProperties", false}},
        nullptr);
  }
  void tables(const Field& f, std::size_t n,
              const std::function<std::function<void(FieldVisitor&)>(std::size_t)>& at) override {
    put(f, {{"type", "array"}, {"items", write(at(n))}}, nullptr);
  }

 private:
  void put_number(const Field& f, Json schema, const Json& standard) {
    schema["unit"] = unit_of(f.key, "currency of the scenario");
    put(f, std::move(schema), standard);
  }
  void put(const Field& f, Json schema, const Json& standard) {
    schema["description"] = fmt::format("{} (source: {})", f.doc, f.source);
    const bool nothing = standard.is_null() || (standard.is_string() && standard.get<std::string>().empty()) ||
                         (standard.is_array() && standard.empty());
    if (!nothing) schema["default"] = standard;
    properties_[std::string(f.key)] = std::move(schema);
  }

  Json properties_ = Json::object();
};

}  // namespace

Json json_schema() {
  MarketOptions market;
  Json body = SchemaWriter::write([&market](FieldVisitor& visitor) { market.visit(visitor); });
  Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                 {"title", "populace scenario"},
                 {"description", "A market and its media plan. Units stand in the names of the keys."}};
  Json properties = {
      {"extends",
       {{"anyOf", {{{"type", "string"}}, {{"type", "array"}, {"items", {{"type", "string"}}}, {"minItems", 1}}}},
        {"description",
         "scenarios that this one builds on: files relative to this one, or presets, as preset:segments"}}}};
  properties.update(body["properties"]);
  body["properties"] = std::move(properties);
  schema.update(body);
  return schema;
}

}  // namespace populace
