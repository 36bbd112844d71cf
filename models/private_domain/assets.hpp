// The cube of consumer assets of the focal brand (S84 of the seed documents):
//
//   width   W = kinds of data joined, over all known consumers (members, or identity joined in a walled garden)
//   length  L = mean weeks since the first joining or focal purchase of the known who have made one
//   height  H = margin of the focal brand in the horizon from known consumers / known consumers
//   volume    = W L H, of the whole market, at the end of a step
//
// A relationship begins at the first joining or focal purchase that is seen, and is remembered from then on; first
// members began initial_weeks before. Units: people x kinds, weeks, currency a person.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "models/scratch.hpp"
#include "models/shared_columns.hpp"
#include "models/world/market_options.hpp"
#include "sim/base/bytes.hpp"
#include "sim/engine/measures.hpp"

namespace populace {

struct AssetsState {
  std::int64_t margin = 0;  // of known consumers in the horizon, in micros of simulated consumers
  void save(ByteWriter& out) const { out.put(margin); }
  void load(ByteReader& in) { in.get(margin); }
};

class Assets {
 public:
  Assets(const MarketOptions& options, const SharedColumns& shared, Layout& layout, MeasureRegistry& registry);
  bool enabled() const { return options_->assets.enabled; }
  void add_kpis(MeasureRegistry& registry) const;
  // Once members are there.
  void build(std::int32_t first_step, const BlockView& block) const;
  void after_orders(const std::vector<double>& price, std::int32_t step, const BlockView& block, BlockScratch& scratch,
                    std::int64_t* row) const;
  // After joins and leaves of the step.
  void count(std::int32_t step, const BlockView& block, std::int64_t* row) const;
  void end_step(AssetsState& state, std::int32_t step, std::span<const std::int64_t> rows, std::size_t row_size,
                std::span<std::int64_t> totals) const;

 private:
  const MarketOptions* options_;
  const SharedColumns* shared_;
  std::size_t focal_;
  Column<std::uint16_t> since_;  // step in which the relationship began + 1 + kPurchaseStepOffset; 0: none
  std::size_t known_ = 0, kinds_ = 0, related_ = 0, age_ = 0, margin_ = 0, volume_ = 0;  // slots
};

}  // namespace populace
