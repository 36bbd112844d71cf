#include "models/outlets/outlets.hpp"

#include <algorithm>

#include "models/names.hpp"
#include "models/outlets/outlet_distance.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {
namespace {

std::uint32_t brands_carried(const MarketOptions& options, const OutletOptions& outlet) {
  std::uint32_t bits = 0;
  for (std::size_t b = 0; b < options.brands.size(); ++b) {
    const std::string& name = options.brands[b].name;
    const bool listed = std::find(outlet.brands.begin(), outlet.brands.end(), name) != outlet.brands.end();
    if (outlet.brands.empty() ? !outlet.own() || name == options.run.focal_brand : listed) bits |= 1u << b;
  }
  return bits;
}

bool in_outage(const OutletOptions& outlet, double week) {
  return std::any_of(outlet.outages.begin(), outlet.outages.end(),
                     [week](const OutageOptions& o) { return week >= o.start_week && week < o.end_week; });
}

bool always_in_stock(const MarketOptions& options, const OutletOptions& outlet) {
  for (const RegionOptions& region : options.regions)
    if (outlet.units_per_week.of(region.name) > 0) return false;
  const Series& service = outlet.service_level_share;
  if (service.points.empty()) return service.constant >= 1;
  return std::all_of(service.points.begin(), service.points.end(), [](const auto& p) { return p.second >= 1; });
}

}  // namespace

Outlets::Outlets(const MarketOptions& options, const Traits& traits, const Stages& stages, const SharedColumns& shared,
                 Layout& layout, MeasureRegistry& registry)
    : options_(&options),
      traits_(&traits),
      stages_(&stages),
      shared_(&shared),
      focal_(index_of(options.brands, options.run.focal_brand)),
      paths_(options, traits),
      counts_(options, paths_, registry),
      win_back_(options, layout, registry) {
  if (!enabled()) return;
  for (std::size_t o = 0; o < options.outlets.size(); ++o) {
    const OutletOptions& given = options.outlets[o];
    Outlet& outlet = outlets_.emplace_back();
    outlet.options = &given;
    outlet.brands = given.enabled ? brands_carried(options, given) : 0;
    carried_ |= outlet.brands;
    plan_distance(outlet);
    if (options.retail.taste_sigma > 0)
      for (std::size_t code = 0; code < outlet.lasting.size(); ++code) {
        const double z = normal_quantile((static_cast<double>(code) + .5) / static_cast<double>(outlet.lasting.size()));
        outlet.lasting[code] = static_cast<float>(exact_exp(options.retail.taste_sigma * z));
      }
    for (std::size_t c = 0; c < options.owned.size() && options.owns_channels(); ++c)
      if (const double utility = given.member_utility.of(options.owned[c].name); utility != 0)
        outlet.members.emplace_back(static_cast<std::uint16_t>(1u << c), static_cast<float>(exact_exp(utility)));
    outlet.pool = o;
    for (std::size_t p = 0; p < o && given.connected && outlet.pool == o; ++p)
      if (options.outlets[p].enabled && options.outlets[p].connected) outlet.pool = p;
    outlet.limited = !always_in_stock(options, given);
    hours_ = hours_ || (given.enabled && given.open_share < 1);
    trust_ = trust_ || (given.enabled && given.trust < 1 && !given.physical());
  }
  const PerName& distrust = options.retail.distrust_share;
  trust_ = trust_ && std::any_of(options.segments.begin(), options.segments.end(),
                                 [&](const SegmentOptions& segment) { return distrust.of(segment.name) > 0; });
  doubt_ = static_cast<float>(exact_exp(-options.retail.doubt_utility));
  // Stock that is shared is short for all who share it.
  for (Outlet& outlet : outlets_)
    for (const Outlet& other : outlets_)
      if (other.pool == outlet.pool && other.limited) outlet.limited = true;
}

void Outlets::plan_distance(Outlet& outlet) const {
  if (!traits_->distance().exists() || !goes_by_distance(*options_, *outlet.options)) return;
  const double per_km = outlet.options->physical() ? options_->retail.distance_utility_per_km : 0;
  for (std::size_t r = 0; r < options_->regions.size(); ++r) {
    DistanceTable& near = outlet.near.emplace_back();
    for (std::size_t code = 0; code < near.size(); ++code) {
      const double km = outlet.options->distance_factor * static_cast<double>(traits_->distance_km(r).value[code]);
      const bool too_far = outlet.options->radius_km > 0 && km > outlet.options->radius_km;
      near[code] = too_far ? 0 : static_cast<float>(exact_exp(-per_km * km));
    }
  }
}

void Outlets::prepare(BlockScratch& scratch) const {
  scratch.outlet_weight.resize(outlets_.size());
  scratch.outlet_race.resize(outlets_.size());
}

// Before the first step nobody has asked for anything yet: what is wanted is guessed from need and structural shares.
OutletsState Outlets::make_state() const {
  const std::size_t n_regions = options_->regions.size(), n = outlets_.size() * n_regions;
  OutletsState state{std::vector<double>(n, 0), std::vector<double>(n, 0)};
  double orders = 0;  // of a consumer in a step
  for (const SegmentOptions& segment : options_->segments)
    orders += segment.share * options_->need.opportunities_per_week.of(segment.name) * options_->run.weeks_per_step() *
              (1 - options_->choice.no_purchase_share);
  for (std::size_t b = 0; b < options_->brands.size(); ++b) {
    double sellers = 0;
    for (const Outlet& outlet : outlets_) sellers += outlet.brands >> b & 1;
    for (const Outlet& outlet : outlets_)
      for (std::size_t r = 0; r < n_regions && (outlet.brands >> b & 1) != 0; ++r)
        state.wanted[outlet.pool * n_regions + r] += static_cast<double>(options_->run.consumers) *
                                                     options_->regions[r].share * orders * options_->brands[b].share /
                                                     sellers;
  }
  return state;
}

