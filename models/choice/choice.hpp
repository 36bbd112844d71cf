// Consider and choose: which brands come to mind and can be bought, and which of them, if any, is taken.
//
//   considered: aware, carried by the consumer's outlets (personal threshold below the brand's distribution) and, when
//   consideration is on, memory above a personal threshold:  u < logistic(logit(share) + utility (stock - base)),
//   stocks read concave, and no more of them than set_size allows
//   dV_b = stocks above base + pressure above base - slope (price / base price - 1) + talk above
//   base (focal brand)
//
// Thresholds are draws that never change, computed anew where needed. The form and its draws: choice_kernels.hpp.
// Sources: Goodhardt, Ehrenberg & Chatfield 1984 doi:10.2307/2981696 (Dirichlet); McFadden 1978 (nested logit);
// thresholds assumed.
#pragma once
#include <cstdint>
#include <vector>

#include "models/choice/choice_kernels.hpp"
#include "models/choice/set_size.hpp"
#include "models/population/traits.hpp"
#include "models/response/response.hpp"
#include "models/scratch.hpp"
#include "models/stages/stages.hpp"
#include "models/world/market_options.hpp"

namespace populace {

struct ChoicePlan {
  std::vector<float> deviation, price_deviation;  // by brand: common utility; relative price - 1
  std::vector<std::uint32_t> distribution;        // by brand, of 65536
};

class Choice {
 public:
  Choice(const MarketOptions& options, const Traits& traits, const Response& response, const Stages& stages,
         Layout& layout, MeasureRegistry& registry);

  void build(DrawKey key, const BlockView& block, std::vector<std::uint32_t>& words) const;
  // `price` of a unit by brand; `pressure` that rivals add, by brand, or empty.
  void begin_step(ChoicePlan& plan, double talk, const std::vector<double>& price, const std::vector<double>& pressure,
                  std::int32_t step) const;
  // Fills scratch.price_slope of the occasions in scratch.list, where a price moves.
  void look_up_slopes(const BlockView& block, BlockScratch& scratch) const;
  // Fills scratch.chosen for the occasions in scratch.list. Where promotions are noticed, scratch.chosen_without takes
  // the choice on the same draws without them.
  void run(const ChoicePlan& plan, DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block,
           BlockScratch& scratch, std::int64_t* row) const;
  Column<std::uint16_t> aware() const { return aware_; }  // bit by brand
  std::size_t focal() const { return focal_; }

 private:
  void consider(const ChoicePlan& plan, DrawKey key, const BlockView& block, BlockScratch& scratch) const;
  bool remembers(std::size_t brand, std::uint32_t place, std::uint32_t threshold, BlockScratch& scratch) const;
  void fill_tastes(const BlockView& block, BlockScratch& scratch) const;
  void choose_without_promotions(ChoiceTask task, DrawKey key, const BlockView& block, BlockScratch& scratch) const;
  void fill_stocks(std::size_t brand, BrandTask& task, BlockScratch& scratch) const;

  const MarketOptions* options_;
  const Traits* traits_;
  const Response* response_;
  const Stages* stages_;
  std::size_t focal_;
  int awareness_machine_ = -1;
  std::uint8_t awareness_stage_ = 0;
  std::vector<char> thresholds_;      // by brand: distribution or memory can keep it out
  std::vector<double> memory_logit_;  // by brand
  Column<std::uint16_t> aware_;
  SetSize set_size_;
};

}  // namespace populace
