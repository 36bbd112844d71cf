#include "models/population/involvement.hpp"

#include <algorithm>

#include "models/names.hpp"
#include "sim/random/batch.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {
namespace {

constexpr std::string_view kFlags[kSituations] = {"gift", "health", "outlay", "symbolism"};

double logistic(double y) { return 1 / (1 + exact_exp(-y)); }
double logit(double v) { return exact_log(v / (1 - v)); }

std::uint8_t code_of(double share) { return static_cast<std::uint8_t>(255 * share + .5); }

bool names_driver(const MarketOptions& options, std::string_view driver) {
  for (const MachineOptions& machine : options.machines)
    for (const MoveOptions& move : machine.moves) {
      if (move.scaled_by == driver) return true;
      for (const auto& [name, rate] : move.drivers)
        if (name == driver) return true;
    }
  return false;
}

}  // namespace

bool needs_route(const MarketOptions& options) { return options.response.style.enabled; }

bool needs_involvement(const MarketOptions& options) {
  return names_driver(options, "involvement") || needs_route(options) || needs_occasion_involvement(options) ||
         (options.attention.wear.enabled && options.attention.wear.low_involvement_gain > 0);
}

bool needs_occasion_involvement(const MarketOptions& options) {
  const ExperienceOptions& experience = options.experience;
  const bool tolerates = experience.enabled && experience.tolerance_low != experience.tolerance_high;
  const ChoiceOptions& choice = options.choice;
  const bool choice_reads = (choice.habit.enabled && choice.habit.low_involvement_gain > 0) ||
                            choice.price_quality.enabled || choice.set_size.enabled || choice.impulse.enabled;
  return options.need.enabled &&
         (needs_route(options) || tolerates || choice_reads || options.episode.enabled || options.information.enabled);
}

Involvement::Involvement(const MarketOptions& options, Layout& layout)
    : options_(&options),
      at_occasions_(needs_occasion_involvement(options)),
      common_(__builtin_sqrt(options.involvement.facet_correlation)),
      own_(__builtin_sqrt(1 - options.involvement.facet_correlation)) {
  const InvolvementOptions& o = options.involvement;
  if (o.enabled && needs_involvement(options)) column_ = layout.add<std::uint8_t>("involvement");
  if (needs_route(options)) route_ = layout.add<std::uint8_t>("rational_route");
  const SituationOptions& situation = o.situation;
  effects_ = {situation.gift_effect, situation.health_effect, situation.outlay_effect, situation.symbolism_effect};
  for (const SegmentOptions& segment : options.segments) {
    const std::string& name = segment.name;
    gate_.push_back(std::min(o.ability.of(name), o.opportunity.of(name)));
    std::array<double, kSituations>& shares = shares_.emplace_back();
    if (o.enabled && situation.enabled)
      shares = {situation.gift_share.of(name), situation.health_share.of(name), situation.outlay_share.of(name),
                situation.symbolism_share.of(name)};
  }
  if (!at_occasions_) return;
  with_flags_.resize(std::size_t{1} << kSituations);
  for (std::size_t flags = 0; flags < with_flags_.size(); ++flags)
    for (std::size_t code = 0; code < 256; ++code) {
      const auto v = static_cast<double>(value_of(static_cast<std::uint8_t>(code)));
      double y = logit(v);
      for (std::size_t f = 0; f < kSituations; ++f)
        if ((flags >> f & 1) != 0) y += effects_[f];
      with_flags_[flags][code] = static_cast<float>(flags == 0 ? v : logistic(y));
    }
}

void Involvement::build(DrawKey traits_key, const BlockView& block, std::vector<std::uint32_t>& words) const {
  if (column_.exists()) {
    const InvolvementOptions& o = options_->involvement;
    const std::size_t s = block.place.cell % options_->segments.size();
    const std::uint32_t n = block.place.n;
    std::vector<float> common(block.place.capacity), own(block.place.capacity);
    std::vector<double> sum(n, o.bias);
    words.resize(block.place.capacity);
    const auto draw = [&](DrawReason reason, float* scores) {
      draw_words(make_stream(traits_key, reason), block.place.first_tile, block.place.capacity / kTileSize,
                 words.data());
      scores_of(words.data(), n, scores);
    };
    draw(reason(Purpose::kFacetCommon, 0u), common.data());
    for (std::uint32_t f = 0; f < kInvolvementFacets; ++f) {
      draw(reason(Purpose::kFacet, f), own.data());
      const double mean = mean_of(f, s);
      for (std::uint32_t i = 0; i < n; ++i)
        sum[i] += o.weights[f] * around(mean, static_cast<double>(common[i]), static_cast<double>(own[i]));
    }
    std::uint8_t* codes = block.column(column_);
    for (std::uint32_t i = 0; i < n; ++i) codes[i] = code_at(sum[i], s);
  }
  if (route_.exists()) build_route(traits_key, block, words);
}

