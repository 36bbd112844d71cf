// A planted fault: two bodies behind the door to threads write one number without order. ThreadSanitizer must say so.
#include <atomic>
#include <cstddef>
#include <cstdio>
#include <thread>

#include "sim/parallel/parallel.hpp"

int main() {
  long shared = 0;
  std::atomic<int> n_entered{0};
  populace::Threads(2).for_each(2, [&](std::size_t) {
    // Relaxed, so that meeting here puts the bodies on two threads but puts no order between their writes.
    n_entered.fetch_add(1, std::memory_order_relaxed);
    while (n_entered.load(std::memory_order_relaxed) < 2) std::this_thread::yield();
    for (int i = 0; i < 1000; ++i) ++shared;
  });
  std::printf("%ld\n", shared);
}
