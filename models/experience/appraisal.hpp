// A purchase of the focal brand is judged: what it showed against what was expected.
//
//   Q = sum over product, service and delivery of w_a (quality_a + sd_a z),  sum of w_a = 1,  z one normal a purchase
//   E = expectation + per_goodwill (goodwill as read - its base) + per_price (price paid / base price - 1)
//   D = Q - E;   tolerance = low (1 - v) + high v,  v the involvement at the occasion
//   |D| <= tolerance: nothing is felt, and habit alone leads on; else
//   s <- s + learning (min(1, max(-1, loss_weight^[D < 0] D)) - s)
//
// A gap that is felt is a satisfied or a disappointed purchase and, after what care made of it, the event of that name;
// a satisfied purchase makes a loyal consumer (two of the last four purchases) recommend with a chance. Goodwill is
// read concave, as choice reads it. Sources: Oliver 1980, doi:10.1177/002224378001700405 (expectancy disconfirmation);
// Anderson & Sullivan 1993, doi:10.1287/mksc.12.2.125 (a loss weighs more); seed documents M6, M101. Values assumed.
#pragma once
#include <array>
#include <cstdint>

#include "models/experience/satisfaction.hpp"
#include "models/scratch.hpp"
#include "models/stages/stages.hpp"

namespace populace {

// What is the same for everybody in a step.
struct AppraisalPlan {
  std::array<double, kAspects> quality{};
  std::vector<float> by_outlet;  // what service and delivery of an outlet add to the experience
  double price = 0;              // relative price of the focal brand minus 1, before promotions
};

class Appraisal {
 public:
  Appraisal(const MarketOptions& options, const Response& response, const Stages& stages,
            const Satisfaction& satisfaction, MeasureRegistry& registry);

  void begin_step(AppraisalPlan& plan, std::int32_t step) const;
  // Judges scratch.purchases: their outcome and the consumers' satisfaction.
  void run(const AppraisalPlan& plan, DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block,
           BlockScratch& scratch, std::int64_t* row) const;
  // Events of the purchases, as they ended.
  void report(DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block, BlockScratch& scratch,
              std::int64_t* row) const;

 private:
  void draw_quality(const AppraisalPlan& plan, DrawKey key, std::int32_t step, std::uint32_t occasion,
                    const BlockView& block, BlockScratch& scratch) const;
  double expectation(const AppraisalPlan& plan, std::uint32_t j, const BlockScratch& scratch) const;
  bool recommends(DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block,
                  std::uint32_t place) const;

  const MarketOptions* options_;
  const Stages* stages_;
  const Satisfaction* satisfaction_;
  std::size_t focal_;
  int stock_ = -1;  // of slow goodwill, or -1
  std::array<double, kAspects> weight_{};
  std::size_t judged_ = 0, satisfied_ = 0, disappointed_ = 0, recommended_ = 0;  // slots
};

}  // namespace populace
