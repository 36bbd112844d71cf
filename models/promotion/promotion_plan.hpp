// When promotions run, for whom, how deep they cut, and how many units are left: what is the same for everybody.
//
//   window: [start, end), again after every `every_weeks`;   room = min(limit - units sold in the window,
//   (budget - spent) / most that a unit can cost), in simulated units, at the beginning of a step
//
// The room of a step is cut among consumers who may have the promotion, block by block and to the unit, so that a limit
// is never passed and no order of blocks matters; what is left over is cut again in the next step.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "models/world/market_options.hpp"
#include "sim/base/bytes.hpp"
#include "sim/base/units.hpp"
#include "sim/population/population.hpp"

namespace populace {

struct PromotionState {
  std::vector<std::int64_t> window;        // by promotion: number of the window that `units` counts
  std::vector<std::int64_t> units;         // sold in it
  std::vector<Micros> spent;               // of the budget
  std::vector<double> seekers;             // of group prices: by promotion x region, a consumer in the last step
  std::vector<std::int64_t> coupons_held;  // by cell x promotion
  std::vector<std::int64_t> points_held;   // by cell x promotion
  void save(ByteWriter& out) const;
  void load(ByteReader& in);
};

struct PromotionPlan {
  std::vector<std::uint32_t> live;    // by cell: bit by promotion
  std::vector<std::uint32_t> usable;  // by cell: live, or somebody may still hold its coupons or points
  std::vector<double> depth;          // by promotion x brand
  std::vector<std::uint8_t> bundle;   // by promotion x brand: units of an order; 0: as it comes
  std::vector<std::int64_t> room;     // by promotion: simulated units; -1: no limit
  std::vector<double> term_prob;      // by promotion x region: in the hours, in a group, …; 1: no such term
  std::vector<std::uint8_t> held;     // by cell x promotion: somebody may hold a coupon
};

// Slots of a cell's row that promotions count in.
struct PromotionSlots {
  std::size_t orders = 0, units = 0, given = 0, seekers = 0;                    // by promotion
  std::size_t anyway = 0, switched = 0, added = 0, extra = 0, past_buyers = 0;  // by promotion
  std::size_t cost = 0, missed = 0, anyway_given = 0;                           // by promotion
  std::size_t issued = 0, redeemed = 0, expired = 0, held = 0;                  // of coupons
  std::size_t earned = 0, spent = 0, points = 0, liability = 0;                 // of points
};

class PromotionPlanner {
 public:
  PromotionPlanner(const MarketOptions& options, std::vector<std::int64_t> consumers_by_cell);
  PromotionState make_state() const;
  void begin_step(const PromotionState& state, PromotionPlan& plan, const std::vector<double>& price,
                  std::int32_t step) const;
  void end_step(PromotionState& state, const PromotionSlots& slots, std::int32_t step, std::span<std::int64_t> cells,
                std::size_t row_size, const std::vector<double>& price) const;
  // Deepest cut of the brand's price that everybody may see in the step.
  double public_depth(const PromotionPlan& plan, std::size_t brand) const;
  // Units left for the block in this step.
  std::int64_t room_of(const PromotionPlan& plan, std::size_t promotion, const BlockPlace& place) const;
  bool runs(std::size_t promotion, std::int32_t step) const;

 private:
  std::int64_t window_of(std::size_t promotion, std::int32_t step) const;  // -1: none
  void plan_depths(PromotionPlan& plan, const std::vector<double>& price) const;
  void plan_terms(const PromotionState& state, PromotionPlan& plan) const;
  std::int64_t room(const PromotionState& state, const PromotionPlan& plan, std::size_t promotion, std::int32_t step,
                    const std::vector<double>& price) const;

  const MarketOptions* options_;
  std::size_t n_, n_brands_, n_cells_, n_regions_, n_segments_;
  double scale_;                                      // simulated consumers a person of the market
  std::vector<std::vector<std::size_t>> brands_;      // by promotion
  std::vector<std::vector<std::int64_t>> before_;     // by promotion: entitled consumers of the cells before, by cell
  std::vector<std::vector<char>> entitled_;           // by promotion: cells
  std::vector<std::int64_t> first_rank_, consumers_;  // by cell
};

}  // namespace populace
