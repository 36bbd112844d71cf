// `populace bench`: nanoseconds per consumer-step beside the floor that the machine allows, measured in the same run.
#pragma once
#include <CLI/CLI.hpp>
#include <string>

namespace populace {

struct BenchArguments {
  bool json = false;
  double seconds = 1;             // of each measurement
  std::string filter;             // only benchmarks whose name contains it
  std::string catalogue = "scenarios/catalogue";
  bool scaling = false;           // also 10^5 and 10^7 consumers
};

CLI::App* add_bench(CLI::App& app, BenchArguments& arguments);
int bench_command(const BenchArguments& arguments);

}  // namespace populace
