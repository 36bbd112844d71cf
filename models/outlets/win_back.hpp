// Win-back: an abandoned order of the focal brand is kept for some weeks; its consumer is reminded, and may take it up
// again at the beginning of the path.
//
//   one uniform u a consumer and step:  u < p reminded,  u < p r taken up again;  p = p_week dt
//
// An order stays open until the brand is bought, or its weeks are over; abandoned anew, it begins anew. Source: none
// gives figures (assumed).
#pragma once
#include <cstdint>
#include <span>

#include "models/scratch.hpp"
#include "models/world/market_options.hpp"
#include "sim/engine/measures.hpp"

namespace populace {

class WinBack {
 public:
  WinBack(const MarketOptions& options, Layout& layout, MeasureRegistry& registry);
  bool enabled() const { return open_.exists(); }
  void add_kpis(MeasureRegistry& registry) const;
  void build(const BlockView& block) const;
  // Fills scratch.list with those who return.
  void remind(DrawKey key, std::int32_t step, const BlockView& block, const std::uint8_t* need_code,
              BlockScratch& scratch, std::int64_t* row) const;
  void open(const BlockView& block, std::uint32_t place) const {
    if (open_.exists()) block.column(open_)[place] = 1;
  }
  void close(const BlockView& block, std::uint32_t place, bool by_return, std::int64_t* row) const;
  void count_open(const BlockView& block, std::int64_t* row) const;
  void end_step(std::span<std::int64_t> rows, std::size_t row_size) const;

 private:
  const MarketOptions* options_;
  std::uint8_t most_steps_ = 0;
  double reminded_ = 0, returns_ = 0;  // chances in a step
  Column<std::uint8_t> open_;          // steps since the order was abandoned + 1; 0: none
  std::size_t reminders_ = 0, taken_up_ = 0, won_back_ = 0, open_orders_ = 0, cost_ = 0;
};

}  // namespace populace
