#include "models/after/after.hpp"

#include <algorithm>

#include "models/after/after_kernels.hpp"
#include "models/after/payment.hpp"
#include "models/names.hpp"
#include "models/population/trait_kernels.hpp"
#include "models/targeting/targeting.hpp"
#include "sim/base/units.hpp"
#include "sim/random/batch.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {
namespace {

void report(BlockScratch& scratch, std::uint32_t place, Event event, std::uint32_t occasion) {
  scratch.events.push_back({place, static_cast<std::uint32_t>(event), occasion});
}

}  // namespace

bool books_payments(const MarketOptions& options) {
  const auto any = [](const auto& items, auto cuts) { return std::any_of(items.begin(), items.end(), cuts); };
  return any(options.promotions, [](const PromotionOptions& promotion) { return promotion.enabled; }) ||
         options.outlets_set_prices() || (options.referral.enabled && options.referral.friend_discount_share > 0) ||
         any(options.sellers, [](const SellerOptions& o) { return o.enabled && o.discount_share > 0; }) ||
         any(options.tools, [](const ToolOptions& o) { return o.enabled && o.coupon_discount_share > 0; });
}

After::After(const MarketOptions& options, const Traits& traits, const Stages& stages, SharedColumns& shared,
             Layout& layout, MeasureRegistry& registry)
    : options_(&options),
      traits_(&traits),
      stages_(&stages),
      focal_(index_of(options.brands, options.run.focal_brand)) {
  split_step_ = static_cast<std::int32_t>(options.replay.split_weeks * options.run.steps_per_week() + .5);
  bought_ = bought_here_ = layout.add<std::uint16_t>("bought");
  const bool bought_before =
      std::any_of(options.brands.begin(), options.brands.end(), [](const auto& b) { return b.penetration_share > 0; });
  if (bought_before || options.run.warmup_weeks > 0 || options.replay.enabled())
    bought_here_ = layout.add<std::uint16_t>("bought_in_horizon");
  if (stages.listens(Event::kHabitual) || options.experience.needs_loyalty())
    shared.last_four = last_four_ = layout.add<std::uint16_t>("last_four_purchases");
  if (stages.listens(Event::kLapsed)) {
    shared.last_focal = last_focal_ = layout.add<std::uint16_t>("last_focal_purchase");
    for (std::size_t s = 0; s < options.segments.size(); ++s)
      for (std::size_t code = 0; code < 256; ++code)
        lapses_after_.push_back(most_patience(static_cast<double>(traits.need_rate(s).value[code])));
  }
  if (needs_last_purchase(options)) shared.last_focal = kept_focal_ = layout.add<std::uint16_t>("focal_purchase_kept");
  if (options.dropout.enabled) dropout_prob_.push_back(beta_quantile_table(options.dropout.a, options.dropout.b));
  if (options.replay.enabled()) {
    entry_ = layout.add<std::uint16_t>("entry");
    early_repeats_ = layout.add<std::uint8_t>("early_repeats");
  }
  const std::string& money = options.run.currency;
  opportunities_ = registry.add(
      {.name = "opportunities", .unit = "occasions", .long_name = "opportunities to buy in the category", .dims = {}});
  pays_ = books_payments(options);
  orders_ = registry.add({.name = "orders",
                          .unit = pays_ ? "orders" : "units",
                          .long_name = pays_ ? "orders of the brand" : "units bought of the brand",
                          .dims = {"brand"}});
  first_ = registry.add({.name = "first_purchases",
                         .unit = "people",
                         .long_name = "people who bought the brand for the first time",
                         .dims = {"brand"}});
  buyers_ = registry.add({.name = "buyers",
                          .unit = "people",
                          .long_name = "people who bought the brand for the first time in the horizon",
                          .dims = {"brand"}});
  revenue_ = registry.add({.name = "revenue",
                           .unit = money,
                           .long_name = "revenue of the brand",
                           .count = Count::kMicrosPerConsumer,
                           .dims = {"brand"}});
  margin_ = registry.add({.name = "margin",
                          .unit = money,
                          .long_name = "revenue less unit costs, before media",
                          .count = Count::kMicrosPerConsumer,
                          .dims = {"brand"}});
  if (pays_) {
    units_ =
        registry.add({.name = "units", .unit = "units", .long_name = "units bought of the brand", .dims = {"brand"}});
    reductions_ = registry.add({.name = "price_reductions",
                                .unit = money,
                                .long_name = "money not paid of the list price of those units",
                                .count = Count::kMicrosPerConsumer,
                                .dims = {"brand"}});
  }
  registry.add_dimension("other_brand", names_of(options.brands));
  together_ = registry.add({.name = "bought_both",
                            .unit = "people",
                            .long_name = "people who have bought both brands, counted in the last step",
                            .kind = Timing::kStock,
                            .dims = {"brand", "other_brand"}});
  JourneyTable orders{.name = "orders", .long_name = "orders of a consumer"};
  orders.codes[0] = {"brand", "", "brand", names_of(options.brands)};
  orders.codes[1] = {"outlet", "", "where it was bought, where outlets are modelled", {}};
  orders.count = {"units", "units", "units ordered"};
  orders.reals[0] = {"price_paid", money, "price paid for a unit"};
  orders.reals[1] = {"list_price", money, "list price of a unit"};
  orders_table_ = registry.add(std::move(orders));
  if (!options.replay.enabled()) return;
  registry.add_dimension("early_repeats", {"0", "1", "2", "3", "4", "5", "6", "7+"});
  trend_customers_ = registry.add({.name = "trend_customers",
                                   .unit = "people",
                                   .long_name = "customers by repeat purchases before the split, counted at it",
                                   .dims = {"early_repeats"}});
  trend_repeats_ = registry.add({.name = "trend_repeats",
                                 .unit = "units",
                                 .long_name = "purchases after the split of those customers",
                                 .dims = {"early_repeats"}});
}

