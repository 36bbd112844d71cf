// The door to threads: every number once whatever the number of threads, inner loops within outer ones, errors brought
// home.
#include "sim/parallel/parallel.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <cstdint>
#include <numeric>
#include <set>
#include <stdexcept>
#include <string>

#include "sim/base/contracts.hpp"

using namespace populace;

namespace {

constexpr int kCounts[] = {1, 2, 3, 8};

}  // namespace

TEST_CASE("every number is done exactly once") {
  for (const int n_threads : kCounts) {
    const Threads threads(n_threads);
    CHECK(threads.count() == n_threads);
    for (const std::size_t n : {std::size_t{0}, std::size_t{1}, std::size_t{7}, std::size_t{5000}}) {
      std::vector<std::atomic<int>> times(n);
      threads.for_each(n, [&](std::size_t i) { ++times[i]; });
      for (const auto& t : times) REQUIRE(t == 1);
    }
  }
}

TEST_CASE("loops may stand within loops") {
  for (const int n_threads : kCounts) {
    const Threads threads(n_threads);
    std::vector<std::atomic<int>> times(40 * 50);
    threads.for_each(40, [&](std::size_t i) { threads.for_each(50, [&](std::size_t j) { ++times[i * 50 + j]; }); });
    for (const auto& t : times) REQUIRE(t == 1);
  }
}

TEST_CASE("an error in a body comes out of the loop, and the threads can be used again") {
  for (const int n_threads : kCounts) {
    const Threads threads(n_threads);
    const auto failing = [&] {
      threads.for_each(100, [](std::size_t i) {
        if (i == 37) throw std::runtime_error("number 37");
      });
    };
    CHECK_THROWS_WITH(failing(), "number 37");
    const auto failing_inside = [&] { threads.for_each(4, [&](std::size_t) { failing(); }); };
    CHECK_THROWS_WITH(failing_inside(), "number 37");
    std::atomic<int> n{0};
    threads.for_each(100, [&](std::size_t) { ++n; });
    CHECK(n == 100);
  }
}

TEST_CASE("several pools live beside each other") {
  const Threads one(1), two(2), other(2);
  std::atomic<int> n{0};
  two.for_each(
      10, [&](std::size_t) { other.for_each(10, [&](std::size_t) { one.for_each(3, [&](std::size_t) { ++n; }); }); });
  CHECK(n == 300);
}

TEST_CASE("less than one thread is refused, and the machine has at least one") {
  CHECK_THROWS_AS(Threads(0), ContractViolation);
  CHECK(hardware_threads() >= 1);
}

namespace {

struct Sheet {
  std::int64_t sum = 0;
  std::atomic<bool> in_use{false};
};

}  // namespace

TEST_CASE("no two uses at the same time share an item, and their sums are exact") {
  for (const int n_threads : kCounts) {
    const Threads threads(n_threads);
    PerThread<Sheet> sheets([] { return std::make_unique<Sheet>(); });
    std::atomic<bool> shared{false};
    threads.for_each(3000, [&](std::size_t i) {
      sheets.with([&](Sheet& sheet) {
        if (sheet.in_use.exchange(true)) shared = true;
        sheet.sum += static_cast<std::int64_t>(i);
        sheet.in_use = false;
      });
    });
    CHECK_FALSE(shared);
    std::int64_t sum = 0;
    int n_sheets = 0;
    sheets.for_each([&](Sheet& sheet) {
      sum += sheet.sum;
      ++n_sheets;
    });
    CHECK(sum == 3000 * 2999 / 2);
    CHECK(n_sheets <= n_threads);
  }
}

TEST_CASE("an item is given back when its use throws") {
  PerThread<Sheet> sheets([] { return std::make_unique<Sheet>(); });
  CHECK_THROWS(sheets.with([](Sheet&) { throw std::runtime_error("use"); }));
  sheets.with([](Sheet& sheet) { sheet.sum = 1; });
  int n = 0;
  sheets.for_each([&](Sheet&) { ++n; });
  CHECK(n == 1);
}
