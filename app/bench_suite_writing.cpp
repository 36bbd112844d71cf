#include <unistd.h>

#include <filesystem>

#include "app/bench_suites.hpp"

namespace populace {
namespace {

constexpr double kMostShare = .03;
constexpr int kRunsEach = 2;  // replications on each thread

// The same runs with and without a results file, in turns.
class WritingSuite final : public BenchSuite {
 public:
  WritingSuite(const BenchSetting& setting, const std::string& scenario, std::int64_t consumers)
      : name_("writing/" + scenario + "/consumers:" + std::to_string(consumers)),
        file_(std::filesystem::temp_directory_path() / ("populace_bench_" + std::to_string(getpid()) + ".h5")) {
    nlohmann::json task{{"scenario", setting.path(scenario)},
                        {"consumers", consumers},
                        {"threads", setting.threads},
                        {"replications", kRunsEach * setting.threads},
                        {"steps", 0}};
    plain_ = std::make_unique<Worker>(task);
    task["results_file"] = file_.string();
    writes_ = std::make_unique<Worker>(task);
  }
  ~WritingSuite() override {
    std::error_code ignored;
    std::filesystem::remove(file_, ignored);
  }

  void add_to(Rounds& rounds) override {
    rounds.add([this] {
      const double plain = rate_of(*plain_), writes = rate_of(*writes_);
      rate_.push_back(writes);
      share_.push_back(1 - writes / plain);
    });
  }

  void report(const MachineProbe&, BenchReport& report) const override {
    report.lines.push_back({name_,
                            1e9 / median(rate_),
                            "consumer-step",
                            static_cast<int>(rate_.size()),
                            {{"share_of_writing", median(share_)}},
                            {}});
    report.checks.push_back({name_ + ": share of time that a results file takes", median(share_), true, kMostShare});
  }

 private:
  static double rate_of(Worker& worker) {
    worker.go();
    return worker.answer().at("consumer_steps_per_second");
  }

  std::string name_;
  std::filesystem::path file_;
  std::unique_ptr<Worker> plain_, writes_;
  std::vector<double> rate_, share_;
};

}  // namespace

std::unique_ptr<BenchSuite> writing_suite(const BenchSetting& setting, const std::string& scenario,
                                          std::int64_t consumers, BenchReport& report) {
  if (!setting.wants("writing/" + scenario) || !setting.load(scenario, report)) return nullptr;
  return std::make_unique<WritingSuite>(setting, scenario, std::min(consumers, setting.consumers));
}

}  // namespace populace