void After::build(DrawKey key, const BlockView& block, std::vector<std::uint32_t>& words) const {
  std::uint16_t* bought = block.column(bought_);
  std::fill_n(bought, block.place.n, std::uint16_t{0});
  for (std::size_t b = 0; b < options_->brands.size(); ++b) {
    const double share = options_->brands[b].penetration_share;
    if (share <= 0) continue;
    words.resize(block.place.capacity);
    draw_words(make_stream(key, reason(Purpose::kPenetration, options_->brands[b].name)), block.place.first_tile,
               block.place.capacity / kTileSize, words.data());
    mark_below(words.data(), Below(share), static_cast<std::uint16_t>(1u << b), block.place.n, bought);
  }
  if (!entry_.exists()) return;
  for (std::uint32_t i = 0; i < block.place.n; ++i) {
    const double day =
        static_cast<double>(options_->replay.entry_day[static_cast<std::size_t>(block.place.first_rank) + i]);
    block.column(entry_)[i] = static_cast<std::uint16_t>(day * options_->run.steps_per_week() / 7);
    bought[i] = static_cast<std::uint16_t>(1u << focal_);
  }
}

void After::drop_absent(std::int32_t step, const BlockView& block, BlockScratch& scratch) const {
  if (!entry_.exists()) return;
  const std::uint16_t* entry = block.column(entry_);
  std::uint32_t kept = 0;
  for (std::uint32_t k = 0; k < scratch.list.n; ++k) {
    if (step <= entry[scratch.list.places[k]]) continue;
    scratch.list.places[kept] = scratch.list.places[k];
    scratch.occasions_left[kept++] = scratch.occasions_left[k];
  }
  scratch.list.n = kept;
}

void After::run(DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block,
                Column<std::uint16_t> aware, const std::vector<double>& price, BlockScratch& scratch,
                std::int64_t* row) const {
  const PlaceList& list = scratch.list;
  row[opportunities_] += list.n;
  for (std::uint32_t k = 0; k < list.n; ++k) {
    const std::uint32_t i = list.places[k];
    if (stages_->listens(Event::kConsidered) && (scratch.considered[k] >> focal_ & 1) != 0)
      report(scratch, i, Event::kConsidered, occasion);
    if (scratch.chosen[k] < 0) continue;
    const auto brand = static_cast<std::size_t>(scratch.chosen[k]);
    if (aware.exists()) block.column(aware)[i] = static_cast<std::uint16_t>(block.column(aware)[i] | 1u << brand);
    if (pays_) book_payment(k, brand, price[brand], scratch, row);
    if (scratch.watches(i)) tell_order(step, occasion, k, scratch);
    book(key, step, occasion, block, i, brand, scratch, row);
  }
}

void After::book_payment(std::uint32_t k, std::size_t brand, double price, const BlockScratch& scratch,
                         std::int64_t* row) const {
  row[units_ + brand] += scratch.units.values[k];
  row[reductions_ + brand] += price_reduction(price, scratch.units.values[k], scratch.paid_share.values[k]);
}

