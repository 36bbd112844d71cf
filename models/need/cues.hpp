// Cues: contacts and remarks that awaken a need by themselves, which is an occasion more than those that come by
// chance.
//
//   by ads        1 - exp(-sum over campaigns of -ln(1 - p_c a_c) w_ic n_ic)     at most one a step
//   by remarks    a recommendation believed in the last step: p_talk each, at most one a step
//
// p_c the campaign's need_prob, a_c the attention of its medium, w_ic what attention and response leave of a contact
// (scratch.weight), n_ic contacts after caps. Who has left the category has no needs. Whether anything is bought, and
// of whom, is decided as at any occasion: a cue helps rivals, too. Source: seed document M1 (external cues raise latent
// need until it crosses a threshold); values assumed. See docs/methods/need.md.
#pragma once
#include <cstdint>
#include <vector>

#include "models/media/delivery.hpp"
#include "models/population/traits.hpp"
#include "models/response/response.hpp"
#include "models/scratch.hpp"
#include "models/shared_columns.hpp"
#include "models/world/market_options.hpp"
#include "sim/engine/measures.hpp"

namespace populace {

class Cues {
 public:
  Cues(const MarketOptions& options, const Traits& traits, const Delivery& delivery, const SharedColumns& shared,
       MeasureRegistry& registry);
  void add_kpis(MeasureRegistry& registry) const;
  // Adds occasions to scratch.list, as index_occasions has left it.
  void run(const ResponsePlan& response, const DeliveryPlan& plan, DrawKey key, std::int32_t step,
           const BlockView& block, BlockScratch& scratch, std::int64_t* row) const;
  bool any() const { return by_ads_ || by_remarks(); }

 private:
  bool by_remarks() const { return shared_->cued.exists(); }
  void run_ads(const ResponsePlan& response, const DeliveryPlan& plan, DrawKey key, std::int32_t step,
               const BlockView& block, BlockScratch& scratch, std::int64_t* row) const;
  void run_remarks(const BlockView& block, BlockScratch& scratch, std::int64_t* row) const;
  // Campaign whose contact it was, by what is left of the uniform.
  std::size_t cause(double rest, std::uint32_t place, const BlockScratch& scratch) const;
  // Of one contact; events change attention from step to step.
  double hazard(std::size_t campaign, const ResponsePlan& response, std::size_t cell) const;

  const MarketOptions* options_;
  const Traits* traits_;
  const Delivery* delivery_;
  const SharedColumns* shared_;
  std::vector<std::size_t> channel_;  // of campaign
  bool by_ads_ = false;
  std::size_t by_ads_slot_ = 0, by_remarks_slot_ = 0;
};

}  // namespace populace
