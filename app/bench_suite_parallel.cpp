#include <algorithm>

#include "app/bench_suites.hpp"

namespace populace {
namespace {

constexpr double kLeastEfficiency = .95;

constexpr std::int64_t kSmall = 10'000;  // consumers of a small run
constexpr int kSmallRuns = 40;           // one after another on each thread

// Every process runs what `populace run` would: replications, as many side by side as it has threads.
class ParallelSuite final : public BenchSuite {
 public:
  ParallelSuite(std::string name, const std::string& path, int threads, std::int64_t consumers, int each)
      : name_(std::move(name)), threads_(threads) {
    const nlohmann::json alone{
        {"scenario", path}, {"consumers", consumers}, {"threads", 1}, {"replications", each}, {"steps", 0}};
    nlohmann::json together = alone;
    together["threads"] = threads_;
    together["replications"] = each * threads_;
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
  return std::make_unique<ParallelSuite>("parallel/" + scenario, setting.path(scenario), setting.threads,
                                         setting.consumers, 1);
}

std::unique_ptr<BenchSuite> small_runs_suite(const BenchSetting& setting, const std::string& scenario,
                                             BenchReport& report) {
  if (setting.threads < 2 || !setting.wants("small_runs/" + scenario) || !setting.load(scenario, report))
    return nullptr;
  return std::make_unique<ParallelSuite>("small_runs/" + scenario, setting.path(scenario), setting.threads,
                                         std::min(kSmall, setting.consumers), kSmallRuns);
}

}  // namespace populace