void After::book(DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block, std::uint32_t place,
                 std::size_t brand, BlockScratch& scratch, std::int64_t* row) const {
  ++row[orders_ + brand];
  std::uint16_t& bought = block.column(bought_)[place];
  const bool repeat = bought != 0;
  if ((bought >> brand & 1) == 0) ++row[first_ + brand];
  if (step >= 0) {
    std::uint16_t& here = block.column(bought_here_)[place];
    if ((here >> brand & 1) == 0) ++row[buyers_ + brand];
    here = static_cast<std::uint16_t>(here | 1u << brand);
  }
  bought = static_cast<std::uint16_t>(bought | 1u << brand);
  if (last_four_.exists()) {
    std::uint16_t& last = block.column(last_four_)[place];
    last = static_cast<std::uint16_t>(last << 4 | (brand + 1));
  }
  if (early_repeats_.exists()) {
    std::uint8_t& early = block.column(early_repeats_)[place];
    if (step < split_step_)
      early = static_cast<std::uint8_t>(std::min(255, early + 1));
    else
      ++row[trend_repeats_ + std::min<std::size_t>(early, kTrendClasses - 1)];
  }
  if (brand == focal_) report_focal(key, step, occasion, block, place, scratch);
  if (repeat && !dropout_prob_.empty()) maybe_leave(key, step, occasion, block, place, scratch);
}

void After::report_focal(DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block,
                         std::uint32_t place, BlockScratch& scratch) const {
  if (last_focal_.exists())
    block.column(last_focal_)[place] = static_cast<std::uint16_t>(step + 1 + kPurchaseStepOffset);
  if (kept_focal_.exists())
    block.column(kept_focal_)[place] = static_cast<std::uint16_t>(step + 1 + kPurchaseStepOffset);
  if (stages_->listens(Event::kChosen)) report(scratch, place, Event::kChosen, occasion);
  if (stages_->listens(Event::kOrdered)) report(scratch, place, Event::kOrdered, occasion);
  const bool felt = stages_->listens(Event::kSatisfied) || stages_->listens(Event::kDisappointed);
  if (felt && !options_->experience.enabled) {
    const std::uint64_t id = std::uint64_t{block.place.first_tile} * kTileSize + place;
    const double u = unit_double(draw_word(key, reason(Purpose::kSatisfaction, 0u, step, occasion), id));
    const SatisfactionOptions& o = options_->satisfaction;
    if (scratch.traces(place))
      scratch.trace->note(
          "after", options_->run.focal_brand,
          u < o.satisfied_prob                         ? "is satisfied"
          : u < o.satisfied_prob + o.disappointed_prob ? "is disappointed"
                                                       : "is neither satisfied nor disappointed",
          {{"chance to be satisfied", o.satisfied_prob}, {"to be disappointed", o.disappointed_prob}, {"draw", u}});
    if (u < o.satisfied_prob)
      report(scratch, place, Event::kSatisfied, occasion);
    else if (u < o.satisfied_prob + o.disappointed_prob)
      report(scratch, place, Event::kDisappointed, occasion);
  }
  if (!stages_->listens(Event::kHabitual)) return;
  int focal = 0;
  for (std::uint32_t last = block.column(last_four_)[place]; last != 0; last >>= 4) focal += (last & 15) == focal_ + 1;
  if (focal >= 2) report(scratch, place, Event::kHabitual, occasion);
  if (focal >= 2 && scratch.traces(place))
    scratch.trace->note("after", options_->run.focal_brand, "is a habit", {{"of his last four purchases", focal}});
}

// Who leaves has no category rate any more.
void After::maybe_leave(DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block,
                        std::uint32_t place, BlockScratch& scratch) const {
  const std::uint64_t id = std::uint64_t{block.place.first_tile} * kTileSize + place;
  const double score =
      normal_quantile(unit_double(draw_word(traits_->key(key), reason(Purpose::kDropoutProb, 0u), id)));
  const double prob = dropout_prob_[0].at(static_cast<float>(score));
  const double u = unit_double(draw_word(key, reason(Purpose::kDropout, 0u, step, occasion), id));
  if (u < prob) block.column(traits_->need_code())[place] = 0;
  if (!scratch.traces(place)) return;
  if (u < prob)
    scratch.trace->note("after", "", "leaves the category", {{"chance", prob}, {"draw", u}});
  else
    scratch.trace->missed("after", "", "stays in the category", {{"chance", prob}, {"draw", u}});
}

