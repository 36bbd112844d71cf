#include "scenarios/describe/parameters.hpp"

#include <fmt/format.h>

#include "scenarios/validate/names.hpp"
#include "scenarios/validate/ranges.hpp"

namespace populace {
namespace {

class ParameterLister : public FieldVisitor {
 public:
  ParameterLister(const LoadedScenario& scenario, MarketOptions& market, std::vector<Parameter>& list, KeyPath path)
      : scenario_(scenario), market_(market), list_(list), path_(std::move(path)) {}

  void flag(const Field& f, bool& value) override { add(f, value ? "true" : "false"); }
  void integer(const Field& f, std::int64_t& value, Range) override { add(f, fmt::format("{}", value)); }
  void number(const Field& f, double& value, Range) override { add(f, plain(value)); }
  void text(const Field& f, std::string& value) override { add(f, quoted_text(value)); }
  void choice(const Field& f, std::string& value, const std::vector<std::string_view>&) override {
    add(f, quoted_text(value));
  }
  void name(const Field& f, std::string& value, Kind) override { add(f, quoted_text(value)); }
  void names(const Field& f, std::vector<std::string>& value, Kind) override { texts(f, value); }
  void texts(const Field& f, std::vector<std::string>& value) override {
    add(f, list(value, [](const std::string& item) { return quoted_text(item); }));
  }
  void numbers(const Field& f, std::vector<double>& value, Range) override { add(f, list(value, plain)); }
  void matrix(const Field& f, std::vector<std::vector<double>>& value, Range) override {
    add(f, list(value, [](const std::vector<double>& row) { return list(row, plain); }));
  }
  void per_name(const Field& f, PerName& value, Kind kind, Range) override {
    const KeyPath all = value.by_name.empty() ? path_ / f.key : path_ / f.key / "all";
    if (kind != "driver") add_at(f, all, f.key, plain(value.all));
    for (const auto& [name, number] : value.by_name) add_at(f, driver_path(path_ / f.key, name), f.key, plain(number));
  }
  void series(const Field& f, Series& value, Range) override {
    const auto point = [](const auto& p) { return fmt::format("[{}, {}]", plain(p.first), plain(p.second)); };
    add(f, value.points.empty() ? plain(value.constant) : list(value.points, point));
  }
  void table(const Field& f, const std::function<void(FieldVisitor&)>& visit) override {
    descend(path_ / f.key, visit);
  }
  void named_tables(const Field& f, Kind kind,
                    const std::function<std::function<void(FieldVisitor&)>(const std::string&)>& at) override {
    const KeyPath path = path_ / f.key;
    for (const std::string& name : names_of(market_, kind, path)) descend(path / name, at(name));
  }
  void tables(const Field& f, std::size_t n,
              const std::function<std::function<void(FieldVisitor&)>(std::size_t)>& at) override {
    for (std::size_t i = 0; i < n; ++i) descend((path_ / f.key)[i], at(i));
  }

 private:
  template <class Items, class Write>
  static std::string list(const Items& items, Write write) {
    std::string text;
    for (const auto& item : items) text += (text.empty() ? "" : ", ") + write(item);
    return fmt::format("[{}]", text);
  }

  // "exposures.tv" may have been written quoted or as a table in a table.
  KeyPath driver_path(const KeyPath& path, const std::string& name) const {
    const std::size_t dot = name.find('.');
    if (dot == std::string::npos || scenario_.given.contains((path / name).str())) return path / name;
    return path / name.substr(0, dot) / name.substr(dot + 1);
  }

  void add(const Field& f, std::string value) { add_at(f, path_ / f.key, f.key, std::move(value)); }

  void add_at(const Field& f, const KeyPath& path, std::string_view key, std::string value) {
    const auto given = scenario_.given.find(path.str());
    Parameter parameter{path.str(),         std::move(value), unit_of(key, market_.run.currency),
                        std::string(f.doc), source_of(f),     false};
    if (given != scenario_.given.end()) {
      parameter.given = true;
      parameter.source = given->second.str();
    }
    list_.push_back(std::move(parameter));
  }

  void descend(KeyPath path, const std::function<void(FieldVisitor&)>& visit) {
    ParameterLister inner(scenario_, market_, list_, std::move(path));
    visit(inner);
  }

  // Stages and moves that a preset brought are neither assumed nor the author's.
  std::string source_of(const Field& f) const {
    const MachineOptions* machine =
        path_.empty() || path_.parts().front() != "machine" ? nullptr : machine_of(market_, path_);
    if (machine == nullptr || machine->preset.empty() || (path_.parts().size() == 2 && f.key != "stages"))
      return std::string(f.source);
    return "preset " + machine->preset;
  }

  const LoadedScenario& scenario_;
  MarketOptions& market_;
  std::vector<Parameter>& list_;
  KeyPath path_;
};

}  // namespace

std::string unit_of(std::string_view key, const std::string& currency) {
  struct Ending {
    std::string_view ending, unit;
  };
  static constexpr Ending kEndings[] = {{"_prob_per_week", "chance a week"},
                                        {"prob_per_week", "chance a week"},
                                        {"_per_week", "a week"},
                                        {"weeks", "weeks"},
                                        {"_week", "week"},
                                        {"_share", "share"},
                                        {"share", "share"},
                                        {"_prob", "chance"},
                                        {"_people", "people"},
                                        {"_impressions", "impressions"},
                                        {"_cv", "of the mean"}};
  if (key.ends_with("_money")) return currency;
  for (const auto& [ending, unit] : kEndings)
    if (key.ends_with(ending)) return std::string(unit);
  return "";
}

std::vector<Parameter> parameters_of(const LoadedScenario& scenario) {
  std::vector<Parameter> list;
  MarketOptions market = scenario.market;
  ParameterLister lister(scenario, market, list, {});
  market.visit(lister);
  return list;
}

}  // namespace populace
