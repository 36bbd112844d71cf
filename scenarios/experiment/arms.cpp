#include "scenarios/experiment/arms.hpp"

#include <algorithm>

#include "scenarios/validate/memory.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/parallel/parallel.hpp"

namespace populace {
namespace {

double bytes_of(const Market& market) {
  return static_cast<double>(market.places().capacity()) * static_cast<double>(market.layout().bytes_per_consumer());
}

// One replication of every arm; false when it was cancelled.
class Replication {
 public:
  Replication(std::span<Arm> arms, int number, const Threads& threads, const std::atomic<bool>& cancelled,
              const ArmsHooks& hooks)
      : arms_(arms), number_(number), threads_(threads), cancelled_(cancelled), hooks_(hooks) {}

  bool run(bool branch, std::vector<KpiValues>& values) const {
    std::optional<SavedReplication> start;
    if (branch) {
      Simulation simulation = of(arms_.front());
      simulation.start(number_);
      if (!simulation.run(0, cancelled_, hooks_.after_step)) return false;
      start = simulation.save();
    }
    for (std::size_t a = 0; a < arms_.size(); ++a) {
      Simulation simulation = of(arms_[a]);
      if (start)
        simulation.restore(*start);
      else
        simulation.start(number_);
      if (!simulation.run(arms_[a].market->end_step_number(), cancelled_, hooks_.after_step)) return false;
      const ReplicationRecord record = simulation.take_record();
      values.push_back(evaluate_all(arms_[a].market->registry(), arms_[a].info, record));
      hooks_.look(a, record);
    }
    return true;
  }

 private:
  Simulation of(const Arm& arm) const {
    return {*arm.market, threads_, static_cast<std::uint32_t>(arm.market->options().run.seed)};
  }

  std::span<Arm> arms_;
  int number_;
  const Threads& threads_;
  const std::atomic<bool>& cancelled_;
  const ArmsHooks& hooks_;
};

}  // namespace

Arm make_arm(std::string name, const MarketOptions& options) {
  Arm arm;
  arm.name = std::move(name);
  arm.market = std::make_unique<Market>(options);
  arm.info = run_info(*arm.market);
  return arm;
}

int replications_at_once(std::span<const Arm> arms, const Threads& threads) {
  double bytes = 1;
  for (const Arm& arm : arms) bytes = std::max(bytes, bytes_of(*arm.market));
  const double fit = .75 * static_cast<double>(physical_memory_bytes()) / (2 * bytes);  // the saved start beside it
  return std::clamp(static_cast<int>(std::min(fit, 1e6)), 1, threads.count());
}

bool run_arms(std::span<Arm> arms, const ArmsPlan& plan, const Threads& threads, const std::atomic<bool>& cancelled,
              const ArmsHooks& hooks) {
  std::vector<std::vector<KpiValues>> by_replication(static_cast<std::size_t>(plan.n));
  std::atomic<int> next{0};
  std::atomic<bool> stopped{false};
  const int at_once = std::min(replications_at_once(arms, threads), plan.n);
  threads.for_each(static_cast<std::size_t>(at_once), [&](std::size_t) {
    for (int r = next++; r < plan.n && !stopped; r = next++)
      if (!Replication(arms, plan.first + r, threads, cancelled, hooks)
               .run(plan.branch, by_replication[static_cast<std::size_t>(r)]))
        stopped = true;
  });
  if (stopped) return false;
  for (std::vector<KpiValues>& values : by_replication)
    for (std::size_t a = 0; a < arms.size(); ++a) arms[a].values.push_back(std::move(values[a]));
  return true;
}

}  // namespace populace
