// What follows when a consumer believes what he heard of the focal brand, from whomever: the event, an opinion, and
// passing it on.
//
//   opinion  A <- A e^(-age / memory_weeks) + positive_utility or negative_utility, added to the focal brand's utility
//   at an occasion; with chance need_prob it awakens a need in the next step (models/need/cues.hpp); with chance
//   forward_prob who believed a recommendation shows it to his contacts in the next step
//
// The cascade of shared content (seed document M105); numbers are assumed. Opinions are aged when read, not every step.
#pragma once
#include <vector>

#include "models/scratch.hpp"
#include "models/shared_columns.hpp"
#include "models/stages/stages.hpp"
#include "models/world/market_options.hpp"
#include "sim/engine/measures.hpp"

namespace populace {

// The published byte: the stage of the talking machine, and what the consumer did in the step.
inline constexpr std::uint8_t kPublishedStage = 15, kPublishedDisappointed = 16, kPublishedForwards = 32,
                              kPublishedSells = 64, kPublishedInvites = 128;

// When and to whom something was said.
struct Moment {
  DrawKey key;
  std::int32_t step = 0;
  std::uint32_t occasion = 0;
  std::uint32_t who = 0;  // hash of the name of who said it
};

class Hearing {
 public:
  // `heard` is the slot of people who heard a recommendation.
  Hearing(const MarketOptions& options, const Stages& stages, std::size_t heard, SharedColumns& shared, Layout& layout,
          MeasureRegistry& registry);
  void build(const BlockView& block) const;
  void recommended(const Moment& moment, const BlockView& block, std::uint32_t place, BlockScratch& scratch,
                   std::int64_t* row) const;
  void warned(const Moment& moment, const BlockView& block, std::uint32_t place, BlockScratch& scratch) const;
  // Opinions count at the occasions of scratch.list.
  void at_occasion(std::int32_t step, const BlockView& block, BlockScratch& scratch) const;

 private:
  void awaken(const Moment& moment, const BlockView& block, std::uint32_t place) const;
  void remember(std::int32_t step, const BlockView& block, std::uint32_t place, double utility) const;
  double opinion(std::int32_t step, const BlockView& block, std::uint32_t place) const;

  const MarketOptions* options_;
  const Stages* stages_;
  std::size_t focal_, heard_, forwards_ = 0;
  std::vector<float> retention_;        // of an opinion, by steps since
  Column<std::int8_t> opinion_;         // utility x 32, when it was last changed
  Column<std::uint16_t> opinion_step_;  // that step + 1 + kPurchaseStepOffset
  Column<std::uint8_t> cued_;           // 1: what was believed awakens a need in the next step
};

}  // namespace populace
