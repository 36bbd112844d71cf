// Every parameter in force, given or default, with unit and source: for tables and exports.
#pragma once
#include <string>
#include <vector>

#include "scenarios/scenario.hpp"

namespace populace {

struct Parameter {
  std::string path;   // campaign.spring.budget_money
  std::string value;  // as TOML writes it
  std::string unit;   // from the key's name: "CNY", "weeks", "a week", "share", …; empty for plain numbers and texts
  std::string doc;
  std::string source;      // of a default: whence the value; of a given one: file and line, or the option
  bool given = false;      // by the user or a preset; else a default
  std::string range;       // "[0, 1]", or the words that may stand
  std::string provenance;  // whence the value: the comment on its line, the source of a default, or "assumed"
};

std::vector<Parameter> parameters_of(const LoadedScenario& scenario);

// Every parameter as tables for people and programs: key, value, unit, range, where given, meaning, provenance.
std::string parameters_text(const std::vector<Parameter>& parameters);
std::string parameters_csv(const std::vector<Parameter>& parameters);
std::string parameters_json(const std::vector<Parameter>& parameters);

}  // namespace populace
