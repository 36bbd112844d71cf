// Comma-separated values (RFC 4180): first row names the columns; fields may be quoted, "" is a quote inside quotes.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/parse/violation.hpp"

namespace populace {

struct CsvField {
  std::string text;
  Place place;
};

struct CsvTable {
  std::string file;
  std::vector<std::string> columns;
  std::vector<std::vector<CsvField>> rows;  // as many fields as columns
  std::optional<std::size_t> column(std::string_view name) const;
};

// Reports every malformed row and returns what is left; empty when there is no usable header.
std::optional<CsvTable> parse_csv(const std::string& file, std::string_view text, Violations& violations);

// The number in a field, or empty after a complaint. `column` is its name in the message.
std::optional<double> csv_number(const CsvField& field, const std::string& column, Violations& violations);

}  // namespace populace
