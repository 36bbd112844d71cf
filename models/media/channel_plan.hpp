// Overlap and gap: a plan of contacts of each target person on a channel, held against what was met (S45, M24, M25 of
// the seed documents).
//
//   In every window of `planned_weeks`, counted from week 0, a person meets n contacts with the focal brand there:
//     useful = min(n, planned)      overlap = max(0, n - planned)      gap: a person meant by the plan with n < planned
//   contacts = useful + overlap, exactly; money of overlap in a step = spend x overlap / contacts of the channel.
//
// Whom the plan means: whoever would be eligible for a campaign of the focal brand that ran there in the window, if the
// brand knew everybody; judged at the window's end. Units: contacts; people and windows. The example of the source
// plans 3 contacts by search, 2 by WeChat and 1 before videos.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "models/media/ledger.hpp"
#include "models/scratch.hpp"
#include "models/world/market_options.hpp"
#include "sim/engine/measures.hpp"

namespace populace {

class Targeting;

class ChannelPlan {
 public:
  ChannelPlan(const MarketOptions& options, const Targeting& targeting, const Ledger& ledger, Layout& layout);
  void register_measures(MeasureRegistry& registry);

  bool enabled() const { return enabled_; }
  bool watches(std::size_t channel) const { return options_->channels[channel].planned_contacts > 0; }
  // Once scratch.channel_contacts holds the contacts of the step with the focal brand. `eligible` tells campaigns x
  // cells.
  void count(std::size_t channel, const std::vector<std::vector<char>>& eligible, std::int32_t step,
             const BlockView& block, BlockScratch& scratch, std::int64_t* row) const;
  void end_step(std::size_t impressions, std::size_t spend, std::span<const std::int64_t> rows, std::size_t row_size,
                std::span<std::int64_t> totals) const;

 private:
  void close_window(std::size_t channel, const std::vector<std::vector<char>>& eligible, std::int32_t step,
                    const BlockView& block, BlockScratch& scratch, std::int64_t* row) const;
  bool ran(std::size_t campaign, std::int32_t first, std::int32_t last) const;

  const MarketOptions* options_;
  const Targeting* targeting_;
  const Ledger* ledger_;
  bool enabled_ = false;
  std::int32_t end_step_;
  std::vector<std::int32_t> window_;                 // steps, by channel
  std::vector<std::vector<std::size_t>> campaigns_;  // of the focal brand, by channel
  std::vector<Column<std::uint8_t>> met_;            // in the window so far, by channel
  std::size_t useful_ = 0, overlap_ = 0, gap_ = 0, meant_ = 0, overlap_money_ = 0;
};

}  // namespace populace
