// Compares two results files value by value; reals by their bits, so that NaN equals NaN and -0 is not 0.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <bit>
#include <set>

#include "results/hdf5/results_reader.hpp"

namespace populace {
namespace {

const std::set<std::string, std::less<>> kMayDiffer = {"date_and_time", "host", "command_line"};

std::string shown(const AttributeValue& value) {
  return std::visit(
      [](const auto& held) {
        const std::string text = fmt::format("{}", held);
        return text.size() > 60 ? text.substr(0, 57) + "..." : text;
      },
      value);
}

class Comparison {
 public:
  Comparison(const ResultsReader& a, const ResultsReader& b) : a_(a), b_(b) {}

  std::vector<std::string> run() {
    compare_attributes("/", a_.attributes(), b_.attributes());
    const std::vector<std::string> groups_a = a_.groups();
    const std::vector<std::string> groups_b = b_.groups();
    for (const std::string& group : groups_a)
      if (std::find(groups_b.begin(), groups_b.end(), group) != groups_b.end())
        compare_group(group);
      else
        found(group, "only in the first file");
    for (const std::string& group : groups_b)
      if (std::find(groups_a.begin(), groups_a.end(), group) == groups_a.end()) found(group, "only in the second file");
    return std::move(differences_);
  }

 private:
  void found(const std::string& where, const std::string& what) { differences_.push_back(where + ": " + what); }

  void compare_attributes(const std::string& where, const Attributes& a, const Attributes& b) {
    for (const auto& [name, value] : a) {
      if (kMayDiffer.contains(name)) continue;
      const auto other = b.find(name);
      if (other == b.end())
        found(where, fmt::format("attribute {} only in the first file", name));
      else if (value != other->second)
        found(where, fmt::format("attribute {} is {} against {}", name, shown(value), shown(other->second)));
    }
    for (const auto& [name, value] : b)
      if (!kMayDiffer.contains(name) && !a.contains(name))
        found(where, fmt::format("attribute {} only in the second file", name));
  }

  void compare_group(const std::string& group) {
    compare_attributes(group, a_.group_attributes(group), b_.group_attributes(group));
    const std::vector<Variable> in_a = a_.variables(group);
    const std::vector<Variable> in_b = b_.variables(group);
    const auto named = [](const std::vector<Variable>& all, const std::string& path) {
      return std::find_if(all.begin(), all.end(), [&](const Variable& variable) { return variable.path == path; });
    };
    for (const Variable& variable : in_a) {
      const auto other = named(in_b, variable.path);
      if (other == in_b.end())
        found(variable.path, "only in the first file");
      else
        compare_variable(variable, *other);
    }
    for (const Variable& variable : in_b)
      if (named(in_a, variable.path) == in_a.end()) found(variable.path, "only in the second file");
  }

  void compare_variable(const Variable& a, const Variable& b) {
    compare_attributes(a.path, a.attributes, b.attributes);
    if (a.kind != b.kind) return found(a.path, "of another type");
    if (a.dims != b.dims) return found(a.path, fmt::format("dimensions {} against {}", a.dims, b.dims));
    if (a.shape != b.shape) return found(a.path, fmt::format("shape {} against {}", a.shape, b.shape));
    if (a.kind == ValueKind::kInteger)
      compare_rows(a, b);
    else if (a.kind == ValueKind::kReal)
      compare_values(a, a_.reals(a), b_.reals(b));
    else if (a.kind == ValueKind::kText)
      compare_values(a, a_.texts(a), b_.texts(b));
    else
      compare_values(a, a_.bytes(a), b_.bytes(b));
  }

  // Row by row, for the counters may exceed memory.
  void compare_rows(const Variable& a, const Variable& b) {
    if (a.shape.size() <= 1) {
      compare_values(a, a_.integers(a), b_.integers(b));
      return;
    }
    for (std::size_t row = 0; row < a.shape.front(); ++row)
      if (!compare_values(a, a_.integers(a, row, 1), b_.integers(b, row, 1), row)) return;
  }

  template <class Value>
  bool compare_values(const Variable& variable, const std::vector<Value>& a, const std::vector<Value>& b,
                      std::size_t row = 0) {
    std::size_t n_different = 0;
    std::size_t first = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
      if (!same(a[i], b[i]) && n_different++ == 0) first = i;
    if (n_different == 0) return true;
    found(variable.path, fmt::format("{} of {} values differ, the first at {}{}", n_different, a.size(),
                                     position(variable, row * a.size() + first), against(a[first], b[first])));
    return false;
  }

  static bool same(double a, double b) { return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b); }
  template <class Value>
  static bool same(const Value& a, const Value& b) {
    return a == b;
  }

  template <class Value>
  static std::string against(const Value& a, const Value& b) {
    if constexpr (std::is_same_v<Value, std::byte>)
      return "";
    else
      return fmt::format(": {} against {}", shown(a), shown(b));
  }

  static std::string position(const Variable& variable, std::size_t index) {
    std::vector<std::size_t> place(variable.shape.size());
    for (std::size_t axis = place.size(); axis-- > 0; index /= variable.shape[axis])
      place[axis] = index % variable.shape[axis];
    return fmt::format("{}", place);
  }

  const ResultsReader& a_;
  const ResultsReader& b_;
  std::vector<std::string> differences_;
};

}  // namespace

std::vector<std::string> differences(const std::filesystem::path& a, const std::filesystem::path& b) {
  const ResultsReader first(a);
  const ResultsReader second(b);
  return Comparison(first, second).run();
}

}  // namespace populace
