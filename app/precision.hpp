// A share such as "1%" or "0.01", as --precision takes it.
#pragma once
#include <string>

namespace populace {

// Throws UsageError.
double parse_precision(const std::string& text);

}  // namespace populace
