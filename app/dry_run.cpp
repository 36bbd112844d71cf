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

struct Measured {
  double step_seconds = 0;   // of a consumer-step on one thread
  double journey_bytes = 0;  // of a recorded consumer's step
};

// From a small population of the same market taken through a few steps.
Measured measure(const MarketOptions& options, bool records) {
  MarketOptions small = options;
  if (!small.replay.enabled()) small.run.consumers = std::min<std::int64_t>(small.run.consumers, 50'000);
  if (records) small.run.warmup_weeks = 0;  // nothing is recorded of it
  Market market(small);
  if (records) market.record_journeys(small.run.consumers);
  const Threads one(1);
  Simulation simulation(market, one, static_cast<std::uint32_t>(small.run.seed));
  simulation.start(0);
  const std::int32_t n_steps = std::min(10, market.end_step_number() - market.first_step());
  const auto start = std::chrono::steady_clock::now();
  simulation.run(market.first_step() + n_steps, std::atomic<bool>{false}, [] {});
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  const double steps = static_cast<double>(n_steps) * static_cast<double>(small.run.consumers);
  const double rows = static_cast<double>(simulation.take_record().journeys.size());
  return {seconds / steps, rows * sizeof(JourneyRow) / steps};
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
  const Measured measured = measure(loaded.market, arguments.journeys.has_value());
  const double seconds = steps * measured.step_seconds / threads;
  const double recorded = static_cast<double>(std::min(arguments.journeys.value_or(0), run.consumers));
  const double journeys = recorded * measured.journey_bytes * static_cast<double>(market.end_step_number());
  if (arguments.json) {
    nlohmann::ordered_json json;
    json["consumers"] = run.consumers;
    json["bytes_per_consumer"] = market.layout().bytes_per_consumer();
    json["population_bytes"] = population;
    json["populations_at_once"] = at_once;
    json["results_bytes_uncompressed"] = counters;
    if (recorded > 0) json["journeys_bytes_per_replication"] = journeys;
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
  if (recorded > 0)
    fmt::print(
        "  journeys            {:>8}  a replication, in memory, for {:.0f} consumers (judged by the first steps)\n",
        memory_text(journeys), recorded);
  fmt::print("  consumer-steps      {:>8.3g}  = {} consumers x {:.0f} steps x {:.0f} replications\n", steps,
             run.consumers, n_steps, replications);
  fmt::print("  expected time       {:>6.1f} s  on {} threads\n", seconds, threads);
  return kExitOk;
}

}  // namespace populace
