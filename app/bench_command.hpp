// `populace bench`: nanoseconds per consumer-step beside the floor that the machine allows, measured in the same run.
#pragma once
#include <CLI/CLI.hpp>
#include <string>

namespace populace {

struct BenchArguments {
  bool json = false;
  double seconds = 1;  // of each measurement; below 1 the markets are smaller too
  std::string filter;  // only benchmarks whose name contains it
  std::string catalogue = "scenarios/catalogue";
  int threads = 0;       // of what runs on all; 0: those of the machine
  bool scaling = false;  // also 10^5 to 10^7 consumers, and memory
  bool full = false;     // nine rounds instead of three
  std::string worker;    // what a process started by this one does
};

CLI::App* add_bench(CLI::App& app, BenchArguments& arguments);
int bench_command(const BenchArguments& arguments);

}  // namespace populace
