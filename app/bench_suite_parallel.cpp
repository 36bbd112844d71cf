#include "app/bench_suites.hpp"

namespace populace {
namespace {

constexpr double kLeastEfficiency = .9;

// Every process runs what `populace run` would: as many replications side by side as it has threads.
class ParallelSuite final : public BenchSuite {
 public:
  ParallelSuite(const BenchSetting& setting, std::string scenario)
      : name_("parallel/" + scenario), threads_(setting.threads) {
    const nlohmann::json alone{{"scenario", setting.path(scenario)},
                               {"consumers", setting.consumers},
                               {"threads", 1},
                               {"replications", 1},
                               {"steps", 0}};
    nlohmann::json together = alone;
    together["threads"] = together["replications"] = threads_;
    for (int k = 0; k < threads_; ++k) alone_.push_back(std::make_unique<Worker>(alone));
    together_ = std::make_unique<Worker>(together);
  }

  void add_to(Rounds& rounds) override {
    rounds.add([this] {
      for (const auto& worker : alone_) worker->go();
      double sum = 0;
      for (const auto& worker : alone_) sum += worker->answer().at("consumer_steps_per_second").get<double>();
      sum_.push_back(sum);
      together_->go();
      rate_.push_back(together_->answer().at("consumer_steps_per_second"));
      efficiency_.push_back(rate_.back() / sum);
    });
  }

  void report(const MachineProbe&, BenchReport& report) const override {
    const auto rounds = static_cast<int>(efficiency_.size());
    const double efficiency = median(efficiency_);
    report.lines.push_back({name_ + "/processes:" + std::to_string(threads_) + "/threads:1",
                            1e9 / median(sum_),
                            "consumer-step",
                            rounds,
                            {},
                            {}});
    report.lines.push_back({name_ + "/processes:1/threads:" + std::to_string(threads_),
                            1e9 / median(rate_),
                            "consumer-step",
                            rounds,
                            {{"efficiency", efficiency}},
                            {}});
    report.checks.push_back({name_ + ": efficiency of threads against processes", efficiency, false, kLeastEfficiency});
  }

 private:
  std::string name_;
  int threads_;
  std::vector<std::unique_ptr<Worker>> alone_;
  std::unique_ptr<Worker> together_;
  std::vector<double> sum_, rate_, efficiency_;
};

}  // namespace

std::unique_ptr<BenchSuite> parallel_suite(const BenchSetting& setting, const std::string& scenario,
                                           BenchReport& report) {
  if (setting.threads < 2 || !setting.wants("parallel/" + scenario) || !setting.load(scenario, report)) return nullptr;
  return std::make_unique<ParallelSuite>(setting, scenario);
}

}  // namespace populace