void After::tell_order(std::int32_t step, std::uint32_t occasion, std::uint32_t k, BlockScratch& scratch) const {
  const auto brand = static_cast<std::size_t>(scratch.chosen[k]);
  const std::uint32_t place = scratch.list.places[k];
  const double list = options_->brands[brand].price_money.at(step * options_->run.weeks_per_step());
  // To the millionth, for the share that is paid is no exact number.
  const double paid = static_cast<double>(to_micros(list * static_cast<double>(scratch.paid_share[k]))) / 1e6;
  if (scratch.journeys != nullptr) {
    JourneyRow row;
    row.table = orders_table_;
    row.codes[0] = static_cast<std::int16_t>(brand);
    row.codes[1] = scratch.outlet[k];
    row.count = scratch.units[k];
    row.occasion = static_cast<std::uint8_t>(occasion);
    row.reals = {paid, list};
    scratch.journeys->add(place, row);
  }
  if (scratch.traces(place))
    scratch.trace->note("after", options_->brands[brand].name, "an order",
                        {{"units", scratch.units[k]}, {"price paid for a unit", paid}, {"list price", list}});
}

// Steps since the last order after which a customer of this need rate has lapsed if one more passes.
std::int32_t After::most_patience(double rate_per_week) const {
  const double orders_per_step =
      rate_per_week * (1 - options_->choice.no_purchase_share) * options_->run.weeks_per_step();
  const double steps = options_->satisfaction.lapse_intervals / orders_per_step;
  return orders_per_step > 0 && steps < kMaxSteps ? static_cast<std::int32_t>(steps) : kMaxSteps;
}

void After::find_lapsed(std::int32_t step, const BlockView& block, BlockScratch& scratch) const {
  if (!last_focal_.exists()) return;
  std::uint16_t* last = block.column(last_focal_);
  const std::uint8_t* code = block.column(traits_->need_code());
  const std::int32_t* most = lapses_after_.data() + block.place.cell % options_->segments.size() * 256;
  const std::int32_t now = step + 1 + kPurchaseStepOffset;
  // Nearly nobody bought so long ago that anybody would have lapsed.
  const std::int32_t least = *std::min_element(most, most + 256);
  PlaceList& list = scratch.list;
  list.n = find_bought_before(last, static_cast<std::uint16_t>(std::clamp(now - least, 1, 65535)), block.place.capacity,
                              list.places);
  for (std::uint32_t k = 0; k < list.n; ++k) {
    const std::uint32_t i = list.places[k];
    const std::int32_t waited = now - last[i];
    if (waited <= most[code[i]]) continue;
    report(scratch, i, Event::kLapsed, 0);
    if (scratch.traces(i))
      scratch.trace->note("after", options_->run.focal_brand, "has lapsed", {{"steps since the last order", waited}});
    last[i] = 0;
  }
}

void After::count_panel(std::int32_t step, bool last, const BlockView& block, std::int64_t* row) const {
  if (early_repeats_.exists() && step == split_step_ - 1) {
    const std::uint8_t* early = block.column(early_repeats_);
    for (std::uint32_t i = 0; i < block.place.n; ++i)
      ++row[trend_customers_ + std::min<std::size_t>(early[i], kTrendClasses - 1)];
  }
  if (!last) return;
  const std::size_t n = options_->brands.size();
  const std::uint16_t* bought = block.column(bought_);
  for (std::uint32_t i = 0; i < block.place.n; ++i)
    for (std::size_t a = 0; a < n && bought[i] != 0; ++a)
      for (std::size_t b = 0; b < n && (bought[i] >> a & 1) != 0; ++b) row[together_ + a * n + b] += bought[i] >> b & 1;
}

void After::end_step(const std::vector<double>& price, std::span<std::int64_t> rows, std::size_t row_size) const {
  for (std::size_t cell = 0; cell * row_size < rows.size(); ++cell)
    for (std::size_t b = 0; b < price.size(); ++b) {
      std::int64_t* row = rows.data() + cell * row_size;
      const BrandOptions& brand = options_->brands[b];
      const Micros unit = to_micros(price[b]), cost = to_micros(brand.base_price_money * (1 - brand.margin_share));
      const std::int64_t units = row[(pays_ ? units_ : orders_) + b];
      const Micros reductions = pays_ ? row[reductions_ + b] : 0;
      row[revenue_ + b] = units * unit - reductions;
      row[margin_ + b] = units * (unit - cost) - reductions;
    }
}

}  // namespace populace
