#include "results/hdf5/results_reader.hpp"

#include <fmt/format.h>

#include <charconv>
#include <chrono>

#include "results/hdf5/results_file.hpp"

namespace populace {
namespace {

std::chrono::sys_days parse_date(std::string_view text) {
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  std::from_chars(text.data(), text.data() + 4, year);
  std::from_chars(text.data() + 5, text.data() + 7, month);
  std::from_chars(text.data() + 8, text.data() + 10, day);
  return std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day);
}

std::string iso_date(std::chrono::sys_days day) {
  const std::chrono::year_month_day date(day);
  return fmt::format("{:04}-{:02}-{:02}", int{date.year()}, unsigned{date.month()}, unsigned{date.day()});
}

double real_attribute(const Variable& variable, const char* name) {
  return std::get<double>(variable.attributes.at(name));
}

}  // namespace

ResultsReader::ResultsReader(const std::filesystem::path& path)
    : InputFile(path, kResultsFiletype, kResultsFormatMajor) {}

std::vector<Variable> ResultsReader::counters(const std::string& group) const {
  std::vector<Variable> out;
  for (Variable& variable : variables(group))
    if (!variable.is_coordinate() && !variable.dims.empty() && variable.dims.front() == "replication")
      out.push_back(std::move(variable));
  return out;
}

std::vector<std::string> ResultsReader::labels(const std::string& group, const std::string& dimension) const {
  const Variable axis = variable(group + "/" + dimension);
  if (axis.kind == ValueKind::kText) return texts(axis);
  const bool is_time = dimension == "time";
  const std::chrono::sys_days start = is_time ? parse_date(text_attribute("start_date")) : std::chrono::sys_days{};
  std::vector<std::string> out;
  for (const std::int64_t number : integers(axis))
    out.push_back(is_time ? iso_date(start + std::chrono::days(number)) : fmt::format("{}", number));
  return out;
}

std::string ResultsReader::date(std::int64_t days) const {
  return iso_date(parse_date(text_attribute("start_date")) + std::chrono::days(days));
}

Scale ResultsReader::scale(const Variable& counters) {
  return {real_attribute(counters, "scale_weight"), real_attribute(counters, "scale_divisor")};
}

}  // namespace populace
