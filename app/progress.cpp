#include "app/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace populace {

Progress::Progress(bool wanted, std::int64_t steps, std::int64_t consumers)
    : shown_(wanted && isatty(STDERR_FILENO) != 0), steps_(steps), consumers_(consumers) {}

Progress::~Progress() {
  if (shown_) fmt::print(stderr, "\r\x1b[K");
}

double Progress::seconds() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

void Progress::step_done() {
  ++done_;
  if (!shown_) return;
  const auto now = static_cast<std::int64_t>(seconds() * 1000);
  std::int64_t last = last_drawn_ms_;
  if (now - last >= 100 && last_drawn_ms_.compare_exchange_strong(last, now)) draw();
}

void Progress::draw() {
  const std::lock_guard lock(mutex_);
  const double passed = std::max(seconds(), 1e-3), done = static_cast<double>(done_),
               all = std::max(static_cast<double>(steps_), done);
  const double left = passed / done * (all - done);
  fmt::print(stderr, "\r\x1b[K{:5.1f} %  {:.0f} M consumer-steps/s  {:.0f} s left", 100 * done / all,
             done * static_cast<double>(consumers_) / passed / 1e6, left);
  std::fflush(stderr);
}

}  // namespace populace
