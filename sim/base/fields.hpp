// Options are declared once. A mechanism lists the keys of its options struct to a FieldVisitor; reading a scenario,
// checking ranges, describing the market, exporting parameters and writing the JSON schema are visitors of that one
// list.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/base/series.hpp"

namespace populace {

// What a user reads about one key. Units are in the key's name (…_weeks, …_per_week, …_money, …_share, …_prob).
struct Field {
  std::string_view key;
  std::string_view doc;
  std::string_view source = "assumed";
};

struct Range {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool low_open = false;   // low itself is refused
  bool high_open = false;  // high itself is refused
};
inline constexpr Range kAny{};
inline constexpr Range kShare{0, 1};
inline constexpr Range kNotNegative{0};
inline constexpr Range kPositive{.low = 0, .low_open = true};

// One value for everybody, or one by name (of a segment, region, stage, …); names not listed take `all`.
struct PerName {
  double all = 0;
  std::vector<std::pair<std::string, double>> by_name;

  PerName() = default;
  PerName(double value) : all(value) {}  // NOLINT(google-explicit-constructor): a number serves everybody
  double of(std::string_view name) const {
    for (const auto& [key, value] : by_name)
      if (key == name) return value;
    return all;
  }
};

// Names that may be referred to: "region", "segment", "channel", "brand", "campaign", "machine", "stage".
using Kind = std::string_view;

class FieldVisitor {
 public:
  virtual ~FieldVisitor() = default;
  virtual void flag(const Field& field, bool& value) = 0;
  virtual void integer(const Field& field, std::int64_t& value, Range range) = 0;
  virtual void number(const Field& field, double& value, Range range) = 0;
  virtual void text(const Field& field, std::string& value) = 0;
  // `value` must be one of `allowed`.
  virtual void choice(const Field& field, std::string& value, const std::vector<std::string_view>& allowed) = 0;
  // `value` must be the name of a `kind` of this scenario; empty when not given.
  virtual void name(const Field& field, std::string& value, Kind kind) = 0;
  virtual void names(const Field& field, std::vector<std::string>& value, Kind kind) = 0;
  virtual void texts(const Field& field, std::vector<std::string>& value) = 0;
  virtual void numbers(const Field& field, std::vector<double>& value, Range range) = 0;
  virtual void matrix(const Field& field, std::vector<std::vector<double>>& value, Range range) = 0;
  virtual void per_name(const Field& field, PerName& value, Kind kind, Range range) = 0;
  // A number, [[week, value], …], or { csv = "file", column = "name" } (the first column of the file is `week`).
  virtual void series(const Field& field, Series& value, Range range) = 0;
  // A table of its own: [key].
  virtual void table(const Field& field, const std::function<void(FieldVisitor&)>& visit) = 0;
  // Named tables [key.NAME], kept in the order of the file. `at(name)` adds one with its defaults and returns how to
  // visit it.
  virtual void named_tables(const Field& field, Kind kind,
                            const std::function<std::function<void(FieldVisitor&)>(const std::string& name)>& at) = 0;
  // An array of tables [[key]] that holds n now. `at(index)` returns how to visit one; at(n) appends one with its
  // defaults, then at(n + 1) the next.
  virtual void tables(const Field& field, std::size_t n,
                      const std::function<std::function<void(FieldVisitor&)>(std::size_t index)>& at) = 0;
};

}  // namespace populace
