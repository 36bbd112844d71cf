#include "app/bench_report.hpp"

#include <fmt/format.h>

namespace populace {
namespace {

std::string line_text(const BenchLine& line) {
  std::string text = fmt::format("{:<42} {:>9.4g} ns {:>10.4g} M/s ", line.name, line.time_ns, 1e3 / line.time_ns);
  for (const auto& [key, value] : line.counters) text += fmt::format(" {}={:.4g}", key, value);
  for (const auto& [key, value] : line.labels) text += fmt::format(" {}={}", key, value);
  return text + "\n";
}

std::string check_text(const BenchCheck& check) {
  return fmt::format("{}  {:<60} {:>9.4g}  ({} {:g})\n", check.passed() ? "PASS" : "FAIL", check.name, check.value,
                     check.at_most ? "at most" : "at least", check.limit);
}

}  // namespace

std::string bench_text(const BenchReport& report) {
  std::string text;
  for (const auto& [key, value] : report.context.items())
    text += fmt::format("{}: {}\n", key, value.is_string() ? value.get<std::string>() : value.dump());
  const std::string head = fmt::format("{:<42} {:>9}    {:>10}      {}\n", "Benchmark", "Time", "Rate", "Counters");
  text += std::string(110, '-') + "\n" + head + std::string(110, '-') + "\n";
  for (const BenchLine& line : report.lines) text += line_text(line);
  if (!report.checks.empty()) text += std::string(110, '-') + "\n";
  for (const BenchCheck& check : report.checks) text += check_text(check);
  for (const std::string& note : report.notes) text += "note: " + note + "\n";
  return text;
}

nlohmann::ordered_json bench_json(const BenchReport& report) {
  nlohmann::ordered_json json;
  json["context"] = report.context;
  json["benchmarks"] = nlohmann::ordered_json::array();
  for (const BenchLine& line : report.lines) {
    nlohmann::ordered_json entry;
    entry["name"] = line.name;
    entry["repetitions"] = line.rounds;
    entry["real_time"] = line.time_ns;
    entry["time_unit"] = "ns";
    entry["per"] = line.unit;
    entry["items_per_second"] = 1e9 / line.time_ns;
    for (const auto& [key, value] : line.counters) entry[key] = value;
    for (const auto& [key, value] : line.labels) entry[key] = value;
    json["benchmarks"].push_back(std::move(entry));
  }
  json["checks"] = nlohmann::ordered_json::array();
  for (const BenchCheck& check : report.checks)
    json["checks"].push_back({{"name", check.name},
                              {"value", check.value},
                              {"rule", check.at_most ? "at most" : "at least"},
                              {"limit", check.limit},
                              {"passed", check.passed()}});
  json["notes"] = report.notes;
  return json;
}

}  // namespace populace
