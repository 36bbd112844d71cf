#include "models/promotion/household_stock.hpp"

#include <algorithm>

#include "models/names.hpp"
#include "sim/random/batch.hpp"

namespace populace {

HouseholdStock::HouseholdStock(const MarketOptions& options, Layout& layout, MeasureRegistry& registry)
    : options_(&options) {
  if (!options.household_stock.enabled) return;
  stock_ = layout.add<std::uint8_t>("household_stock");
  met_ = registry.add({.name = "occasions_met_at_home",
                       .unit = "occasions",
                       .long_name = "occasions at which a unit at home made buying needless",
                       .dims = {}});
  stored_ = registry.add(
      {.name = "stored_units", .unit = "units", .long_name = "units bought and kept for later", .dims = {}});
  used_ = registry.add(
      {.name = "used_units", .unit = "units", .long_name = "units used from the stock at home", .dims = {}});
  units_ = registry.add(
      {.name = "household_stock", .unit = "units", .long_name = "units at home", .kind = Timing::kStock, .dims = {}});
  registry.add(
      Kpi{"market", "household", "stock", "units", "units at home in the end", {{"household_stock", {0}}}, {}, 1, 0});
  registry.add(Kpi{"market",
                   "household",
                   "met_at_home",
                   "occasions",
                   "occasions at which a unit at home made buying needless",
                   {{"occasions_met_at_home", {0}}},
                   {},
                   1,
                   0});
}

void HouseholdStock::build(const BlockView& block) const {
  if (enabled()) std::fill_n(block.column(stock_), block.place.n, std::uint8_t{0});
}

void HouseholdStock::meet(DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block,
                          BlockScratch& scratch, std::int64_t* row) const {
  scratch.at_home.n = 0;
  if (!enabled()) return;
  std::uint8_t* stock = block.column(stock_);
  PlaceList &list = scratch.list, &home = scratch.at_home;
  std::uint32_t kept = 0;
  for (std::uint32_t k = 0; k < list.n; ++k) {
    const std::uint32_t i = list.places[k];
    if (stock[i] == 0) {
      list.places[kept] = i;
      scratch.occasions_left[kept++] = scratch.occasions_left[k];
      continue;
    }
    scratch.at_home_left[home.n] = scratch.occasions_left[k];
    home.add(i);
  }
  list.n = kept;
  if (home.n == 0) return;
  row[met_] += home.n;
  const auto draw = [&](Purpose purpose) {
    draw_words_at(make_stream(key, reason(purpose, 0u, step, occasion)), block.place.first_tile, home.places, home.n,
                  scratch.list_words);
  };
  const auto use = [&](std::uint32_t k) {
    --stock[home.places[k]];
    ++row[used_];
  };
  const double prob = 1 - options_->choice.no_purchase_share, lift = options_->household_stock.consumption_lift;
  draw(Purpose::kHomeStock);
  for (std::uint32_t k = 0; k < home.n; ++k) {
    const double u = unit_double(scratch.list_words[k]);
    const bool used = u < prob;
    if (scratch.trace != nullptr && home.places[k] == scratch.trace->place)
      scratch.trace->note("household stock", "", used ? "the need is met at home" : "no need after all",
                          {{"units at home", stock[home.places[k]]}, {"chance", prob}, {"draw", u}});
    scratch.leaps[k] = used;
    if (used) use(k);
  }
  if (lift <= 0) return;
  draw(Purpose::kExtraUse);
  for (std::uint32_t k = 0; k < home.n; ++k)
    if (scratch.leaps[k] != 0 && stock[home.places[k]] > 0 && unit_double(scratch.list_words[k]) < lift) use(k);
}

void HouseholdStock::rejoin(BlockScratch& scratch) const {
  if (!enabled()) return;
  PlaceList& list = scratch.list;
  for (std::uint32_t k = 0; k < scratch.at_home.n; ++k) {
    if (--scratch.at_home_left[k] == 0) continue;
    list.places[list.n] = scratch.at_home.places[k];
    scratch.occasions_left[list.n++] = scratch.at_home_left[k];
  }
  scratch.at_home.n = 0;
}

std::int64_t HouseholdStock::room(const BlockView& block, std::uint32_t place) const {
  return enabled() ? options_->household_stock.room_units - block.column(stock_)[place] : 0;
}

void HouseholdStock::keep(const BlockView& block, const BlockScratch& scratch, std::int64_t* row) const {
  if (!enabled()) return;
  std::uint8_t* stock = block.column(stock_);
  for (std::uint32_t k = 0; k < scratch.list.n; ++k) {
    if (scratch.chosen.values[k] < 0 || scratch.units.values[k] <= 1) continue;
    const std::uint32_t i = scratch.list.places[k];
    const auto stored = static_cast<std::uint8_t>(
        std::min<std::int64_t>(scratch.units.values[k] - 1, std::max<std::int64_t>(0, room(block, i))));
    stock[i] = static_cast<std::uint8_t>(stock[i] + stored);
    row[stored_] += stored;
  }
}

void HouseholdStock::end_step(HouseholdStockState& state, std::span<std::int64_t> cells, std::size_t row_size) const {
  if (!enabled()) return;
  for (std::size_t cell = 0; cell < state.units.size(); ++cell) {
    std::int64_t* row = cells.data() + cell * row_size;
    state.units[cell] += row[stored_] - row[used_];
    row[units_] = state.units[cell];
  }
}

}  // namespace populace
