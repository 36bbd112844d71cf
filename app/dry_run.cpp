#include "app/dry_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "models/market.hpp"
#include "scenarios/validate/memory.hpp"
#include "sim/engine/simulation.hpp"

namespace populace {
namespace {

// Seconds of a consumer-step on one thread, from a small population of the same market taken through a few steps.
double measure_step_seconds(const MarketOptions& options) {
  MarketOptions small = options;
  if (!small.replay.enabled()) small.run.consumers = std::min<std::int64_t>(small.run.consumers, 50'000);
  const Market market(small);
  const Threads one(1);
  Simulation simulation(market, one, static_cast<std::uint32_t>(small.run.seed));
  simulation.start(0);
  const std::int32_t n_steps = std::min(10, market.end_step_number() - market.first_step());
  const auto start = std::chrono::steady_clock::now();
  simulation.run(market.first_step() + n_steps, std::atomic<bool>{false}, [] {});
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return seconds / (static_cast<double>(n_steps) * static_cast<double>(small.run.consumers));
}

}  // namespace

int dry_run(const RunArguments& arguments, const LoadedScenario& loaded) {
  const Market market(loaded.market);
  const RunOptions& run = loaded.market.run;
  const int threads = arguments.threads > 0 ? arguments.threads : hardware_threads();
  const double population =
      static_cast<double>(market.places().capacity()) * static_cast<double>(market.layout().bytes_per_consumer());
  const auto replications = static_cast<double>(run.replications);
  const double n_steps = market.end_step_number() - market.first_step();
  const double steps = static_cast<double>(run.consumers) * n_steps * replications;
  const double at_once = std::min<double>(threads, replications);
  const double counters = (static_cast<double>(market.n_cells() * market.registry().cell_slots()) +
                           static_cast<double>(market.registry().total_slots())) *
                          8 * market.end_step_number() * replications;
  const double seconds = steps * measure_step_seconds(loaded.market) / threads;
  if (arguments.json) {
    nlohmann::ordered_json json;
    json["consumers"] = run.consumers;
    json["bytes_per_consumer"] = market.layout().bytes_per_consumer();
    json["population_bytes"] = population;
    json["populations_at_once"] = at_once;
    json["results_bytes_uncompressed"] = counters;
    json["consumer_steps"] = steps;
    json["threads"] = threads;
    json["expected_seconds"] = seconds;
    fmt::print("{}\n", json.dump(2));
    return kExitOk;
  }
  fmt::print("{}\n", run.title.empty() ? arguments.scenario.string() : run.title);
  fmt::print("  bytes per consumer  {:>8}  =", market.layout().bytes_per_consumer());
  for (const ColumnInfo& column : market.layout().columns()) fmt::print(" {}:{}", column.name, column.bytes);
  fmt::print("\n  memory              {:>8}  = {} consumers x {} bytes x {:.0f} populations at once\n",
             memory_text(population * at_once), market.places().n_consumers(), market.layout().bytes_per_consumer(),
             at_once);
  fmt::print("  results             {:>8}  before compression\n", memory_text(counters));
  fmt::print("  consumer-steps      {:>8.3g}  = {} consumers x {:.0f} steps x {:.0f} replications\n", steps,
             run.consumers, n_steps, replications);
  fmt::print("  expected time       {:>6.1f} s  on {} threads\n", seconds, threads);
  return kExitOk;
}

}  // namespace populace
