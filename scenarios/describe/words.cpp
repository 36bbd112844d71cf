#include "scenarios/describe/words.hpp"

#include <fmt/format.h>

#include "scenarios/validate/ranges.hpp"

namespace populace {

std::string percent(double share) { return fmt::format("{:.4g} %", share * 100); }

std::string series_text(const Series& series) {
  if (series.points.empty()) return plain(series.constant);
  if (series.points.size() == 1) return plain(series.points.front().second);
  return fmt::format("{} (week {}) … {} (week {})", plain(series.points.front().second),
                     plain(series.points.front().first), plain(series.points.back().second),
                     plain(series.points.back().first));
}

std::string by_name_text(const PerName& value, std::size_t n_names, std::string (*write)(double)) {
  std::string text;
  for (const auto& [name, number] : value.by_name)
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", name, write(number));
  if (text.empty()) return write(value.all);
  return value.by_name.size() < n_names ? text + ", others " + write(value.all) : text;
}

std::string weeks_text(double start, double end, double every, const RunOptions& run) {
  const auto horizon = static_cast<double>(run.weeks);
  const std::string weeks =
      fmt::format("weeks {} to {}", plain(start), plain(end <= 0 || end > horizon ? horizon : end));
  return every > 0 ? fmt::format("{}, every {} weeks", weeks, plain(every)) : weeks;
}

}  // namespace populace
