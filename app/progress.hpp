// One line on a terminal: how far, how fast, how long still. Nothing when the output is piped or --quiet is given.
#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>

namespace populace {

class Progress {
 public:
  // `steps` in all, each of `consumers`.
  Progress(bool wanted, std::int64_t steps, std::int64_t consumers);
  ~Progress();
  void step_done();  // from any thread
  // Forecasts may change when replications are added until a precision is met.
  void expect(std::int64_t steps) { steps_ = steps; }
  double seconds() const;
  std::int64_t done() const { return done_; }

 private:
  void draw();
  bool shown_;
  std::atomic<std::int64_t> steps_, done_{0}, last_drawn_ms_{-1000};
  std::int64_t consumers_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  std::mutex mutex_;
};

}  // namespace populace
