#include "models/advocacy/sellers.hpp"

#include <algorithm>

#include "models/media/media_kernels.hpp"
#include "models/names.hpp"
#include "models/stages/toss_kernels.hpp"
#include "sim/base/units.hpp"
#include "sim/random/batch.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {

Sellers::Sellers(const MarketOptions& options, const Stages& stages, Layout& layout, MeasureRegistry& registry)
    : options_(&options), stages_(&stages), focal_(index_of(options.brands, options.run.focal_brand)) {
  if (!any()) return;
  if (!options.word_of_mouth.machine.empty())
    machine_ = static_cast<int>(stages.machine(options.word_of_mouth.machine));
  for (const SellerOptions& seller : options.sellers) {
    StageTable& table = recruit_prob_.emplace_back();
    if (seller.voice > 0) voices_ = static_cast<std::uint8_t>(voices_ | 1u << (recruit_prob_.size() - 1));
    if (machine_ < 0) continue;
    const std::vector<std::string>& names = stages.options(static_cast<std::size_t>(machine_)).stages;
    for (std::size_t s = 0; s < names.size(); ++s)
      table.of[s] =
          static_cast<float>(-exact_expm1(-seller.recruit_per_week.of(names[s]) * options.run.weeks_per_step()));
  }
  sells_ = layout.add<std::uint8_t>("sells");
  registry.add_dimension("seller", names_of(options.sellers));
  const auto add = [&](const char* name, const std::string& unit, const char* text, Timing timing, Count count) {
    return registry.add(
        {.name = name, .unit = unit, .long_name = text, .kind = timing, .count = count, .dims = {"seller"}});
  };
  const std::string& money = options.run.currency;
  sellers_ =
      add("sellers", "people", "people who sell for the brand at the end of the step", Timing::kStock, Count::kPeople);
  recruited_ = add("sellers_recruited", "people", "people who began to sell", Timing::kFlow, Count::kPeople);
  left_ = add("sellers_left", "people", "people who stopped selling", Timing::kFlow, Count::kPeople);
  orders_ = add("seller_orders", "orders", "orders that went through a seller", Timing::kFlow, Count::kPeople);
  commission_ = add("seller_commission", money, "commissions paid", Timing::kFlow, Count::kMicrosPerConsumer);
  pay_ = add("seller_pay", money, "pay of sellers besides commissions", Timing::kFlow, Count::kMicrosPerConsumer);
  for (std::size_t s = 0; s < n_kinds(); ++s) {
    const std::string& row = options.sellers[s].name;
    registry.add(Kpi{"seller", row, "people", "people", "sellers at the end", {{"sellers", {s}}}, {}, 1, 0});
    registry.add(Kpi{"seller", row, "orders", "orders", "orders through them", {{"seller_orders", {s}}}, {}, 1, 0});
    registry.add(Kpi{"seller",
                     row,
                     "cost",
                     money,
                     "commissions and pay",
                     {{"seller_commission", {s}}, {"seller_pay", {s}}},
                     {},
                     1,
                     0});
  }
}

void Sellers::build(DrawKey key, const BlockView& block, std::vector<std::uint32_t>& words, std::int64_t* row) const {
  if (!any()) return;
  std::uint8_t* sells = block.column(sells_);
  std::fill_n(sells, block.place.capacity, std::uint8_t{0});
  const std::string& segment = options_->segments[block.place.cell % options_->segments.size()].name;
  for (std::size_t s = 0; s < n_kinds(); ++s) {
    const double share = options_->sellers[s].initial_share.of(segment);
    if (share <= 0) continue;
    words.resize(block.place.capacity);
    draw_words(make_stream(key, reason(Purpose::kSeller, options_->sellers[s].name)), block.place.first_tile,
               block.place.capacity / kTileSize, words.data());
    for (std::uint32_t i = 0; i < block.place.n; ++i) {
      if (unit_double(words[i]) >= share) continue;
      sells[i] = static_cast<std::uint8_t>(sells[i] | 1u << s);
      ++row[sellers_ + s];
    }
  }
}

void Sellers::begin(SellersState& state, std::span<const std::int64_t> rows, std::size_t row_size) const {
  for (std::size_t at = 0; any() && at * row_size < rows.size(); ++at)
    std::copy_n(rows.data() + at * row_size + sellers_, n_kinds(), state.sellers.data() + at * n_kinds());
}

void Sellers::begin_step(const SellersState& state, std::span<const std::int64_t> consumers, SellersPlan& plan) const {
  plan.covered.resize(state.sellers.size());
  for (std::size_t at = 0; at < state.sellers.size(); ++at) {
    const auto people = static_cast<double>(std::max<std::int64_t>(1, consumers[at / n_kinds()]));
    plan.covered[at] =
        -exact_expm1(-options_->sellers[at % n_kinds()].reach_people * static_cast<double>(state.sellers[at]) / people);
  }
}

void Sellers::at_occasion(const SellersPlan& plan, DrawKey key, const BlockView& block, BlockScratch& scratch) const {
  if (!any()) return;
  const PlaceList& list = scratch.list;
  std::fill_n(scratch.sellers_near.data(), list.n, std::uint8_t{0});
  for (std::size_t s = 0; s < n_kinds(); ++s) {
    const double covered = plan.covered[block.place.cell * n_kinds() + s];
    if (covered <= 0) continue;
    draw_words_at(make_stream(key, reason(Purpose::kSellerReach, options_->sellers[s].name)), block.place.first_tile,
                  list.places, list.n, scratch.list_words);
    for (std::uint32_t k = 0; k < list.n; ++k) {
      if (unit_double(scratch.list_words[k]) >= covered) continue;
      scratch.sellers_near[k] = static_cast<std::uint8_t>(scratch.sellers_near[k] | 1u << s);
      scratch.deviation[focal_][k] += static_cast<float>(options_->sellers[s].utility);
      if (scratch.trace != nullptr && scratch.trace->place == list.places[k])
        scratch.trace->note("sellers", options_->sellers[s].name, "within reach at an occasion",
                            {{"share within reach", covered}, {"utility", options_->sellers[s].utility}});
    }
  }
}

