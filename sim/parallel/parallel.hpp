// The one door to threads. Work is numbered; what a number does may not depend on who does it or when, and sums go
// through integers, so that the number of threads never changes a result. oneTBB does the work; under ThreadSanitizer
// plain threads do, because the sanitizer cannot see into the system's TBB.
#pragma once
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace populace {

// Threads of this machine that this process may use.
int hardware_threads();

class Threads {
 public:
  explicit Threads(int n_threads);  // at least 1
  ~Threads();
  Threads(const Threads&) = delete;
  Threads& operator=(const Threads&) = delete;

  int count() const { return n_threads_; }
  // Runs body(i) for every i in [0, n) and waits. May be called from within a body: inner work is shared among idle
  // threads, and a waiting thread takes up nothing but inner work of its own loop. The first exception thrown by a body
  // is rethrown here.
  void for_each(std::size_t n, const std::function<void(std::size_t)>& body) const;

 private:
  struct Arena;
  int n_threads_;
  std::unique_ptr<Arena> arena_;
};

// One T for every thread that asks; all of them can be visited when the work is done. Order of visits means nothing.
template <class T>
class PerThread {
 public:
  explicit PerThread(std::function<std::unique_ptr<T>()> make) : make_(std::move(make)) {}

  // Borrows a T for the duration of `use`; no two uses at the same time share one.
  template <class Use>
  void with(const Use& use) {
    T* mine = take();
    struct Return {
      PerThread* owner;
      T* item;
      ~Return() { owner->give_back(item); }
    } guard{this, mine};
    use(*mine);
  }

  template <class Visit>
  void for_each(const Visit& visit) {
    for (const auto& item : all_) visit(*item);
  }

 private:
  T* take() {
    const std::lock_guard lock(mutex_);
    if (free_.empty()) {
      all_.push_back(make_());
      return all_.back().get();
    }
    T* item = free_.back();
    free_.pop_back();
    return item;
  }
  void give_back(T* item) {
    const std::lock_guard lock(mutex_);
    free_.push_back(item);
  }

  std::function<std::unique_ptr<T>()> make_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<T>> all_;
  std::vector<T*> free_;
};

}  // namespace populace
