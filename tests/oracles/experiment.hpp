// Runs of the real engine for the oracles: options in, counters and z-scores out.
#pragma once
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/market.hpp"
#include "sim/engine/simulation.hpp"

namespace populace::oracles {

// A market of one region, one segment and one brand, before anything happens in it.
MarketOptions empty_market(std::int64_t consumers, std::int64_t weeks, const std::string& step = "week");

// A push channel on which every consumer has the same number of slots a week and meets at most one contact a step.
ChannelOptions certain_channel(const std::string& name, double slots_per_week);
// A campaign that a slot shows with this chance, all the time or in one flight.
CampaignOptions unpaid_campaign(const std::string& name, const std::string& channel, double delivery_prob);

// Hazard move from stage to stage.
MoveOptions hazard(const std::string& name, const std::string& from, const std::string& to, double rate_per_week,
                   std::vector<std::pair<std::string, double>> drivers = {});

// Replications 0, 1, 2, ... of a market, kept whole.
class Experiment {
 public:
  Experiment(MarketOptions options, std::uint32_t seed, int replications = 1);

  const Market& market() const { return *market_; }
  int replications() const { return static_cast<int>(records_.size()); }
  int steps() const { return market_->end_step_number(); }
  // Counter of a measure summed over cells and the steps first .. end - 1.
  double sum(int replication, std::string_view measure, std::size_t slot, int first, int end) const;
  double flow(int replication, std::string_view measure, std::size_t slot = 0) const;    // over the horizon
  double at_end(int replication, std::string_view measure, std::size_t slot = 0) const;  // in the last step
  // The same, one entry a replication.
  std::vector<double> flows(std::string_view measure, std::size_t slot = 0) const;
  std::vector<double> in_step(std::string_view measure, std::size_t slot, int step) const;

 private:
  std::unique_ptr<Market> market_;
  std::vector<ReplicationRecord> records_;
};

// One replication of a market, stopped before step `end` so that its consumers can be looked at.
class Snapshot {
 public:
  Snapshot(MarketOptions options, std::uint32_t seed, std::int32_t end);
  void run_to(std::int32_t end);
  const Market& market() const { return *market_; }
  const Simulation& simulation() const { return *simulation_; }
  // A column by name, consumer after consumer, without padding.
  template <class T>
  std::vector<T> column(const std::string& name) const {
    std::vector<T> values;
    const Column<T> column{column_offset(name, sizeof(T))};
    for (std::size_t b = 0; b < market_->places().blocks().size(); ++b) {
      const BlockView block = simulation_->population().block(b);
      const T* data = block.column(column);
      values.insert(values.end(), data, data + block.place.n);
    }
    return values;
  }

 private:
  std::size_t column_offset(const std::string& name, std::size_t bytes) const;
  std::unique_ptr<Market> market_;
  std::unique_ptr<Simulation> simulation_;
};

// z of the same tail probability as the Student t of mean(values) against truth: the bounds of zscore.hpp hold for it.
double z_of_mean(std::span<const double> values, double truth);
// The same for mean(numerators) / mean(denominators), by the delta method.
double z_of_ratio(std::span<const double> numerators, std::span<const double> denominators, double truth);

// How many tolerances mean(values) lies from truth, when one tolerance is what a check with this z bound would allow:
// the judge of negative controls.
double tolerances_off(std::span<const double> values, double truth, double z_bound);

inline double binomial_se(double share, double n) { return std::sqrt(share * (1.0 - share) / n); }

}  // namespace populace::oracles
