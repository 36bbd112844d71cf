// What is measured, suite by suite. A suite adds its probes to the rounds, and when these are over its lines to the
// report.
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "app/bench_command.hpp"
#include "app/bench_floor.hpp"
#include "app/bench_report.hpp"
#include "app/bench_worker.hpp"
#include "scenarios/scenario.hpp"

namespace populace {

// What all suites know.
struct BenchSetting {
  const BenchArguments* arguments = nullptr;
  int threads = 1;             // of what runs on all
  std::int64_t consumers = 0;  // of the scenarios
  bool wants(const std::string& name) const { return name.find(arguments->filter) != std::string::npos; }
  // A scenario of the catalogue with its consumers set; nothing (and a note) when it is not there.
  std::optional<LoadedScenario> load(const std::string& name, BenchReport& report) const;
  std::string path(const std::string& name) const { return arguments->catalogue + "/" + name + ".toml"; }
};

class BenchSuite {
 public:
  virtual ~BenchSuite() = default;
  virtual void add_to(Rounds& rounds) = 0;
  virtual void report(const MachineProbe& machine, BenchReport& report) const = 0;
};

// The scenario on one thread with every instruction set, and on all threads with the best.
std::unique_ptr<BenchSuite> scenario_suite(const BenchSetting& setting, const std::string& scenario, bool every_isa,
                                           BenchReport& report);
// Variants of a scenario against itself, by time per draw.
std::unique_ptr<BenchSuite> variants_suite(const BenchSetting& setting, const std::string& scenario,
                                           BenchReport& report);
// One process with all threads against as many simultaneous processes of one thread.
std::unique_ptr<BenchSuite> parallel_suite(const BenchSetting& setting, const std::string& scenario,
                                           BenchReport& report);
// The same for many small runs, one after another.
std::unique_ptr<BenchSuite> small_runs_suite(const BenchSetting& setting, const std::string& scenario,
                                             BenchReport& report);
// What a results file adds to the time of a run.
std::unique_ptr<BenchSuite> writing_suite(const BenchSetting& setting, const std::string& scenario,
                                          std::int64_t consumers, BenchReport& report);
// Time from 10^5 to 10^7 consumers, and memory of a consumer from 10^6 to 4 10^6.
std::unique_ptr<BenchSuite> scaling_suite(const BenchSetting& setting, const std::string& scenario, double most_bytes,
                                          BenchReport& report);
// The whole market of a scenario, and what each of its mechanisms costs.
std::unique_ptr<BenchSuite> mechanisms_suite(const BenchSetting& setting, const std::string& scenario,
                                             BenchReport& report);

}  // namespace populace
