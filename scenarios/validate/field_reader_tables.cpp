// The keys of FieldReader that hold other keys: values by name, series, and tables.
#include <fmt/format.h>

#include <algorithm>

#include "scenarios/data/weekly.hpp"
#include "scenarios/validate/field_reader.hpp"
#include "scenarios/validate/key_index.hpp"
#include "scenarios/validate/names.hpp"
#include "scenarios/validate/ranges.hpp"
#include "scenarios/validate/suggest.hpp"

namespace populace {

void FieldReader::per_name(const Field& field, PerName& value, Kind kind, Range range) {
  const Node* node = take(field);
  if (node == nullptr) return;
  const KeyPath path = path_ / field.key;
  if (node->is_table() && node->find("mean") != nullptr && node->find("sd") != nullptr) {
    value.by_name.clear();
    read_number(*node, path, range, value.all);
    return;
  }
  if (node->is_table()) return read_by_name(*node, path, kind, range, "", value);
  if (kind == "driver") return refuse_type(*node, path, "a table of rates", "write drivers = { goodwill = 0.1 }");
  if (!node->is_number()) return refuse_type(*node, path, fmt::format("a number or a table of numbers by {}", kind));
  value.by_name.clear();
  read_number(*node, path, range, value.all);
}

void FieldReader::read_by_name(const Node& node, const KeyPath& path, Kind kind, Range range, const std::string& prefix,
                               PerName& value) {
  for (const Node::Member& member : node.members) {
    const KeyPath below = path / member.key;
    reading_.given[below.str()] = {member.value.place, member.value.written};
    // Drivers have dots: { exposures.tv = 0.1 } is the same as { "exposures.tv" = 0.1 }.
    if (kind == "driver" && member.value.is_table()) {
      read_by_name(member.value, below, kind, range, prefix + member.key + ".", value);
      continue;
    }
    double number = 0;
    const bool good = read_number(member.value, below, range, number);
    const std::string name = prefix + member.key;
    if (kind != "driver" && name == "all") {
      if (good) value.all = number;
      continue;
    }
    refer(member.value, below, name, kind);
    if (!good) continue;
    const auto same = [&](const auto& entry) { return entry.first == name; };
    const auto old = std::find_if(value.by_name.begin(), value.by_name.end(), same);
    if (old == value.by_name.end())
      value.by_name.emplace_back(name, number);
    else
      old->second = number;
  }
}

void FieldReader::series(const Field& field, Series& value, Range range) {
  const Node* node = take(field);
  if (node == nullptr) return;
  const KeyPath path = path_ / field.key;
  if (node->is_array()) return read_points(*node, path, range, value);
  if (node->is_table() && node->find("mean") != nullptr) {
    value.points.clear();
    read_number(*node, path, range, value.constant);
    return;
  }
  if (node->is_table()) return read_csv_series(*node, path, range, value);
  if (!node->is_number())
    return refuse_type(*node, path, "a number, a list [[week, value], …] or { csv = \"file.csv\", column = \"name\" }");
  value.points.clear();
  read_number(*node, path, range, value.constant);
}

void FieldReader::read_points(const Node& node, const KeyPath& path, Range range, Series& value) {
  value.points.clear();
  if (node.items.empty()) refuse(node, path, "holds no point", "write [[0, 1.0], [52, 1.2]] or one number");
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const Node& item = node.items[i];
    if (!item.is_array() || item.items.size() != 2) {
      refuse(item, path[i], "must be a pair [week, value]", "as in [[0, 1.0], [52, 1.2]]");
      continue;
    }
    double week = 0, level = 0;
    const bool week_is_good = read_number(item.items[0], path[i][0], kAny, week);
    const bool level_is_good = read_number(item.items[1], path[i][1], range, level);
    if (!week_is_good || !level_is_good) continue;
    if (!value.points.empty() && week <= value.points.back().first)
      refuse(item.items[0], path[i][0], fmt::format("must be after week {}", plain(value.points.back().first)),
             "sort the points by week, one point a week");
    else
      value.points.emplace_back(week, level);
  }
}

void FieldReader::read_csv_series(const Node& node, const KeyPath& path, Range range, Series& value) {
  std::string file, column;
  const auto read = [&](FieldVisitor& t) {
    t.text({"csv", "file with a first column week"}, file);
    t.text({"column", "column of the values"}, column);
  };
  visit_table(node, path, read);
  if (reading_.violations.has(path)) return;
  if (file.empty() || column.empty())
    return refuse(node, path, fmt::format("has no {}", file.empty() ? "csv" : "column"),
                  R"(write { csv = "file.csv", column = "name" })");
  const Node& csv = *node.find("csv");
  value.points = read_weekly(reading_.files, {csv.place, (path / "csv").str(), csv.written, "", ""}, file, column,
                             range, reading_.violations);
}

