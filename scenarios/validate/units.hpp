// Units of a scenario's numbers, which their keys name.
#pragma once
#include <string>
#include <string_view>

namespace populace {

// Of the number that stands behind the last part of a key; "1" for a pure number.
std::string unit_of(std::string_view key, const std::string& currency);

}  // namespace populace
