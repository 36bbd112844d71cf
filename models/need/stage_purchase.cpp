#include "models/need/stage_purchase.hpp"

#include "models/names.hpp"
#include "models/stages/toss_kernels.hpp"
#include "sim/base/units.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {

StagePurchase::StagePurchase(const MarketOptions& options, const Stages& stages, MeasureRegistry& registry)
    : options_(&options), stages_(&stages) {
  if (!enabled()) return;
  machine_ = stages.machine(options.stage_purchase.machine);
  const std::vector<std::string>& names = stages.options(machine_).stages;
  for (std::size_t s = 0; s < names.size(); ++s) {
    const double weekly = options.stage_purchase.order_prob_per_week.of(names[s]);
    prob_.of[s] =
        static_cast<float>(weekly >= 1 ? 1 : -exact_expm1(exact_log1p(-weekly) * options.run.weeks_per_step()));
  }
  orders_ = registry.add(
      {.name = "stage_orders", .unit = "units", .long_name = "units ordered by stage, without a choice", .dims = {}});
  revenue_ = registry.add({.name = "stage_revenue",
                           .unit = options.run.currency,
                           .long_name = "revenue of those orders",
                           .count = Count::kMicrosPerConsumer,
                           .dims = {}});
}

void StagePurchase::begin_step(StagePurchasePlan& plan, DrawKey key, std::int32_t step) const {
  if (enabled()) plan.stream = make_stream(key, reason(Purpose::kStagePurchase, 0u, step));
}

void StagePurchase::run(const StagePurchasePlan& plan, const BlockView& block, std::int64_t* row) const {
  if (!enabled()) return;
  row[orders_] += toss_by_stage(plan.stream, block.place.first_tile, block.place.n,
                                block.column(stages_->column(machine_)), prob_, nullptr);
}

void StagePurchase::end_step(double price, std::span<std::int64_t> rows, std::size_t row_size) const {
  if (!enabled()) return;
  for (std::size_t row = 0; row < rows.size(); row += row_size)
    rows[row + revenue_] = rows[row + orders_] * to_micros(price);
}

}  // namespace populace
