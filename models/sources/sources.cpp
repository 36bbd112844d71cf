#include "models/sources/sources.hpp"

#include <algorithm>

#include "models/episode/episode.hpp"
#include "models/media/media_kernels.hpp"
#include "models/names.hpp"
#include "sim/random/batch.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {
namespace {

double in_time(double weekly, double weeks) { return weekly >= 1 ? 1 : -exact_expm1(exact_log1p(-weekly) * weeks); }

}  // namespace

Sources::Sources(const MarketOptions& options, const Traits& traits, const Stages& stages, SharedColumns& shared,
                 Layout& layout, MeasureRegistry& registry)
    : options_(&options),
      stages_(&stages),
      shared_(&shared),
      focal_(index_of(options.brands, options.run.focal_brand)) {
  const SourcesOptions& o = options.information;
  std::vector<std::string> names;
  std::vector<const SourceOptions*> enabled;
  for (const SourceOptions& given : options.sources) {
    if (!given.enabled) continue;
    names.push_back(given.name);
    enabled.push_back(&given);
    Source& source = sources_.emplace_back();
    source.options = &given;
    source.hash = name_hash(given.name);
    source.engine = given.kind == "search_engine";
    source.sixteenths = given.information * 16;
    for (const SegmentOptions& segment : options.segments) {
      auto &in_step = source.in_step.emplace_back(), &at_once = source.at_once.emplace_back();
      for (std::size_t code = 0; code < 256; ++code) {
        const double v = static_cast<double>(code) / 255,
                     weekly = given.consult_prob.of(segment.name) * (1 - given.involvement_effect * (1 - v));
        at_once[code] = static_cast<float>(weekly);
        in_step[code] = static_cast<float>(in_time(weekly, options.run.weeks_per_step()));
      }
    }
    for (std::size_t r = 0; given.max_distance_km > 0 && r < options.regions.size(); ++r) {
      auto& near = source.near.emplace_back();
      for (std::size_t code = 0; code < 256; ++code)
        near[code] = static_cast<double>(traits.distance_km(r).value[code]) <= given.max_distance_km;
    }
    for (const BrandOptions& brand : options.brands) {
      source.presence.push_back(given.presence_prob.of(brand.name));
      source.hash_of_brand.push_back(name_hash(given.name + "/" + brand.name));
    }
  }
  expects(sources_.size() <= kMostSources, "at most 16 sources");
  live_ = std::make_unique<LiveSources>(options, enabled, shared);
  for (std::size_t code = 0; code < 256; ++code)
    enough_[code] = static_cast<int>(
        16 * (o.threshold_low + static_cast<double>(code) / 255 * (o.threshold_high - o.threshold_low)) + .5);
  log_go_on_ = o.island_cost >= 1 ? -1e9 : exact_log1p(-o.island_cost);
  if (options.episode.enabled) {
    shared.information = layout.add<std::uint8_t>("information");
    shared.found = layout.add<std::uint16_t>("found");
  }
  registry.add_dimension("source", names);
  consultations_ = registry.add({.name = "consultations",
                                 .unit = "acts",
                                 .long_name = "consultations of the source in the step",
                                 .dims = {"source"}});
  found_ = registry.add({.name = "found_brands",
                         .unit = "acts",
                         .long_name = "consultations that found the brand",
                         .dims = {"source", "brand"}});
  seekers_ = registry.add({.name = "seekers",
                           .unit = "people",
                           .long_name = "people who consulted at least one source, by step and occasion",
                           .dims = {}});
  informed_ = registry.add({.name = "informed",
                            .unit = "occasions",
                            .long_name = "purchases for which information became enough in the step",
                            .dims = {}});
}

void Sources::build(const BlockView& block) const {
  if (!shared_->information.exists()) return;
  std::fill_n(block.column(shared_->information), block.place.n, std::uint8_t{0});
  std::fill_n(block.column(shared_->found), block.place.n, std::uint16_t{0});
}

void Sources::draw(const Moment& moment, const BlockView& block, BlockScratch& scratch) const {
  const auto& [key, step, occasion, who] = moment;
  for (std::size_t s = 0; s < sources_.size(); ++s)
    draw_words_at(make_stream(key, reason(Purpose::kConsult, sources_[s].options->name, step, occasion)),
                  block.place.first_tile, scratch.list.places, scratch.list.n, scratch.source_words[s].data());
  draw_words_at(make_stream(key, reason(Purpose::kNextIsland, 0u, step, occasion)), block.place.first_tile,
                scratch.list.places, scratch.list.n, scratch.list_words);
}

