#include <fmt/format.h>

#include <cmath>

#include "app/bench_suites.hpp"

namespace populace {
namespace {

constexpr std::int32_t kSteps = 10;
constexpr double kMostBent = .10;  // 10^7 consumers against ten times 10^6

class ScalingSuite final : public BenchSuite {
 public:
  ScalingSuite(const BenchSetting& setting, std::string scenario, const MarketOptions& options, double most_bytes)
      : name_("scaling/" + scenario), path_(setting.path(scenario)), most_bytes_(most_bytes) {
    for (const std::int64_t part : {10, 1}) add_size(options, setting.consumers / part);
    add_size(options, setting.consumers * 10);
    base_ = setting.consumers;
  }

  void add_to(Rounds& rounds) override {
    for (auto& probe : probes_) rounds.add([&probe] { probe->pass(); });
  }

  void report(const MachineProbe&, BenchReport& report) const override {
    for (const auto& probe : probes_) {
      const auto consumers = static_cast<double>(probe->market().places().n_consumers());
      report.lines.push_back(
          {fmt::format("{}/consumers:{}", name_, consumers),
           probe->step_ns(),
           "consumer-step",
           probe->passes(),
           {{"build_ns", probe->build_ns()}, {"seconds", 1e-9 * probe->step_ns() * kSteps * consumers}},
           {}});
    }
    const double bent = probes_[2]->step_ns() / probes_[1]->step_ns() - 1;
    report.checks.push_back(
        {name_ + ": time of ten times the consumers, over tenfold", std::abs(bent), true, kMostBent});
    report_memory(report);
  }

 private:
  void add_size(MarketOptions options, std::int64_t consumers) {
    options.run.consumers = std::max<std::int64_t>(1, consumers);
    probes_.push_back(std::make_unique<MarketProbe>(options, 1, "", kSteps));
  }

  double peak_bytes(std::int64_t consumers) const {
    Worker worker({{"scenario", path_}, {"consumers", consumers}, {"threads", 1}, {"replications", 1}, {"steps", 2}});
    worker.go();
    return worker.answer().at("peak_bytes");
  }

  // Slope of peak memory between one and four times the consumers.
  void report_memory(BenchReport& report) const {
    const double low = peak_bytes(base_), high = peak_bytes(4 * base_);
    const double slope = (high - low) / (3 * static_cast<double>(base_));
    const auto formula = static_cast<double>(probes_[0]->market().layout().bytes_per_consumer());
    report.lines.back().counters.insert(report.lines.back().counters.end(),
                                        {{"bytes_by_formula", formula}, {"bytes_by_peak", slope}});
    report.checks.push_back({name_ + ": bytes of a consumer, as slope of peak memory", slope, true, most_bytes_});
  }

  std::string name_, path_;
  double most_bytes_;
  std::int64_t base_ = 0;
  std::vector<std::unique_ptr<MarketProbe>> probes_;
};

}  // namespace

std::unique_ptr<BenchSuite> scaling_suite(const BenchSetting& setting, const std::string& scenario, double most_bytes,
                                          BenchReport& report) {
  if (!setting.arguments->scaling || !setting.wants("scaling/" + scenario)) return nullptr;
  const auto loaded = setting.load(scenario, report);
  return loaded ? std::make_unique<ScalingSuite>(setting, scenario, loaded->market, most_bytes) : nullptr;
}

}  // namespace populace