void FieldReader::visit_table(const Node& node, const KeyPath& path, const std::function<void(FieldVisitor&)>& visit) {
  FieldReader reader(reading_, node, path);
  visit(reader);
  reader.refuse_unknown_keys();
}

void FieldReader::table(const Field& field, const std::function<void(FieldVisitor&)>& visit) {
  const Node* node = take(field);
  if (node == nullptr) return;
  const KeyPath path = path_ / field.key;
  if (!node->is_table())
    return refuse_type(*node, path, "a table", fmt::format("write [{}] with its keys below", path.str()));
  visit_table(*node, path, visit);
}

bool FieldReader::is_new_by_option(const Node::Member& member, const KeyPath& path, Kind kind) {
  if (!member.value.made_by_option) return false;
  const std::vector<std::string> names = names_of(reading_.market, kind, path);
  if (std::find(names.begin(), names.end(), member.key) != names.end()) return false;
  const std::string hint = suggest(member.key, names, fmt::format("the {}s are", kind));
  refuse(member.value, path, fmt::format("there is no {} {}", kind, quoted_text(member.key)),
         hint.empty() ? fmt::format("declare [{}] in the file", path.str()) : hint);
  return true;
}

void FieldReader::read_named(const Node::Member& member, const KeyPath& path, Kind kind,
                             const std::function<std::function<void(FieldVisitor&)>(const std::string&)>& at) {
  if (!member.value.is_table()) {
    const std::string table = path.parent().str();
    const bool many = member.value.is_tables();
    return refuse(
        member.value, path,
        many ? fmt::format("must be one table [{}], not [[{}]]", path.str(), path.str())
             : fmt::format("stands outside any {}", kind),
        many ? "write single brackets"
             : fmt::format("write [{}.NAME], NAME being the {}'s, and put {} below it", table, kind, member.key));
  }
  reading_.given[path.str()] = {member.value.place, ""};
  if (const std::string problem = name_problem(member.key, kind); !problem.empty())
    refuse(member.value, path, problem, "rename it");
  if (!is_new_by_option(member, path, kind)) visit_table(member.value, path, at(member.key));
}

void FieldReader::named_tables(const Field& field, Kind kind,
                               const std::function<std::function<void(FieldVisitor&)>(const std::string&)>& at) {
  const Node* node = take(field);
  if (node == nullptr) return;
  const KeyPath path = path_ / field.key;
  if (!node->is_table())
    return refuse(*node, path, fmt::format("must be tables [{}.NAME]", path.str()),
                  fmt::format("every {} has a table with its own name: [{}.first]", kind, path.str()));
  for (const Node::Member& member : node->members) read_named(member, path / member.key, kind, at);
}

void FieldReader::tables(const Field& field, std::size_t n,
                         const std::function<std::function<void(FieldVisitor&)>(std::size_t)>& at) {
  const Node* node = take(field);
  if (node == nullptr) return;
  const KeyPath path = path_ / field.key;
  if (!node->is_array())
    return refuse(*node, path, fmt::format("must be a list of tables [[{}]]", path.str()),
                  node->is_table() ? "write double brackets" : "write one [[…]] for each");
  for (std::size_t i = 0; i < node->items.size(); ++i) {
    const Node& item = node->items[i];
    reading_.given[path[i].str()] = {item.place, ""};
    const auto visit = at(n + i);
    if (item.is_table())
      visit_table(item, path[i], visit);
    else
      refuse_type(item, path[i], "a table");
  }
}

void FieldReader::refuse_unknown_keys() {
  for (const Node::Member& member : table_.members) {
    if (std::find(known_.begin(), known_.end(), member.key) != known_.end()) continue;
    const std::string meant = closest(member.key, known_);
    if (!meant.empty()) reading_.violations.doubt(path_ / meant);
    std::string hint = did_you_mean(member.key, known_);
    if (hint.empty()) hint = where_key_belongs(member.key);
    if (hint.empty()) hint = (path_.empty() ? "the tables are: " : "the keys here are: ") + listed(known_, 40);
    const Place place = member.value.key_place;
    const std::string path = (path_ / member.key).str();
    reading_.violations.add(
        {place, path, member.value.written, member.value.is_table() ? "unknown table" : "unknown key", hint});
  }
}

}  // namespace populace