std::uint8_t Involvement::code_at(double weighted_sum, std::size_t segment) const {
  return std::min(code_of(gate_[segment]), static_cast<std::uint8_t>(255 / (1 + exact_exp(-weighted_sum)) + .5));
}

std::uint8_t Involvement::route_code(double involvement, double score) const {
  const InvolvementOptions& o = options_->involvement;
  return code_of(logistic(o.rational_intercept + o.rational_slope * logit(involvement) + o.rational_sigma * score));
}

void Involvement::build_route(DrawKey traits_key, const BlockView& block, std::vector<std::uint32_t>& words) const {
  words.resize(block.place.capacity);
  draw_words(make_stream(traits_key, reason(Purpose::kRoute, 0u)), block.place.first_tile,
             block.place.capacity / kTileSize, words.data());
  std::vector<float> scores(block.place.capacity);
  scores_of(words.data(), block.place.n, scores.data());
  std::uint8_t* routes = block.column(route_);
  for (std::uint32_t i = 0; i < block.place.n; ++i)
    routes[i] = route_code(static_cast<double>(of(block, i)), static_cast<double>(scores[i]));
}

void Involvement::at_occasion(DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block,
                              const PlaceList& list, BlockScratch& scratch, float* out) const {
  std::fill_n(scratch.leaps, list.n, 0u);  // flags
  const std::size_t s = block.place.cell % options_->segments.size();
  for (std::size_t f = 0; f < kSituations && exists(); ++f) {
    if (shares_[s][f] <= 0) continue;
    draw_words_at(make_stream(key, reason(Purpose::kSituation, kFlags[f], step, occasion)), block.place.first_tile,
                  list.places, list.n, scratch.list_words);
    for (std::uint32_t k = 0; k < list.n; ++k)
      scratch.leaps[k] |= static_cast<std::uint32_t>(unit_double(scratch.list_words[k]) < shares_[s][f]) << f;
  }
  const auto gate = static_cast<float>(gate_[s]);
  const std::uint8_t* codes = exists() ? block.column(column_) : nullptr;
  for (std::uint32_t k = 0; k < list.n; ++k)
    out[k] = codes != nullptr ? std::min(gate, with_flags_[scratch.leaps[k]][codes[list.places[k]]]) : .5f;
  Trace* t = scratch.trace;
  for (std::uint32_t k = 0; t != nullptr && k < list.n; ++k) {
    if (list.places[k] != t->place) continue;
    std::string flags;
    for (std::size_t f = 0; f < kSituations; ++f)
      if ((scratch.leaps[k] >> f & 1) != 0) flags += (flags.empty() ? "" : ", ") + std::string(kFlags[f]);
    t->note("involvement", "", flags.empty() ? "an ordinary occasion" : flags,
            {{"usual involvement", of(block, list.places[k])}, {"involvement", out[k]}});
  }
}

void Involvement::at_occasion(DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block,
                              BlockScratch& scratch) const {
  if (!at_occasions_) return;
  const PlaceList& list = scratch.list;
  at_occasion(key, step, occasion, block, list, scratch, scratch.involvement.data());
  if (!route_.exists()) return;
  draw_words_at(make_stream(key, reason(Purpose::kRouteAnew, 0u, step, occasion)), block.place.first_tile, list.places,
                list.n, scratch.list_words);
  std::uint8_t* routes = block.column(route_);
  for (std::uint32_t k = 0; k < list.n; ++k)
    routes[list.places[k]] =
        route_code(static_cast<double>(scratch.involvement[k]), normal_quantile(unit_double(scratch.list_words[k])));
}

}  // namespace populace
