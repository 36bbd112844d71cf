// Referral with a reward: a conversation with a customer may be an invitation, which counts until it is used or ends.
//
//   invited with chance invite_prob(stage of the contact) x accept_prob(own stage); within valid_weeks the focal brand
//   has friend_utility more at an occasion, an order costs 1 - friend_discount_share of the price, and reward_money is
//   paid
//
// Fission by referral: seed document M109. Numbers are assumed.
#pragma once
#include <span>

#include "models/word_of_mouth/hearing.hpp"

namespace populace {

class Referral {
 public:
  Referral(const MarketOptions& options, const Stages& stages, Layout& layout, MeasureRegistry& registry);
  bool enabled() const { return options_->referral.enabled; }
  void build(const BlockView& block) const;
  // A conversation with a contact who published `byte`.
  bool invites(std::uint8_t byte) const { return enabled() && invite_prob_[byte & kPublishedStage] > 0; }
  void invite(const Moment& moment, std::uint8_t byte, const BlockView& block, std::uint32_t place,
              BlockScratch& scratch, std::int64_t* row) const;
  void at_occasion(std::int32_t step, const BlockView& block, BlockScratch& scratch) const;
  void at_order(std::int32_t step, const BlockView& block, BlockScratch& scratch, std::int64_t* row) const;
  void end_step(std::span<std::int64_t> rows, std::size_t row_size) const;

 private:
  bool holds(std::int32_t step, const BlockView& block, std::uint32_t place) const;

  const MarketOptions* options_;
  const Stages* stages_;
  std::size_t focal_, machine_ = 0;
  double invite_prob_[16] = {}, accept_prob_[16] = {};  // by stage
  std::int32_t valid_steps_ = 0;
  Column<std::uint16_t> invited_;  // step + 1 + kPurchaseStepOffset; 0: holds none
  std::size_t invitations_ = 0, orders_ = 0, rewards_ = 0;
};

}  // namespace populace
