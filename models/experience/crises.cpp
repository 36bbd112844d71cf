#include "models/experience/crises.hpp"

#include <algorithm>

#include "models/names.hpp"
#include "models/stages/toss_kernels.hpp"
#include "sim/base/units.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {
namespace {

constexpr double kOldNews = 1e-3;  // strength below which nobody tells it any more

}  // namespace

Crises::Crises(const MarketOptions& options, const Satisfaction& satisfaction, Layout& layout,
               MeasureRegistry& registry)
    : options_(&options), satisfaction_(&satisfaction), focal_(index_of(options.brands, options.run.focal_brand)) {
  std::vector<std::string> names;
  for (const CrisisOptions& crisis : options.crises) {
    if (!crisis.enabled) continue;
    Crisis& made = crises_.emplace_back();
    made.options = &crisis;
    made.brand = crisis.brand.empty() ? focal_ : index_of(options.brands, crisis.brand);
    made.first = static_cast<std::int32_t>(crisis.week * options.run.steps_per_week() + .5);
    made.reply =
        crisis.replied() ? static_cast<std::int32_t>(crisis.reply_week * options.run.steps_per_week() + .5) : -1;
    for (const RegionOptions& region : options.regions)
      for (const SegmentOptions& segment : options.segments) {
        const bool here = crisis.regions.empty() ||
                          std::find(crisis.regions.begin(), crisis.regions.end(), region.name) != crisis.regions.end();
        made.aware_share.push_back(here ? crisis.aware_share.of(segment.name) : 0);
      }
    names.push_back(crisis.name);
  }
  if (crises_.empty()) return;
  expects(crises_.size() <= kMaxCrises, "at most 8 crises");
  registry.add_dimension("crisis", names);
  knows_ = layout.add<std::uint8_t>("crises_known");
  heard_ = registry.add({.name = "crisis_heard",
                         .unit = "people",
                         .long_name = "people who hear of the crisis in the step",
                         .dims = {"crisis"}});
  known_ = registry.add({.name = "crisis_known",
                         .unit = "people",
                         .long_name = "people who have heard of the crisis",
                         .kind = Timing::kStock,
                         .dims = {"crisis"}});
  cost_ = registry.add({.name = "crisis_reply_cost",
                        .unit = options.run.currency,
                        .long_name = "cost of the answer to the crisis",
                        .level = Level::kTotal,
                        .count = Count::kMicros,
                        .dims = {"crisis"}});
}

double Crises::strength(std::size_t crisis, std::int32_t step) const {
  const Crisis& c = crises_[crisis];
  if (step < c.first) return 0;
  const double weeks = (step - c.first) * options_->run.weeks_per_step(), half_life = c.options->half_life_weeks;
  const double left = half_life > 0 ? exact_exp(-exact_log(2) * weeks / half_life) : 1;
  return c.reply >= 0 && step >= c.reply ? left * (1 - c.options->reply_strength) : left;
}

double Crises::n_draws(std::int32_t step) const {
  double n = 0;
  for (std::size_t c = 0; c < crises_.size(); ++c)
    n += step == crises_[c].first ||
         (step > crises_[c].first && crises_[c].options->spread_per_week > 0 && strength(c, step) >= kOldNews);
  return n;
}

void Crises::build(const BlockView& block) const {
  if (any()) std::fill_n(block.column(knows_), block.place.n, std::uint8_t{0});
}

void Crises::begin_step(const CrisesState& state, CrisesPlan& plan, DrawKey key, std::int32_t step) const {
  const std::size_t n = crises_.size();
  plan.strength.assign(n, 0);
  plan.breaks_out.assign(n, 0);
  plan.hear_prob.assign(n, 0);
  plan.stream.resize(n);
  for (std::size_t c = 0; c < n; ++c) {
    const Crisis& crisis = crises_[c];
    plan.strength[c] = strength(c, step);
    plan.breaks_out[c] = step == crisis.first;
    plan.stream[c] = make_stream(
        key, reason(plan.breaks_out[c] != 0 ? Purpose::kCrisis : Purpose::kCrisisTalk, crisis.options->name, step));
    if (step <= crisis.first || plan.strength[c] < kOldNews) continue;
    std::int64_t known = 0;
    for (std::size_t at = c; at < state.known.size(); at += n) known += state.known[at];
    const double share = static_cast<double>(known) / static_cast<double>(options_->run.consumers);
    plan.hear_prob[c] = static_cast<float>(
        -exact_expm1(-crisis.options->spread_per_week * share * plan.strength[c] * options_->run.weeks_per_step()));
  }
}

