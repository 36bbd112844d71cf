// Key paths as users read and write them: campaign.spring.flight[0].start_week. Parts that TOML would not take bare are
// quoted.
#pragma once
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace populace {

// A part as TOML writes a key: bare when possible, else in double quotes.
std::string quoted_key(std::string_view part);
// A text as a TOML string in double quotes.
std::string quoted_text(std::string_view text);

class KeyPath {
 public:
  KeyPath() = default;
  KeyPath(std::initializer_list<std::string_view> parts);

  KeyPath operator/(std::string_view part) const;
  KeyPath operator[](std::size_t index) const;
  // The table or array that holds it.
  KeyPath parent() const;

  const std::vector<std::string>& parts() const { return parts_; }
  bool empty() const { return parts_.empty(); }
  std::string str() const;

  // Reads a.b."c d"[0]; empty when malformed.
  static std::optional<KeyPath> parse(std::string_view text);
  // Index meant by a part "[3]", if it is one.
  static std::optional<std::size_t> index_of(std::string_view part);

 private:
  std::vector<std::string> parts_;  // an index is a part "[3]"
};

}  // namespace populace