// Units that come in a step to a region, of simulated consumers.
double Outlets::supply(const Outlet& outlet, std::size_t region) const {
  const RunOptions& run = options_->run;
  if (!outlet.options->enabled) return 0;
  return outlet.options->units_per_week.of(options_->regions[region].name) * run.weeks_per_step() *
         static_cast<double>(run.consumers) / run.market_size_people;
}

void Outlets::begin_step(OutletsState& state, OutletsPlan& plan, std::int32_t step) const {
  if (!enabled()) return;
  const OutletsOptions& common = options_->retail;
  const double week = step * options_->run.weeks_per_step();
  const std::size_t n_segments = options_->segments.size(), n_regions = options_->regions.size();
  plan.weight.assign(outlets_.size() * n_segments, 0);
  plan.price_factor.assign(outlets_.size(), 1);
  plan.hours.assign(outlets_.size(), 0);
  plan.in_stock.assign(outlets_.size() * n_regions, 1);
  double lowest = 1e9, highest = 0;
  for (std::size_t o = 0; o < outlets_.size(); ++o) {
    const OutletOptions& outlet = *outlets_[o].options;
    for (std::size_t r = 0; r < n_regions; ++r) state.stock[outlets_[o].pool * n_regions + r] += supply(outlets_[o], r);
    if (!outlet.enabled || in_outage(outlet, week)) continue;
    const double factor = outlet.price_factor.at(week), days = outlet.delivery_days.at(week);
    lowest = std::min(lowest, factor);
    highest = std::max(highest, factor);
    plan.price_factor[o] = static_cast<float>(factor);
    plan.hours[o] = static_cast<std::int64_t>(24 * days + .5);
    const double utility = -common.delay_utility_per_day * days - common.price_utility * (factor - 1);
    for (std::size_t s = 0; s < n_segments; ++s)
      plan.weight[o * n_segments + s] =
          static_cast<float>(exact_exp(utility + outlet.taste.of(options_->segments[s].name)));
  }
  plan.mismatch = std::min(1.0, common.mismatch_friction * std::max(0.0, highest - lowest));
  plan_stock(state, plan, week);
}

void Outlets::plan_stock(const OutletsState& state, OutletsPlan& plan, double week) const {
  const std::size_t n_regions = options_->regions.size();
  for (std::size_t o = 0; o < outlets_.size(); ++o)
    for (std::size_t r = 0; r < n_regions; ++r) {
      const std::size_t at = outlets_[o].pool * n_regions + r;
      double chance = outlets_[o].options->service_level_share.at(week);
      if (supplied(outlets_[o].pool, r)) {
        const double stock = std::max(0.0, state.stock[at]);
        chance *= stock >= state.wanted[at] ? (stock > 0 ? 1 : 0) : stock / state.wanted[at];
      }
      plan.in_stock[o * n_regions + r] = chance;
    }
}

// Whether what a pool sells in a region is limited.
bool Outlets::supplied(std::size_t pool, std::size_t region) const {
  return std::any_of(outlets_.begin(), outlets_.end(),
                     [&](const Outlet& o) { return o.pool == pool && supply(o, region) > 0; });
}

// What was sold leaves the stock; what was wanted is what would have been sold had there been enough.
void Outlets::end_step(OutletsState& state, std::int32_t step, std::span<std::int64_t> rows, std::size_t row_size,
                       std::span<std::int64_t> totals) const {
  if (!enabled()) return;
  const std::size_t n_segments = options_->segments.size(), n_regions = options_->regions.size();
  std::fill(state.wanted.begin(), state.wanted.end(), 0);
  for (std::size_t o = 0; o < outlets_.size(); ++o)
    for (std::size_t r = 0; r < n_regions; ++r) {
      double sold = 0, begun = 0, missed = 0;
      for (std::size_t cell = r * n_segments; cell < (r + 1) * n_segments; ++cell) {
        const std::int64_t* row = rows.data() + cell * row_size;
        sold += static_cast<double>(row[counts_.orders + o]);
        begun += static_cast<double>(row[counts_.begun + o]);
        missed += static_cast<double>(row[counts_.stockouts + o]);
      }
      const std::size_t at = outlets_[o].pool * n_regions + r;
      state.stock[at] = supplied(outlets_[o].pool, r) ? state.stock[at] - sold : 0;
      state.wanted[at] += sold + missed * (begun > 0 ? sold / begun : 1);
    }
  for (std::size_t o = 0; counts_.counts_stock() && o < outlets_.size(); ++o) {
    double units = 0;
    for (std::size_t r = 0; r < n_regions; ++r) units += state.stock[o * n_regions + r];
    totals[counts_.stock + o] = static_cast<std::int64_t>(units + (units < 0 ? -.5 : .5));
  }
  counts_.end_step(step, rows, row_size, totals);
  win_back_.end_step(rows, row_size);
}

}  // namespace populace