std::size_t Sources::find_wishes(const Inquiry& inquiry, const Seeker& seeker, const BlockView& block,
                                 const BlockScratch& scratch, Wish* wishes) const {
  const std::size_t segment = block.place.cell % options_->segments.size(),
                    region = block.place.cell / options_->segments.size();
  std::size_t n = 0;
  bool engine = false;
  for (const bool engines : {true, false})  // these first, as they lead to the others
    for (std::size_t s = 0; s < sources_.size(); ++s) {
      const Source& source = sources_[s];
      if (source.engine != engines) continue;
      if (!source.near.empty() && source.near[region][block.column(shared_->distance)[seeker.place]] == 0) continue;
      float chance = (inquiry.at_once ? source.at_once : source.in_step)[segment][seeker.code];
      if (engine && !engines) chance = 1 - (1 - chance) * static_cast<float>(1 - options_->information.lead_prob);
      const float u = unit_float(scratch.source_words[s].values[seeker.k]);
      if (u >= chance || !live_->is_open(s, inquiry, block, seeker.place)) continue;
      engine = engine || (source.engine && options_->information.common_entrance);
      wishes[n++] = {u / chance, source.hash, s};
    }
  std::sort(wishes, wishes + n, [](const Wish& a, const Wish& b) {
    return std::pair{a.urgency, a.hash} < std::pair{b.urgency, b.hash};
  });
  return n;
}

std::uint32_t Sources::find_brands(std::size_t s, const Moment& moment, std::uint64_t id) const {
  std::uint32_t found = 0;
  for (std::size_t b = 0; b < sources_[s].presence.size(); ++b) {
    const double presence = sources_[s].presence[b];
    const bool is_there =
        presence >= 1 ||
        (presence > 0 &&
         unit_double(draw_word(
             moment.key, reason(Purpose::kFindBrand, sources_[s].hash_of_brand[b], moment.step, moment.occasion), id)) <
             presence);
    found |= static_cast<std::uint32_t>(is_there) << b;
  }
  return found;
}

std::string Sources::found_text(std::uint32_t bits) const {
  std::string names = "consulted, finds ";
  for (std::size_t b = 0; b < options_->brands.size(); ++b) {
    if ((bits >> b & 1) == 0) continue;
    if (names.back() != ' ') names += ", ";
    names += options_->brands[b].name;
  }
  if (names.back() == ' ') names += "no brand";
  return names;
}

void Sources::consult(const Inquiry& inquiry, const BlockView& block, BlockScratch& scratch, Seeker& seeker,
                      std::int64_t* row) const {
  Wish wishes[kMostSources];
  const std::size_t n = find_wishes(inquiry, seeker, block, scratch, wishes);
  if (n == 0) return;
  ++row[seekers_];
  const double stop = exact_log(unit_double(scratch.list_words[seeker.k]));  // of the islands visited
  Trace* t = scratch.trace != nullptr && scratch.trace->place == seeker.place ? scratch.trace : nullptr;
  for (std::size_t w = 0; w < n && seeker.information < enough_[seeker.code]; ++w) {
    if (!options_->information.common_entrance && stop > log_go_on_ * static_cast<double>(w)) break;
    const std::size_t s = wishes[w].source;
    const std::uint64_t id = std::uint64_t{block.place.first_tile} * kTileSize + seeker.place;
    const std::uint32_t found =
        live_->hear(s, find_brands(s, inquiry.moment, id), inquiry, block, seeker.place, scratch, row);
    ++row[consultations_ + s];
    for (std::size_t b = 0; b < options_->brands.size(); ++b)
      row[found_ + s * options_->brands.size() + b] += found >> b & 1;
    seeker.information += static_cast<int>(sources_[s].sixteenths + .5);
    seeker.found |= found;
    seeker.engine = seeker.engine || sources_[s].engine;
    seeker.website = seeker.website || (sources_[s].options->kind == "website" && (found >> focal_ & 1) != 0);
    if (t != nullptr)
      t->note("sources", sources_[s].options->name, found_text(found),
              {{"urgency", static_cast<double>(wishes[w].urgency)},
               {"information so far", seeker.information / 16.},
               {"enough", enough_[seeker.code] / 16.}});
  }
  row[informed_] += seeker.information >= enough_[seeker.code];
}

void Sources::finish(const Seeker& seeker, std::uint32_t occasion, const BlockView& block,
                     BlockScratch& scratch) const {
  if (shared_->aware.exists()) {
    std::uint16_t& known = block.column(shared_->aware)[seeker.place];
    known = static_cast<std::uint16_t>(known | (seeker.found & ~kReviewsRead));
  }
  if (seeker.website && stages_->keeps(Event::kVisited, scratch, seeker.place))
    scratch.events.push_back({seeker.place, static_cast<std::uint32_t>(Event::kVisited), occasion});
}

