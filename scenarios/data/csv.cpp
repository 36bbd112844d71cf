#include "scenarios/data/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace populace {
namespace {

std::string trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return "";
  return std::string(text.substr(begin, text.find_last_not_of(" \t") - begin + 1));
}

class Scanner {
 public:
  Scanner(std::string file, std::string_view text, Violations& violations)
      : file_(std::move(file)), text_(text), violations_(violations) {}

  bool at_end() const { return at_ >= text_.size(); }
  // Whether the last row was well formed.
  bool good() const { return good_; }

  // Reads one row; an empty line gives no fields.
  std::vector<CsvField> row() {
    std::vector<CsvField> fields;
    good_ = true;
    if (take_line_end()) return fields;
    while (true) {
      fields.push_back(field());
      if (at_end() || take_line_end()) return fields;
      if (text_[at_] == ',') {
        advance();
        continue;
      }
      refuse(here(), "text follows a closing quote", R"(write a quote inside a field as "")");
      while (!at_end() && text_[at_] != ',' && text_[at_] != '\n') advance();
      if (!at_end() && text_[at_] == ',') advance();
      if (at_end() || take_line_end()) return fields;
    }
  }

  void refuse(const Place& place, const std::string& rule, const std::string& suggestion) {
    good_ = false;
    violations_.add({place, "", "", rule, suggestion});
  }

 private:
  Place here() const { return {.file = file_, .line = line_, .column = column_, .option = {}, .option_path = {}}; }

  void advance() {
    const bool new_line = text_[at_] == '\n';
    line_ += new_line ? 1 : 0;
    column_ = new_line ? 1 : column_ + 1;
    ++at_;
  }

  bool take_line_end() {
    if (text_.substr(at_).starts_with("\r\n")) advance();
    if (at_end() || text_[at_] != '\n') return false;
    advance();
    return true;
  }

  CsvField field() {
    CsvField read{"", here()};
    if (at_end() || text_[at_] != '"') {
      while (!at_end() && text_[at_] != ',' && text_[at_] != '\n' && !text_.substr(at_).starts_with("\r\n")) {
        read.text += text_[at_];
        advance();
      }
      read.text = trimmed(read.text);
      return read;
    }
    advance();
    while (!at_end()) {
      if (text_[at_] == '"') {
        advance();
        if (at_end() || text_[at_] != '"') return read;
      }
      read.text += text_[at_];
      advance();
    }
    refuse(read.place, "a quote is opened and never closed", "close it, or double quotes that belong to the field");
    return read;
  }

  std::string file_;
  std::string_view text_;
  Violations& violations_;
  std::size_t at_ = 0;
  std::int64_t line_ = 1, column_ = 1;
  bool good_ = true;
};

bool read_header(Scanner& scanner, CsvTable& table) {
  std::vector<CsvField> header;
  while (header.empty() && !scanner.at_end()) header = scanner.row();
  for (const CsvField& field : header) {
    if (field.text.empty())
      scanner.refuse(field.place, "a column has no name", "name every column in the first row");
    else if (table.column(field.text))
      scanner.refuse(field.place, fmt::format("column {} is named twice", quoted_text(field.text)),
                     "rename one of them");
    table.columns.push_back(field.text);
  }
  return !header.empty();
}

}  // namespace

std::optional<std::size_t> CsvTable::column(std::string_view name) const {
  const auto found = std::find(columns.begin(), columns.end(), name);
  if (found == columns.end()) return std::nullopt;
  return static_cast<std::size_t>(found - columns.begin());
}

std::optional<CsvTable> parse_csv(const std::string& file, std::string_view text, Violations& violations) {
  CsvTable table{file, {}, {}};
  Scanner scanner(file, text, violations);
  if (!read_header(scanner, table)) return std::nullopt;
  while (!scanner.at_end()) {
    std::vector<CsvField> row = scanner.row();
    if (row.empty() || !scanner.good()) continue;
    if (row.size() == table.columns.size())
      table.rows.push_back(std::move(row));
    else
      scanner.refuse(
          row.front().place,
          fmt::format("this row has {} field{}, the first row names {} column{}", row.size(),
                      row.size() == 1 ? "" : "s", table.columns.size(), table.columns.size() == 1 ? "" : "s"),
          "write one field for each column; put fields that hold a comma in double quotes");
  }
  if (table.rows.empty() && scanner.good())
    scanner.refuse({.file = file, .line = 1, .column = 1, .option = {}, .option_path = {}},
                   "has no rows below the header", "add at least one");
  return table;
}

std::optional<double> csv_number(const CsvField& field, const std::string& column, Violations& violations) {
  double value = 0;
  const char* end = field.text.data() + field.text.size();
  const auto [stop, error] = std::from_chars(field.text.data(), end, value);
  if (error == std::errc{} && stop == end && std::isfinite(value)) return value;
  if (field.text.empty()) {
    violations.add({field.place, column, "", "is empty", "give a number in every row"});
    return std::nullopt;
  }
  violations.add({field.place, column, quoted_text(field.text), "must be a finite number",
                  field.text.find(',') == std::string::npos ? "" : "write numbers without commas"});
  return std::nullopt;
}

}  // namespace populace
