// Who was reached by which two channels: counted once, in the last step, of the channels that have reached a consumer
// in the horizon (S45, S52 of the seed documents). The diagonal is the channel's own reach; pairs and union follow
// from one mask a consumer. Units: people.
#pragma once
#include <cstdint>
#include <vector>

#include "models/world/market_options.hpp"
#include "sim/engine/measures.hpp"
#include "sim/population/population.hpp"

namespace populace {

class ReachOverlap {
 public:
  explicit ReachOverlap(const MarketOptions& options)
      : n_channels_(options.channels.size()), enabled_(options.reach_overlap.enabled && !options.campaigns.empty()) {}
  void register_measures(const MarketOptions& options, MeasureRegistry& registry);
  bool enabled() const { return enabled_; }
  // `reached`: masks of channels, eight a column.
  void count(const std::vector<Column<std::uint8_t>>& reached, const BlockView& block, std::int64_t* row) const;

 private:
  std::size_t n_channels_;
  bool enabled_;
  std::size_t both_ = 0, by_number_ = 0;
};

}  // namespace populace
