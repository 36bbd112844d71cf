#include "scenarios/compare/changed_keys.hpp"

#include <algorithm>
#include <map>

#include "scenarios/describe/parameters.hpp"

namespace populace {
namespace {

bool is_title(const std::string& path) { return path == "scenario.title" || path == "scenario.question"; }

bool all_same(const std::vector<std::string>& values) {
  return std::all_of(values.begin(), values.end(), [&](const std::string& value) { return value == values.front(); });
}

}  // namespace

std::vector<ChangedKey> changed_keys(std::span<const ArmFile> arms) {
  std::vector<ChangedKey> keys;
  std::map<std::string, std::size_t> at;
  for (std::size_t a = 0; a < arms.size(); ++a) {
    for (const Parameter& parameter : parameters_of(arms[a].loaded)) {
      const auto [found, is_new] = at.emplace(parameter.path, keys.size());
      if (is_new) keys.push_back({parameter.path, std::vector<std::string>(arms.size()), false});
      keys[found->second].values[a] = parameter.value;
      keys[found->second].given |= parameter.given;
    }
  }
  std::erase_if(keys, [](const ChangedKey& key) { return is_title(key.path) || all_same(key.values); });
  return keys;
}

}  // namespace populace
