#include "scenarios/validate/ranges.hpp"

#include <fmt/format.h>

#include <cmath>

namespace populace {

std::string plain(double value) {
  const bool whole = std::abs(value) < 1e15 && value == std::floor(value);
  return whole ? fmt::format("{:.0f}", value) : fmt::format("{:.10g}", value);
}

std::string readable(double value) {
  const std::string text = plain(value);
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  constexpr std::size_t kShort = 5;
  if (text.size() - first <= kShort || text.find_first_not_of("0123456789", first) != std::string::npos) return text;
  std::string grouped;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i > first && (text.size() - i) % 3 == 0) grouped += '_';
    grouped += text[i];
  }
  return grouped;
}

bool in_range(double value, Range range) {
  if (!std::isfinite(value)) return false;
  if (range.low_open ? value <= range.low : value < range.low) return false;
  return !(range.high_open ? value >= range.high : value > range.high);
}

std::string range_rule(Range range) {
  const bool low = std::isfinite(range.low), high = std::isfinite(range.high);
  if (!low && !high) return "must be a finite number";
  if (low && high && !range.low_open && !range.high_open)
    return fmt::format("must be between {} and {}", readable(range.low), readable(range.high));
  const std::string lower = low ? fmt::format("{} {}", range.low_open ? "above" : "at least", readable(range.low)) : "";
  const std::string upper =
      high ? fmt::format("{} {}", range.high_open ? "below" : "at most", readable(range.high)) : "";
  return "must be " + lower + (low && high ? " and " : "") + upper;
}

std::string interval(Range range) {
  const bool low = std::isfinite(range.low), high = std::isfinite(range.high);
  if (!low && !high) return "";
  return fmt::format("{}{}, {}{}", low && !range.low_open ? "[" : "(", low ? plain(range.low) : "-inf",
                     high ? plain(range.high) : "inf", high && !range.high_open ? "]" : ")");
}

std::string range_hint(double value, Range range) {
  if (std::isnan(value)) return "nan is not a number";
  if (std::isinf(value)) return "infinity is not allowed";
  if (range.high == 1 && value >= 2 && value <= 100)
    return fmt::format("{} % is written {}", plain(value), plain(value / 100));
  return "";
}

}  // namespace populace
