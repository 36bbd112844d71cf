#include "scenarios/validate/ranges.hpp"

#include <fmt/format.h>

#include <cmath>

namespace populace {

std::string plain(double value) {
  const bool whole = std::abs(value) < 1e15 && value == std::floor(value);
  return whole ? fmt::format("{:.0f}", value) : fmt::format("{:.10g}", value);
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
    return fmt::format("must be between {} and {}", plain(range.low), plain(range.high));
  const std::string lower = low ? fmt::format("{} {}", range.low_open ? "above" : "at least", plain(range.low)) : "";
  const std::string upper = high ? fmt::format("{} {}", range.high_open ? "below" : "at most", plain(range.high)) : "";
  return "must be " + lower + (low && high ? " and " : "") + upper;
}

std::string range_hint(double value, Range range) {
  if (std::isnan(value)) return "nan is not a number";
  if (std::isinf(value)) return "infinity is not allowed";
  if (range.high == 1 && value > 1 && value <= 100)
    return fmt::format("{} % is written {}", plain(value), plain(value / 100));
  return "";
}

}  // namespace populace
