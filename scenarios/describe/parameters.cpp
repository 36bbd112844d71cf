#include "scenarios/describe/parameters.hpp"

#include <fmt/format.h>

#include "scenarios/parse/presets.hpp"
#include "scenarios/parse/text_file.hpp"
#include "scenarios/validate/names.hpp"
#include "scenarios/validate/ranges.hpp"
#include "scenarios/validate/units.hpp"

namespace populace {
namespace {

// Of a line of TOML, what stands behind #.
std::string comment_of(std::string_view line) {
  char quote = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (quote != 0) {
      if (line[i] == '\\' && quote == '"') ++i;
      if (i < line.size() && line[i] == quote) quote = 0;
    } else if (line[i] == '"' || line[i] == '\'') {
      quote = line[i];
    } else if (line[i] == '#') {
      const std::size_t start = line.find_first_not_of("# \t", i), end = line.find_last_not_of(" \t");
      return start == std::string_view::npos ? "" : std::string(line.substr(start, end + 1 - start));
    }
  }
  return "";
}

class ParameterLister : public FieldVisitor {
 public:
  ParameterLister(const LoadedScenario& scenario, MarketOptions& market, std::vector<Parameter>& list, KeyPath path)
      : scenario_(scenario), market_(market), list_(list), path_(std::move(path)) {}

  void flag(const Field& f, bool& value) override { add(f, value ? "true" : "false", "true, false"); }
  void integer(const Field& f, std::int64_t& value, Range range) override {
    add_number(f, path_ / f.key, fmt::format("{}", value), range);
  }
  void number(const Field& f, double& value, Range range) override {
    add_number(f, path_ / f.key, plain(value), range);
  }
  void text(const Field& f, std::string& value) override { add(f, quoted_text(value)); }
  void choice(const Field& f, std::string& value, const std::vector<std::string_view>& allowed) override {
    std::string words;
    for (const std::string_view word : allowed)
      if (!word.empty()) words += (words.empty() ? "" : ", ") + std::string(word);
    add(f, quoted_text(value), words);
  }
  void name(const Field& f, std::string& value, Kind) override { add(f, quoted_text(value)); }
  void names(const Field& f, std::vector<std::string>& value, Kind) override { texts(f, value); }
  void texts(const Field& f, std::vector<std::string>& value) override {
    add(f, list(value, [](const std::string& item) { return quoted_text(item); }));
  }
  void numbers(const Field& f, std::vector<double>& value, Range range) override {
    add_number(f, path_ / f.key, list(value, plain), range);
  }
  void matrix(const Field& f, std::vector<std::vector<double>>& value, Range range) override {
    add_number(f, path_ / f.key, list(value, [](const std::vector<double>& row) { return list(row, plain); }), range);
  }
  void per_name(const Field& f, PerName& value, Kind kind, Range range) override {
    const KeyPath all = value.by_name.empty() ? path_ / f.key : path_ / f.key / "all";
    if (kind != "driver") add_number(f, all, plain(value.all), range);
    for (const auto& [name, number] : value.by_name)
      add_number(f, driver_path(path_ / f.key, name), plain(number), range);
  }
  void series(const Field& f, Series& value, Range range) override {
    const auto point = [](const auto& p) { return fmt::format("[{}, {}]", plain(p.first), plain(p.second)); };
    add_number(f, path_ / f.key, value.points.empty() ? plain(value.constant) : list(value.points, point), range);
  }
  void table(const Field& f, const std::function<void(FieldVisitor&)>& visit) override {
    descend(path_ / f.key, visit);
  }
  void named_tables(const Field& f, Kind kind,
                    const std::function<std::function<void(FieldVisitor&)>(const std::string&)>& at) override {
    const KeyPath path = path_ / f.key;
    for (const std::string& name : declared(kind, path)) descend(path / name, at(name));
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

  // Names that the scenario has of a kind; of kinds that nothing refers to, those that were written.
  std::vector<std::string> declared(Kind kind, const KeyPath& path) const {
    std::vector<std::string> names = names_of(market_, kind, path);
    if (!names.empty()) return names;
    const std::size_t depth = path.parts().size();
    const std::string prefix = path.str() + ".";
    for (auto at = scenario_.given.lower_bound(prefix); at != scenario_.given.end() && at->first.starts_with(prefix);
         ++at) {
      const auto below = KeyPath::parse(at->first);
      if (below && (names.empty() || names.back() != below->parts()[depth])) names.push_back(below->parts()[depth]);
    }
    return names;
  }

  void add(const Field& f, std::string value, std::string range = "") {
    add_at(f, path_ / f.key, std::move(value), std::move(range));
  }
  void add_number(const Field& f, const KeyPath& path, std::string value, Range range) {
    const std::string within = interval(range);
    add_at(f, path, std::move(value), within.empty() ? "any number" : within, true);
  }

  void add_at(const Field& f, const KeyPath& path, std::string value, std::string range, bool numeric = false) {
    Parameter parameter{.path = path.str(),
                        .value = std::move(value),
                        .unit = numeric ? unit_of(f.key, market_.run.currency) : "",
                        .doc = std::string(f.doc),
                        .source = source_of(f),
                        .range = std::move(range),
                        .provenance = source_of(f)};
    if (parameter.source.starts_with("preset ")) parameter.provenance += "; assumed";
    if (const auto given = scenario_.given.find(path.str()); given != scenario_.given.end()) {
      parameter.given = true;
      parameter.source = where(given->second);
      parameter.provenance = whence(f, given->second);
    }
    list_.push_back(std::move(parameter));
  }

  static std::string where(const Place& place) {
    const std::string preset = place.option.empty() ? preset_name(place.file) : "";
    return preset.empty() ? place.str() : fmt::format("{}:{}:{}", preset, place.line, place.column);
  }

  // What the line of a given value says of it.
  std::string whence(const Field& f, const Place& place) const {
    if (!place.option.empty()) return "the command line";
    for (const SourceFile& source : scenario_.sources) {
      if (source.path != place.file) continue;
      const std::vector<std::string_view> lines = split_lines(source.text);
      const auto line = static_cast<std::size_t>(place.line);
      if (line == 0 || line > lines.size()) break;
      if (const std::string comment = comment_of(lines[line - 1]); !comment.empty()) return comment;
    }
    return f.source == "the author" ? "the author" : "assumed";
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

std::vector<Parameter> parameters_of(const LoadedScenario& scenario) {
  std::vector<Parameter> list;
  MarketOptions market = scenario.market;
  ParameterLister lister(scenario, market, list, {});
  market.visit(lister);
  return list;
}

}  // namespace populace
