// Values as phrases: shares, times, values by name.
#pragma once
#include <string>

#include "models/world/market_options.hpp"

namespace populace {

std::string percent(double share);  // "12.5 %"

std::string series_text(const Series& series);  // its first and last value

// Values by name as "young 12, others 20".
std::string by_name_text(const PerName& value, std::size_t n_names, std::string (*write)(double));

// "weeks 43 to 46, every 52 weeks"; an end of 0 or beyond the horizon is its end.
std::string weeks_text(double start, double end, double every, const RunOptions& run);

}  // namespace populace
