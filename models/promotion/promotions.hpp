// Promotions: what a brand gives away to sell more, from being noticed to the bill.
//
//   noticed at an occasion: it runs in the cell, [u < seen], member, and its term (coupon in mind; in the hours of the
//       flash sale; group complete; referred; bundle wanted; points enough; a unit left)
//   V_b += slope x price / base price x depth (of the deepest noticed)  +  sum over the noticed of (display + gift +
//       progress and tier)
//   units = 1 + Poisson(kappa depth), or the bundle;   paid = 1 - depth of the list price, of one unit for a reward
//   base: the same occasion on the same draws without any promotion:   units = anyway + switched + added + extra
//
// One cut of the price applies to an order, the deepest; gifts, points and commissions come on top. A promotion that is
// sold out is gone: the consumer takes what he would have taken without promotions. Sources: kinds S99, M107, M111,
// M112, M113, M117 of the seed documents; parts of the response: Gupta 1988, doi:10.1177/002224378802500402; van
// Heerde, Gupta & Wittink 2003, doi:10.1509/jmkr.40.4.481.19386. Values assumed. See docs/methods/promotions.md.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "models/choice/choice.hpp"
#include "models/media/delivery.hpp"
#include "models/promotion/household_stock.hpp"
#include "models/promotion/promotion_plan.hpp"
#include "models/scratch.hpp"
#include "models/shared_columns.hpp"
#include "models/world/market_options.hpp"
#include "sim/engine/measures.hpp"

namespace populace {

// Who and when, for the steps of an occasion.
struct OccasionAt {
  DrawKey key;
  std::int32_t step;
  std::uint32_t occasion;
};

class Promotions {
 public:
  Promotions(const MarketOptions& options, std::vector<std::int64_t> consumers_by_cell, const SharedColumns& shared,
             const HouseholdStock& stock, Layout& layout, MeasureRegistry& registry);
  bool any() const { return any_; }
  const PromotionPlanner& planner() const { return planner_; }
  void build(const BlockView& block) const;
  void prepare(BlockScratch& scratch) const;

  // Before the occasions of a step: coupons age and are issued; the block's share of what is left.
  void begin_block(const PromotionPlan& plan, const Delivery& delivery, const DeliveryPlan& delivered, DrawKey key,
                   std::int32_t step, const BlockView& block, BlockScratch& scratch, std::int64_t* row) const;
  // Before the choice: scratch.promotions, offer and seen_depth. `bought`: bit by brand.
  void offer(const PromotionPlan& plan, const ChoicePlan& choice, OccasionAt at, const BlockView& block,
             const std::uint16_t* bought, BlockScratch& scratch, std::int64_t* row) const;
  // After it: units, and who comes too late for the last ones.
  void reserve(const PromotionPlan& plan, OccasionAt at, const BlockView& block, BlockScratch& scratch) const;
  // Whoever noticed what only some outlets redeem is drawn to them: weights of the outlets in scratch.
  void draw_to_outlets(const PromotionPlan& plan, BlockScratch& scratch) const;
  // When the order stands, or was given up (chosen = -1): what is paid, redeemed and issued, and the accounts.
  void settle(const PromotionPlan& plan, OccasionAt at, const std::vector<double>& price, const BlockView& block,
              const std::uint16_t* bought, BlockScratch& scratch, std::int64_t* row) const;
  void end_step(PromotionState& state, std::int32_t step, std::span<std::int64_t> cells, std::size_t row_size,
                const std::vector<double>& price) const;

 private:
  struct Promotion {
    std::uint16_t brands = 0, members = 0;  // bits
    std::uint64_t outlets = 0;              // bits; 0: everywhere
    std::vector<std::size_t> campaigns;     // whose contacts issue coupons
    std::int32_t valid_steps = 0;
    float issue_prob = 0;                  // of a step
    Column<std::uint8_t> coupon;           // steps left; 0: none
    Column<std::uint16_t> points, bought;  // balance; units bought in the programme
  };
  Promotion make(const PromotionOptions& options, Layout& layout) const;
  void register_measures(MeasureRegistry& registry);
  void add_kpis(MeasureRegistry& registry) const;
  bool entitled(std::size_t promotion, const BlockView& block, std::uint32_t place) const;
  void issue(std::size_t promotion, const Delivery& delivery, const DeliveryPlan& delivered, DrawKey key,
             std::int32_t step, const BlockView& block, BlockScratch& scratch, std::int64_t* row) const;
  void give_coupon(std::size_t promotion, const BlockView& block, std::uint32_t place, const BlockScratch& scratch,
                   std::int64_t* row) const;
  void notice(std::size_t promotion, const PromotionPlan& plan, OccasionAt at, const BlockView& block,
              const std::uint16_t* bought, BlockScratch& scratch, std::int64_t* row) const;
  float added_utility(std::size_t promotion, const BlockView& block, std::uint32_t place, float display_gain) const;
  std::uint32_t price_bits(std::uint32_t noticed, const BlockView& block, std::uint32_t place) const;
  int deepest(const PromotionPlan& plan, std::uint32_t noticed, std::size_t brand) const;  // or -1
  void reserve_order(const PromotionPlan& plan, OccasionAt at, std::uint32_t k, std::size_t brand,
                     const BlockView& block, BlockScratch& scratch) const;
  void settle_order(const PromotionPlan& plan, OccasionAt at, std::uint32_t k, std::uint32_t applied, double price,
                    const BlockView& block, const std::uint16_t* bought, BlockScratch& scratch,
                    std::int64_t* row) const;
  void account(std::size_t promotion, std::uint32_t k, Micros given, bool past_buyer, const BlockScratch& scratch,
               std::int64_t* row) const;
  void redeem(std::size_t promotion, const BlockView& block, std::uint32_t place, std::int64_t* row) const;
  void follow_order(std::size_t promotion, OccasionAt at, std::uint32_t k, bool taken, double price, bool past_buyer,
                    const BlockView& block, BlockScratch& scratch, std::int64_t* row) const;

  const MarketOptions* options_;
  const SharedColumns* shared_;
  const HouseholdStock* stock_;
  PromotionPlanner planner_;
  PromotionSlots slots_;
  std::vector<Promotion> promotions_;
  std::uint32_t in_outlets_ = 0;                 // bit by promotion that only some outlets redeem
  std::vector<std::uint32_t> of_brand_;          // bit by promotion that its buyers may notice
  std::uint32_t points_ = 0, after_orders_ = 0;  // promotions with points; those that follow an order
  std::size_t n_ = 0, n_brands_;
  bool any_ = false;
};

}  // namespace populace
