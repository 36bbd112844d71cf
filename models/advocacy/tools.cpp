#include "models/advocacy/tools.hpp"

#include <algorithm>

#include "models/after/after.hpp"
#include "models/names.hpp"
#include "models/stages/toss_kernels.hpp"
#include "sim/base/units.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {

Tools::Tools(const MarketOptions& options, const Stages& stages, Layout& layout, MeasureRegistry& registry)
    : options_(&options), stages_(&stages), focal_(index_of(options.brands, options.run.focal_brand)) {
  if (!any()) return;
  machine_ = stages.machine(options.word_of_mouth.machine);
  const std::vector<std::string>& names = stages.options(machine_).stages;
  for (const ToolOptions& tool : options.tools) {
    StageTable &enter = enter_prob_.emplace_back(), &task = task_prob_.emplace_back();
    for (std::size_t s = 0; s < names.size(); ++s) {
      const double does = tool.task_prob.of(names[s]);
      task.of[s] = static_cast<float>(does);
      enter.of[s] =
          static_cast<float>(-exact_expm1(-tool.find_per_week.of(names[s]) * does * options.run.weeks_per_step()));
    }
  }
  entered_ = layout.add<std::uint8_t>("tools_entered");
  coupon_of_ = layout.add<std::uint8_t>("tool_coupon");
  coupon_step_ = layout.add<std::uint16_t>("tool_coupon_step");
  registry.add_dimension("tool", names_of(options.tools));
  registry.add_dimension("way", {"found", "invited", "bought"});
  entrants_ = registry.add({.name = "tool_entrants",
                            .unit = "people",
                            .long_name = "people who entered the tool, by how they came to it",
                            .dims = {"tool", "way"}});
  redeemed_ = registry.add({.name = "tool_coupons_redeemed",
                            .unit = "orders",
                            .long_name = "orders with the coupon of the tool",
                            .dims = {"tool"}});
  cost_ = registry.add({.name = "tool_cost",
                        .unit = options.run.currency,
                        .long_name = "prizes, and pay for invited entrants",
                        .count = Count::kMicrosPerConsumer,
                        .dims = {"tool"}});
  for (std::size_t t = 0; t < options.tools.size(); ++t) {
    const std::string &row = options.tools[t].name, &money = options.run.currency;
    const KpiTerm all{"tool_entrants", {t * kWays, t * kWays + 1, t * kWays + 2}}, cost{"tool_cost", {t}};
    registry.add(Kpi{"tool", row, "entrants", "people", "people who entered", {all}, {}, 1, 0});
    registry.add(Kpi{"tool",
                     row,
                     "invited_share",
                     "%",
                     "share of entrants who were invited by a contact",
                     {{"tool_entrants", {t * kWays + kInvited}}},
                     {all},
                     100,
                     0});
    registry.add(
        Kpi{"tool", row, "redeemed", "orders", "orders with its coupon", {{"tool_coupons_redeemed", {t}}}, {}, 1, 0});
    registry.add(Kpi{"tool", row, "cost", money, "prizes, and pay for invited entrants", {cost}, {}, 1, 0});
  }
}

void Tools::build(const BlockView& block) const {
  if (!any()) return;
  std::fill_n(block.column(entered_), block.place.capacity, std::uint8_t{0});
  std::fill_n(block.column(coupon_of_), block.place.capacity, std::uint8_t{0});
  std::fill_n(block.column(coupon_step_), block.place.capacity, std::uint16_t{0});
}

bool Tools::open(std::size_t tool, std::int32_t step) const {
  const ToolOptions& o = options_->tools[tool];
  const double week = step * options_->run.weeks_per_step();
  return week >= o.start_week && week < o.end_week;
}

bool Tools::found(std::size_t tool, std::int32_t step) const {
  const StageTable& prob = enter_prob_[tool];
  return open(tool, step) && std::any_of(prob.of, prob.of + kMaxStages, [](float p) { return p > 0; });
}

double Tools::dense_words(std::int32_t step) const {
  double words = 0;
  for (std::size_t t = 0; t < options_->tools.size(); ++t) words += found(t, step);
  return words;
}

void Tools::enter(std::size_t tool, Way way, std::int32_t step, const BlockView& block, std::uint32_t place,
                  BlockScratch& scratch, std::int64_t* row) const {
  static constexpr const char* kHow[] = {"enters, having found it", "enters, invited by a contact",
                                         "enters by an order"};
  const ToolOptions& o = options_->tools[tool];
  std::uint8_t& bits = block.column(entered_)[place];
  bits = static_cast<std::uint8_t>(bits | 1u << tool);
  ++row[entrants_ + tool * kWays + way];
  block.column(coupon_of_)[place] = static_cast<std::uint8_t>(tool + 1);
  block.column(coupon_step_)[place] = static_cast<std::uint16_t>(step + 1 + kPurchaseStepOffset);
  if (o.invite_voice > 0) scratch.publish_flags[place] |= kPublishedInvites;
  if (scratch.trace != nullptr && scratch.trace->place == place) scratch.trace->note("tools", o.name, kHow[way], {});
}