void Sellers::at_order(DrawKey key, std::int32_t step, std::uint32_t occasion, double price, const BlockView& block,
                       BlockScratch& scratch, std::int64_t* row) const {
  if (!any()) return;
  for (std::uint32_t k = 0; k < scratch.list.n; ++k) {
    if (scratch.chosen[k] != static_cast<std::int32_t>(focal_)) continue;
    const std::uint64_t id = std::uint64_t{block.place.first_tile} * kTileSize + scratch.list.places[k];
    for (std::size_t s = 0; s < n_kinds(); ++s) {
      if ((scratch.sellers_near[k] >> s & 1) == 0) continue;
      const SellerOptions& o = options_->sellers[s];
      if (unit_double(draw_word(key, reason(Purpose::kSellerOrder, o.name, step, occasion), id)) >= o.order_share)
        continue;
      scratch.paid_share[k] *= static_cast<float>(1 - o.discount_share);
      const double paid = price * scratch.units[k] * static_cast<double>(scratch.paid_share[k]);
      ++row[orders_ + s];
      row[commission_ + s] += to_micros(paid * o.commission_share);
      break;  // the first in order of the file has the order
    }
  }
}

bool Sellers::recruits(std::size_t kind) const {
  const StageTable& prob = recruit_prob_[kind];
  return machine_ >= 0 && std::any_of(prob.of, prob.of + kMaxStages, [](float p) { return p > 0; });
}

double Sellers::dense_words() const {
  double words = 0;
  for (std::size_t s = 0; s < n_kinds(); ++s) words += recruits(s);
  return words;
}

void Sellers::recruit(std::size_t kind, DrawKey key, std::int32_t step, const BlockView& block, BlockScratch& scratch,
                      std::int64_t* row) const {
  const StageTable& prob = recruit_prob_[kind];
  if (!recruits(kind)) return;
  PlaceList& list = scratch.list;
  list.n = toss_by_stage(make_stream(key, reason(Purpose::kRecruit, options_->sellers[kind].name, step)),
                         block.place.first_tile, block.place.n,
                         block.column(stages_->column(static_cast<std::size_t>(machine_))), prob, list.places);
  std::uint8_t* sells = block.column(sells_);
  for (std::uint32_t k = 0; k < list.n; ++k) {
    std::uint8_t& bits = sells[list.places[k]];
    if ((bits >> kind & 1) != 0) continue;
    bits = static_cast<std::uint8_t>(bits | 1u << kind);
    ++row[recruited_ + kind];
    if (scratch.trace != nullptr && scratch.trace->place == list.places[k])
      scratch.trace->note("sellers", options_->sellers[kind].name, "begins to sell", {});
  }
}

void Sellers::leave(std::size_t kind, DrawKey key, std::int32_t step, const BlockView& block, BlockScratch& scratch,
                    std::int64_t* row) const {
  const SellerOptions& o = options_->sellers[kind];
  if (o.leave_per_week <= 0) return;
  const auto prob = static_cast<float>(-exact_expm1(-o.leave_per_week * options_->run.weeks_per_step()));
  std::uint8_t* sells = block.column(sells_);
  PlaceList& list = scratch.list;
  list.n = find_above(sells, 0, block.place.capacity, list.places);
  draw_words_at(make_stream(key, reason(Purpose::kSellerLeave, o.name, step)), block.place.first_tile, list.places,
                list.n, scratch.list_words);
  for (std::uint32_t k = 0; k < list.n; ++k) {
    std::uint8_t& bits = sells[list.places[k]];
    if ((bits >> kind & 1) == 0 || unit_float(scratch.list_words[k]) >= prob) continue;
    bits = static_cast<std::uint8_t>(bits & ~(1u << kind));
    ++row[left_ + kind];
  }
}

void Sellers::run(DrawKey key, std::int32_t step, const BlockView& block, BlockScratch& scratch,
                  std::int64_t* row) const {
  if (!any()) return;
  for (std::size_t s = 0; s < n_kinds(); ++s) {
    leave(s, key, step, block, scratch, row);
    recruit(s, key, step, block, scratch, row);
  }
  if (voices_ == 0) return;
  const std::uint8_t* sells = block.column(sells_);
  PlaceList& list = scratch.list;
  list.n = find_above(sells, 0, block.place.capacity, list.places);
  for (std::uint32_t k = 0; k < list.n; ++k)
    if ((sells[list.places[k]] & voices_) != 0) scratch.publish_flags[list.places[k]] |= kPublishedSells;
}

void Sellers::end_step(SellersState& state, std::span<std::int64_t> rows, std::size_t row_size) const {
  const double dt = options_->run.weeks_per_step();
  for (std::size_t cell = 0; any() && cell * row_size < rows.size(); ++cell)
    for (std::size_t s = 0; s < n_kinds(); ++s) {
      std::int64_t* row = rows.data() + cell * row_size;
      std::int64_t& sellers = state.sellers[cell * n_kinds() + s];
      sellers += row[recruited_ + s] - row[left_ + s];
      row[sellers_ + s] = sellers;
      row[pay_ + s] = sellers * to_micros(options_->sellers[s].pay_money_per_week * dt);
    }
}

}  // namespace populace
