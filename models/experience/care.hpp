// What the brand does for its customers after a purchase, and what it sells them besides.
//
//   message:   with message_prob, to a known buyer                   s <- s + message_lift (1 - s)
//   recovery:  a disappointed known buyer is taken up with recovery_prob; with success_prob
//                                                                    s <- s + recovery_lift (1 - s)
//              and if s > 0 then, the purchase ends satisfied, else as if nothing had been felt
//   one more item at the order of a known buyer, offered with offer_prob, taken with
//              min(1, accept_prob max(0, 1 + gain s))                at its own price and margin
//
// Known is whoever orders, members of owned channels only, or members and those whose identity is joined in a walled
// garden. Acts cost money, counted apart from the margin. Sources: seed documents M6, M101, M102, H8, H49; values
// assumed.
#pragma once
#include <cstdint>
#include <span>
#include <string>

#include "models/experience/satisfaction.hpp"
#include "models/scratch.hpp"
#include "models/shared_columns.hpp"
#include "models/world/market_options.hpp"
#include "sim/base/units.hpp"
#include "sim/engine/measures.hpp"

namespace populace {

// Whether the brand knows a buyer.
class Acquaintance {
 public:
  Acquaintance(const std::string& known, const SharedColumns& shared)
      : everybody_(known == "customers"), joined_(known == "identified"), shared_(&shared) {}
  bool knows(const BlockView& block, std::uint32_t place) const;

 private:
  bool everybody_, joined_;
  const SharedColumns* shared_;
};

class Care {
 public:
  Care(const MarketOptions& options, const Satisfaction& satisfaction, const SharedColumns& shared,
       MeasureRegistry& registry);
  // Of scratch.purchases after they were judged; may change how they ended.
  void run(DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block, BlockScratch& scratch,
           std::int64_t* row) const;
  void end_step(std::span<std::int64_t> rows, std::size_t row_size) const;

 private:
  void recover(DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block, std::uint32_t j,
               BlockScratch& scratch, std::int64_t* row) const;

  const MarketOptions* options_;
  const Satisfaction* satisfaction_;
  Acquaintance acquaintance_;
  std::size_t messages_ = 0, recoveries_ = 0, recovered_ = 0, cost_ = 0;  // slots
};

class CrossSelling {
 public:
  CrossSelling(const MarketOptions& options, const Satisfaction& satisfaction, const SharedColumns& shared,
               MeasureRegistry& registry);
  void run(DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block, BlockScratch& scratch,
           std::int64_t* row) const;
  // Money follows from items; it is part of the brand's revenue and margin too.
  void end_step(std::span<std::int64_t> rows, std::size_t row_size) const;

 private:
  const MarketOptions* options_;
  const Satisfaction* satisfaction_;
  Acquaintance acquaintance_;
  std::size_t offers_ = 0, items_ = 0, revenue_ = 0, margin_ = 0;  // slots
  std::size_t brand_revenue_ = 0, brand_margin_ = 0;               // slots of the focal brand
};

}  // namespace populace
