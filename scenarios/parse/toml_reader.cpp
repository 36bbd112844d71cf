#include "scenarios/parse/toml_reader.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <regex>
#include <sstream>
#include <tuple>

#include "scenarios/parse/text_file.hpp"

namespace populace {
namespace {

constexpr std::size_t kLongestWritten = 60;

// The library counts columns in code points.
std::size_t byte_of_column(std::string_view line, std::size_t column) {
  std::size_t byte = 0;
  for (std::size_t point = 1; point < column && byte < line.size(); ++point) {
    ++byte;
    while (byte < line.size() && (line[byte] & 0xC0) == 0x80) ++byte;
  }
  return byte;
}

std::string shortened(std::string text) {
  if (text.size() <= kLongestWritten) return text;
  std::size_t end = kLongestWritten;
  while (end > 0 && (text[end] & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "…";
}

class Converter {
 public:
  Converter(std::string_view text, const std::string& file) : file_(file), lines_(split_lines(text)) {}

  Node convert(const toml::node& from) const {
    Node node;
    node.place = place_of(from.source());
    if (const toml::table* table = from.as_table()) {
      node.is_inline = table->is_inline();
      convert_members(*table, node);
      return node;
    }
    node.written = written(from.source());
    if (const toml::array* array = from.as_array()) {
      node.type = Node::Type::kArray;
      for (const toml::node& item : *array) node.items.push_back(convert(item));
      if (node.is_tables()) node.written.clear();
    } else {
      convert_value(from, node);
    }
    return node;
  }

 private:
  Place place_of(const toml::source_region& source) const {
    return {.file = file_, .line = source.begin.line, .column = source.begin.column, .option = {}, .option_path = {}};
  }

  // The library sorts keys; the positions of the keys give back the order of the file.
  void convert_members(const toml::table& table, Node& node) const {
    for (const auto& [key, value] : table) {
      node.members.push_back({std::string(key.str()), convert(value)});
      node.members.back().value.key_place = place_of(key.source());
    }
    const auto order = [](const Node::Member& m) {
      return std::tuple(m.value.key_place.line, m.value.key_place.column);
    };
    std::stable_sort(node.members.begin(), node.members.end(),
                     [&](const Node::Member& a, const Node::Member& b) { return order(a) < order(b); });
  }

  static void convert_value(const toml::node& from, Node& node) {
    if (const auto* text = from.as_string()) {
      node.type = Node::Type::kText;
      node.text = text->get();
    } else if (const auto* integer = from.as_integer()) {
      node.type = Node::Type::kInteger;
      node.integer = integer->get();
      node.number = static_cast<double>(node.integer);
    } else if (const auto* number = from.as_floating_point()) {
      node.type = Node::Type::kNumber;
      node.number = number->get();
    } else if (const auto* flag = from.as_boolean()) {
      node.type = Node::Type::kFlag;
      node.flag = flag->get();
    } else {
      node.type = Node::Type::kDate;
      std::ostringstream out;
      if (const auto* date = from.as_date()) out << date->get();
      if (const auto* time = from.as_time()) out << time->get();
      if (const auto* both = from.as_date_time()) out << both->get();
      node.text = out.str();
    }
  }

  std::string written(const toml::source_region& source) const {
    if (source.begin.line == 0 || source.end.line > lines_.size()) return "";
    std::string text;
    for (std::size_t line = source.begin.line; line <= source.end.line && text.size() <= kLongestWritten; ++line) {
      const std::string_view all = lines_[line - 1];
      const std::size_t begin = line == source.begin.line ? byte_of_column(all, source.begin.column) : 0;
      const std::size_t end = line == source.end.line ? byte_of_column(all, source.end.column) : all.size();
      std::string_view part = all.substr(begin, end - begin);
      part.remove_prefix(std::min(part.find_first_not_of(" \t"), part.size()));
      if (line > source.begin.line && !part.empty()) text += ' ';
      text += part;
    }
    return shortened(text);
  }

  std::string file_;
  std::vector<std::string_view> lines_;
};

// What people who do not know TOML write, and what TOML wants instead.
std::string syntax_hint(std::string_view line, std::string_view description) {
  struct Hint {
    const char* pattern;
    const char* text;
  };
  static constexpr Hint kHints[] = {
      {R"(=\s*[-+]?\.[0-9])", "a number starts with a digit: write 0.5, not .5"},
      {R"(=\s*[-+]?[0-9.]+\s*%)", "write 5 % as 0.05"},
      {R"(=\s*[0-9]{1,3}(,[0-9]{3})+)", "write numbers without commas; 1_000 may be grouped by underscores"},
      {R"(=\s*[0-9.]+[kKmM]\b)", "write numbers in full: 10_000 or 1e6"},
      {R"(=\s*0[0-9])", "write numbers without leading zeros"},
      {R"(=\s*[A-Za-z_][^"',\[{]*$)", "write a text in double quotes, and flags as true or false"},
      {R"(=\s*"[^"]*$)", "close the text with a quote on the same line"},
      {R"(^\s*[^=#\[]+:\s)", "write key = value"},
      {R"(^\s*\[[^\]]*$)", "close the table's name with ]"},
      {R"([“”‘’])", "use plain quotes \""},
  };
  if (description.find("cannot redefine existing table") != std::string_view::npos)
    return "a name may be used once: give the second table another, or put all its keys under the first";
  if (description.find("cannot redefine") != std::string_view::npos) return "keep one of the two";
  for (const Hint& hint : kHints)
    if (std::regex_search(line.begin(), line.end(), std::regex(hint.pattern))) return hint.text;
  return "";
}

// "Error while parsing value: …" says what the line already shows.
std::string_view without_preamble(std::string_view description) {
  const std::size_t colon = description.find(": ");
  return description.starts_with("Error while parsing") && colon != std::string_view::npos
             ? description.substr(colon + 2)
             : description;
}

// Offset of a chain of dotted keys so long that it would exhaust the stack, or npos.
std::size_t first_endless_key(std::string_view text) {
  constexpr int kMostDots = 1000;
  int dots = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '.' && ++dots > kMostDots) return i;
    const bool goes_on = c == '.' || c == ' ' || c == '"' || c == '_' || c == '-' || (c >= '0' && c <= '9') ||
                         (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!goes_on) dots = 0;
  }
  return std::string_view::npos;
}

}  // namespace

std::variant<Node, Violation> parse_toml(std::string_view text, const std::string& file) {
  if (const std::size_t endless = first_endless_key(text); endless != std::string_view::npos) {
    const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(endless), '\n');
    return Violation{{.file = file, .line = line, .column = 1, .option = {}, .option_path = {}},
                     "",
                     "",
                     "a key of more than 1000 parts",
                     "keys have at most a handful of parts, as in campaign.spring.budget_money"};
  }
  try {
    const toml::table table = toml::parse(text);
    return Converter(text, file).convert(table);
  } catch (const toml::parse_error& error) {
    const toml::source_position at = error.source().begin;
    const std::vector<std::string_view> lines = split_lines(text);
    const std::string_view line = at.line >= 1 && at.line <= lines.size() ? lines[at.line - 1] : "";
    const std::string hint = syntax_hint(line.substr(0, 1000), error.description());
    Violation violation;
    violation.place = {.file = file, .line = at.line, .column = at.column, .option = {}, .option_path = {}};
    violation.rule = fmt::format("not TOML: {}, in the line `{}`", without_preamble(error.description()),
                                 shortened(std::string(line)));
    violation.suggestion =
        (hint.empty() ? "" : hint + "; ") + "reading stopped here, so there may be more to mend below";
    return violation;
  }
}

}  // namespace populace
