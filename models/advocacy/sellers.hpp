// People who sell for the brand: group leaders among customers, agents and fans on commission, employees.
//
//   a consumer in stage s becomes a seller at rate recruit_per_week(s), and gives up at leave_per_week
//   a seller is within reach of a consumer of his cell when  u < 1 - exp(-reach_people x sellers / consumers),  last
//   step's sellers of the cell, one u a consumer for life: where sellers multiply, those served stay served
//   within reach the focal brand has `utility` more; of the orders order_share go through the seller, at
//   1 - discount_share of the price, and commission_share of what is paid is his
//
// A conversation with a seller is a recommendation with chance `voice` (word of mouth over contacts). Seed documents
// M107, M108, M110; numbers are assumed.
#pragma once
#include <array>
#include <span>
#include <vector>

#include "models/word_of_mouth/hearing.hpp"

namespace populace {

struct SellersState {
  std::vector<std::int64_t> sellers;  // cell x kind
  void save(ByteWriter& out) const { out.put(sellers); }
  void load(ByteReader& in) { in.get(sellers); }
};
struct SellersPlan {
  std::vector<double> covered;  // cell x kind: share of consumers with a seller within reach
};

class Sellers {
 public:
  Sellers(const MarketOptions& options, const Stages& stages, Layout& layout, MeasureRegistry& registry);
  bool any() const { return !options_->sellers.empty(); }
  double dense_words() const;
  SellersState make_state(std::size_t n_cells) const { return {std::vector<std::int64_t>(n_cells * n_kinds())}; }
  void build(DrawKey key, const BlockView& block, std::vector<std::uint32_t>& words, std::int64_t* row) const;
  void begin(SellersState& state, std::span<const std::int64_t> rows, std::size_t row_size) const;
  void begin_step(const SellersState& state, std::span<const std::int64_t> consumers, SellersPlan& plan) const;
  void at_occasion(const SellersPlan& plan, DrawKey key, const BlockView& block, BlockScratch& scratch) const;
  void at_order(DrawKey key, std::int32_t step, std::uint32_t occasion, double price, const BlockView& block,
                BlockScratch& scratch, std::int64_t* row) const;
  // Who starts and who gives up, and what sellers publish.
  void run(DrawKey key, std::int32_t step, const BlockView& block, BlockScratch& scratch, std::int64_t* row) const;
  void end_step(SellersState& state, std::span<std::int64_t> rows, std::size_t row_size) const;

 private:
  std::size_t n_kinds() const { return options_->sellers.size(); }
  bool recruits(std::size_t kind) const;
  void recruit(std::size_t kind, DrawKey key, std::int32_t step, const BlockView& block, BlockScratch& scratch,
               std::int64_t* row) const;
  void leave(std::size_t kind, DrawKey key, std::int32_t step, const BlockView& block, BlockScratch& scratch,
             std::int64_t* row) const;

  const MarketOptions* options_;
  const Stages* stages_;
  std::size_t focal_;
  int machine_ = -1;
  std::vector<StageTable> recruit_prob_;  // by kind, of a step
  std::uint8_t voices_ = 0;               // bit by kind that recommends
  Column<std::uint8_t> sells_;            // bit by kind
  std::size_t sellers_ = 0, recruited_ = 0, left_ = 0, orders_ = 0, commission_ = 0, pay_ = 0;
};

}  // namespace populace
