// Interactive tools: a wheel, a quiz, a contest with an entry task, sharing to unlock.
//
//   a consumer in stage s enters once, when he meets the tool (find_per_week(s), or a conversation with one who entered
//   in the last step and shows it: invite_voice) and does what entering takes: task_prob(s), which filters; or by an
//   order of the focal brand where purchase_enters, and then the brand has entry_utility more for who has not entered
//   yet an entrant holds a coupon for coupon_weeks: coupon_utility, and 1 - coupon_discount_share of the price
//
// Fission M109, entry tasks M111, coupons for acts M112 of the seed documents; numbers are assumed.
#pragma once
#include <span>
#include <vector>

#include "models/word_of_mouth/hearing.hpp"

namespace populace {

class Tools {
 public:
  Tools(const MarketOptions& options, const Stages& stages, Layout& layout, MeasureRegistry& registry);
  bool any() const { return !options_->tools.empty(); }
  double dense_words(std::int32_t step) const;
  void build(const BlockView& block) const;
  // A conversation with a contact who published that he invites.
  void invite(const Moment& moment, const BlockView& block, std::uint32_t place, BlockScratch& scratch,
              std::int64_t* row) const;
  void at_occasion(std::int32_t step, const BlockView& block, BlockScratch& scratch) const;
  void at_order(std::int32_t step, const BlockView& block, BlockScratch& scratch, std::int64_t* row) const;
  // Who meets a tool by himself.
  void run(DrawKey key, std::int32_t step, const BlockView& block, BlockScratch& scratch, std::int64_t* row) const;
  void end_step(std::span<std::int64_t> rows, std::size_t row_size) const;

 private:
  enum Way : std::size_t { kFound, kInvited, kBought, kWays };
  bool open(std::size_t tool, std::int32_t step) const;
  bool found(std::size_t tool, std::int32_t step) const;  // whether anybody can meet it by himself
  bool entered(std::size_t tool, const BlockView& block, std::uint32_t place) const {
    return (block.column(entered_)[place] >> tool & 1) != 0;
  }
  void enter(std::size_t tool, Way way, std::int32_t step, const BlockView& block, std::uint32_t place,
             BlockScratch& scratch, std::int64_t* row) const;
  // The tool whose coupon is held, or null.
  const ToolOptions* coupon(std::int32_t step, const BlockView& block, std::uint32_t place) const;

  const MarketOptions* options_;
  const Stages* stages_;
  std::size_t focal_, machine_ = 0;
  std::vector<StageTable> enter_prob_, task_prob_;  // by tool: of a step, by himself; the task alone
  Column<std::uint8_t> entered_;                    // bit by tool
  Column<std::uint8_t> coupon_of_;                  // tool + 1
  Column<std::uint16_t> coupon_step_;               // step + 1 + kPurchaseStepOffset
  std::size_t entrants_ = 0, redeemed_ = 0, cost_ = 0;
};

}  // namespace populace
