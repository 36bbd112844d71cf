#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "scenarios/describe/parameters.hpp"
#include "scenarios/describe/text.hpp"

namespace populace {
namespace {

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

std::string is(const Parameter& parameter) { return parameter.given ? "given" : "default"; }

// Where it was written; a default was written nowhere.
std::string place(const Parameter& parameter) { return parameter.given ? parameter.source : ""; }

}  // namespace

std::string parameters_text(const std::vector<Parameter>& parameters) {
  std::vector<std::vector<std::string>> rows{{"parameter", "value", "unit", "range", "is", "where", "provenance"}};
  for (const Parameter& p : parameters)
    rows.push_back({p.path, p.value, p.unit, p.range, is(p), place(p), p.provenance});
  return aligned(rows);
}

std::string parameters_csv(const std::vector<Parameter>& parameters) {
  std::string text = "parameter,value,unit,range,is,where,meaning,provenance\n";
  for (const Parameter& p : parameters)
    text += fmt::format("{},{},{},{},{},{},{},{}\n", csv_field(p.path), csv_field(p.value), csv_field(p.unit),
                        csv_field(p.range), is(p), csv_field(place(p)), csv_field(p.doc), csv_field(p.provenance));
  return text;
}

std::string parameters_json(const std::vector<Parameter>& parameters) {
  using Json = nlohmann::ordered_json;
  Json list = Json::array();
  for (const Parameter& p : parameters) {
    Json value = Json::parse(p.value, nullptr, false);  // what TOML writes as JSON does
    if (value.is_discarded()) value = p.value;
    list.push_back({{"parameter", p.path},
                    {"value", value},
                    {"unit", p.unit},
                    {"range", p.range},
                    {"given", p.given},
                    {"where", place(p)},
                    {"meaning", p.doc},
                    {"provenance", p.provenance}});
  }
  return list.dump(2) + "\n";
}

}  // namespace populace
