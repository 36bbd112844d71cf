#include "models/visits/visits.hpp"

#include <algorithm>

#include "models/episode/episode.hpp"
#include "models/media/media_kernels.hpp"
#include "models/names.hpp"
#include "models/population/trait_kernels.hpp"
#include "models/stages/toss_kernels.hpp"
#include "sim/random/batch.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {
namespace {

constexpr std::uint32_t kMoreVisits = 1024;  // occasions from which the additional visits in an episode count

// Poisson by inversion of u, at most 255, from the chance of none.
std::uint32_t poisson(double mean, double none, double u) {
  double term = none, cumulated = term;
  std::uint32_t n = 0;
  while (n < 255 && u >= cumulated && (term > 1e-12 || n < mean)) {
    term *= mean / ++n;
    cumulated += term;
  }
  return n;
}

}  // namespace

Visits::Visits(const MarketOptions& options, const Response& response, const Stages& stages,
               const SharedColumns& shared, Layout& layout, MeasureRegistry& registry)
    : options_(&options), stages_(&stages), shared_(&shared) {
  const double shape = options.visits.intent_shape;
  intent_ = shape > 0 ? gamma_trait(shape, 1) : constant_trait(1);
  code_ = layout.add<std::uint8_t>("visit_intent");
  for (const SegmentOptions& segment : options.segments) {
    const double per_step = options.visits.organic_per_week.of(segment.name) * options.run.weeks_per_step();
    auto& mean = mean_.emplace_back();
    for (std::size_t code = 0; code < 256; ++code) mean[code] = per_step * static_cast<double>(intent_.value[code]);
  }
  if (const int stock = response.stock_of_brand(index_of(options.brands, options.run.focal_brand)); stock >= 0) {
    slow_ = response.slow(static_cast<std::size_t>(stock));
    fast_ = response.fast(static_cast<std::size_t>(stock));
  }
  for (const CampaignOptions& campaign : options.campaigns)
    channel_.push_back(campaign.brand == options.run.focal_brand
                           ? static_cast<std::int64_t>(index_of(options.channels, campaign.channel))
                           : -1);
  own_.visits =
      registry.add({.name = "own_visits", .unit = "visits", .long_name = "visits that no ad brought", .dims = {}});
  own_.conversions = registry.add({.name = "own_conversions",
                                   .unit = "conversions",
                                   .long_name = "conversions of visits that no ad brought",
                                   .dims = {}});
  if (options.campaigns.empty()) return;
  by_ads_.visits = registry.add({.name = "ad_visits",
                                 .unit = "visits",
                                 .long_name = "visits by a click on the focal brand's campaigns",
                                 .dims = {"channel"}});
  by_ads_.conversions = registry.add({.name = "ad_conversions",
                                      .unit = "conversions",
                                      .long_name = "conversions of visits by a click",
                                      .dims = {"channel"}});
}

void Visits::build(DrawKey key, const BlockView& block, std::vector<std::uint32_t>& words) const {
  words.resize(block.place.capacity);
  draw_words(make_stream(key, reason(Purpose::kVisitIntent, 0u)), block.place.first_tile,
             block.place.capacity / kTileSize, words.data());
  std::vector<float> scores(block.place.capacity);
  scores_of(words.data(), block.place.n, scores.data());
  codes_of_scores({nullptr, scores.data()}, block.place.n, block.column(code_));
}

void Visits::begin_step(VisitsPlan& plan, DrawKey key, std::int32_t step) const {
  plan.own = make_stream(key, reason(Purpose::kOwnVisit, 0u, step));
  plan.more = make_stream(key, reason(Purpose::kOwnVisit, 1u, step));
  if (!plan.none.empty()) return;  // the same in every step
  for (std::size_t s = 0; s < options_->segments.size(); ++s) {
    TraitTable& none = plan.none.emplace_back();
    for (std::size_t code = 0; code < 256; ++code) none.value[code] = static_cast<float>(exact_exp(-mean_[s][code]));
  }
}

bool Visits::in_market(const BlockView& block, std::uint32_t place) const {
  if (!shared_->episode.exists()) return false;
  const auto stage = static_cast<EpisodeStage>(block.column(shared_->episode)[place]);
  return stage != EpisodeStage::kIdle && stage != EpisodeStage::kAfter;
}

void Visits::visit(std::uint32_t place, double u, const std::string& how, Counts counts, const BlockView& block,
                   BlockScratch& scratch, std::int64_t* row) const {
  const VisitOptions& o = options_->visits;
  const double intent = static_cast<double>(intent_.value[block.column(code_)[place]]) *
                        (in_market(block, place) ? o.in_market_factor : 1);
  const bool converts = u < o.convert_prob * intent;
  ++row[counts.visits];
  row[counts.conversions] += converts;
  if (slow_.exists()) block.column(slow_)[place] += static_cast<float>(o.slow_effect);
  if (fast_.exists()) block.column(fast_)[place] += static_cast<float>(o.fast_effect);
  if (stages_->keeps(Event::kVisited, scratch, place))
    scratch.events.push_back({place, static_cast<std::uint32_t>(Event::kVisited)});
  if (Trace* t = scratch.trace; t != nullptr && t->place == place)
    t->note("visits", how, converts ? "a visit, which converts" : "a visit",
            {{"intent", intent}, {"chance to convert", o.convert_prob * intent}, {"draw", u}});
}

