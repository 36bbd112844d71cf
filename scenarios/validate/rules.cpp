#include "scenarios/validate/rules.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/validate/names.hpp"
#include "scenarios/validate/suggest.hpp"

namespace populace {

void RuleBook::refuse(const KeyPath& path, const std::string& rule, const std::string& suggestion) {
  const auto exact = given_.find(path.str());
  if (exact != given_.end()) {
    violations_.add({exact->second.place, path.str(), exact->second.written, rule, suggestion});
    return;
  }
  KeyPath around = path;
  while (!around.empty()) {
    around = around.parent();
    if (const auto near = given_.find(around.str()); near != given_.end()) {
      violations_.add({near->second.place, path.str(), "", rule, suggestion});
      return;
    }
  }
  violations_.add({{}, path.str(), "", rule, suggestion});
}

void RuleBook::refuse_unknown(const KeyPath& path, const std::string& name, std::string_view what,
                              const std::vector<std::string>& known) {
  std::string hint = suggest(name, known, fmt::format("the {}s are", what));
  if (hint.empty()) hint = fmt::format("this scenario declares no {}", what);
  refuse(path, fmt::format("there is no {} {}", what, quoted_text(name)), hint);
}

void RuleBook::refuse_idle(const KeyPath& table, bool enabled, std::initializer_list<std::string_view> keys) {
  const KeyPath flag = table / "enabled";
  if (enabled || is_given(flag) || is_wrong(flag)) return;
  for (const std::string_view key : keys) {
    if (!is_given(table / key)) continue;
    refuse(table / key, fmt::format("does nothing, because {} = false (the default)", flag.str()),
           fmt::format("write {} = true", flag.str()));
    return;
  }
}

namespace {

// "exposures.x" and "share.x" are drivers of a channel and of a stage: say which of the two is unknown.
void refuse_driver(RuleBook& book, const Reference& reference) {
  const std::size_t dot = reference.name.find('.');
  const std::string head = reference.name.substr(0, dot),
                    tail = dot == std::string::npos ? "" : reference.name.substr(dot + 1);
  if (head == "exposures" && dot != std::string::npos)
    return book.refuse_unknown(reference.path, tail, "channel", names_of(book.market, "channel", reference.path));
  if (head == "share" && dot != std::string::npos)
    return book.refuse_unknown(reference.path, tail, "stage", names_of(book.market, "stage", reference.path));
  book.refuse_unknown(reference.path, reference.name, "driver", names_of(book.market, "driver", reference.path));
}

}  // namespace

void check_references(RuleBook& book, const std::vector<Reference>& references) {
  for (const Reference& reference : references) {
    if (book.is_wrong(reference.path)) continue;
    if (reference.kind == "stage" && machine_of(book.market, reference.path) == nullptr) continue;
    const std::vector<std::string> known = names_of(book.market, reference.kind, reference.path);
    if (std::find(known.begin(), known.end(), reference.name) != known.end()) continue;
    if (reference.kind == "driver")
      refuse_driver(book, reference);
    else
      book.refuse_unknown(reference.path, reference.name, reference.kind, known);
  }
}

}  // namespace populace
