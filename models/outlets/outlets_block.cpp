// What outlets do at the occasions of a block.
#include <algorithm>

#include "models/names.hpp"
#include "models/outlets/outlets.hpp"
#include "sim/random/batch.hpp"

namespace populace {
namespace {

constexpr float kNowhere = 1e-9f;  // inclusive value of no outlet at all: -20.7

}  // namespace

// e^V of the occasions in the list, but for doubt.
void Outlets::weigh(std::size_t o, const Occasion& at) const {
  const PlaceList& list = at.scratch.list;
  const Outlet& outlet = outlets_[o];
  const std::uint32_t cell = at.block.place.cell;
  const std::size_t n_segments = options_->segments.size();
  float* weight = at.scratch.outlet_weight[o].data();
  std::fill_n(weight, list.n, at.plan.weight[o * n_segments + cell % n_segments]);
  if (!outlet.near.empty()) {
    const DistanceTable& near = outlet.near[cell / n_segments];
    const std::uint8_t* code = at.block.column(shared_->distance);
    for (std::uint32_t k = 0; k < list.n; ++k) weight[k] *= near[code[list.places[k]]];
  }
  if (!outlet.members.empty()) {
    const std::uint16_t* members = at.block.column(shared_->members);
    for (const auto& [channel, factor] : outlet.members)
      for (std::uint32_t k = 0; k < list.n; ++k) weight[k] *= (members[list.places[k]] & channel) != 0 ? factor : 1;
  }
  if (options_->retail.taste_sigma <= 0) return;
  draw_words_at(make_stream(traits_->key(at.key), reason(Purpose::kOutletTaste, outlet.options->name)),
                at.block.place.first_tile, list.places, list.n, at.scratch.list_words);
  for (std::uint32_t k = 0; k < list.n; ++k) weight[k] *= outlet.lasting[at.scratch.list_words[k] >> 24];
}

// The same hour for all outlets: who is open longer is open whenever the others are.
void Outlets::close_by_hours(const Occasion& at) const {
  const PlaceList& list = at.scratch.list;
  draw_words_at(make_stream(at.key, reason(Purpose::kHour, 0u, at.step, at.number)), at.block.place.first_tile,
                list.places, list.n, at.scratch.list_words);
  for (std::size_t o = 0; o < outlets_.size(); ++o)
    for (std::uint32_t k = 0; k < list.n; ++k)
      if (unit_double(at.scratch.list_words[k]) >= outlets_[o].options->open_share) at.scratch.outlet_weight[o][k] = 0;
}

void Outlets::try_goods(const Occasion& at) const {
  const PlaceList& list = at.scratch.list;
  for (std::size_t o = 0; o < outlets_.size(); ++o) {
    const OutletOptions& outlet = *outlets_[o].options;
    if (outlet.trial_prob <= 0 || (outlets_[o].brands >> focal_ & 1) == 0) continue;
    const auto utility = static_cast<float>(outlet.trial_utility * options_->retail.visibility);
    draw_words_at(make_stream(at.key, reason(Purpose::kTrial, outlet.name, at.step, at.number)),
                  at.block.place.first_tile, list.places, list.n, at.scratch.list_words);
    for (std::uint32_t k = 0; k < list.n; ++k) {
      if (at.scratch.tried[k] != 0 || at.scratch.outlet_weight[o][k] <= 0 ||
          unit_double(at.scratch.list_words[k]) >= outlet.trial_prob)
        continue;
      at.scratch.tried[k] = static_cast<std::uint8_t>(o + 1);
      at.scratch.deviation[focal_][k] += utility;
      ++at.row[counts_.trials + o];
      if (traced(at, k))
        at.scratch.trace->note("outlets", outlet.name, "tries the goods",
                               {{"chance", outlet.trial_prob},
                                {"draw", unit_double(at.scratch.list_words[k])},
                                {"utility", static_cast<double>(utility)}});
    }
  }
}

// Who has tried the goods at this occasion asks for no trust.
void Outlets::doubt(const Occasion& at) const {
  const PlaceList& list = at.scratch.list;
  const std::string& segment = options_->segments[at.block.place.cell % options_->segments.size()].name;
  const double share = options_->retail.distrust_share.of(segment);
  if (share <= 0) return;
  draw_words_at(make_stream(traits_->key(at.key), reason(Purpose::kTrust, 0u)), at.block.place.first_tile, list.places,
                list.n, at.scratch.list_words);
  for (std::size_t o = 0; o < outlets_.size(); ++o) {
    const OutletOptions& outlet = *outlets_[o].options;
    if (outlet.trust >= 1 || outlet.physical()) continue;
    for (std::uint32_t k = 0; k < list.n; ++k) {
      const double u = unit_double(at.scratch.list_words[k]);
      if (u < share && u > share * outlet.trust && at.scratch.tried[k] == 0) at.scratch.outlet_weight[o][k] *= doubt_;
    }
  }
}

void Outlets::add_access(const Occasion& at) const {
  const PlaceList& list = at.scratch.list;
  const auto slope = static_cast<float>(options_->retail.access_utility),
             base = static_cast<float>(options_->retail.base_access);
  float* sum = at.scratch.outlet_race[0].data();  // not in use yet
  for (std::size_t b = 0; b < options_->brands.size(); ++b) {
    if ((carried_ >> b & 1) == 0) continue;
    std::fill_n(sum, list.n, kNowhere);
    for (std::size_t o = 0; o < outlets_.size(); ++o)
      for (std::uint32_t k = 0; k < list.n && (outlets_[o].brands >> b & 1) != 0; ++k)
        sum[k] += at.scratch.outlet_weight[o][k];
    log_all(sum, list.n, sum);
    for (std::uint32_t k = 0; k < list.n; ++k) at.scratch.deviation[b][k] += slope * (sum[k] - base);
  }
}

void Outlets::reach(const OutletsPlan& plan, DrawKey key, std::int32_t step, std::uint32_t occasion,
                    const BlockView& block, BlockScratch& scratch, std::int64_t* row) const {
  if (!enabled()) return;
  const Occasion at{plan, key, step, occasion, block, scratch, row};
  std::fill_n(scratch.tried.data(), scratch.list.n, std::uint8_t{0});
  for (std::size_t o = 0; o < outlets_.size(); ++o) weigh(o, at);
  if (hours_) close_by_hours(at);
  const bool returns = occasion == kReturnOccasion;  // decided before
  if (!returns) try_goods(at);
  if (trust_) doubt(at);
  if (!returns && options_->retail.access_utility > 0) add_access(at);
}

// Times of an exponential race with rates e^V: the first to come is the logit's choice.
void Outlets::race(const Occasion& at) const {
  const PlaceList& list = at.scratch.list;
  for (std::size_t o = 0; o < outlets_.size(); ++o) {
    float* time = at.scratch.outlet_race[o].data();
    draw_words_at(make_stream(at.key, reason(Purpose::kOutletRace, outlets_[o].options->name, at.step, at.number)),
                  at.block.place.first_tile, list.places, list.n, at.scratch.list_words);
    for (std::uint32_t k = 0; k < list.n; ++k) time[k] = 1 - unit_float(at.scratch.list_words[k]);
    log_all(time, list.n, time);
  }
}

bool Outlets::traced(const Occasion& at, std::uint32_t k) const {
  return at.scratch.trace != nullptr && at.scratch.trace->place == at.scratch.list.places[k];
}

// Outlet of a chosen brand, or -1: nothing that can be used.
int Outlets::pick(const Occasion& at, std::uint32_t k) const {
  const std::size_t region = at.block.place.cell / options_->segments.size();
  const std::uint64_t id = std::uint64_t{at.block.place.first_tile} * kTileSize + at.scratch.list.places[k];
  std::uint32_t left = 0;
  for (std::size_t o = 0; o < outlets_.size(); ++o)
    if ((outlets_[o].brands >> at.scratch.chosen[k] & 1) != 0 && at.scratch.outlet_weight[o][k] > 0) left |= 1u << o;
  while (left != 0) {
    std::size_t first = kMaxOutlets;
    float soonest = 0;
    for (std::size_t o = 0; o < outlets_.size(); ++o) {
      if ((left >> o & 1) == 0) continue;
      const float time = -at.scratch.outlet_race[o][k] / at.scratch.outlet_weight[o][k];
      if (first < kMaxOutlets && time >= soonest) continue;
      first = o;
      soonest = time;
    }
    const double chance = at.plan.in_stock[first * options_->regions.size() + region];
    if (!outlets_[first].limited) return static_cast<int>(first);
    const DrawReason why = reason(Purpose::kStock, outlets_[first].options->name, at.step, at.number);
    const double u = unit_double(draw_word(at.key, why, id));
    if (u < chance) return static_cast<int>(first);
    ++at.row[counts_.stockouts + first];
    if (traced(at, k))
      at.scratch.trace->note("outlets", outlets_[first].options->name, "out of stock",
                             {{"chance to be in stock", chance}, {"draw", u}});
    left &= ~(1u << first);
  }
  return -1;
}

// The consumer had decided: he stays "chosen".
void Outlets::abandon(const Occasion& at, std::uint32_t k, bool recorded) const {
  const std::uint32_t place = at.scratch.list.places[k];
  if (static_cast<std::size_t>(at.scratch.chosen[k]) == focal_) {
    for (const Event event : {Event::kChosen, Event::kAbandoned})
      if (stages_->keeps(event, at.scratch, place))
        at.scratch.events.push_back({place, static_cast<std::uint32_t>(event), at.number});
    if (recorded) win_back_.open(at.block, place);
  }
  at.scratch.chosen[k] = -1;
}

void Outlets::buy(const Occasion& at, std::uint32_t k) const {
  const int o = pick(at, k);
  at.scratch.outlet[k] = static_cast<std::int8_t>(o);
  if (o < 0) {
    ++at.row[counts_.nowhere];
    if (traced(at, k)) at.scratch.trace->note("outlets", "", "no outlet can be used: the order is lost");
    return abandon(at, k, false);
  }
  const auto outlet = static_cast<std::size_t>(o);
  const std::size_t n_segments = options_->segments.size();
  const std::uint32_t place = at.scratch.list.places[k], cell = at.block.place.cell;
  Walker walker;
  walker.population = traits_->key(at.key);
  walker.id = std::uint64_t{at.block.place.first_tile} * kTileSize + place;
  walker.region = cell / n_segments;
  walker.segment = cell % n_segments;
  if (shared_->distance.exists()) walker.distance = at.block.column(shared_->distance)[place];
  walker.u = unit_double(at.scratch.list_words[k]);
  ++at.row[counts_.begun + outlet];
  double completed = 1;
  const int step = paths_.walk(outlet, at.plan.mismatch, walker, completed);
  if (traced(at, k))
    at.scratch.trace->note(
        "outlets", outlets_[outlet].options->name,
        step < 0 ? "order completed" : "order abandoned at " + paths_.step_names()[static_cast<std::size_t>(step)],
        {{"chance to come so far", completed}, {"draw", walker.u}});
  if (step >= 0) {
    ++at.row[counts_.abandoned_at(outlet, static_cast<std::size_t>(step))];
    return abandon(at, k, paths_.recorded(outlet));
  }
  ++at.row[counts_.completed + outlet];
  at.scratch.paid_share[k] *= at.plan.price_factor[outlet];
}

void Outlets::run(const OutletsPlan& plan, DrawKey key, std::int32_t step, std::uint32_t occasion,
                  const BlockView& block, BlockScratch& scratch, std::int64_t* row) const {
  if (!enabled()) return;
  const Occasion at{plan, key, step, occasion, block, scratch, row};
  const PlaceList& list = scratch.list;
  if (occasion == kReturnOccasion) {
    std::fill_n(scratch.chosen.data(), list.n, static_cast<std::int32_t>(focal_));
    std::fill_n(scratch.considered.data(), list.n, 1u << focal_);
  }
  race(at);
  draw_words_at(make_stream(key, reason(Purpose::kPath, 0u, step, occasion)), block.place.first_tile, list.places,
                list.n, scratch.list_words);
  for (std::uint32_t k = 0; k < list.n; ++k)
    if (scratch.chosen[k] >= 0 && (carried_ >> scratch.chosen[k] & 1) != 0) buy(at, k);
}

void Outlets::book(const OutletsPlan& plan, const std::vector<double>& price, std::uint32_t occasion,
                   const BlockView& block, BlockScratch& scratch, std::int64_t* row) const {
  if (!enabled()) return;
  for (std::uint32_t k = 0; k < scratch.list.n; ++k) {
    if (scratch.chosen[k] < 0) continue;
    const auto brand = static_cast<std::size_t>(scratch.chosen[k]);
    if (brand == focal_) win_back_.close(block, scratch.list.places[k], occasion == kReturnOccasion, row);
    if (scratch.outlet[k] < 0) continue;
    const auto outlet = static_cast<std::size_t>(scratch.outlet[k]);
    counts_.book(outlet, brand == focal_, scratch.units[k], price[brand], scratch.paid_share[k], plan.hours[outlet],
                 row);
  }
}

bool Outlets::take_up(DrawKey key, std::int32_t step, const BlockView& block, BlockScratch& scratch,
                      std::int64_t* row) const {
  if (!enabled() || !win_back_.enabled()) return false;
  win_back_.remind(key, step, block, block.column(traits_->need_code()), scratch, row);
  return scratch.list.n > 0;
}

}  // namespace populace