// scratch.list with their uniforms: as many visits as these say.
void Visits::visit_of_own_accord(const VisitsPlan& plan, double factor, DrawKey key, std::int32_t step,
                                 std::uint32_t first_occasion, const BlockView& block, BlockScratch& scratch,
                                 std::int64_t* row) const {
  const std::size_t segment = block.place.cell % options_->segments.size();
  PlaceList& list = scratch.list;
  std::uint32_t n_visitors = 0;
  for (std::uint32_t k = 0; k < list.n; ++k) {
    const std::uint32_t i = list.places[k];
    const std::uint8_t code = block.column(code_)[i];
    const double mean = mean_[segment][code] * factor, u = static_cast<double>(scratch.occasion_uniform[k]);
    if (u < 1 - mean) continue;  // settled without an exponential, as P(N = 0) >= 1 - mean
    const std::uint32_t n =
        poisson(mean, factor == 1 ? static_cast<double>(plan.none[segment].value[code]) : exact_exp(-mean), u);
    if (n == 0) continue;
    list.places[n_visitors] = i;
    scratch.occasions_left[n_visitors++] = static_cast<std::uint8_t>(n);
  }
  list.n = n_visitors;
  draw_words_at(make_stream(key, reason(Purpose::kConvert, 0u, step, first_occasion)), block.place.first_tile,
                list.places, list.n, scratch.list_words);
  for (std::uint32_t k = 0; k < list.n; ++k) {
    const std::uint64_t id = std::uint64_t{block.place.first_tile} * kTileSize + list.places[k];
    for (std::uint32_t j = 0; j < scratch.occasions_left[k]; ++j) {
      const std::uint32_t word =
          j == 0 ? scratch.list_words[k] : draw_word(key, reason(Purpose::kConvert, 0u, step, first_occasion + j), id);
      visit(list.places[k], unit_double(word), "of his own accord", own_, block, scratch, row);
    }
  }
}

void Visits::run(const VisitsPlan& plan, DrawKey key, std::int32_t step, const BlockView& block, BlockScratch& scratch,
                 std::int64_t* row) const {
  PlaceList& list = scratch.list;
  const std::size_t segment = block.place.cell % options_->segments.size();
  list.n = toss_by_code(plan.own, block.place.first_tile, block.place.n, block.column(code_),
                        plan.none[segment].value.data(), list.places, scratch.occasion_uniform);
  visit_of_own_accord(plan, 1, key, step, 0, block, scratch, row);
  if (options_->visits.in_market_factor > 1 && shared_->episode.exists()) {
    const std::uint32_t n = find_above(block.column(shared_->episode), 0, block.place.capacity, list.places);
    list.n = 0;
    for (std::uint32_t k = 0; k < n; ++k)
      if (in_market(block, list.places[k])) list.add(list.places[k]);
    draw_words_at(plan.more, block.place.first_tile, list.places, list.n, scratch.list_words);
    for (std::uint32_t k = 0; k < list.n; ++k) scratch.occasion_uniform[k] = unit_float(scratch.list_words[k]);
    visit_of_own_accord(plan, options_->visits.in_market_factor - 1, key, step, kMoreVisits, block, scratch, row);
  }
  follow_clicks(key, step, block, scratch, row);
}

void Visits::follow_clicks(DrawKey key, std::int32_t step, const BlockView& block, BlockScratch& scratch,
                           std::int64_t* row) const {
  const double lands = options_->visits.landing_prob;
  std::size_t n = options_->campaigns.size();
  for (const PlaceEvent& click : scratch.clicks) {
    const bool ad = click.event < n;
    const std::string& name = ad ? options_->campaigns[click.event].name : options_->listings[click.event - n].name;
    const bool focal =
        ad ? channel_[click.event] >= 0 : options_->listings[click.event - n].brand == options_->run.focal_brand;
    if (!focal) continue;
    const std::uint64_t id = std::uint64_t{block.place.first_tile} * kTileSize + click.place;
    const double u = unit_double(draw_word(key, reason(Purpose::kVisitByClick, name, step, click.occasion), id));
    if (u >= lands) continue;
    const auto channel = ad ? static_cast<std::size_t>(channel_[click.event]) : 0;
    const Counts counts = ad ? Counts{by_ads_.visits + channel, by_ads_.conversions + channel} : own_;
    visit(click.place, u / lands, name, counts, block, scratch, row);
  }
}

void Visits::add_kpis(MeasureRegistry& registry) const {
  const auto add = [&](const std::string& row, const KpiTerm& visits, const KpiTerm& conversions) {
    registry.add(Kpi{"visit", row, "visits", "visits", "visits to the focal brand", {visits}, {}, 1, 0});
    registry.add(Kpi{"visit", row, "conversions", "conversions", "visits that converted", {conversions}, {}, 1, 0});
    registry.add(
        Kpi{"visit", row, "conversion", "%", "share of visits that converted", {conversions}, {visits}, 100, 0});
  };
  add("own", {"own_visits", {0}}, {"own_conversions", {0}});
  for (std::size_t ch = 0; ch < options_->channels.size(); ++ch)
    if (options_->channels[ch].click_prob > 0 &&
        std::find(channel_.begin(), channel_.end(), static_cast<std::int64_t>(ch)) != channel_.end())
      add(options_->channels[ch].name, {"ad_visits", {ch}}, {"ad_conversions", {ch}});
}

}  // namespace populace
