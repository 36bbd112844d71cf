#include "app/precision.hpp"

#include "app/options.hpp"

namespace populace {

double parse_precision(const std::string& text) {
  std::size_t used = 0;
  double value = 0;
  try {
    value = std::stod(text, &used);
  } catch (const std::exception&) {
    used = 0;
  }
  if (used > 0 && used + 1 == text.size() && text.back() == '%')
    value /= 100;
  else if (used != text.size())
    used = 0;
  if (used == 0 || !(value > 0 && value < 1))
    throw UsageError("--precision " + text + ": must be a share between 0 and 1, such as 1% or 0.01");
  return value;
}

}  // namespace populace
