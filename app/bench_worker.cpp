#include "app/bench_worker.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <stdexcept>

#include "app/bench_probe.hpp"
#include "results/hdf5/results_file.hpp"
#include "results/summary/kpi.hpp"
#include "scenarios/scenario.hpp"
#include "sim/engine/replications.hpp"

namespace populace {
namespace {

constexpr const char* kThisProgram = "/proc/self/exe";

struct Pipe {
  int read = -1, write = -1;
  Pipe() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe to a process of the benchmark");
    read = ends[0];
    write = ends[1];
  }
};

// Largest resident size so far. The figure of getrusage would be that of the parent until it is passed.
double peak_bytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return 1024 * std::stod(line.substr(6));
  return 0;
}

MarketOptions with_consumers(MarketOptions options, std::int64_t consumers) {
  options.run.consumers = consumers;
  return options;
}

// Seconds of a run as `populace run` does it: replications side by side, building and the results file included.
double run_whole(const Market& market, const Threads& threads, int replications, const std::string& results_file) {
  ReplicationsPlan plan;
  plan.most = replications;
  plan.at_once = std::min(replications, threads.count());
  const RunInfo info = run_info(market);
  const std::atomic<bool> never = false;
  return seconds_of([&] {
    std::optional<ResultsFile> file;
    std::vector<KpiValues> values;
    if (!results_file.empty()) file.emplace(results_file, market.registry(), info, Provenance{});
    ReplicationsHooks hooks;
    hooks.deliver = [&](ReplicationRecord&& record) {
      values.push_back(evaluate_all(market.registry(), info, record));
      if (file) file->add(std::move(record));
      return true;
    };
    run_replications(market, threads, 1, plan, never, hooks);
    if (file) file->finish(summarise(market.registry(), info, values));
  });
}

double run_steps(const Market& market, const Threads& threads, std::int32_t steps) {
  const std::atomic<bool> never = false;
  Simulation simulation(market, threads, 1);
  return seconds_of([&] {
    simulation.start(0);
    simulation.run(market.first_step() + steps, never, [] {});
  });
}

}  // namespace

Worker::Worker(const nlohmann::json& task) {
  Pipe to, from;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, to.read, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, from.write, STDOUT_FILENO);
  std::string program = "populace", command = "bench", option = "--worker", text = task.dump();
  char* arguments[] = {program.data(), command.data(), option.data(), text.data(), nullptr};
  const int failed = posix_spawn(&process_, kThisProgram, &actions, nullptr, arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  close(to.read);
  close(from.write);
  to_ = fdopen(to.write, "w");
  from_ = fdopen(from.read, "r");
  if (failed != 0) throw std::runtime_error("this program could not be started a second time");
  answer();  // it is ready
}

Worker::~Worker() {
  std::fclose(to_);  // ends its work
  std::fclose(from_);
  int status = 0;
  if (process_ > 0) waitpid(process_, &status, 0);
}

void Worker::go() {
  std::fputs("go\n", to_);
  std::fflush(to_);
}

nlohmann::json Worker::answer() {
  std::string line;
  for (int c = std::fgetc(from_); c != '\n'; c = std::fgetc(from_)) {
    if (c == EOF) throw std::runtime_error("a process of the benchmark ended before it answered");
    line += static_cast<char>(c);
  }
  return nlohmann::json::parse(line);
}

int work(const std::string& text) {
  const nlohmann::json task = nlohmann::json::parse(text);
  const Market market(
      with_consumers(load_scenario(task.at("scenario").get<std::string>()).market, task.at("consumers")));
  const Threads threads(task.at("threads"));
  const int replications = task.at("replications");
  const std::int32_t steps = task.at("steps");
  const double n_steps = steps > 0 ? steps : market.end_step_number() - market.first_step();
  const double consumer_steps = static_cast<double>(market.places().n_consumers()) * n_steps * replications;
  const std::string results_file = task.value("results_file", "");
  std::cout << "{}" << std::endl;
  for (std::string line; std::getline(std::cin, line);) {
    const double seconds =
        steps > 0 ? run_steps(market, threads, steps) : run_whole(market, threads, replications, results_file);
    std::cout << nlohmann::json{{"consumer_steps_per_second", consumer_steps / seconds}, {"peak_bytes", peak_bytes()}}
              << std::endl;
  }
  return 0;
}

}  // namespace populace
