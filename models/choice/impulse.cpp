#include "models/choice/impulse.hpp"

#include "models/names.hpp"
#include "sim/random/batch.hpp"

namespace populace {

Impulse::Impulse(const MarketOptions& options, MeasureRegistry& registry) : options_(&options) {
  if (!enabled()) return;
  occasions_ = registry.add(
      {.name = "impulse_occasions", .unit = "occasions", .long_name = "occasions decided on the spot", .dims = {}});
  orders_ =
      registry.add({.name = "impulse_orders", .unit = "orders", .long_name = "orders of any brand there", .dims = {}});
  registry.add(Kpi{"market",
                   "impulse",
                   "share",
                   "%",
                   "share of occasions decided on the spot",
                   {{"impulse_occasions", {0}}},
                   {{"opportunities", {0}}},
                   100,
                   0});
}

void Impulse::run(DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block, BlockScratch& scratch,
                  std::int64_t* row) const {
  if (!enabled()) return;
  const ImpulseOptions& o = options_->choice.impulse;
  const PlaceList& list = scratch.list;
  draw_words_at(make_stream(key, reason(Purpose::kImpulse, 0u, step, occasion)), block.place.first_tile, list.places,
                list.n, scratch.list_words);
  const auto utility = static_cast<float>(o.utility);
  for (std::uint32_t k = 0; k < list.n; ++k) {
    const double v = static_cast<double>(scratch.involvement[k]);
    const double prob = v < o.below_involvement ? o.prob * (1 - v / o.below_involvement) : 0;
    const double u = unit_double(scratch.list_words[k]);
    scratch.impulse[k] = u < prob;
    if (scratch.trace != nullptr && list.places[k] == scratch.trace->place)
      scratch.trace->note("impulse", "", u < prob ? "decides on the spot" : "takes the time",
                          {{"involvement", v}, {"chance", prob}, {"draw", u}});
    if (u >= prob) continue;
    ++row[occasions_];
    for (auto& deviation : scratch.deviation) deviation[k] += utility;
  }
}

void Impulse::count(const BlockScratch& scratch, std::int64_t* row) const {
  if (!enabled()) return;
  for (std::uint32_t k = 0; k < scratch.list.n; ++k)
    row[orders_] += scratch.impulse.values[k] != 0 && scratch.chosen.values[k] >= 0;
}

}  // namespace populace
