// What each mechanism costs: the whole market against the same market with one mechanism switched off.
#include <fmt/format.h>

#include "app/bench_suites.hpp"
#include "scenarios/experiment/switches.hpp"
#include "sim/random/isa.hpp"

namespace populace {
namespace {

constexpr double kMostOverFloor = 2.5;
constexpr double kMostBytes = 160;
constexpr std::string_view kAll = "all";  // the whole market, which is always measured
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
