#include "results/export/journey_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace populace {

std::string JourneyColumns::label(const std::string& field, std::size_t row) const {
  const auto codes = integers.find(field + "_code");
  if (codes == integers.end() || codes->second[row] < 0) return "";
  return labels.at(field)[static_cast<std::size_t>(codes->second[row])];
}

JourneyReader::JourneyReader(const std::filesystem::path& path) : file_(path) {
  const std::vector<std::string> groups = file_.groups();
  if (std::find(groups.begin(), groups.end(), "/journeys") == groups.end())
    throw FileError(fmt::format("{} holds no journeys; record some with `populace run … --journeys 10000 --out FILE`",
                                path.string()));
  attributes_ = file_.group_attributes("/journeys");
}

std::vector<std::string> JourneyReader::tables() const {
  std::vector<std::string> names;
  for (const std::string& group : file_.groups())
    if (group.starts_with("/journeys/") && group != "/journeys/consumers")
      names.push_back(group.substr(std::string("/journeys/").size()));
  return names;
}

JourneyColumns JourneyReader::table(const std::string& name) const {
  JourneyColumns out;
  out.name = name;
  const std::vector<std::string> known = tables();
  if (std::find(known.begin(), known.end(), name) == known.end()) return out;
  const std::string group = "/journeys/" + name;
  out.long_name = std::get<std::string>(file_.group_attributes(group).at("long_name"));
  for (const Variable& variable : file_.variables(group)) {
    if (variable.name == "row") continue;
    if (variable.kind == ValueKind::kText) {
      out.labels[variable.name] = file_.texts(variable);
      continue;
    }
    out.order.push_back(variable.name);
    out.n_rows = variable.shape.front();
    if (variable.kind == ValueKind::kReal)
      out.reals[variable.name] = file_.reals(variable);
    else
      out.integers[variable.name] = file_.integers(variable);
  }
  return out;
}

const std::string& JourneyReader::text(const std::string& attribute) const {
  return std::get<std::string>(attributes_.at(attribute));
}

std::int64_t JourneyReader::integer(const std::string& attribute) const {
  return std::get<std::int64_t>(attributes_.at(attribute));
}

double JourneyReader::scale() const { return std::get<double>(attributes_.at("scale")); }

std::string JourneyReader::date(std::int64_t days) const { return file_.date(days); }

}  // namespace populace
