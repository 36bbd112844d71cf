#include "scenarios/describe/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace populace {

std::string grouped(double value) {
  const bool whole = std::abs(value) < 1e15 && (value == std::floor(value) || std::abs(value) >= 1000);
  if (!whole) return fmt::format("{:.6g}", value);
  const std::string digits = fmt::format("{:.0f}", std::abs(value));
  std::string text = value < 0 ? "-" : "";
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

std::size_t shown_width(const std::string& text) {
  std::size_t width = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    // Leads of three- and four-byte sequences from U+3000 up are mostly wide.
    if ((byte & 0xC0) != 0x80) width += byte >= 0xE3 ? 2 : 1;
  }
  return width;
}

std::string aligned(const std::vector<std::vector<std::string>>& rows, const std::vector<std::size_t>& right) {
  std::vector<std::size_t> widths;
  for (const std::vector<std::string>& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], shown_width(row[i]));
  }
  std::string out;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    std::string line = "  ";
    for (std::size_t i = 0; i < rows[r].size(); ++i) {
      const std::string pad(widths[i] - shown_width(rows[r][i]), ' ');
      const bool flush_right = std::find(right.begin(), right.end(), i) != right.end();
      if (i > 0) line += "  ";
      line += flush_right ? pad + rows[r][i] : rows[r][i] + pad;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
    if (r > 0) continue;
    std::string rule = "  ";
    for (std::size_t i = 0; i < widths.size(); ++i) {
      if (i > 0) rule += "  ";
      rule.append(widths[i], '-');
    }
    out += rule + "\n";
  }
  return out;
}

}  // namespace populace
