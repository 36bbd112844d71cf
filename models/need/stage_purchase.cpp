#include "models/need/stage_purchase.hpp"

#include "models/names.hpp"
#include "models/stages/toss_kernels.hpp"
#include "sim/base/units.hpp"
#include "sim/random/batch.hpp"

namespace populace {

StagePurchase::StagePurchase(const MarketOptions& options, const Stages& stages, MeasureRegistry& registry)
    : options_(&options), stages_(&stages) {
  if (!enabled()) return;
  machine_ = stages.machine(options.stage_purchase.machine);
  const std::vector<std::string>& names = stages.options(machine_).stages;
  for (std::size_t s = 0; s < names.size(); ++s) {
    // In proportion to time: orders are counted one by one, and seven a week must not follow from one.
    prob_.of[s] =
        static_cast<float>(options.stage_purchase.order_prob_per_week.of(names[s]) * options.run.weeks_per_step());
  }
  orders_ = registry.add(
      {.name = "stage_orders", .unit = "units", .long_name = "units ordered by stage, without a choice", .dims = {}});
  revenue_ = registry.add({.name = "stage_revenue",
                           .unit = options.run.currency,
                           .long_name = "revenue of those orders",
                           .count = Count::kMicrosPerConsumer,
                           .dims = {}});
  JourneyTable table{.name = "stage_orders", .long_name = "orders of the focal brand by stage, without a choice"};
  table.codes[0] = {"stage", "", "stage of the consumer", names};
  table.count = {"units", "units", "units ordered"};
  table.reals[0] = {"price_paid", options.run.currency, "price paid for a unit"};
  orders_table_ = registry.add(std::move(table));
}

void StagePurchase::begin_step(StagePurchasePlan& plan, double price, DrawKey key, std::int32_t step) const {
  plan.price = price;
  if (enabled()) plan.stream = make_stream(key, reason(Purpose::kStagePurchase, 0u, step));
}

void StagePurchase::run(const StagePurchasePlan& plan, const BlockView& block, BlockScratch& scratch,
                        std::int64_t* row) const {
  if (!enabled()) return;
  row[orders_] += toss_by_stage(plan.stream, block.place.first_tile, block.place.n,
                                block.column(stages_->column(machine_)), prob_, nullptr);
  for (const std::uint32_t place : scratch.watched.places) tell(plan, block, place, scratch);
}

void StagePurchase::tell(const StagePurchasePlan& plan, const BlockView& block, std::uint32_t place,
                         BlockScratch& scratch) const {
  const std::uint8_t stage = block.column(stages_->column(machine_))[place];
  const float u = unit_float(split_word_at(plan.stream, block.place.first_tile, place)), prob = prob_.of[stage];
  if (u < prob && scratch.journeys != nullptr) {
    JourneyRow row;
    row.table = orders_table_;
    row.codes[0] = static_cast<std::int16_t>(stage);
    row.count = 1;
    row.reals[0] = plan.price;
    scratch.journeys->add(place, row);
  }
  if (!scratch.traces(place)) return;
  const std::string& brand = options_->run.focal_brand;
  std::vector<std::pair<std::string, double>> because{{"chance", prob}, {"draw", u}};
  if (u < prob)
    scratch.trace->note("stage purchase", brand, "orders in stage " + stages_->options(machine_).stages[stage],
                        std::move(because));
  else if (prob > 0)
    scratch.trace->missed("stage purchase", brand, "no order", std::move(because));
}

void StagePurchase::end_step(double price, std::span<std::int64_t> rows, std::size_t row_size) const {
  if (!enabled()) return;
  for (std::size_t row = 0; row < rows.size(); row += row_size)
    rows[row + revenue_] = rows[row + orders_] * to_micros(price);
}

}  // namespace populace
