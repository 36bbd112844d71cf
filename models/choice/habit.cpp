#include "models/choice/habit.hpp"

#include <algorithm>

namespace populace {

Habit::Habit(const MarketOptions& options, Layout& layout, MeasureRegistry& registry) : options_(&options) {
  if (!options.choice.habit.enabled) return;
  last_ = layout.add<std::uint8_t>("last_brand");
  later_ = registry.add({.name = "later_purchases",
                         .unit = "orders",
                         .long_name = "orders by people who had bought in the category before",
                         .dims = {}});
  repeats_ = registry.add({.name = "repeated_choices",
                           .unit = "orders",
                           .long_name = "of those orders, orders of the brand bought last",
                           .dims = {}});
  registry.add(Kpi{"market",
                   "habit",
                   "repeated",
                   "%",
                   "share of orders after the first that repeat the brand bought last",
                   {{"repeated_choices", {0}}},
                   {{"later_purchases", {0}}},
                   100,
                   0});
}

void Habit::build(const BlockView& block) const {
  if (last_.exists()) std::fill_n(block.column(last_), block.place.n, std::uint8_t{0});
}

void Habit::run(const BlockView& block, BlockScratch& scratch) const {
  if (!last_.exists()) return;
  const HabitOptions& o = options_->choice.habit;
  const auto utility = static_cast<float>(o.utility), gain = static_cast<float>(o.low_involvement_gain);
  const std::uint8_t* last = block.column(last_);
  const PlaceList& list = scratch.list;
  for (std::uint32_t k = 0; k < list.n; ++k) {
    const std::uint8_t code = last[list.places[k]];
    if (code == 0) continue;
    const float v = gain > 0 ? scratch.involvement[k] : .5f, added = utility * (1 + gain * (1 - 2 * v));
    scratch.deviation[code - 1u][k] += added;
    if (scratch.trace != nullptr && list.places[k] == scratch.trace->place)
      scratch.trace->note("habit", options_->brands[code - 1u].name, "was bought last",
                          {{"involvement", static_cast<double>(v)}, {"utility", static_cast<double>(added)}});
  }
}

void Habit::learn(const BlockView& block, const BlockScratch& scratch, std::int64_t* row) const {
  if (!last_.exists()) return;
  std::uint8_t* last = block.column(last_);
  for (std::uint32_t k = 0; k < scratch.list.n; ++k) {
    const std::int32_t brand = scratch.chosen.values[k];
    if (brand < 0) continue;
    std::uint8_t& code = last[scratch.list.places[k]];
    row[later_] += code != 0;
    row[repeats_] += code == brand + 1;
    code = static_cast<std::uint8_t>(brand + 1);
  }
}

}  // namespace populace
