// What the benchmarks found, as lines in the style of Google Benchmark and as JSON.
#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

namespace populace {

struct BenchLine {
  std::string name;                                         // funnel52/avx512/threads:1
  double time_ns = 0;                                       // of one unit
  std::string unit;                                         // "consumer-step"
  int rounds = 0;                                           // whose median it is
  std::vector<std::pair<std::string, double>> counters;     // beside the time: words, floor_ns, ratio
  std::vector<std::pair<std::string, std::string>> labels;  // scenario_hash
};

// A figure and what it should be. Information: a benchmark never fails.
struct BenchCheck {
  std::string name;
  double value = 0;
  bool at_most = true;  // else at least
  double limit = 0;
  bool passed() const { return at_most ? value <= limit : value >= limit; }
};

struct BenchReport {
  nlohmann::ordered_json context;  // version, machine and how it was measured
  std::vector<BenchLine> lines;
  std::vector<BenchCheck> checks;
  std::vector<std::string> notes;  // what could not be measured, and why
};

std::string bench_text(const BenchReport& report);
nlohmann::ordered_json bench_json(const BenchReport& report);

}  // namespace populace
