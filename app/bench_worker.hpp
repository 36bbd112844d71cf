// Processes of this program that measure apart: simultaneous one-thread runs, and peaks of memory, which a process can
// have only once. A worker reads its task as JSON, prepares, and answers each line that it is sent with one line of
// JSON.
#pragma once
#include <sys/types.h>

#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>

namespace populace {

// The side that asks. Throws std::runtime_error when the process cannot be started or dies.
class Worker {
 public:
  // `task`: scenario, consumers, threads, replications, steps (0: the whole horizon), results_file (or none).
  explicit Worker(const nlohmann::json& task);
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  void go();                // begin one run
  nlohmann::json answer();  // wait for its end: consumer_steps_per_second, peak_bytes

 private:
  pid_t process_ = -1;
  std::FILE *to_ = nullptr, *from_ = nullptr;
};

// The side that works, until its standard input ends.
int work(const std::string& task);

}  // namespace populace
