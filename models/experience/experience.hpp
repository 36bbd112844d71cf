// What a purchase of the focal brand leaves behind: appraisal, satisfaction, care, cross-selling; and crises, which
// touch the same satisfaction. Parts act in this order; each has a file and says what it does.
#pragma once
#include <cstdint>
#include <span>

#include "models/experience/appraisal.hpp"
#include "models/experience/care.hpp"
#include "models/experience/crises.hpp"
#include "models/experience/satisfaction.hpp"

namespace populace {

struct ExperiencePlan {
  AppraisalPlan appraisal;
  CrisesPlan crises;
  std::vector<float> pressure;  // of brands above their base
};

class Experience {
 public:
  Experience(const MarketOptions& options, const Traits& traits, const Response& response, const Stages& stages,
             SharedColumns& shared, Layout& layout, MeasureRegistry& registry);

  void build(const BlockView& block) const;
  CrisesState make_state(std::size_t n_cells) const { return crises_.make_state(n_cells); }
  void begin_step(const CrisesState& state, ExperiencePlan& plan, DrawKey key, std::int32_t step) const;
  // Before anything else in a step: opinions fade, and crises are heard of.
  void begin_block(const ExperiencePlan& plan, const BlockView& block, BlockScratch& scratch, std::int64_t* row) const;
  // Before a choice: adds to scratch.deviation.
  void at_occasion(const ExperiencePlan& plan, const ChoicePlan& choice, const BlockView& block,
                   BlockScratch& scratch) const;
  // After orders were booked: for purchases of the focal brand among scratch.chosen.
  void after_purchase(const ExperiencePlan& plan, DrawKey key, std::int32_t step, std::uint32_t occasion,
                      const BlockView& block, BlockScratch& scratch, std::int64_t* row) const;
  void end_block(const BlockView& block, std::int64_t* row) const { satisfaction_.count(block, row); }
  void end_step(CrisesState& state, std::int32_t step, std::span<std::int64_t> rows, std::size_t row_size,
                std::span<std::int64_t> totals) const;
  double n_draws(std::int32_t step) const { return crises_.n_draws(step); }
  void add_kpis(MeasureRegistry& registry) const;

 private:
  const MarketOptions* options_;
  std::size_t focal_;
  bool follows_purchases_;
  Satisfaction satisfaction_;
  Appraisal appraisal_;
  Care care_;
  CrossSelling cross_selling_;
  Crises crises_;
};

}  // namespace populace