void Sources::search(const Inquiry& inquiry, const BlockView& block, BlockScratch& scratch, std::int64_t* row) const {
  PlaceList& list = scratch.list;
  list.n = 0;
  if (!shared_->information.exists()) return;
  const std::uint32_t n_open = find_above(block.column(shared_->episode), 0, block.place.capacity, list.places);
  const std::uint8_t *stage = block.column(shared_->episode), *involvement = block.column(shared_->episode_involvement);
  std::uint8_t* information = block.column(shared_->information);
  std::uint16_t* found = block.column(shared_->found);
  for (std::uint32_t k = 0; k < n_open; ++k) {
    const std::uint32_t i = list.places[k];
    const auto s = static_cast<EpisodeStage>(stage[i]);
    if ((s == EpisodeStage::kSearch || s == EpisodeStage::kEvaluate) && information[i] != kInformedEnough) list.add(i);
  }
  if (list.n == 0) return;
  draw(inquiry.moment, block, scratch);
  std::uint32_t n_engine = 0;
  for (std::uint32_t k = 0; k < list.n; ++k) {
    const std::uint32_t i = list.places[k];
    Seeker seeker{.place = i, .k = k, .code = involvement[i], .information = information[i], .found = found[i]};
    consult(inquiry, block, scratch, seeker, row);
    const bool enough = seeker.information >= enough_[seeker.code];
    information[i] = enough ? kInformedEnough : static_cast<std::uint8_t>(seeker.information);
    found[i] = static_cast<std::uint16_t>(seeker.found);
    finish(seeker, inquiry.moment.occasion, block, scratch);
    if (seeker.engine) list.places[n_engine++] = i;
  }
  list.n = n_engine;
}

void Sources::keep_informed(const BlockView& block, const BlockScratch& scratch) const {
  std::uint16_t* found = block.column(shared_->found);
  for (std::uint32_t k = 0; k < scratch.list.n; ++k) {
    const std::uint32_t i = scratch.list.places[k];
    found[i] = static_cast<std::uint16_t>(found[i] | scratch.informed.values[k]);
    if (!shared_->aware.exists()) continue;
    std::uint16_t& known = block.column(shared_->aware)[i];
    known = static_cast<std::uint16_t>(known | scratch.informed.values[k]);
  }
}

void Sources::lift(const Voices& voices, std::uint32_t found, std::uint32_t k, BlockScratch& scratch,
                   std::int64_t* row) const {
  const auto utility = static_cast<float>(options_->information.utility);
  scratch.informed[k] |= found & ~kReviewsRead;
  if ((found & kReviewsRead) != 0) voices.word_of_mouth->read_reviews(*voices.plan, k, scratch, row);
  for (std::size_t b = 0; b < options_->brands.size(); ++b)
    if ((found >> b & 1) != 0) scratch.deviation[b][k] += utility;
}

void Sources::at_occasion(const Inquiry& inquiry, const BlockView& block, BlockScratch& scratch,
                          std::int64_t* row) const {
  const PlaceList& list = scratch.list;
  draw(inquiry.moment, block, scratch);
  for (std::uint32_t k = 0; k < list.n; ++k) {
    Seeker seeker{.place = list.places[k], .k = k};
    seeker.code = static_cast<std::uint8_t>(255 * scratch.involvement[k] + .5f);
    consult(inquiry, block, scratch, seeker, row);
    finish(seeker, inquiry.moment.occasion, block, scratch);
    lift(inquiry.voices, seeker.found, k, scratch, row);
  }
}

void Sources::recall(const Voices& voices, const BlockView& block, BlockScratch& scratch, std::int64_t* row) const {
  for (std::uint32_t k = 0; k < scratch.list.n; ++k)
    lift(voices, block.column(shared_->found)[scratch.list.places[k]], k, scratch, row);
}

void Sources::add_kpis(MeasureRegistry& registry) const {
  const std::size_t n_brands = options_->brands.size();
  for (std::size_t s = 0; s < sources_.size(); ++s) {
    const std::string& row = sources_[s].options->name;
    registry.add(Kpi{"source", row, "consultations", "acts", "consultations", {{"consultations", {s}}}, {}, 1, 0});
    registry.add(Kpi{"source",
                     row,
                     "found_focal",
                     "%",
                     "share of consultations that found the focal brand",
                     {{"found_brands", {s * n_brands + focal_}}},
                     {{"consultations", {s}}},
                     100,
                     0});
  }
}

}  // namespace populace
