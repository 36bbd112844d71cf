#include "scenarios/parse/path.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace populace {
namespace {

constexpr std::size_t kMostParts = 32;

bool is_bare(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

// Takes one part off the front of `rest`; empty when there is none.
std::optional<std::string> take_part(std::string_view& rest) {
  std::size_t length = 0;
  if (!rest.empty() && (rest.front() == '"' || rest.front() == '\'')) {
    length = rest.find(rest.front(), 1);
    if (length == std::string_view::npos || length == 1) return std::nullopt;
    std::string part(rest.substr(1, length - 1));
    rest.remove_prefix(length + 1);
    return part;
  }
  // Names in other scripts need no quotes on a command line.
  while (length < rest.size() && (is_bare(rest[length]) || (rest[length] & 0x80) != 0)) ++length;
  if (length == 0) return std::nullopt;
  std::string part(rest.substr(0, length));
  rest.remove_prefix(length);
  return part;
}

}  // namespace

std::string quoted_text(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (c == '\n') {
      quoted += "\\n";
    } else if (c == '\t') {
      quoted += "\\t";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      quoted += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

std::string quoted_key(std::string_view part) {
  if (!part.empty() && std::all_of(part.begin(), part.end(), is_bare)) return std::string(part);
  return quoted_text(part);
}

KeyPath::KeyPath(std::initializer_list<std::string_view> parts) : parts_(parts.begin(), parts.end()) {}

KeyPath KeyPath::operator/(std::string_view part) const {
  KeyPath longer = *this;
  longer.parts_.emplace_back(part);
  return longer;
}

KeyPath KeyPath::operator[](std::size_t index) const { return *this / fmt::format("[{}]", index); }

KeyPath KeyPath::parent() const {
  KeyPath shorter = *this;
  if (!shorter.parts_.empty()) shorter.parts_.pop_back();
  return shorter;
}

std::string KeyPath::str() const {
  std::string text;
  for (const std::string& part : parts_) {
    const bool index = index_of(part).has_value();
    if (!text.empty() && !index) text += '.';
    text += index ? part : quoted_key(part);
  }
  return text;
}

std::optional<std::size_t> KeyPath::index_of(std::string_view part) {
  if (part.size() < 3 || part.front() != '[' || part.back() != ']') return std::nullopt;
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(part.data() + 1, part.data() + part.size() - 1, index);
  if (error != std::errc{} || end != part.data() + part.size() - 1) return std::nullopt;
  return index;
}

std::optional<KeyPath> KeyPath::parse(std::string_view text) {
  KeyPath path;
  while (true) {
    const auto part = take_part(text);
    if (!part) return std::nullopt;
    path.parts_.push_back(*part);
    while (!text.empty() && text.front() == '[') {
      const std::size_t end = text.find(']');
      if (end == std::string_view::npos || !index_of(text.substr(0, end + 1))) return std::nullopt;
      path.parts_.emplace_back(text.substr(0, end + 1));
      text.remove_prefix(end + 1);
    }
    if (path.parts_.size() > kMostParts) return std::nullopt;
    if (text.empty()) return path;
    if (text.front() != '.') return std::nullopt;
    text.remove_prefix(1);
  }
}

}  // namespace populace
