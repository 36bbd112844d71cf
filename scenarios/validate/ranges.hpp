// Ranges in words.
#pragma once
#include <string>

#include "sim/base/fields.hpp"

namespace populace {

// Whether a value lies in the range; NaN and infinities lie in none.
bool in_range(double value, Range range);

// "must be at least 0 and below 1".
std::string range_rule(Range range);

// "[0, 1)": bounds as mathematics writes them; empty when every number is allowed.
std::string interval(Range range);

// What the user may have meant by a value out of range, or empty.
std::string range_hint(double value, Range range);

// A number as a person writes it.
std::string plain(double value);

// plain, with long whole numbers grouped as TOML allows: 1_000_000.
std::string readable(double value);

}  // namespace populace
