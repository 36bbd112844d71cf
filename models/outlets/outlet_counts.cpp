#include "models/outlets/outlet_counts.hpp"

#include <algorithm>
#include <numeric>

#include "models/names.hpp"
#include "sim/base/units.hpp"

namespace populace {
namespace {

std::vector<std::size_t> range(std::size_t first, std::size_t n, std::size_t stride = 1) {
  std::vector<std::size_t> slots;
  for (std::size_t i = 0; i < n; ++i) slots.push_back(first + i * stride);
  return slots;
}

}  // namespace

OutletCounts::OutletCounts(const MarketOptions& options, const Paths& paths, MeasureRegistry& registry)
    : options_(&options), paths_(&paths), exists_(options.has_outlets()) {
  if (!exists_) return;
  const auto any = [&](const auto& condition) {
    return std::any_of(options.outlets.begin(), options.outlets.end(),
                       [&](const OutletOptions& o) { return o.enabled && condition(o); });
  };
  tries_ = any([](const OutletOptions& o) { return o.trial_prob > 0; });
  fixed_costs_ = any([](const OutletOptions& o) { return o.setup_money > 0 || o.upkeep_money_per_week > 0; });
  delays_ = any([](const OutletOptions& o) { return o.delivery_days.constant > 0 || !o.delivery_days.points.empty(); });
  n_steps_ = paths.step_names().size();
  const std::string& money = options.run.currency;
  registry.add_dimension("outlet", names_of(options.outlets));
  const auto count = [&](const char* name, const char* unit, const char* text) {
    return registry.add({.name = name, .unit = unit, .long_name = text, .dims = {"outlet"}});
  };
  begun = count("orders_begun", "orders", "orders begun in the outlet");
  completed = count("orders_completed", "orders", "orders that came to the end of the outlet's path");
  orders = count("outlet_orders", "units", "units bought in the outlet");
  stockouts = count("stockouts", "occasions", "occasions at which the outlet did not have what was wanted");
  if (tries_) trials = count("trials", "occasions", "occasions that began with a trial in the outlet");
  if (delays_) hours_ = count("delivery_hours", "hours", "hours from order to goods, summed over completed orders");
  nowhere = registry.add({.name = "no_outlet",
                          .unit = "occasions",
                          .long_name = "occasions at which no outlet that carries the chosen brand could be used",
                          .dims = {}});
  revenue_ = registry.add({.name = "outlet_revenue",
                           .unit = money,
                           .long_name = "revenue of the outlet",
                           .count = Count::kMicrosPerConsumer,
                           .dims = {"outlet"}});
  cost_ = registry.add({.name = "outlet_cost",
                        .unit = money,
                        .long_name = "cost of orders, commission and fees of the outlet",
                        .count = Count::kMicrosPerConsumer,
                        .dims = {"outlet"}});
  focal_cost_ = registry.add({.name = "focal_outlet_cost",
                              .unit = money,
                              .long_name = "of it, cost of the focal brand's orders",
                              .count = Count::kMicrosPerConsumer,
                              .dims = {}});
  if (fixed_costs_)
    fixed_cost_ = registry.add({.name = "outlet_fixed_cost",
                                .unit = money,
                                .long_name = "setting up and upkeep of the outlet",
                                .level = Level::kTotal,
                                .count = Count::kMicros,
                                .dims = {"outlet"}});
  limited_ = any([&](const OutletOptions& o) {
    return std::any_of(options.regions.begin(), options.regions.end(),
                       [&](const RegionOptions& region) { return o.units_per_week.of(region.name) > 0; });
  });
  if (limited_)
    stock = registry.add({.name = "outlet_stock",
                          .unit = "units",
                          .long_name =
                              "units in stock at the end of the step, to the nearest; what connected outlets share "
                              "stands at the first of them",
                          .level = Level::kTotal,
                          .kind = Timing::kStock,
                          .dims = {"outlet"}});
  if (n_steps_ == 0) return;
  registry.add_dimension("path_step", paths.step_names());
  abandoned_ = registry.add({.name = "orders_abandoned",
                             .unit = "orders",
                             .long_name = "orders abandoned at the step of the outlet's path",
                             .dims = {"outlet", "path_step"}});
}

void OutletCounts::book(std::size_t outlet, bool focal, std::uint8_t units, double price, float paid_share,
                        std::int64_t hours, std::int64_t* row) const {
  const OutletOptions& o = options_->outlets[outlet];
  const Micros revenue = to_micros(price) * units -
                         (paid_share == 1 ? 0 : to_micros(price * units * (1 - static_cast<double>(paid_share))));
  row[orders + outlet] += units;
  row[revenue_ + outlet] += revenue;
  const Micros cost = to_micros(o.order_money) + to_micros(to_units(revenue) * o.fee_share);
  row[cost_ + outlet] += cost;
  row[focal_cost_] += focal ? cost : 0;
  if (delays_) row[hours_ + outlet] += hours;
}

void OutletCounts::end_step(std::int32_t step, std::span<std::int64_t>, std::size_t,
                            std::span<std::int64_t> totals) const {
  for (std::size_t o = 0; fixed_costs_ && o < options_->outlets.size(); ++o) {
    const OutletOptions& outlet = options_->outlets[o];
    if (!outlet.enabled) continue;
    totals[fixed_cost_ + o] = to_micros(outlet.upkeep_money_per_week * options_->run.weeks_per_step()) +
                              (step == 0 ? to_micros(outlet.setup_money) : 0);
  }
}

void OutletCounts::add_outlet_kpis(std::size_t o, MeasureRegistry& registry) const {
  const std::string &row = options_->outlets[o].name, &money = options_->run.currency;
  const std::size_t n = options_->outlets.size();
  const KpiTerm units{"outlet_orders", {o}}, all{"outlet_orders", range(0, n)}, started{"orders_begun", {o}},
      done{"orders_completed", {o}}, out{"stockouts", {o}};
  registry.add(Kpi{"outlet", row, "orders", "units", "units bought in the outlet", {units}, {}, 1, 0});
  registry.add(Kpi{"outlet", row, "share", "%", "share of units of all outlets", {units}, {all}, 100, 0});
  registry.add(Kpi{"outlet", row, "revenue", money, "revenue of the outlet", {{"outlet_revenue", {o}}}, {}, 1, 0});
  registry.add(Kpi{"outlet", row, "cost", money, "cost of its orders, and fees", {{"outlet_cost", {o}}}, {}, 1, 0});
  if (fixed_costs_)
    registry.add(
        Kpi{"outlet", row, "fixed_cost", money, "setting up and upkeep", {{"outlet_fixed_cost", {o}}}, {}, 1, 0});
  registry.add(Kpi{"outlet", row, "completion", "%", "orders completed of those begun", {done}, {started}, 100, 0});
  registry.add(Kpi{"outlet",
                   row,
                   "stockout_share",
                   "%",
                   "share of occasions in the outlet that found it out of stock",
                   {out},
                   {out, started},
                   100,
                   0});
  if (delays_)
    registry.add(Kpi{"outlet",
                     row,
                     "delivery",
                     "days",
                     "days from an order to the goods",
                     {{"delivery_hours", {o}}},
                     {done},
                     1. / 24,
                     0});
}

void OutletCounts::add_kpis(MeasureRegistry& registry) const {
  if (!exists_) return;
  const std::size_t n = options_->outlets.size();
  for (std::size_t o = 0; o < n; ++o)
    if (options_->outlets[o].enabled) add_outlet_kpis(o, registry);
  const KpiTerm started{"orders_begun", range(0, n)};
  for (std::size_t s = 0; s < n_steps_; ++s) {
    const KpiTerm lost{"orders_abandoned", range(s, n, n_steps_)};
    const std::string& row = paths_->step_names()[s];
    registry.add(Kpi{"path", row, "abandoned", "orders", "orders abandoned at the step", {lost}, {}, 1, 0});
    registry.add(Kpi{"path", row, "loss", "%", "orders abandoned at the step of all begun", {lost}, {started}, 100, 0});
  }
  registry.add(Kpi{"market",
                   "outlets",
                   "no_outlet",
                   "occasions",
                   "orders lost because no outlet could be used",
                   {{"no_outlet", {0}}},
                   {},
                   1,
                   0});
}

}  // namespace populace
