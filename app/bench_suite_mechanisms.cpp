// What each mechanism costs: the whole market against the same market with one mechanism switched off. The scenario
// names its switches in a comment, "# switch: attention.enabled, experience.enabled + care.enabled, …": what hangs
// together goes together, and a key can be given another value than false.
#include <fmt/format.h>

#include <sstream>

#include "app/bench_suites.hpp"
#include "sim/random/isa.hpp"

namespace populace {
namespace {

constexpr double kMostOverFloor = 2.5;
constexpr double kMostBytes = 160;
constexpr std::string_view kAll = "all";  // the whole market, which is always measured
constexpr std::string_view kMark = "# switch:";

// Texts between separators, without spaces around them.
std::vector<std::string> parts_of(const std::string& line, char separator) {
  std::vector<std::string> parts;
  std::istringstream text(line);
  for (std::string part; std::getline(text, part, separator);) {
    part.erase(0, part.find_first_not_of(' '));
    part.erase(part.find_last_not_of(" \r") + 1);
    if (!part.empty()) parts.push_back(part);
  }
  return parts;
}

std::vector<std::string> overrides_of(const std::string& name) {
  std::vector<std::string> overrides;
  for (std::string& key : parts_of(name, '+'))
    overrides.push_back(key.find('=') == std::string::npos ? std::move(key) + "=false" : std::move(key));
  return overrides;
}

std::vector<std::string> switches_of(const LoadedScenario& loaded) {
  std::vector<std::string> switches;
  std::istringstream text(loaded.sources.front().text);
  for (std::string line; std::getline(text, line);) {
    if (!line.starts_with(kMark)) continue;
    const std::vector<std::string> names = parts_of(line.substr(kMark.size()), ',');
    switches.insert(switches.end(), names.begin(), names.end());
  }
  return switches;
}

class MechanismsSuite final : public BenchSuite {
 public:
  MechanismsSuite(const BenchSetting& setting, std::string name, const LoadedScenario& loaded, BenchReport& report)
      : name_(std::move(name)), whole_(std::make_unique<MarketProbe>(loaded.market, 1)) {
    for (const std::string& key : switches_of(loaded)) try {
        if (!setting.wants(fmt::format("mechanisms/{}/{}", name_, key))) continue;
        LoadedScenario without = load_scenario(setting.path(name_), overrides_of(key));
        without.market.run.consumers = loaded.market.run.consumers;
        cases_.push_back({key, std::make_unique<MarketProbe>(std::move(without.market), 1)});
      } catch (const ScenarioErrors& errors) {
        report.notes.push_back(
            fmt::format("{} is not switched off, because it does not go alone: {}", key, errors.what()));
      }
  }

  void add_to(Rounds& rounds) override {
    rounds.add([this] { whole_->pass(); });
    for (Case& c : cases_) rounds.add([&c] { c.probe->pass(); });
  }

  void report(const MachineProbe& machine, BenchReport& report) const override {
    const StepNeeds needs = step_needs(whole_->market(), whole_->record());
    const double time = whole_->step_ns(),
                 floor = needs.floor_ns(machine.word_ns(isa_in_use()), machine.gigabytes_per_second(false),
                                        machine.gather_ns());
    const auto bytes = static_cast<double>(whole_->market().layout().bytes_per_consumer());
    report.lines.push_back({fmt::format("mechanisms/{}/{}", name_, kAll),
                            time,
                            "consumer-step",
                            whole_->passes(),
                            {{"words", needs.words()},
                             {"bytes_touched", needs.bytes()},
                             {"gathers", needs.gathers},
                             {"gather_ns", machine.gather_ns()},
                             {"exposures", needs.exposures},
                             {"floor_ns", floor},
                             {"ratio", time / floor},
                             {"build_ns", whole_->build_ns()},
                             {"bytes_per_consumer", bytes}},
                            {}});
    for (const Case& c : cases_) report_case(c, time, bytes, report);
    report.checks.push_back({"mechanisms: time of the whole market over floor", time / floor, true, kMostOverFloor});
    report.checks.push_back({"mechanisms: bytes of a consumer", bytes, true, kMostBytes});
  }

 private:
  struct Case {
    std::string key;
    std::unique_ptr<MarketProbe> probe;
  };

  // Time and bytes that go when the mechanism goes.
  void report_case(const Case& c, double time, double bytes, BenchReport& report) const {
    const double cost = time - c.probe->step_ns();
    const auto other = static_cast<double>(c.probe->market().layout().bytes_per_consumer());
    report.lines.push_back({fmt::format("mechanisms/{}/{}", name_, c.key),
                            cost,
                            "consumer-step",
                            c.probe->passes(),
                            {{"share_of_time", cost / time}, {"bytes_per_consumer", bytes - other}},
                            {}});
  }

  std::string name_;
  std::unique_ptr<MarketProbe> whole_;
  std::vector<Case> cases_;
};

}  // namespace

std::unique_ptr<BenchSuite> mechanisms_suite(const BenchSetting& setting, const std::string& scenario,
                                             BenchReport& report) {
  if (!setting.wants(fmt::format("mechanisms/{}/{}", scenario, kAll)) &&
      setting.arguments->filter.find("mechanisms/") != 0)
    return nullptr;
  auto loaded = setting.load(scenario, report);
  if (!loaded) return nullptr;
  loaded->market.run.consumers = std::max<std::int64_t>(1, setting.consumers / 4);
  return std::make_unique<MechanismsSuite>(setting, scenario, *loaded, report);
}

}  // namespace populace
