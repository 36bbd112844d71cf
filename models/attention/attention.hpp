// Attention: what share of a contact a consumer has attention for, and what is left of a theme that he has met before.
//
//   a_c  = 1 in the foreground, b in the background (use = "both": by the share of time in each), times 1 - clutter_c
//   D_i  = sum over channels of slots_ic minutes_c a_c        minutes of attention that media ask of i in a week
//   s_i  = min(1, B / D_i)                                    B minutes that he has
//   contact on channel c counts for a_c s_i
//
// so that n equal media that fill the budget each get 1/n of what one alone would get: dilution and clutter follow from
// the budget and are not added again. Wear of a theme, n contacts with it in the step, N still in mind before:
//
//   m = N + n / 2;  f = max(lowest, 1 - m / P_i) min(1, m / wear-in);  N <- (N + n) 2^(-dt / half-life)
//   P_i = P (1 + g (1 - 2 v_i))
//
// The effect of the next contact is 0 at P_i, so that attitude is best after P_i contacts in a row; what is spaced has
// time to recover. Padding has no contacts. Sources: Schultz, Block & Raman 2012, doi:10.1080/13527266.2011.567453
// (simultaneous media use); Schmidt & Eisend 2015, doi:10.1080/00913367.2015.1018460 (attitude peaks near ten contacts,
// later at low involvement). Values assumed.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "models/attention/weight_kernels.hpp"
#include "models/creative/rotation.hpp"
#include "models/media/delivery.hpp"
#include "models/population/traits.hpp"
#include "models/scratch.hpp"
#include "models/world/market_options.hpp"
#include "sim/population/layout.hpp"

namespace populace {

class Attention {
 public:
  Attention(const MarketOptions& options, const Traits& traits, const Rotation& rotation, Layout& layout);

  // Attention that a contact on the channel gets of a consumer who has enough of it.
  double of_channel(std::size_t channel) const { return of_channel_[channel]; }
  // Whether contacts of one campaign differ over consumers.
  bool weighs(std::size_t campaign) const { return share_.exists() || !theme_[campaign].empty(); }
  std::size_t n_themes() const { return themes_.size(); }

  void build(const BlockView& block) const;
  // Wear of every theme in this step: scratch.wear.
  void run(const DeliveryPlan& plan, const Delivery& delivery, std::int32_t step, const BlockView& block,
           BlockScratch& scratch) const;
  // What it adds to the weight of a campaign that runs.
  void weigh(std::size_t campaign, std::int32_t step, const BlockView& block, BlockScratch& scratch,
             WeightTask& task) const;

 private:
  static constexpr float kWhole = 32768;  // code of a full share
  struct Theme {
    std::string brand, name;
    Column<std::uint16_t> in_mind;  // contacts, a short float
  };
  void plan_themes(Layout& layout);
  bool shows_none(std::size_t campaign) const;  // in some step
  int theme_in(std::size_t campaign, std::int32_t step) const;

  const MarketOptions* options_;
  const Traits* traits_;
  const Rotation* rotation_;
  std::vector<double> of_channel_;
  Column<std::uint16_t> share_;  // of attention that contacts get
  std::vector<Theme> themes_;
  std::vector<std::vector<int>> theme_;  // by campaign: of no creative, then by creative; empty where nothing wears
  float keep_ = 1;                       // of contacts in mind, over a step
  std::array<float, 256> peak_rate_{};   // 1 / P_i by involvement code
};

}  // namespace populace
