// Which creative a campaign shows in a week, and what its form and length make of a contact.
//
//   credit_i += share_i / (sum of the shares of those that may be shown);  the highest credit is shown and pays 1
//   effect = form_fit (length / usual length)^length_effect
//
// In each week all consumers see one creative of a campaign; over weeks each is shown in its share, evenly spread
// (smooth weighted round robin; of equal credits the smaller hash of the name). A creative takes part while its weeks
// last, in a warm-up as in week 0. Where none may be shown, contacts are those of a campaign without creatives. Source:
// rotation is a convention; length: assumed.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "models/world/market_options.hpp"

namespace populace {

class Rotation {
 public:
  explicit Rotation(const MarketOptions& options);

  // Number of the creative that a campaign shows in a step, -1 when none is written for it.
  int shown(std::size_t campaign, std::int32_t step) const;
  const CreativeOptions* creative(std::size_t campaign, std::int32_t step) const;
  // Effect of its form and length; 1 without creatives.
  double effect(std::size_t campaign, std::int32_t step) const;
  // Price of a contact relative to one of the usual length, mean over the weeks of the rotation.
  double price(std::size_t campaign) const { return price_[campaign]; }
  // Name under which contacts wear out together within a brand.
  std::string theme(std::size_t campaign, int creative) const;

 private:
  std::vector<std::int8_t> plan(const CampaignOptions& campaign) const;
  std::size_t week(std::int32_t step) const;

  const MarketOptions* options_;
  std::int32_t steps_per_week_;
  std::int32_t warmup_weeks_, weeks_;
  std::vector<std::vector<std::int8_t>> shown_;  // by campaign: by week from the start of the warm-up; empty: none
  std::vector<std::vector<double>> effect_;      // by campaign: by creative
  std::vector<double> price_;
};

}  // namespace populace
