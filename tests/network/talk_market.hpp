// Adoption by innovation p and by conversations at rate q with those who have adopted, over a network.
#pragma once
#include <atomic>
#include <memory>
#include <vector>

#include "models/market.hpp"
#include "sim/engine/simulation.hpp"

namespace populace {

inline MarketOptions adoption_market(std::int64_t consumers, std::int64_t weeks, double p, double q,
                                     const std::string& network) {
  MarketOptions options;
  options.run.consumers = consumers;
  options.run.weeks = weeks;
  MachineOptions machine;
  machine.name = "adoption";
  machine.stages = {"potential", "adopter"};
  MoveOptions innovate, imitate;
  innovate.name = "innovate", imitate.name = "imitate";
  innovate.from = imitate.from = {"potential"};
  innovate.to = imitate.to = "adopter";
  innovate.rate_per_week = p;
  imitate.cause = "event", imitate.event = "heard";
  machine.moves = {innovate, imitate};
  options.machines = {machine};
  WordOfMouthOptions& talk = options.word_of_mouth;
  talk.machine = "adoption";
  talk.network = network;
  talk.voice.by_name = {{"adopter", 1}};
  talk.contacts_per_week = q;
  talk.weak_trust = 1;
  talk.strong_ties = 2;
  talk.weak_ties = 0;
  return options;
}

// Adopters after every step of a replication.
class Adoption {
 public:
  explicit Adoption(MarketOptions options, std::uint32_t seed, int n_threads = 1) : threads_(n_threads), seed_(seed) {
    options.complete();
    market_ = std::make_unique<Market>(std::move(options));
    simulation_ = std::make_unique<Simulation>(*market_, threads_, seed_);
  }
  const Market& market() const { return *market_; }
  Simulation& simulation() { return *simulation_; }
  ReplicationRecord record(int replication) {
    simulation_->start(replication);
    simulation_->run(market_->end_step_number(), std::atomic<bool>{false}, [] {});
    return simulation_->take_record();
  }
  std::vector<double> adopters(int replication) { return series(record(replication), "occupancy_adoption", 1); }
  std::vector<double> series(const ReplicationRecord& record, const std::string& measure, std::size_t slot) const {
    const std::size_t slots = market_->registry().cell_slots(), at = market_->registry().measure(measure).offset + slot,
                      n_cells = market_->n_cells();
    std::vector<double> sums(record.cells.size() / slots / n_cells);
    for (std::size_t row = 0; row * slots < record.cells.size(); ++row)
      sums[row / n_cells] += static_cast<double>(record.cells[row * slots + at]);
    return sums;
  }

 private:
  Threads threads_;
  std::uint32_t seed_;
  std::unique_ptr<Market> market_;
  std::unique_ptr<Simulation> simulation_;
};

}  // namespace populace
