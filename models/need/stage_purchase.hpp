// Buying by stage, without a choice among brands: after its moves a consumer in stage s orders one unit of the focal
// brand with chance q_s dt, so that as many are ordered by days as by weeks. The funnel of a textbook, and of the
// common model that other tools can run too.
#pragma once
#include "models/scratch.hpp"
#include "models/stages/stages.hpp"
#include "models/world/market_options.hpp"
#include "sim/engine/measures.hpp"

namespace populace {

struct StagePurchasePlan {
  double price = 0;  // of a unit
  DrawStream stream;
};

class StagePurchase {
 public:
  StagePurchase(const MarketOptions& options, const Stages& stages, MeasureRegistry& registry);
  bool enabled() const { return options_->stage_purchase.enabled(); }
  void begin_step(StagePurchasePlan& plan, double price, DrawKey key, std::int32_t step) const;
  void run(const StagePurchasePlan& plan, const BlockView& block, BlockScratch& scratch, std::int64_t* row) const;
  void end_step(double price, std::span<std::int64_t> rows, std::size_t row_size) const;

 private:
  void tell(const StagePurchasePlan& plan, const BlockView& block, std::uint32_t place, BlockScratch& scratch) const;

  const MarketOptions* options_;
  const Stages* stages_;
  std::size_t machine_ = 0, orders_ = 0, revenue_ = 0;
  StageTable prob_;
  std::uint8_t orders_table_ = 0;  // of journeys
};

}  // namespace populace
