#include "models/choice/choice.hpp"

#include <algorithm>

#include "models/names.hpp"
#include "models/population/trait_kernels.hpp"
#include "sim/random/batch.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {
namespace {

bool always_everywhere(const Series& distribution) {
  if (distribution.points.empty()) return distribution.constant >= 1;
  return std::all_of(distribution.points.begin(), distribution.points.end(),
                     [](const auto& point) { return point.second >= 1; });
}

}  // namespace

Choice::Choice(const MarketOptions& options, const Traits& traits, const Response& response, const Stages& stages,
               Layout& layout, MeasureRegistry& registry)
    : options_(&options),
      traits_(&traits),
      response_(&response),
      stages_(&stages),
      focal_(index_of(options.brands, options.run.focal_brand)),
      set_size_(options, traits, registry) {
  const ChoiceOptions& choice = options.choice;
  expects(options.brands.size() <= kMaxBrands - 1, "at most 15 brands");
  bool all_known = true;
  for (std::size_t b = 0; b < options.brands.size(); ++b) {
    const BrandOptions& brand = options.brands[b];
    const double share = std::clamp(brand.consideration_share, 1e-9, 1 - 1e-9);
    memory_logit_.push_back(exact_log(share) - exact_log1p(-share));
    thresholds_.push_back(!always_everywhere(brand.distribution_share) ||
                          (choice.consideration && (brand.consideration_share < 1 || response.stock_of_brand(b) >= 0)));
    all_known = all_known && (brand.awareness_share >= 1 || (b == focal_ && !choice.awareness_machine.empty()));
  }
  if (!choice.awareness_machine.empty()) {
    awareness_machine_ = static_cast<int>(stages.machine(choice.awareness_machine));
    const int stage = stages.options(static_cast<std::size_t>(awareness_machine_)).stage(choice.awareness_stage);
    expects(stage >= 0, "awareness_stage is a stage of awareness_machine");
    awareness_stage_ = static_cast<std::uint8_t>(stage);
  }
  if (!all_known) aware_ = layout.add<std::uint16_t>("aware_of");
}

void Choice::build(DrawKey key, const BlockView& block, std::vector<std::uint32_t>& words) const {
  if (!aware_.exists()) return;
  words.resize(block.place.capacity);
  std::uint16_t* aware = block.column(aware_);
  std::fill_n(aware, block.place.n, std::uint16_t{0});
  for (std::size_t b = 0; b < options_->brands.size(); ++b) {
    const BrandOptions& brand = options_->brands[b];
    draw_words(make_stream(key, reason(Purpose::kAwareness, brand.name)), block.place.first_tile,
               block.place.capacity / kTileSize, words.data());
    mark_below(words.data(), Below(brand.awareness_share), static_cast<std::uint16_t>(1u << b), block.place.n, aware);
  }
}

bool Choice::knows(std::size_t brand, const BlockView& block, std::uint32_t place) const {
  if (brand == focal_ && awareness_machine_ >= 0)
    return block.column(stages_->column(static_cast<std::size_t>(awareness_machine_)))[place] >= awareness_stage_;
  return !aware_.exists() || (block.column(aware_)[place] >> brand & 1) != 0;
}

void Choice::begin_step(ChoicePlan& plan, double talk, const std::vector<double>& price,
                        const std::vector<double>& pressure, std::int32_t step) const {
  const double week = step * options_->run.weeks_per_step();
  const std::size_t n = options_->brands.size();
  plan.deviation.assign(n, 0);
  plan.price_deviation.assign(n, 0);
  plan.distribution.assign(n, 65536);
  for (std::size_t b = 0; b < n; ++b) {
    const BrandOptions& brand = options_->brands[b];
    double deviation = brand.pressure.at(week) - brand.base_pressure;
    if (!pressure.empty()) deviation += pressure[b];
    if (b == focal_) deviation += options_->word_of_mouth.utility * (talk - options_->word_of_mouth.base_talk);
    plan.deviation[b] = static_cast<float>(deviation);
    if (brand.base_price_money > 0) plan.price_deviation[b] = static_cast<float>(price[b] / brand.base_price_money - 1);
    plan.distribution[b] = static_cast<std::uint32_t>(brand.distribution_share.at(week) * 65536 + .5);
  }
}

