#include "app/bench_command.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>

#include "app/bench_suites.hpp"
#include "app/options.hpp"
#include "build_info.hpp"
#include "sim/random/isa.hpp"

namespace populace {
namespace {

constexpr double kConsumers = 1'000'000;
constexpr double kFunnelBytes = 32, kMainBytes = 160;  // most of a consumer
constexpr const char* kFunnel = "funnel52";
constexpr const char* kMainJob = "omnichannel_launch";
constexpr const char* kWhole = "whole_consumer";

std::string processor() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);)
    if (line.starts_with("model name")) return line.substr(std::min(line.size(), line.find(':') + 2));
  return "unknown";
}

nlohmann::ordered_json context_of(const BenchSetting& setting, int rounds) {
  nlohmann::ordered_json context;
  context["populace"] = fmt::format("{} ({})", kVersion, kGitSha);
  context["compiler"] = fmt::format("{} ({})", kCompiler, kBuildType);
  context["date"] = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
  context["processor"] = processor();
  context["threads"] = setting.threads;
  context["isas"] = available_isas();
  context["isa"] = isa_in_use();
  context["rounds"] = rounds;
  context["seconds"] = setting.arguments->seconds;
  context["consumers"] = setting.consumers;
  return context;
}

void report_machine(const BenchSetting& setting, const MachineProbe& machine, int rounds, BenchReport& report) {
  for (const std::string& isa : available_isas())
    report.lines.push_back({"machine/word/" + isa, machine.word_ns(isa), "word", rounds, {}, {}});
  report.lines.push_back({"machine/gather", machine.gather_ns(), "gather", rounds, {}, {}});
  for (const bool all : {false, true}) {
    if (all && setting.threads == 1) continue;
    const double rate = machine.gigabytes_per_second(all);
    report.lines.push_back({fmt::format("machine/memory/threads:{}", all ? setting.threads : 1),
                            1 / rate,
                            "byte",
                            rounds,
                            {{"gigabytes_per_second", rate}, {"buffer_megabytes", 1e-6 * machine.buffer_bytes()}},
                            {}});
  }
}

std::vector<std::unique_ptr<BenchSuite>> make_suites(const BenchSetting& setting, BenchReport& report) {
  std::vector<std::unique_ptr<BenchSuite>> suites;
  const auto add = [&](std::unique_ptr<BenchSuite> suite) {
    if (suite) suites.push_back(std::move(suite));
  };
  add(scenario_suite(setting, kFunnel, true, report));
  add(variants_suite(setting, kFunnel, report));
  add(scenario_suite(setting, kMainJob, false, report));
  add(mechanisms_suite(setting, kWhole, report));
  for (const char* scenario : {kFunnel, kMainJob}) add(parallel_suite(setting, scenario, report));
  add(small_runs_suite(setting, kMainJob, report));
  for (const std::int64_t consumers : {100'000, 1'000'000}) add(writing_suite(setting, kMainJob, consumers, report));
  add(scaling_suite(setting, kFunnel, kFunnelBytes, report));
  add(scaling_suite(setting, kMainJob, kMainBytes, report));
  return suites;
}

}  // namespace

std::optional<LoadedScenario> BenchSetting::load(const std::string& name, BenchReport& report) const {
  if (!std::filesystem::exists(path(name))) {
    report.notes.push_back(
        fmt::format("{} is left out: there is no {}; --catalogue names the folder of the scenarios", name, path(name)));
    return std::nullopt;
  }
  LoadedScenario loaded = load_scenario(path(name));
  loaded.market.run.consumers = consumers;
  return loaded;
}

CLI::App* add_bench(CLI::App& app, BenchArguments& a) {
  CLI::App* bench =
      app.add_subcommand("bench", "time of a consumer-step, beside the least that this machine could take");
  bench->add_flag("--json", a.json, "print JSON");
  bench->add_option("--seconds", a.seconds, "seconds of each measurement at least; below 1 the markets are smaller too")
      ->check(CLI::PositiveNumber);
  bench->add_option("--filter", a.filter, "only benchmarks whose name contains this");
  bench->add_option("--catalogue", a.catalogue, "folder of the scenarios")->capture_default_str();
  bench->add_option("--threads", a.threads, "threads of what runs on all; default: all")->check(CLI::Range(1, 4096));
  bench->add_flag("--scaling", a.scaling, "also 100,000 to 10,000,000 consumers, and memory");
  bench->add_flag("--full", a.full, "nine rounds instead of three");
  bench->add_option("--worker", a.worker)->group("");
  return bench;
}

int bench_command(const BenchArguments& arguments) {
  if (!arguments.worker.empty()) return work(arguments.worker);
  BenchSetting setting{&arguments, arguments.threads > 0 ? arguments.threads : hardware_threads(),
                       static_cast<std::int64_t>(kConsumers * std::min(1., arguments.seconds))};
  Rounds rounds(arguments.full ? 9 : 3, arguments.seconds);
  BenchReport report;
  report.context = context_of(setting, rounds.count());
  const auto suites = make_suites(setting, report);
  MachineProbe machine(setting.threads, static_cast<std::size_t>(1e9 * std::min(1., arguments.seconds)),
                       static_cast<std::size_t>(setting.consumers));
  machine.add_to(rounds);
  for (const auto& suite : suites) suite->add_to(rounds);
  rounds.run();
  report_machine(setting, machine, rounds.count(), report);
  for (const auto& suite : suites) suite->report(machine, report);
  fmt::print("{}", arguments.json ? bench_json(report).dump(2) + "\n" : bench_text(report));
  return kExitOk;
}

}  // namespace populace
