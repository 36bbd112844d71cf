// A cap over channels, as far as the brand recognises people (S45, S46, M48 of the seed documents).
//
//   Contacts in the domains where a consumer is known (targeting.hpp) are counted together:
//     room = exposures - sum over known domains of contacts in the last (window - 1) steps
//   Those in a walled garden where he is not known are counted by the garden alone, which caps them as if nothing
//   happened elsewhere: a consumer unknown in k gardens can meet (k + 1) exposures.
//   What exceeds the room is cut: every subset of that size is equally likely to stay, as under a channel's cap.
//
// Units: contacts of one consumer with the focal brand. Over-frequency counts contacts beyond the cap over all domains,
// known or not: what walls cost. Exact by one hypergeometric draw a campaign, in turns by the hash of its name.
#pragma once
#include <cstdint>
#include <vector>

#include "models/population/traits.hpp"
#include "models/scratch.hpp"
#include "models/world/market_options.hpp"
#include "sim/engine/measures.hpp"

namespace populace {

class Targeting;

class CrossCap {
 public:
  CrossCap(const MarketOptions& options, const Targeting& targeting, const Traits& traits, Layout& layout);
  void register_measures(MeasureRegistry& registry);

  bool enabled() const { return !campaigns_.empty(); }
  // Those under the cap, by the hash of their names.
  const std::vector<std::pair<std::uint32_t, std::size_t>>& campaigns() const { return campaigns_; }
  // Cuts contacts of the campaigns in scratch.turns (of those above, those that run in this block), and remembers what
  // is left.
  void run(DrawKey key, std::int32_t step, const BlockView& block, BlockScratch& scratch, std::int64_t* row) const;

 private:
  void sum_contacts(const BlockView& block, BlockScratch& scratch, std::size_t domain, std::uint8_t* sum) const;
  void list_above(const BlockView& block, BlockScratch& scratch) const;
  void make_room(const BlockView& block, BlockScratch& scratch) const;
  void cut(DrawKey key, std::int32_t step, const BlockView& block, BlockScratch& scratch, std::int64_t* row) const;
  std::int64_t used(const BlockView& block, std::size_t place, std::uint32_t domains) const;
  void count_excess(const BlockView& block, BlockScratch& scratch, std::int64_t* row) const;
  void remember(const BlockView& block, BlockScratch& scratch) const;

  static constexpr std::size_t kEveryDomain = 32;
  const MarketOptions* options_;
  const Targeting* targeting_;
  Column<std::uint8_t> any_habit_;  // a column of bytes that exists, for the kernel that shifts histories
  std::int64_t exposures_ = 0;
  int window_ = 1;  // steps
  std::vector<std::pair<std::uint32_t, std::size_t>> campaigns_;
  std::vector<std::size_t> domain_;                // by campaign
  std::vector<std::size_t> domains_;               // with channels under the cap
  std::vector<Column<std::uint32_t>> history_;     // of them, contacts of earlier steps, 4 bits each, where window > 1
  std::size_t withheld_ = 0, over_frequency_ = 0;  // slots
};

}  // namespace populace
