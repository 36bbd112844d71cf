// Small markets with outlets, and what was counted in them.
#pragma once
#include <cmath>
#include <string>
#include <vector>

#include "tests/engine/market_run.hpp"

namespace populace {

inline constexpr std::int64_t kPeople = 20'000;
inline constexpr double kLimit = 3.9;  // of a standard score, for one check at a fixed seed

// Two brands of which "own" is focal; people who are alike, one region, no media.
inline MarketOptions shop_market(std::uint32_t seed, std::int64_t weeks = 6) {
  MarketOptions options;
  options.run.consumers = kPeople;
  options.run.weeks = weeks;
  options.run.seed = seed;
  options.need.enabled = true;
  options.need.opportunities_per_week = .5;
  options.need.shape = 50;
  for (const char* name : {"own", "rival"}) {
    BrandOptions& brand = options.brands.emplace_back();
    brand.name = name;
    brand.share = .5;
    brand.price_money = 10;
  }
  options.response.slow.acts_on = options.response.fast.acts_on = "nothing";
  return options;
}

inline OutletOptions& add_outlet(MarketOptions& options, const std::string& name, const std::string& kind) {
  OutletOptions& outlet = options.outlets.emplace_back();
  outlet.name = name;
  outlet.kind = kind;
  return outlet;
}

inline PathOptions& add_path(MarketOptions& options, const std::string& name, const std::vector<double>& frictions) {
  PathOptions& path = options.paths.emplace_back();
  path.name = name;
  for (const double friction : frictions) {
    PathStepOptions& step = path.steps.emplace_back();
    step.name = "step" + std::to_string(path.steps.size());
    step.friction = friction;
  }
  return path;
}

// Counters of one replication.
struct Run {
  explicit Run(MarketOptions options, int threads = 1)
      : market((options.complete(), std::move(options))),
        records(run_records(market, {threads, 1, 1})),
        counters(market, records[0]) {}
  double all(const std::string& measure, std::size_t slot = 0) const {
    return static_cast<double>(counters.all(measure, slot));
  }
  double sum(const std::string& measure) const {
    double sum = 0;
    for (std::size_t slot = 0; slot < market.registry().measure(measure).size; ++slot) sum += all(measure, slot);
    return sum;
  }
  bool counts(const std::string& measure) const {
    for (const Measure& m : market.registry().measures())
      if (m.name == measure) return true;
    return false;
  }

  Market market;
  std::vector<ReplicationRecord> records;
  Counters counters;
};

template <class T>
std::vector<T> column_at_end(MarketOptions options, const std::string& name) {
  options.complete();
  const Market market(std::move(options));
  const Threads threads(1);
  Simulation simulation(market, threads, static_cast<std::uint32_t>(market.options().run.seed));
  simulation.start(0);
  simulation.run(market.end_step_number(), kNeverCancelled, [] {});
  return column_values<T>(market, simulation, name);
}

// Standard score of k successes in n independent trials of chance p.
inline double binomial_score(double k, double n, double p) { return (k - n * p) / std::sqrt(n * p * (1 - p)); }

// The same where all trials of a consumer have one outcome: trials a consumer are Poisson with mean m and gamma rates.
inline double clustered_score(double k, double n, double p, double m, double shape) {
  const double squares = m + m * m * (1 + 1 / shape);  // E[n_i^2]
  return (k / n - p) / std::sqrt(p * (1 - p) * squares / (m * m) / static_cast<double>(kPeople));
}

}  // namespace populace