void Crises::spread(const CrisesPlan& plan, const BlockView& block, BlockScratch& scratch, std::int64_t* row) const {
  for (std::size_t c = 0; c < crises_.size(); ++c)
    if (plan.breaks_out[c] != 0 || plan.hear_prob[c] > 0) hear(c, plan, block, scratch, row);
}

void Crises::hear(std::size_t crisis, const CrisesPlan& plan, const BlockView& block, BlockScratch& scratch,
                  std::int64_t* row) const {
  const Crisis& c = crises_[crisis];
  const double prob =
      plan.breaks_out[crisis] != 0 ? c.aware_share[block.place.cell] : static_cast<double>(plan.hear_prob[crisis]);
  if (prob <= 0) return;
  PlaceList& list = scratch.list;
  list.n = toss(plan.stream[crisis], block.place.first_tile, block.place.n, static_cast<float>(prob), list.places);
  std::uint8_t* knows = block.column(knows_);
  const auto bit = static_cast<std::uint8_t>(1u << crisis);
  const bool hurts = satisfaction_->exists() && c.brand == focal_ && c.options->satisfaction_loss > 0;
  const auto loss = static_cast<float>(c.options->satisfaction_loss * plan.strength[crisis]);
  for (std::uint32_t k = 0; k < list.n; ++k) {
    const std::uint32_t place = list.places[k];
    if ((knows[place] & bit) != 0) continue;
    knows[place] = static_cast<std::uint8_t>(knows[place] | bit);
    ++row[heard_ + crisis];
    if (hurts) satisfaction_->set(block, place, std::max(-1.0f, satisfaction_->level(block, place) - loss));
    if (scratch.trace != nullptr && scratch.trace->place == place)
      scratch.trace->note("crises", c.options->name,
                          plan.breaks_out[crisis] != 0 ? "hears of it as it breaks out" : "hears of it from others",
                          {{"chance", prob}, {"strength", plan.strength[crisis]}});
  }
}

void Crises::at_occasion(const CrisesPlan& plan, const BlockView& block, BlockScratch& scratch) const {
  if (!any()) return;
  const std::uint8_t* knows = block.column(knows_);
  for (std::size_t c = 0; c < crises_.size(); ++c) {
    const auto loss = static_cast<float>(crises_[c].options->utility_loss * plan.strength[c]);
    if (loss <= 0) continue;
    float* deviation = scratch.deviation[crises_[c].brand].data();
    for (std::uint32_t k = 0; k < scratch.list.n; ++k)
      if ((knows[scratch.list.places[k]] >> c & 1) != 0) deviation[k] -= loss;
  }
}

void Crises::end_step(CrisesState& state, std::int32_t step, std::span<std::int64_t> rows, std::size_t row_size,
                      std::span<std::int64_t> totals) const {
  const std::size_t n = crises_.size();
  for (std::size_t cell = 0; n > 0 && cell * row_size < rows.size(); ++cell)
    for (std::size_t c = 0; c < n; ++c) {
      std::int64_t* row = rows.data() + cell * row_size;
      row[known_ + c] = state.known[cell * n + c] += row[heard_ + c];
    }
  for (std::size_t c = 0; c < n; ++c)
    if (step == crises_[c].reply) totals[cost_ + c] = to_micros(crises_[c].options->reply_money);
}

void Crises::add_kpis(MeasureRegistry& registry) const {
  for (std::size_t c = 0; c < crises_.size(); ++c) {
    const std::string& name = crises_[c].options->name;
    registry.add(Kpi{"crisis",
                     name,
                     "awareness",
                     "%",
                     "share of all people who have heard of the crisis at the end",
                     {{"crisis_known", {c}}},
                     {{"consumers", {0}}},
                     100,
                     0});
    if (crises_[c].reply >= 0)
      registry.add(Kpi{"crisis",
                       name,
                       "reply_cost",
                       options_->run.currency,
                       "cost of the answer",
                       {{"crisis_reply_cost", {c}}},
                       {},
                       1,
                       0});
  }
}

}  // namespace populace