// Shown is the first open tool that entrants show.
void Tools::invite(const Moment& moment, const BlockView& block, std::uint32_t place, BlockScratch& scratch,
                   std::int64_t* row) const {
  std::size_t tool = 0;
  while (tool < options_->tools.size() && (!open(tool, moment.step) || options_->tools[tool].invite_voice <= 0)) ++tool;
  if (tool == options_->tools.size() || entered(tool, block, place)) return;
  const std::uint64_t id = std::uint64_t{block.place.first_tile} * kTileSize + place;
  const DrawReason coin = reason(Purpose::kToolInvite, options_->tools[tool].name, moment.step, moment.occasion);
  const std::uint8_t stage = block.column(stages_->column(machine_))[place];
  if (unit_double(draw_word(moment.key, coin, id)) <
      options_->tools[tool].invite_voice * static_cast<double>(task_prob_[tool].of[stage]))
    enter(tool, kInvited, moment.step, block, place, scratch, row);
}

const ToolOptions* Tools::coupon(std::int32_t step, const BlockView& block, std::uint32_t place) const {
  const std::uint8_t of = block.column(coupon_of_)[place];
  if (of == 0) return nullptr;
  const ToolOptions& o = options_->tools[of - 1u];
  const int age = step + 1 + kPurchaseStepOffset - block.column(coupon_step_)[place];
  return age * options_->run.weeks_per_step() <= o.coupon_weeks ? &o : nullptr;
}

void Tools::at_occasion(std::int32_t step, const BlockView& block, BlockScratch& scratch) const {
  if (!any()) return;
  for (std::uint32_t k = 0; k < scratch.list.n; ++k) {
    const std::uint32_t place = scratch.list.places[k];
    double utility = 0;
    if (const ToolOptions* o = coupon(step, block, place)) utility += o->coupon_utility;
    for (std::size_t t = 0; t < options_->tools.size(); ++t)
      if (options_->tools[t].purchase_enters && open(t, step) && !entered(t, block, place))
        utility += options_->tools[t].entry_utility;
    scratch.deviation[focal_][k] += static_cast<float>(utility);
    if (utility != 0 && scratch.trace != nullptr && scratch.trace->place == place)
      scratch.trace->note("tools", "", "coupon, or entry by a purchase, at an occasion", {{"utility", utility}});
  }
}

void Tools::at_order(std::int32_t step, const BlockView& block, BlockScratch& scratch, std::int64_t* row) const {
  if (!any()) return;
  for (std::uint32_t k = 0; k < scratch.list.n; ++k) {
    if (scratch.chosen[k] != static_cast<std::int32_t>(focal_)) continue;
    const std::uint32_t place = scratch.list.places[k];
    if (const ToolOptions* o = coupon(step, block, place)) {
      scratch.paid_share[k] *= static_cast<float>(1 - o->coupon_discount_share);
      ++row[redeemed_ + (block.column(coupon_of_)[place] - 1u)];
      block.column(coupon_of_)[place] = 0;
    }
    for (std::size_t t = 0; t < options_->tools.size(); ++t)
      if (options_->tools[t].purchase_enters && open(t, step) && !entered(t, block, place))
        enter(t, kBought, step, block, place, scratch, row);
  }
}

void Tools::run(DrawKey key, std::int32_t step, const BlockView& block, BlockScratch& scratch,
                std::int64_t* row) const {
  PlaceList& list = scratch.list;
  for (std::size_t t = 0; t < options_->tools.size(); ++t) {
    const StageTable& prob = enter_prob_[t];
    if (!found(t, step)) continue;
    list.n = toss_by_stage(make_stream(key, reason(Purpose::kFindTool, options_->tools[t].name, step)),
                           block.place.first_tile, block.place.n, block.column(stages_->column(machine_)), prob,
                           list.places);
    for (std::uint32_t k = 0; k < list.n; ++k)
      if (!entered(t, block, list.places[k])) enter(t, kFound, step, block, list.places[k], scratch, row);
  }
}

void Tools::end_step(std::span<std::int64_t> rows, std::size_t row_size) const {
  for (std::size_t at = 0; any() && at < rows.size(); at += row_size)
    for (std::size_t t = 0; t < options_->tools.size(); ++t) {
      const std::int64_t* n = rows.data() + at + entrants_ + t * kWays;
      rows[at + cost_ + t] = (n[kFound] + n[kInvited] + n[kBought]) * to_micros(options_->tools[t].prize_money) +
                             n[kInvited] * to_micros(options_->tools[t].invite_money);
    }
}

}  // namespace populace
