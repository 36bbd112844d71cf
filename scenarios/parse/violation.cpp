#include "scenarios/parse/violation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace populace {

std::string Place::str() const {
  if (!option.empty()) return option;
  return line == 0 ? file : fmt::format("{}:{}:{}", file, line, column);
}

std::string Violation::text() const {
  std::string text = place.str() + ": ";
  if (!path.empty() && path != place.option_path) {
    text += path;
    if (!value.empty()) text += " = " + value;
    text += ": ";
  }
  text += rule;
  if (!suggestion.empty()) text += "; " + suggestion;
  return text;
}

ScenarioErrors::ScenarioErrors(std::vector<Violation> violations) : violations_(std::move(violations)) {
  using Order = std::tuple<bool, const std::string&, std::int64_t, std::int64_t>;
  const auto order = [](const Violation& v) -> Order {
    return {!v.place.option.empty(), v.place.file, v.place.line, v.place.column};
  };
  std::stable_sort(violations_.begin(), violations_.end(),
                   [&](const Violation& a, const Violation& b) { return order(a) < order(b); });
  for (const Violation& violation : violations_) {
    if (!what_.empty()) what_ += '\n';
    what_ += violation.text();
  }
}

void Violations::add(Violation violation) { list_.push_back(std::move(violation)); }

bool Violations::has(const KeyPath& path) const {
  const std::string text = path.str();
  if (doubtful_.contains(text)) return true;
  return std::any_of(list_.begin(), list_.end(), [&](const Violation& violation) {
    if (!violation.path.starts_with(text)) return false;
    return violation.path.size() == text.size() || violation.path[text.size()] == '.' ||
           violation.path[text.size()] == '[';
  });
}

void Violations::throw_if_any() const {
  if (!list_.empty()) throw ScenarioErrors(list_);
}

}  // namespace populace
