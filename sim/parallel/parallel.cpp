#include "sim/parallel/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <thread>

#include "sim/base/contracts.hpp"

#ifndef POPULACE_THREAD_SANITIZER
#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>
#endif

namespace populace {

#ifdef POPULACE_THREAD_SANITIZER

struct Threads::Arena {};

int hardware_threads() { return std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

Threads::Threads(int n_threads) : n_threads_(n_threads) { expects(n_threads >= 1, "at least one thread"); }

void Threads::for_each(std::size_t n, const std::function<void(std::size_t)>& body) const {
  std::atomic<std::size_t> next{0};
  std::exception_ptr error;
  std::mutex error_mutex;
  const auto work = [&] {
    for (std::size_t i = next++; i < n; i = next++) {
      try {
        body(i);
      } catch (...) {
        const std::lock_guard lock(error_mutex);
        if (!error) error = std::current_exception();
      }
    }
  };
  std::vector<std::thread> helpers;
  for (int t = 1; t < n_threads_ && static_cast<std::size_t>(t) < n; ++t) helpers.emplace_back(work);
  work();
  for (std::thread& helper : helpers) helper.join();
  if (error) std::rethrow_exception(error);
}

#else

// More workers than cores are allowed, so that the answer can be shown not to depend on their number anywhere.
struct Threads::Arena {
  explicit Arena(int n) : limit(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(n)), arena(n) {}
  tbb::global_control limit;
  tbb::task_arena arena;
};

int hardware_threads() { return std::max(1, tbb::info::default_concurrency()); }

Threads::Threads(int n_threads) : n_threads_(n_threads) {
  expects(n_threads >= 1, "at least one thread");
  if (n_threads > 1)
    arena_ = std::make_unique<Arena>(n_threads);  // one alone needs none, and its limit would bind all others
}

void Threads::for_each(std::size_t n, const std::function<void(std::size_t)>& body) const {
  if (n_threads_ == 1) {
    for (std::size_t i = 0; i < n; ++i) body(i);
    return;
  }
  arena_->arena.execute([&] {
    tbb::this_task_arena::isolate([&] { tbb::parallel_for(std::size_t{0}, n, [&](std::size_t i) { body(i); }); });
  });
}

#endif

Threads::~Threads() = default;

}  // namespace populace
