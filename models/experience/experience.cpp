#include "models/experience/experience.hpp"

#include <algorithm>

#include "models/names.hpp"

namespace populace {

Experience::Experience(const MarketOptions& options, const Traits& traits, const Response& response,
                       const Stages& stages, SharedColumns& shared, Layout& layout, MeasureRegistry& registry)
    : options_(&options),
      focal_(index_of(options.brands, options.run.focal_brand)),
      follows_purchases_(options.experience.enabled || options.cross_selling.enabled),
      satisfaction_(options, traits, response, shared, layout, registry),
      appraisal_(options, response, stages, satisfaction_, registry),
      care_(options, satisfaction_, shared, registry),
      cross_selling_(options, satisfaction_, shared, registry),
      crises_(options, satisfaction_, layout, registry) {}

void Experience::build(const BlockView& block) const {
  satisfaction_.build(block);
  crises_.build(block);
}

void Experience::begin_step(const CrisesState& state, ExperiencePlan& plan, DrawKey key, std::int32_t step) const {
  if (satisfaction_.exists()) {
    appraisal_.begin_step(plan.appraisal, step);
    satisfaction_.begin_step(plan.pressure, step);
  }
  crises_.begin_step(state, plan.crises, key, step);
}

void Experience::begin_block(const ExperiencePlan& plan, const BlockView& block, BlockScratch& scratch,
                             std::int64_t* row) const {
  satisfaction_.fade(block);
  crises_.spread(plan.crises, block, scratch, row);
}

void Experience::at_occasion(const ExperiencePlan& plan, const ChoicePlan& choice, const BlockView& block,
                             BlockScratch& scratch) const {
  satisfaction_.at_occasion(choice, plan.pressure, block, scratch);
  crises_.at_occasion(plan.crises, block, scratch);
}

void Experience::after_purchase(const ExperiencePlan& plan, DrawKey key, std::int32_t step, std::uint32_t occasion,
                                const BlockView& block, BlockScratch& scratch, std::int64_t* row) const {
  if (!follows_purchases_) return;
  FocalPurchases& bought = scratch.purchases;
  bought.list.n = 0;
  for (std::uint32_t k = 0; k < scratch.list.n; ++k) {
    if (scratch.chosen[k] != static_cast<std::int32_t>(focal_)) continue;
    bought.occasion[bought.list.n] = k;
    bought.list.add(scratch.list.places[k]);
  }
  if (bought.list.n == 0) return;
  std::fill_n(bought.outcome.data(), bought.list.n, std::int8_t{0});
  appraisal_.run(plan.appraisal, key, step, occasion, block, scratch, row);
  care_.run(key, step, occasion, block, scratch, row);
  cross_selling_.run(key, step, occasion, block, scratch, row);
  appraisal_.report(key, step, occasion, block, scratch, row);
}

void Experience::end_step(CrisesState& state, std::int32_t step, std::span<std::int64_t> rows, std::size_t row_size,
                          std::span<std::int64_t> totals) const {
  care_.end_step(rows, row_size);
  cross_selling_.end_step(rows, row_size);
  crises_.end_step(state, step, rows, row_size, totals);
}

void Experience::add_kpis(MeasureRegistry& registry) const {
  const std::string &row = options_->run.focal_brand, &money = options_->run.currency;
  const KpiTerm all{"experiences", {0}};
  if (options_->experience.enabled) {
    registry.add(Kpi{"experience",
                     row,
                     "satisfied",
                     "%",
                     "purchases felt to be better than expected",
                     {{"satisfied_purchases", {0}}},
                     {all},
                     100,
                     0});
    registry.add(Kpi{"experience",
                     row,
                     "disappointed",
                     "%",
                     "purchases felt to be worse than expected",
                     {{"disappointed_purchases", {0}}},
                     {all},
                     100,
                     0});
    registry.add(Kpi{"experience",
                     row,
                     "satisfaction_index",
                     "%",
                     "mean satisfaction at the end of who is satisfied or dissatisfied: 0 at -1, 50 at 0, 100 at 1",
                     {{"satisfaction_points", {0}}},
                     {{"satisfied_people", {0}}, {"dissatisfied_people", {0}}},
                     100. / 254,
                     0});
    registry.add(Kpi{"experience",
                     row,
                     "recommendations",
                     "people",
                     "recommendations after a purchase",
                     {{"recommendations", {0}}},
                     {},
                     1,
                     0});
  }
  if (options_->care.enabled) {
    registry.add(Kpi{"care", row, "cost", money, "cost of care", {{"care_cost", {0}}}, {}, 1, 0});
    registry.add(Kpi{"care",
                     row,
                     "recovered",
                     "%",
                     "disappointing purchases that were made good",
                     {{"recovered", {0}}},
                     {{"disappointed_purchases", {0}}},
                     100,
                     0});
  }
  if (options_->cross_selling.enabled) {
    registry.add(Kpi{
        "cross_selling", row, "items", "units", "items sold at orders of the brand", {{"cross_items", {0}}}, {}, 1, 0});
    registry.add(
        Kpi{"cross_selling", row, "revenue", money, "revenue of these items", {{"cross_revenue", {0}}}, {}, 1, 0});
    registry.add(
        Kpi{"cross_selling", row, "margin", money, "margin of these items", {{"cross_margin", {0}}}, {}, 1, 0});
  }
  crises_.add_kpis(registry);
}

}  // namespace populace
