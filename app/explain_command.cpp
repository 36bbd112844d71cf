#include "app/explain_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>

#include "app/options.hpp"
#include "scenarios/scenario.hpp"
#include "sim/engine/simulation.hpp"

namespace populace {
namespace {

// Ids have gaps between cells, as those start on multiples of 64.
[[noreturn]] void refuse_id(const Market& market, std::int64_t id) {
  std::string text = fmt::format("--consumer {}: nobody has this number; this market has", id);
  const std::vector<BlockPlace>& blocks = market.places().blocks();
  const MarketOptions& o = market.options();
  std::size_t n_listed = 0;
  for (std::size_t b = 0; b < blocks.size();) {
    std::size_t end = b;
    while (end < blocks.size() && blocks[end].cell == blocks[b].cell) ++end;
    const std::int64_t first = std::int64_t{blocks[b].first_tile} * kTileSize,
                       last = std::int64_t{blocks[end - 1].first_tile} * kTileSize + blocks[end - 1].n - 1;
    if (++n_listed > 12) {
      text += "\n  …";
      break;
    }
    text += fmt::format("\n  {} to {}  in {}, {}", first, last, o.regions[blocks[b].cell / o.segments.size()].name,
                        o.segments[blocks[b].cell % o.segments.size()].name);
    b = end;
  }
  throw UsageError(text);
}

std::pair<std::int32_t, std::int32_t> told_steps(const ExplainArguments& a, const Market& market) {
  const RunOptions& run = market.options().run;
  const std::int64_t from = a.from_week.value_or(0), to = a.to_week.value_or(run.weeks - 1);
  if (from < -run.warmup_weeks || from >= run.weeks)
    throw UsageError(fmt::format("--from {}: weeks go from {} to {}", from, -run.warmup_weeks, run.weeks - 1));
  if (to < from || to >= run.weeks)
    throw UsageError(fmt::format("--to {}: must be a week from {} to {}", to, from, run.weeks - 1));
  return {static_cast<std::int32_t>(from * run.steps_per_week()),
          static_cast<std::int32_t>((to + 1) * run.steps_per_week())};
}

}  // namespace

Life follow_consumer(const ExplainArguments& a) {
  std::vector<FlagOverride> flags;
  if (a.consumers) flags.push_back({"--consumers", "scenario.consumers", *a.consumers});
  if (a.seed) flags.push_back({"--seed", "scenario.seed", *a.seed});
  Market market(load_scenario(a.scenario, a.set, flags).market);
  const RunOptions& run = market.options().run;
  const auto found =
      a.consumer < 0 ? std::nullopt : find_consumer(market.places(), static_cast<std::uint64_t>(a.consumer));
  if (!found) refuse_id(market, a.consumer);
  if (a.replication < 0) throw UsageError(fmt::format("--replication {}: they are numbered from 0", a.replication));
  Life life;
  std::tie(life.first_step, life.end_step) = told_steps(a, market);
  const Threads threads(a.threads > 0 ? a.threads : hardware_threads());
  const std::atomic<bool> never{false};
  Simulation simulation(market, threads, static_cast<std::uint32_t>(run.seed));
  simulation.start(a.replication);
  const BlockView block = simulation.population().block(found->block);
  life.title = run.title.empty() ? a.scenario.string() : run.title;
  life.consumer = a.consumer;
  life.replication = a.replication;
  life.seed = static_cast<std::uint32_t>(run.seed);
  life.steps_per_week = run.steps_per_week();
  life.start_date = run.start_date;
  life.warmup_weeks = run.warmup_weeks;
  life.traits = traits_of(market, {life.seed, static_cast<std::uint32_t>(a.replication)}, block, found->place);
  simulation.run(life.first_step, never, [] {});
  life.before = state_of(market, block, found->place);
  Trace trace;
  trace.consumer = static_cast<std::uint64_t>(a.consumer);
  market.follow(&trace);
  simulation.run(life.end_step, never, [] {});
  life.after = state_of(market, block, found->place);
  life.entries = std::move(trace.entries);
  return life;
}

int explain_command(const ExplainArguments& arguments) {
  const Life life = follow_consumer(arguments);
  fmt::print("{}", arguments.json ? as_json(life) : in_words(life, arguments.all));
  return kExitOk;
}

}  // namespace populace
