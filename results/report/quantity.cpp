#include "results/report/quantity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace populace {
namespace {

struct Magnitude {
  double unit;
  std::string_view letter;
};
constexpr std::array<Magnitude, 5> kMagnitudes = {{{1, ""}, {1e3, " k"}, {1e6, " M"}, {1e9, " bn"}, {1e12, " tn"}}};
constexpr int kMostDecimals = 6;

// Decimals that show `digits` digits of `value` once it is rounded to them: three of .9996 make 1.00, not 1.000.
int decimals_for(double value, int digits) {
  if (value == 0) return 0;
  const double rounded_up = std::abs(value) * (1 + .5 * std::pow(10., -digits));
  const int leading = static_cast<int>(std::floor(std::log10(rounded_up)));
  return std::clamp(digits - 1 - leading, 0, kMostDecimals);
}

// The magnitude in which the value, rounded to three digits, is below 1000.
const Magnitude& magnitude_of(double value) {
  for (const Magnitude& magnitude : kMagnitudes)
    if (std::abs(value) < 999.5 * magnitude.unit) return magnitude;
  return kMagnitudes.back();
}

std::string format_half_width(double half_width, int decimals) {
  if (half_width == 0) return " ± 0";
  const double smallest = std::pow(10., -decimals);
  if (half_width < smallest / 2) return fmt::format(" ± <{:.{}f}", smallest, decimals);
  return fmt::format(" ± {:.{}f}", half_width, decimals);
}

struct Range {
  std::uint32_t first, last;
};
constexpr std::array<Range, 12> kWide = {{{0x1100, 0x115F},
                                          {0x2E80, 0x303E},
                                          {0x3041, 0x33FF},
                                          {0x3400, 0x4DBF},
                                          {0x4E00, 0x9FFF},
                                          {0xA000, 0xA4CF},
                                          {0xAC00, 0xD7A3},
                                          {0xF900, 0xFAFF},
                                          {0xFE30, 0xFE6F},
                                          {0xFF00, 0xFF60},
                                          {0x1F300, 0x1FAFF},
                                          {0x20000, 0x3FFFD}}};
constexpr std::array<Range, 3> kZeroWidth = {{{0x0300, 0x036F}, {0x200B, 0x200F}, {0xFE00, 0xFE0F}}};

template <std::size_t n>
bool is_in(const std::array<Range, n>& ranges, std::uint32_t code) {
  return std::any_of(ranges.begin(), ranges.end(), [=](Range r) { return r.first <= code && code <= r.last; });
}

}  // namespace

std::string format_quantity(double value, double half_width, std::string_view unit) {
  if (std::isnan(value)) return std::string(kAbsentText);
  const bool is_share = unit == "%";
  const Magnitude& magnitude = is_share ? kMagnitudes.front() : magnitude_of(value);
  const double scaled = value / magnitude.unit;
  const double scaled_half = half_width / magnitude.unit;
  const bool certain = std::isnan(half_width) || half_width == 0;
  const bool whole = certain && magnitude.unit == 1 && scaled == std::floor(scaled);
  int decimals = whole ? 0 : decimals_for(scaled, 3);
  if (!certain) decimals = std::max(decimals, std::min(decimals_for(scaled_half, 1), decimals + 3));
  const std::string interval = std::isnan(half_width) ? "" : format_half_width(scaled_half, decimals);
  return fmt::format("{:.{}f}{}{}{}", scaled, decimals, interval, magnitude.letter, is_share ? " %" : "");
}

std::string with_thousands(double count) {
  std::string digits = fmt::format("{:.0f}", count);
  for (std::size_t place = digits.size(); place > 3; place -= 3) digits.insert(place - 3, 1, ',');
  return digits;
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    std::uint32_t code = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (std::size_t k = 1; k < length && i + k < text.size(); ++k)
      code = code << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
    width += is_in(kZeroWidth, code) ? 0 : is_in(kWide, code) ? 2 : 1;
    i += length;
  }
  return width;
}

}  // namespace populace
