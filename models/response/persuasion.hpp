// What a contact that is noticed does to this consumer, by what is shown and by what he has met lately.
//
//   w = M[message][stage] x style x synergy x aversion
//   style    = rho q_argument (1 or mismatch) + (1 - rho) q_cue (mismatch or 1)     benefit (or emotive) copy, rho the
//              weight of the rational route; plain copy: rho q_argument + (1 - rho) q_cue
//   synergy  = min(cap, max(least, 1 - inconsistency (m - 1)) (1 + per_channel (n - 1)))
//   aversion = max(lowest, 1 - per_excess max(0, L / tolerated - 1) - dissatisfaction max(0, -satisfaction))
//   L       <- L e^(-dt / memory) + contacts (1 - e^(-dt / memory)) / dt            contacts with the brand a week
//
// n: distinct channels that carried the contact's key message within the window; m: distinct key messages of the brand
// met in it; both with this step's contacts. The window is kept as two masks of channels, the current half and the one
// before, so it reaches back between half of it (and a step) and all of it. The stage is that of the focal machine
// after the last step; brands other than the focal one have no stage and no satisfaction. Sources: seed documents M10,
// M13-M17, M29, M30; Petty, Cacioppo & Schumann 1983, doi:10.1086/208954 (routes); Naik & Raman 2003,
// doi:10.1509/jmkr.40.4.375.19385 (synergy). Values assumed.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "models/attention/weight_kernels.hpp"
#include "models/creative/rotation.hpp"
#include "models/media/delivery.hpp"
#include "models/population/traits.hpp"
#include "models/response/response.hpp"
#include "models/scratch.hpp"
#include "models/shared_columns.hpp"
#include "models/stages/stages.hpp"
#include "models/world/market_options.hpp"
#include "sim/population/layout.hpp"

namespace populace {

class Persuasion {
 public:
  Persuasion(const MarketOptions& options, const Traits& traits, const Response& response, const Stages& stages,
             const Rotation& rotation, const SharedColumns& shared, Layout& layout);

  // Whether contacts of one campaign differ over consumers, in some step.
  bool weighs(std::size_t campaign) const;
  std::size_t n_key_messages() const { return messages_.size(); }
  std::size_t n_loads() const { return load_.size(); }
  // Channels that carried each key message, and contacts with each brand: scratch.synergy and scratch.load.
  void run(const DeliveryPlan& plan, const Delivery& delivery, std::int32_t step, const BlockView& block,
           BlockScratch& scratch) const;
  // What it adds to the weight of a campaign that runs; once weighed, it is told to whoever is traced.
  void weigh(std::size_t campaign, std::int32_t step, const BlockView& block, BlockScratch& scratch,
             WeightTask& task) const;
  void tell(std::size_t campaign, std::int32_t step, const BlockView& block, BlockScratch& scratch) const;
  // The same of one consumer at a query, with form and length but without what is counted of push media.
  float at_query(std::size_t campaign, std::int32_t step, const BlockView& block, std::uint32_t place) const;

 private:
  struct KeyMessage {
    std::size_t brand = 0;
    std::string name;
    Column<std::uint16_t> lately, before;  // bit by channel, of this half of the window and of the one before
  };
  struct Line {  // base + slope 255 rho
    float base = 1, slope = 0;
  };
  const StageTable* by_stage(std::size_t campaign, const CreativeOptions& creative) const;
  Line style_of(const CreativeOptions& creative) const;
  int message_in(std::size_t campaign, std::int32_t step) const;
  void plan_messages(Layout& layout);
  void remember_channels(const DeliveryPlan& plan, const Delivery& delivery, std::int32_t step, const BlockView& block,
                         BlockScratch& scratch) const;
  void count_load(std::size_t stock, const DeliveryPlan& plan, const Delivery& delivery, const BlockView& block,
                  BlockScratch& scratch) const;

  const MarketOptions* options_;
  const Traits* traits_;
  const Response* response_;
  const Stages* stages_;
  const Rotation* rotation_;
  const SharedColumns* shared_;
  std::size_t focal_;
  std::array<StageTable, 4> matrix_{};  // by message
  std::vector<KeyMessage> messages_;
  std::vector<std::size_t> brand_;          // by campaign
  std::vector<std::uint16_t> channel_bit_;  // by campaign
  std::vector<std::vector<int>> message_;   // by campaign: key message by creative, or -1
  std::int32_t half_steps_ = 0;             // of the window; 0: it is one step long
  std::vector<Column<float>> load_;         // contacts a week with the brand, by stock; absent without aversion
  float keep_ = 0, gain_ = 0;               // of the running mean
};

}  // namespace populace