bool Choice::remembers(std::size_t brand, std::uint32_t place, std::uint32_t threshold, BlockScratch& scratch) const {
  double logit = memory_logit_[brand];
  if (const int stock = response_->stock_of_brand(brand); stock >= 0) {
    const BrandOptions& b = options_->brands[brand];
    const auto s = static_cast<std::size_t>(stock);
    const StockOptions &slow = options_->response.slow, &fast = options_->response.fast;
    if (slow.acts_on == "consideration")
      logit += slow.utility * (concave(scratch.slow_read[s][place], slow) - concave(b.base_slow_goodwill, slow));
    if (fast.acts_on == "consideration")
      logit += fast.utility * (concave(scratch.fast_read[s][place], fast) - concave(b.base_fast_activation, fast));
  }
  return threshold < 65536 / (1 + exact_exp(-logit));
}

void Choice::consider(const ChoicePlan& plan, DrawKey key, const BlockView& block, BlockScratch& scratch) const {
  const PlaceList& list = scratch.list;
  const std::size_t n_brands = options_->brands.size();
  const std::uint16_t* aware = aware_.exists() ? block.column(aware_) : nullptr;
  const std::uint8_t* stage =
      awareness_machine_ >= 0 ? block.column(stages_->column(static_cast<std::size_t>(awareness_machine_))) : nullptr;
  for (std::uint32_t k = 0; k < list.n; ++k) {
    const std::uint32_t i = list.places[k];
    std::uint32_t bits = aware != nullptr ? aware[i] : (1u << n_brands) - 1;
    if (stage != nullptr) bits = stage[i] >= awareness_stage_ ? bits | 1u << focal_ : bits & ~(1u << focal_);
    scratch.considered[k] = bits | scratch.informed[k];
    for (std::size_t b = 0; scratch.traces(i) && b < n_brands; ++b)
      if ((bits >> b & 1) == 0) scratch.trace->note("consideration", options_->brands[b].name, "unknown to him");
  }
  for (std::size_t b = 0; b < n_brands; ++b) {
    if (thresholds_[b] == 0) continue;
    draw_words_at(make_stream(traits_->key(key), reason(Purpose::kConsider, options_->brands[b].name)),
                  block.place.first_tile, list.places, list.n, scratch.list_words);
    for (std::uint32_t k = 0; k < list.n; ++k) {
      const std::uint32_t word = scratch.list_words[k];
      const bool carried = (word & 0xFFFF) < plan.distribution[b];
      const bool remembered = !options_->choice.consideration || (scratch.informed[k] >> b & 1) != 0 ||
                              remembers(b, list.places[k], word >> 16, scratch);
      if (scratch.traces(list.places[k]) && (scratch.considered[k] >> b & 1) != 0 && !(carried && remembered))
        scratch.trace->note("consideration", options_->brands[b].name,
                            carried ? "not remembered" : "not carried where he buys",
                            {{"threshold of his", carried ? (word >> 16) / 65536. : (word & 0xFFFF) / 65536.},
                             {carried ? "share who consider it" : "distribution",
                              carried ? options_->brands[b].consideration_share : plan.distribution[b] / 65536.}});
      if (!carried || !remembered) scratch.considered[k] &= ~(1u << b);
    }
  }
}

void Choice::fill_tastes(const BlockView& block, BlockScratch& scratch) const {
  const PlaceList& list = scratch.list;
  for (std::size_t b = 0; b < options_->brands.size(); ++b) {
    float* out = scratch.log_taste[b].data();
    if (options_->brands.size() == 1) {
      std::fill_n(out, list.n, 0.0f);
      continue;
    }
    const std::int16_t* taste = block.column(traits_->taste(b));
    for (std::uint32_t k = 0; k < list.n; ++k) out[k] = static_cast<float>(taste[list.places[k]]) * kTasteStep;
  }
}

