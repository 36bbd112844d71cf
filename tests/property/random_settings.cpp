// Values within the declared range of any key that stands for itself; keys that others depend on (names, shares that
// sum to 1, the size of the run) are left to random_scenario.cpp.
#include <fmt/format.h>

#include <cmath>
#include <set>

#include "scenarios/parse/path.hpp"
#include "scenarios/validate/names.hpp"
#include "tests/property/random_scenario.hpp"

namespace populace {
namespace {

constexpr double kModest = 100;  // ranges up to here are tried from end to end, wider ones around the value in force

class Mutator : public FieldVisitor {
 public:
  Mutator(MarketOptions& market, double share, Dice& dice, std::vector<std::string>& settings, KeyPath path)
      : market_(market), share_(share), dice_(dice), settings_(settings), path_(std::move(path)) {}

  void flag(const Field& f, bool& value) override {
    if (picked(f)) set(f, value ? "false" : "true");
  }
  void integer(const Field& f, std::int64_t& value, Range range) override {
    if (!picked(f)) return;
    const double drawn = std::round(draw(static_cast<double>(value), range));
    set(f, fmt::format("{}", static_cast<std::int64_t>(std::min(std::max(drawn, range.low), range.high))));
  }
  void number(const Field& f, double& value, Range range) override {
    if (picked(f)) set(f, written(draw(value, range)));
  }
  void choice(const Field& f, std::string&, const std::vector<std::string_view>& allowed) override {
    if (picked(f)) set(f, quoted_text(dice_.one_of(allowed)));
  }
  void per_name(const Field& f, PerName& value, Kind kind, Range range) override {
    if (kind == "driver" || !picked(f)) return;
    const std::vector<std::string> names = names_of(market_, kind, path_ / f.key);
    if (names.empty() || dice_.chance(.4)) return set(f, written(draw(value.all, range)));
    const std::string& name = dice_.one_of(names);
    settings_.push_back((path_ / f.key / name).str() + "=" + written(draw(value.of(name), range)));
  }
  void series(const Field& f, Series& value, Range range) override {
    if (!picked(f)) return;
    if (dice_.chance(.5)) return set(f, written(draw(value.at(0), range)));
    set(f, fmt::format("[[0, {}], [{}, {}]]", written(draw(value.at(0), range)), 1 + dice_.below(8),
                       written(draw(value.at(4), range))));
  }
  void table(const Field& f, const std::function<void(FieldVisitor&)>& visit) override {
    descend(path_ / f.key, visit);
  }
  void named_tables(const Field& f, Kind kind,
                    const std::function<std::function<void(FieldVisitor&)>(const std::string&)>& at) override {
    for (const std::string& name : names_of(market_, kind, path_ / f.key)) descend(path_ / f.key / name, at(name));
  }
  // Not changed at random: texts, names, lists and matrices, which hang together.
  void text(const Field&, std::string&) override {}
  void name(const Field&, std::string&, Kind) override {}
  void names(const Field&, std::vector<std::string>&, Kind) override {}
  void texts(const Field&, std::vector<std::string>&) override {}
  void numbers(const Field&, std::vector<double>&, Range) override {}
  void matrix(const Field&, std::vector<std::vector<double>>&, Range) override {}
  void tables(const Field&, std::size_t,
              const std::function<std::function<void(FieldVisitor&)>(std::size_t)>&) override {}

 private:
  bool picked(const Field& f) {
    const std::string& top = path_.empty() ? std::string() : path_.parts().front();
    const bool structure = f.key == "share" || top == "scenario" || top == "replay";
    return !structure && dice_.chance(share_);
  }

  static std::string written(double value) { return fmt::format("{:.17g}", value); }

  double draw(double value, Range range) {
    const bool modest = range.high - range.low <= kModest;
    if (modest && dice_.chance(.3)) return inside(dice_.between(range.low, range.high), range);
    if (dice_.chance(.15)) return inside(0, range);
    const double scale = value == 0 ? (modest ? .3 * (range.high - range.low) : 1) : value;
    return inside(scale * dice_.between(0, 3), range);
  }

  static double inside(double value, Range range) {
    if (value <= range.low) value = range.low_open ? range.low + 1e-3 * std::max(1., std::abs(range.low)) : range.low;
    if (value >= range.high) value = range.high_open ? range.high - 1e-3 * std::max(1., range.high) : range.high;
    return value;
  }

  void set(const Field& f, const std::string& value) { settings_.push_back((path_ / f.key).str() + "=" + value); }

  void descend(KeyPath path, const std::function<void(FieldVisitor&)>& visit) {
    Mutator inner(market_, share_, dice_, settings_, std::move(path));
    visit(inner);
  }

  MarketOptions& market_;
  double share_;
  Dice& dice_;
  std::vector<std::string>& settings_;
  KeyPath path_;
};

}  // namespace

std::vector<std::string> random_settings(const MarketOptions& market, double share, Dice& dice) {
  MarketOptions copy = market;
  std::vector<std::string> settings;
  Mutator mutator(copy, share, dice, settings, {});
  copy.visit(mutator);
  return settings;
}

}  // namespace populace
