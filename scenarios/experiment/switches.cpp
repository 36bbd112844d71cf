#include "scenarios/experiment/switches.hpp"

#include <sstream>

#include "scenarios/describe/parameters.hpp"

namespace populace {
namespace {

constexpr std::string_view kMark = "# switch:";

// Texts between separators, without spaces around them.
std::vector<std::string> parts_of(const std::string& line, char separator) {
  std::vector<std::string> parts;
  std::istringstream text(line);
  for (std::string part; std::getline(text, part, separator);) {
    part.erase(0, part.find_first_not_of(' '));
    part.erase(part.find_last_not_of(" \r") + 1);
    if (!part.empty()) parts.push_back(part);
  }
  return parts;
}

}  // namespace

std::vector<std::string> switches_of(const LoadedScenario& loaded) {
  std::vector<std::string> switches;
  std::istringstream text(loaded.sources.front().text);
  for (std::string line; std::getline(text, line);) {
    if (!line.starts_with(kMark)) continue;
    const std::vector<std::string> names = parts_of(line.substr(kMark.size()), ',');
    switches.insert(switches.end(), names.begin(), names.end());
  }
  if (!switches.empty()) return switches;
  for (const Parameter& parameter : parameters_of(loaded))
    if (parameter.path.ends_with(".enabled") && parameter.value == "true" && parameter.path != "need.enabled")
      switches.push_back(parameter.path);
  return switches;
}

std::vector<std::string> overrides_of(const std::string& name) {
  std::vector<std::string> overrides;
  for (std::string& key : parts_of(name, '+'))
    overrides.push_back(key.find('=') == std::string::npos ? std::move(key) + "=false" : std::move(key));
  return overrides;
}

}  // namespace populace
