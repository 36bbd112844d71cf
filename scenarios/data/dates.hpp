// Dates as YYYY-MM-DD (ISO 8601), of the proleptic Gregorian calendar.
#pragma once
#include <chrono>
#include <optional>
#include <string_view>

namespace populace {

// Empty when the text is no date of that form, or no day of the calendar.
std::optional<std::chrono::sys_days> parse_date(std::string_view text);

}  // namespace populace
