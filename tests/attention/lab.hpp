// One replication of a small market, looked at consumer by consumer and counter by counter.
#pragma once
#include <atomic>
#include <cmath>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "models/market.hpp"
#include "sim/engine/simulation.hpp"

namespace populace {

// A push channel that every consumer meets in every step with exactly one slot.
inline ChannelOptions every_week(const std::string& name) {
  ChannelOptions channel;
  channel.name = name;
  channel.exposure = "bernoulli";
  channel.habit = "constant";
  channel.slots_per_week = 1e6;
  channel.slow_effect = channel.fast_effect = 1;
  return channel;
}

// A campaign on it that is always shown.
inline CampaignOptions always(const std::string& name, const std::string& channel) {
  CampaignOptions campaign;
  campaign.name = name;
  campaign.channel = channel;
  campaign.buy = "probability";
  campaign.delivery_prob = 1;
  return campaign;
}

inline MarketOptions small_market(std::int64_t consumers, std::int64_t weeks) {
  MarketOptions options;
  options.run.consumers = consumers;
  options.run.weeks = weeks;
  options.response.carryover = "discrete";
  options.response.slow = {.999999999, 0, 1, "utility"};
  options.response.fast = {0, 0, 1, "utility"};
  return options;
}

class Lab {
 public:
  explicit Lab(MarketOptions options, std::uint32_t seed = 11) : threads_(1) {
    options.complete();
    market_ = std::make_unique<Market>(std::move(options));
    simulation_ = std::make_unique<Simulation>(*market_, threads_, seed);
    simulation_->start(0);
  }
  void run_to(std::int32_t step) {
    simulation_->run(step, std::atomic<bool>{false}, [] {});
  }
  void run_all() { run_to(market_->end_step_number()); }
  const Market& market() const { return *market_; }
  const Simulation& simulation() const { return *simulation_; }
  Simulation& simulation() { return *simulation_; }

  bool has(const std::string& name) const {
    for (const ColumnInfo& column : market_->layout().columns())
      if (column.name == name) return true;
    return false;
  }
  // A column by name, consumer after consumer, without padding.
  template <class T>
  std::vector<T> column(const std::string& name) const {
    for (const ColumnInfo& info : market_->layout().columns()) {
      if (info.name != name || info.bytes != sizeof(T)) continue;
      std::vector<T> values;
      for (std::size_t b = 0; b < market_->places().blocks().size(); ++b) {
        const BlockView block = simulation_->population().block(b);
        const T* data = block.column(Column<T>{info.offset});
        values.insert(values.end(), data, data + block.place.n);
      }
      return values;
    }
    throw std::invalid_argument("no column " + name + " of this width");
  }
  // A measure of cells, summed over the run, after run_all.
  std::int64_t total(std::string_view measure, std::size_t slot = 0) {
    if (record_.cells.empty()) record_ = simulation_->take_record();
    const std::size_t slots = market_->registry().cell_slots(), at = market_->registry().measure(measure).offset + slot;
    std::int64_t sum = 0;
    for (std::size_t row = 0; row < record_.cells.size(); row += slots) sum += record_.cells[row + at];
    return sum;
  }
  const std::vector<std::int64_t>& counters() {
    if (record_.cells.empty()) record_ = simulation_->take_record();
    return record_.cells;
  }

 private:
  Threads threads_;
  std::unique_ptr<Market> market_;
  std::unique_ptr<Simulation> simulation_;
  ReplicationRecord record_;
};

template <class T>
double mean_of(const std::vector<T>& values) {
  double sum = 0;
  for (const T value : values) sum += static_cast<double>(value);
  return sum / static_cast<double>(values.size());
}

}  // namespace populace
