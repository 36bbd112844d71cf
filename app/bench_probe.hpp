// Measurements by rounds: in every round each probe has its turn, so that what the machine does meanwhile (clock,
// neighbours) falls on all alike; a figure is the median over rounds, and ratios are of figures of the same rounds.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "models/market.hpp"
#include "sim/engine/simulation.hpp"

namespace populace {

double median(std::vector<double> values);
double seconds_of(const std::function<void()>& work);

class Rounds {
 public:
  Rounds(int n_rounds, double seconds) : n_rounds_(n_rounds), seconds_(seconds) {}
  int count() const { return n_rounds_; }
  // `once` does its work once and keeps its own figure. It is repeated until its share of the seconds has passed.
  void add(std::function<void()> once) { probes_.push_back(std::move(once)); }
  void run() const;

 private:
  int n_rounds_;
  double seconds_;
  std::vector<std::function<void()>> probes_;
};

// A market taken through its horizon again and again: building the consumers and the steps are timed apart.
class MarketProbe {
 public:
  // `isa` empty: the one in use. `most_steps` 0: the whole horizon.
  MarketProbe(MarketOptions options, int threads, std::string isa = "", std::int32_t most_steps = 0);

  void pass();
  double step_ns() const { return median(step_ns_); }    // per consumer-step
  double build_ns() const { return median(build_ns_); }  // per consumer
  int passes() const { return static_cast<int>(step_ns_.size()); }
  const Market& market() const { return market_; }
  const ReplicationRecord& record() const { return record_; }  // of the last pass
  std::int32_t n_steps() const { return end_ - market_.first_step(); }

 private:
  Market market_;
  Threads threads_;
  std::string isa_;
  std::int32_t end_;
  Simulation simulation_;
  ReplicationRecord record_;
  std::vector<double> step_ns_, build_ns_;
};

}  // namespace populace
