#include "app/bench_probe.hpp"

#include <algorithm>
#include <chrono>

#include "sim/random/isa.hpp"

namespace populace {
namespace {

// Puts back the instruction set that was in use.
class WithIsa {
 public:
  explicit WithIsa(const std::string& isa) : before_(isa_in_use()) {
    if (!isa.empty()) force_isa(isa);
  }
  ~WithIsa() { force_isa(before_); }
  WithIsa(const WithIsa&) = delete;
  WithIsa& operator=(const WithIsa&) = delete;

 private:
  std::string before_;
};

}  // namespace

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

double seconds_of(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void Rounds::run() const {
  for (int round = 0; round < n_rounds_; ++round)
    for (const auto& probe : probes_) {
      double spent = 0;
      do spent += seconds_of(probe);
      while (spent < seconds_ / n_rounds_);
    }
}

MarketProbe::MarketProbe(MarketOptions options, int threads, std::string isa, std::int32_t most_steps)
    : market_(std::move(options)),
      threads_(threads),
      isa_(std::move(isa)),
      end_(most_steps > 0 ? std::min(market_.first_step() + most_steps, market_.end_step_number())
                          : market_.end_step_number()),
      simulation_(market_, threads_, static_cast<std::uint32_t>(market_.options().run.seed)) {}

void MarketProbe::pass() {
  const WithIsa isa(isa_);
  const auto consumers = static_cast<double>(market_.places().n_consumers());
  build_ns_.push_back(1e9 * seconds_of([&] { simulation_.start(0); }) / consumers);
  const double seconds = seconds_of([&] { simulation_.run(end_, std::atomic<bool>{false}, [] {}); });
  step_ns_.push_back(1e9 * seconds / (consumers * n_steps()));
  record_ = simulation_.take_record();
}

}  // namespace populace
