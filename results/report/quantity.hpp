// Numbers as a person reads them: three digits that matter, k M bn tn for thousands and up, and an interval with as
// many decimals as its own first digit needs.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace populace {

inline constexpr std::string_view kAbsentText = "–";

// "1.23 M", "45.6 ± 1.2 k", "12.3 ± 0.4 %" (unit "%"), "–" for NaN. A NaN half width is left out. Units other than "%"
// are not printed.
std::string format_quantity(double value, double half_width, std::string_view unit);

// "1,234,567", rounded.
std::string with_thousands(double count);

// Columns of a terminal that the UTF-8 text takes: two for East Asian wide characters, none for combining marks.
std::size_t display_width(std::string_view text);

}  // namespace populace
