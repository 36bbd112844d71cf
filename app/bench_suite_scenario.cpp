#include <fmt/format.h>

#include "app/bench_suites.hpp"
#include "sim/random/isa.hpp"

namespace populace {
namespace {

constexpr double kMostOverFloor = 1.8;
constexpr const char* kNoVectors =
    "baseline";  // so slow, and compiled so variously, that it has fewer consumers and no floor
constexpr std::int64_t kLessWithoutVectors = 20;

std::string scenario_hash(const LoadedScenario& loaded) {
  std::uint64_t hash = 14695981039346656037u;  // FNV-1a, 64 bit, of the resolved scenario
  for (const char c : loaded.resolved_toml) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  return fmt::format("{:016x}", hash);
}

class ScenarioSuite final : public BenchSuite {
 public:
  ScenarioSuite(const BenchSetting& setting, std::string name, const LoadedScenario& loaded, bool every_isa)
      : name_(std::move(name)),
        hash_(scenario_hash(loaded)),
        every_isa_(every_isa),
        replications_(loaded.market.run.replications) {
    const auto add = [&](const std::string& label, const std::string& isa, int threads) {
      const std::string full = name_ + label + "/threads:" + std::to_string(threads);
      MarketOptions options = loaded.market;
      if (isa == kNoVectors)
        options.run.consumers = std::max<std::int64_t>(1, options.run.consumers / kLessWithoutVectors);
      if (setting.wants(full))
        cases_.push_back({full, isa, threads, std::make_unique<MarketProbe>(options, threads, isa)});
    };
    if (every_isa)
      for (const std::string& isa : available_isas()) add("/" + isa, isa, 1);
    else
      add("", isa_in_use(), 1);
    if (setting.threads > 1) add(every_isa ? "/" + isa_in_use() : "", isa_in_use(), setting.threads);
  }

  void add_to(Rounds& rounds) override {
    for (Case& c : cases_) rounds.add([&c] { c.probe->pass(); });
  }

  void report(const MachineProbe& machine, BenchReport& report) const override {
    for (const Case& c : cases_) report_case(c, machine, report);
    if (cases_.empty()) return;
    const MarketProbe& probe = *cases_.back().probe;
    report.lines.push_back({name_ + "/build", probe.build_ns(), "consumer", probe.passes(), {}, {}});
  }

 private:
  struct Case {
    std::string name, isa;
    int threads;
    std::unique_ptr<MarketProbe> probe;
  };

  void report_case(const Case& c, const MachineProbe& machine, BenchReport& report) const {
    const Market& market = c.probe->market();
    const StepNeeds needs = step_needs(market, c.probe->record());
    const double word_ns = machine.word_ns(c.isa), bandwidth = machine.gigabytes_per_second(c.threads > 1);
    const double floor = needs.floor_ns(word_ns / c.threads, bandwidth, machine.gather_ns() / c.threads),
                 time = c.probe->step_ns();
    BenchLine line{c.name, time, "consumer-step", c.probe->passes(), {}, {{"scenario_hash", hash_}}};
    line.counters = {{"consumers", static_cast<double>(market.places().n_consumers())},
                     {"threads", c.threads},
                     {"words", needs.words()},
                     {"dense_words", needs.dense_words},
                     {"rare_words", needs.rare_words},
                     {"bytes_read", needs.bytes_read},
                     {"bytes_written", needs.bytes_written},
                     {"exposures", needs.exposures},
                     {"ns_per_word", time / needs.words()},
                     {"build_ns", c.probe->build_ns()},
                     {"bytes_per_consumer", static_cast<double>(market.layout().bytes_per_consumer())},
                     {"whole_run_seconds", 1e-9 * (time * c.probe->n_steps() + c.probe->build_ns()) *
                                               static_cast<double>(market.places().n_consumers() * replications_)}};
    if (c.isa != kNoVectors)
      line.counters.insert(
          line.counters.end(),
          {{"word_ns", word_ns}, {"gigabytes_per_second", bandwidth}, {"floor_ns", floor}, {"ratio", time / floor}});
    report.lines.push_back(line);
    report_checks(c, time, time / floor, report);
  }

  void report_checks(const Case& c, double time, double ratio, BenchReport& report) const {
    if (every_isa_ && c.threads == 1) {
      const double target = c.isa == "avx512" ? 250 : c.isa == "avx2" ? 110 : 0;
      if (target > 0)
        report.checks.push_back({c.name + ": million consumer-steps a second", 1e3 / time, false, target});
    }
    if (!every_isa_ && c.threads == 1)
      report.checks.push_back({c.name + ": time over floor", ratio, true, kMostOverFloor});
  }

  std::string name_, hash_;
  bool every_isa_;
  std::int64_t replications_;
  std::vector<Case> cases_;
};

}  // namespace

std::unique_ptr<BenchSuite> scenario_suite(const BenchSetting& setting, const std::string& scenario, bool every_isa,
                                           BenchReport& report) {
  const auto loaded = setting.load(scenario, report);
  return loaded ? std::make_unique<ScenarioSuite>(setting, scenario, *loaded, every_isa) : nullptr;
}

}  // namespace populace
