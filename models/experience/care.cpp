#include "models/experience/care.hpp"

#include <algorithm>

#include "models/names.hpp"

namespace populace {
namespace {

std::uint64_t id_of(const BlockView& block, std::uint32_t place) {
  return std::uint64_t{block.place.first_tile} * kTileSize + place;
}

}  // namespace

bool Acquaintance::knows(const BlockView& block, std::uint32_t place) const {
  if (everybody_) return true;
  if (shared_->members.exists() && block.column(shared_->members)[place] != 0) return true;
  return joined_ && shared_->resolved.exists() && block.column(shared_->resolved)[place] != 0;
}

Care::Care(const MarketOptions& options, const Satisfaction& satisfaction, const SharedColumns& shared,
           MeasureRegistry& registry)
    : options_(&options), satisfaction_(&satisfaction), acquaintance_(options.care.known, shared) {
  if (!options.care.enabled) return;
  const auto add = [&](const char* name, const char* unit, const char* meaning) {
    return registry.add({.name = name, .unit = unit, .long_name = meaning, .dims = {}});
  };
  messages_ = add("care_messages", "messages", "messages of care after a purchase");
  recoveries_ = add("recoveries", "purchases", "disappointing purchases that the brand took up");
  recovered_ = add("recovered", "purchases", "of them, with success");
  cost_ = registry.add({.name = "care_cost",
                        .unit = options.run.currency,
                        .long_name = "cost of messages of care and of disappointments taken up",
                        .count = Count::kMicrosPerConsumer,
                        .dims = {}});
}

void Care::recover(DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block, std::uint32_t j,
                   BlockScratch& scratch, std::int64_t* row) const {
  const CareOptions& o = options_->care;
  FocalPurchases& bought = scratch.purchases;
  const std::uint32_t place = bought.list.places[j];
  const std::uint64_t id = id_of(block, place);
  const double noticed = unit_double(draw_word(key, reason(Purpose::kRecover, 0u, step, occasion), id));
  const double success = unit_double(draw_word(key, reason(Purpose::kRecoverWell, 0u, step, occasion), id));
  const bool taken_up = noticed < o.recovery_prob, well = taken_up && success < o.success_prob;
  row[recoveries_] += taken_up;
  row[recovered_] += well;
  if (well) {
    const float s = satisfaction_->level(block, place);
    satisfaction_->set(block, place, s + static_cast<float>(o.recovery_lift) * (1 - s));
    bought.outcome[j] = satisfaction_->level(block, place) > 0 ? 1 : 0;
  }
  if (scratch.trace != nullptr && scratch.trace->place == place)
    scratch.trace->note("care", options_->run.focal_brand,
                        well       ? "a disappointment is made good"
                        : taken_up ? "a disappointment is taken up in vain"
                                   : "a disappointment goes unnoticed",
                        {{"chance to be noticed", o.recovery_prob},
                         {"draw", noticed},
                         {"chance of success", o.success_prob},
                         {"its draw", success},
                         {"satisfaction", satisfaction_->level(block, place)}});
}

void Care::run(DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block, BlockScratch& scratch,
               std::int64_t* row) const {
  const CareOptions& o = options_->care;
  if (!o.enabled) return;
  const FocalPurchases& bought = scratch.purchases;
  for (std::uint32_t j = 0; j < bought.list.n; ++j) {
    const std::uint32_t place = bought.list.places[j];
    if (!acquaintance_.knows(block, place)) continue;
    if (bought.outcome.values[j] < 0) recover(key, step, occasion, block, j, scratch, row);
    const double u = unit_double(draw_word(key, reason(Purpose::kCare, 0u, step, occasion), id_of(block, place)));
    if (u >= o.message_prob) continue;
    ++row[messages_];
    const float s = satisfaction_->level(block, place);
    satisfaction_->set(block, place, s + static_cast<float>(o.message_lift) * (1 - s));
    if (scratch.trace != nullptr && scratch.trace->place == place)
      scratch.trace->note("care", options_->run.focal_brand, "a message of care",
                          {{"chance", o.message_prob},
                           {"draw", u},
                           {"satisfaction before", s},
                           {"satisfaction", satisfaction_->level(block, place)}});
  }
}

void Care::end_step(std::span<std::int64_t> rows, std::size_t row_size) const {
  if (!options_->care.enabled) return;
  const Micros message = to_micros(options_->care.message_money), recovery = to_micros(options_->care.recovery_money);
  for (std::size_t at = 0; at < rows.size(); at += row_size)
    rows[at + cost_] = rows[at + messages_] * message + rows[at + recoveries_] * recovery;
}

CrossSelling::CrossSelling(const MarketOptions& options, const Satisfaction& satisfaction, const SharedColumns& shared,
                           MeasureRegistry& registry)
    : options_(&options), satisfaction_(&satisfaction), acquaintance_(options.cross_selling.known, shared) {
  if (!options.cross_selling.enabled) return;
  const std::size_t focal = index_of(options.brands, options.run.focal_brand);
  brand_revenue_ = registry.measure("revenue").offset + focal;
  brand_margin_ = registry.measure("margin").offset + focal;
  offers_ = registry.add({.name = "cross_offers",
                          .unit = "offers",
                          .long_name = "offers of one more item at an order of the focal brand",
                          .dims = {}});
  items_ = registry.add({.name = "cross_items", .unit = "units", .long_name = "items sold so", .dims = {}});
  revenue_ = registry.add({.name = "cross_revenue",
                           .unit = options.run.currency,
                           .long_name = "revenue of these items, part of the revenue of the focal brand",
                           .count = Count::kMicrosPerConsumer,
                           .dims = {}});
  margin_ = registry.add({.name = "cross_margin",
                          .unit = options.run.currency,
                          .long_name = "margin of these items, part of the margin of the focal brand",
                          .count = Count::kMicrosPerConsumer,
                          .dims = {}});
}

void CrossSelling::run(DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block,
                       BlockScratch& scratch, std::int64_t* row) const {
  const CrossSellingOptions& o = options_->cross_selling;
  if (!o.enabled) return;
  const FocalPurchases& bought = scratch.purchases;
  for (std::uint32_t j = 0; j < bought.list.n; ++j) {
    const std::uint32_t place = bought.list.places[j];
    if (!acquaintance_.knows(block, place)) continue;
    const double s = static_cast<double>(satisfaction_->level(block, place));
    const double accept = std::min(1., o.accept_prob * std::max(0., 1 + o.satisfaction_gain * s));
    const double u = unit_double(draw_word(key, reason(Purpose::kCrossSell, 0u, step, occasion), id_of(block, place)));
    row[offers_] += u < o.offer_prob;
    const bool taken = u < o.offer_prob * accept;
    row[items_] += taken;
    if (scratch.trace != nullptr && scratch.trace->place == place)
      scratch.trace->note("cross_selling", options_->run.focal_brand,
                          taken              ? "takes one more item"
                          : u < o.offer_prob ? "declines one more item"
                                             : "is offered nothing more",
                          {{"chance of an offer", o.offer_prob}, {"chance to accept", accept}, {"draw", u}});
  }
}

void CrossSelling::end_step(std::span<std::int64_t> rows, std::size_t row_size) const {
  const CrossSellingOptions& o = options_->cross_selling;
  if (!o.enabled) return;
  const Micros price = to_micros(o.price_money), margin = to_micros(o.price_money * o.margin_share);
  for (std::size_t at = 0; at < rows.size(); at += row_size) {
    rows[at + revenue_] = rows[at + items_] * price;
    rows[at + margin_] = rows[at + items_] * margin;
    rows[at + brand_revenue_] += rows[at + revenue_];
    rows[at + brand_margin_] += rows[at + margin_];
  }
}

}  // namespace populace
