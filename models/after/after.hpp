// After a choice: what is bought is counted, and what follows from it is reported or remembered.
//
//   revenue = units x list price - reductions;   without promotions an order is one unit at the list price
//   orders, first purchases of a brand by a consumer; "ordered", "satisfied" or "disappointed" (one uniform),
//   "habitual" (at least half of the last four category purchases are of the focal brand); after a repeat purchase a
//   consumer leaves the category with his own chance p ~ Beta(a, b) (BG/NBD, Fader, Hardie & Lee 2005,
//   doi:10.1287/mksc.1040.0098); "lapsed" when no focal purchase was made for `lapse_intervals` mean intervals between
//   his category purchases.
// A customer of a replayed log enters on the day of his first transaction, which is given; only repeats are simulated.
#pragma once
#include <cstdint>
#include <vector>

#include "models/population/traits.hpp"
#include "models/scratch.hpp"
#include "models/shared_columns.hpp"
#include "models/stages/stages.hpp"
#include "models/world/market_options.hpp"
#include "sim/engine/measures.hpp"

namespace populace {

// Purchase dates are kept as step + 1 + this, for steps of the warm-up are negative and 0 means never.
inline constexpr std::int32_t kPurchaseStepOffset = 29'000;
inline constexpr std::size_t kTrendClasses = 8;  // 0, 1, … 6, 7+ repeats before the split

class After {
 public:
  After(const MarketOptions& options, const Traits& traits, const Stages& stages, SharedColumns& shared, Layout& layout,
        MeasureRegistry& registry);

  void build(DrawKey key, const BlockView& block, std::vector<std::uint32_t>& words) const;
  // Takes out of scratch.list those who have not entered yet.
  void drop_absent(std::int32_t step, const BlockView& block, BlockScratch& scratch) const;
  // Books scratch.chosen at list prices `price`, by brand, less what was not paid; `aware` may not exist.
  void run(DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block, Column<std::uint16_t> aware,
           const std::vector<double>& price, BlockScratch& scratch, std::int64_t* row) const;
  void find_lapsed(std::int32_t step, const BlockView& block, BlockScratch& scratch) const;
  // What is counted once: customers by repeats at the split, brands bought together at the end.
  void count_panel(std::int32_t step, bool last, const BlockView& block, std::int64_t* row) const;
  Column<std::uint16_t> bought() const { return bought_; }  // bit by brand
  // Money follows from orders.
  void end_step(const std::vector<double>& price, std::span<std::int64_t> rows, std::size_t row_size) const;

 private:
  std::int32_t most_patience(double rate_per_week) const;
  void book(DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block, std::uint32_t place,
            std::size_t brand, BlockScratch& scratch, std::int64_t* row) const;
  void book_payment(std::uint32_t k, std::size_t brand, double price, const BlockScratch& scratch,
                    std::int64_t* row) const;
  void report_focal(DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block, std::uint32_t place,
                    BlockScratch& scratch) const;
  void maybe_leave(DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block, std::uint32_t place,
                   BlockScratch& scratch) const;
  // Tells or records the order of a watched consumer at occasion k of the list.
  void tell_order(std::int32_t step, std::uint32_t occasion, std::uint32_t k, BlockScratch& scratch) const;

  const MarketOptions* options_;
  const Traits* traits_;
  const Stages* stages_;
  std::size_t focal_;
  std::int32_t split_step_ = 0;
  std::vector<QuantileTable> dropout_prob_;  // none or one
  Column<std::uint16_t> bought_;             // bit by brand
  Column<std::uint16_t> bought_here_;        // the same within the horizon, where that can differ
  Column<std::uint16_t> last_four_;          // brand + 1 of the last category purchases, 4 bits each
  Column<std::uint16_t> last_focal_;         // step of the last focal purchase + 1 + kPurchaseStepOffset; 0: never
  std::vector<std::int32_t> lapses_after_;   // by segment and code of need: steps without an order
  Column<std::uint16_t> kept_focal_;         // the same, and a lapse does not take it away
  Column<std::uint16_t> entry_;              // step of entry
  Column<std::uint8_t> early_repeats_;       // before the split
  std::size_t opportunities_ = 0, orders_ = 0, first_ = 0, buyers_ = 0, revenue_ = 0, margin_ = 0;
  bool pays_ = false;  // orders of several units, or below the list price
  std::size_t units_ = 0, reductions_ = 0;
  std::size_t trend_customers_ = 0, trend_repeats_ = 0, together_ = 0;
  std::uint8_t orders_table_ = 0;  // of journeys
};

}  // namespace populace