// Stocks that act through utility, read at the places of the occasions.
void Choice::fill_stocks(std::size_t brand, BrandTask& task, BlockScratch& scratch) const {
  const int stock = response_->stock_of_brand(brand);
  if (stock < 0) return;
  const auto s = static_cast<std::size_t>(stock);
  const BrandOptions& b = options_->brands[brand];
  const auto add = [&](const StockOptions& o, PlaceArray<float>& read, PlaceArray<float>& out, double base) {
    if (o.acts_on != "utility") return;
    for (std::uint32_t k = 0; k < scratch.list.n; ++k) out[k] = read[scratch.list.places[k]];
    task.stocks[task.n_stocks++] = {out.data(), static_cast<float>(o.utility), static_cast<float>(o.saturation),
                                    static_cast<float>(concave(base, o))};
  };
  add(options_->response.slow, scratch.slow_read[s], scratch.slow_listed[s], b.base_slow_goodwill);
  add(options_->response.fast, scratch.fast_read[s], scratch.fast_listed[s], b.base_fast_activation);
}

void Choice::look_up_slopes(const BlockView& block, BlockScratch& scratch) const {
  if (!traits_->price_code().exists()) return;
  const PlaceList& list = scratch.list;
  const std::uint8_t* code = block.column(traits_->price_code());
  const CodeValues& slope = traits_->price_slope(block.place.cell % options_->segments.size()).value;
  for (std::uint32_t k = 0; k < list.n; ++k) scratch.price_slope[k] = slope[code[list.places[k]]];
}

// Then what promotions add is added.
void Choice::choose_without_promotions(ChoiceTask task, DrawKey key, const BlockView& block,
                                       BlockScratch& scratch) const {
  const std::uint32_t n = scratch.list.n;
  std::copy_n(scratch.considered.data(), n, scratch.leaps);
  set_size_.limit(key, block, scratch, scratch.leaps);
  task.considered = scratch.leaps;
  task.chosen = scratch.chosen_without.data();
  choose(task);
  for (std::size_t b = 0; b < options_->brands.size(); ++b)
    for (std::uint32_t k = 0; k < n; ++k) scratch.deviation[b][k] += scratch.offer[b][k];
}

void Choice::run(const ChoicePlan& plan, DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block,
                 BlockScratch& scratch, std::int64_t* row) const {
  const PlaceList& list = scratch.list;
  consider(plan, key, block, scratch);
  fill_tastes(block, scratch);
  BrandTask brands[kMaxBrands];
  const std::size_t n_brands = options_->brands.size();
  for (std::size_t b = 0; b < n_brands; ++b) {
    brands[b].log_taste = scratch.log_taste[b].data();
    brands[b].words = scratch.race_words[b].data();
    brands[b].deviation = scratch.deviation[b].data();
    brands[b].common_deviation = plan.deviation[b];
    brands[b].price_deviation = plan.price_deviation[b];
    brands[b].share = static_cast<float>(options_->brands[b].share);
    fill_stocks(b, brands[b], scratch);
    draw_words_at(make_stream(key, reason(Purpose::kRace, options_->brands[b].name, step, occasion)),
                  block.place.first_tile, list.places, list.n, scratch.race_words[b].data());
  }
  ChoiceTask task;
  if (traits_->price_code().exists()) task.price_slope = scratch.price_slope.data();
  task.brands = brands;
  task.n_brands = n_brands;
  task.considered = scratch.considered.data();
  task.buy_words = scratch.buy_words.data();
  task.taste_floor = static_cast<float>(options_->choice.taste_floor);
  task.category_response = static_cast<float>(options_->choice.category_response);
  task.no_purchase = static_cast<float>(options_->choice.no_purchase_share / (1 - options_->choice.no_purchase_share));
  task.n = list.n;
  task.chosen = scratch.chosen.data();
  draw_words_at(make_stream(key, reason(Purpose::kBuy, 0u, step, occasion)), block.place.first_tile, list.places,
                list.n, scratch.buy_words.data());
  if (scratch.offers) choose_without_promotions(task, key, block, scratch);
  set_size_.limit(key, block, scratch, scratch.considered.data());
  set_size_.count(scratch, row);
  choose(task);
  for (std::uint32_t k = 0; scratch.trace != nullptr && k < list.n; ++k)
    if (scratch.traces(list.places[k])) tell(task, k, *scratch.trace);
}

}  // namespace populace
