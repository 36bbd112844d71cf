#include "sim/engine/replications.hpp"

#include <algorithm>
#include <map>
#include <mutex>

namespace populace {
namespace {

// Hands finished replications over in the order of their numbers; those ahead wait.
class InOrder {
 public:
  InOrder(int first, const std::function<bool(ReplicationRecord&&)>& deliver)
      : next_(first), first_(first), deliver_(deliver) {}

  void take(ReplicationRecord&& record) {
    const std::lock_guard lock(mutex_);
    const int number = record.replication;
    waiting_.emplace(number, std::move(record));
    for (auto it = waiting_.find(next_); it != waiting_.end() && !stopped_; it = waiting_.find(next_)) {
      stopped_ = !deliver_(std::move(it->second));
      waiting_.erase(it);
      ++next_;
    }
  }
  bool stopped() const { return stopped_; }
  int delivered() const { return next_ - first_; }

 private:
  int next_, first_;
  const std::function<bool(ReplicationRecord&&)>& deliver_;
  std::map<int, ReplicationRecord> waiting_;
  std::mutex mutex_;
  std::atomic<bool> stopped_{false};
};

}  // namespace

ReplicationsOutcome run_replications(const Model& model, const Threads& threads, std::uint32_t seed,
                                     const ReplicationsPlan& plan, const std::atomic<bool>& cancelled,
                                     const ReplicationsHooks& hooks) {
  InOrder in_order(plan.first, hooks.deliver);
  std::atomic<int> next{plan.first};
  std::atomic<bool> failed{false};
  std::mutex save_mutex;
  const int last = plan.first + plan.most;
  const auto one = [&](Simulation& simulation, int replication) {
    if (auto saved = hooks.restore(replication))
      simulation.restore(*saved);
    else
      simulation.start(replication);
    if (plan.save_at && *plan.save_at >= simulation.next_step()) {
      if (!simulation.run(*plan.save_at, cancelled, hooks.after_step)) return;
      SavedReplication state = simulation.save();
      const std::lock_guard lock(save_mutex);
      hooks.save(std::move(state));
    }
    if (simulation.run(model.end_step_number(), cancelled, hooks.after_step)) in_order.take(simulation.take_record());
  };
  threads.for_each(static_cast<std::size_t>(std::clamp(plan.at_once, 1, plan.most)), [&](std::size_t) {
    try {
      std::unique_ptr<Simulation> simulation;
      for (int r = next++; r < last && !in_order.stopped() && !failed && !cancelled; r = next++) {
        if (!simulation) simulation = std::make_unique<Simulation>(model, threads, seed);
        one(*simulation, r);
      }
    } catch (...) {
      failed = true;
      throw;
    }
  });
  return {in_order.delivered(), cancelled.load()};
}

}  // namespace populace
