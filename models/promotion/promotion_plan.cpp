#include "models/promotion/promotion_plan.hpp"

#include <algorithm>
#include <utility>

#include "models/names.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {
namespace {

bool names(const std::vector<std::string>& list, const std::string& name) {
  return list.empty() || std::find(list.begin(), list.end(), name) != list.end();
}

// P(N >= least), N ~ Poisson(mean).
double poisson_at_least(std::int64_t least, double mean) {
  double term = exact_exp(-mean), below = 0;
  for (std::int64_t n = 0; n < least; ++n) {
    below += term;
    term *= mean / static_cast<double>(n + 1);
  }
  return std::clamp(1 - below, 0., 1.);
}

bool is_public(const PromotionOptions& promotion) {
  return promotion.members_of.empty() && (promotion.kind == "discount" || promotion.kind == "flash" ||
                                          promotion.kind == "group" || promotion.kind == "spend_and_save");
}

}  // namespace

void PromotionState::save(ByteWriter& out) const {
  out.put(window);
  out.put(units);
  out.put(spent);
  out.put(seekers);
  out.put(coupons_held);
  out.put(points_held);
}

void PromotionState::load(ByteReader& in) {
  in.get(window);
  in.get(units);
  in.get(spent);
  in.get(seekers);
  in.get(coupons_held);
  in.get(points_held);
}

PromotionPlanner::PromotionPlanner(const MarketOptions& options, std::vector<std::int64_t> consumers_by_cell)
    : options_(&options),
      n_(options.promotions.size()),
      n_brands_(options.brands.size()),
      n_cells_(options.regions.size() * options.segments.size()),
      n_regions_(options.regions.size()),
      n_segments_(options.segments.size()),
      scale_(static_cast<double>(options.run.consumers) / options.run.market_size_people),
      consumers_(std::move(consumers_by_cell)) {
  std::int64_t all = 0;
  for (const std::int64_t n : consumers_) {
    first_rank_.push_back(all);
    all += n;
  }
  for (const PromotionOptions& promotion : options.promotions) {
    auto& brands = brands_.emplace_back();
    for (const std::string& name : promotion.brands) brands.push_back(index_of(options.brands, name));
    auto& entitled = entitled_.emplace_back();
    auto& before = before_.emplace_back();
    std::int64_t sum = 0;
    for (std::size_t cell = 0; cell < n_cells_; ++cell) {
      before.push_back(sum);
      entitled.push_back(names(promotion.regions, options.regions[cell / n_segments_].name) &&
                         names(promotion.segments, options.segments[cell % n_segments_].name));
      if (entitled.back() != 0) sum += consumers_[cell];
    }
    before.push_back(sum);
  }
}

PromotionState PromotionPlanner::make_state() const {
  PromotionState state;
  state.window.assign(n_, -1);
  state.units.assign(n_, 0);
  state.spent.assign(n_, 0);
  state.seekers.assign(n_ * n_regions_, 0);
  state.coupons_held.assign(n_ * n_cells_, 0);
  state.points_held.assign(n_ * n_cells_, 0);
  return state;
}

std::int64_t PromotionPlanner::window_of(std::size_t promotion, std::int32_t step) const {
  const PromotionOptions& o = options_->promotions[promotion];
  const double week = step * options_->run.weeks_per_step() + 1e-9;
  if (!o.enabled || step < 0 || week < o.start_week) return -1;
  const double length = o.end_week > 0 ? o.end_week - o.start_week : 1e9;
  const auto number = o.every_weeks > 0 ? static_cast<std::int64_t>((week - o.start_week) / o.every_weeks) : 0;
  return week < o.start_week + static_cast<double>(number) * o.every_weeks + length ? number : -1;
}

bool PromotionPlanner::runs(std::size_t promotion, std::int32_t step) const { return window_of(promotion, step) >= 0; }

void PromotionPlanner::plan_depths(PromotionPlan& plan, const std::vector<double>& price) const {
  plan.depth.assign(n_ * n_brands_, 0);
  plan.bundle.assign(n_ * n_brands_, 0);
  for (std::size_t p = 0; p < n_; ++p)
    for (const std::size_t b : brands_[p]) {
      const PromotionOptions& o = options_->promotions[p];
      if (!o.cuts_price() || price[b] <= 0) continue;
      double& depth = plan.depth[p * n_brands_ + b];
      depth = o.depth_share;
      if (o.kind != "spend_and_save") continue;
      const double units =
          std::max(1., static_cast<double>(static_cast<std::int64_t>(o.threshold_money / price[b] + (1 - 1e-9))));
      plan.bundle[p * n_brands_ + b] = static_cast<std::uint8_t>(std::min(255., units));
      depth = std::min(1., o.save_money / (units * price[b]));
    }
}

void PromotionPlanner::plan_terms(const PromotionState& state, PromotionPlan& plan) const {
  plan.term_prob.assign(n_ * n_regions_, 1);
  for (std::size_t p = 0; p < n_; ++p)
    for (std::size_t r = 0; r < n_regions_; ++r) {
      const PromotionOptions& o = options_->promotions[p];
      double& prob = plan.term_prob[p * n_regions_ + r];
      if (o.kind == "flash") prob = o.hours_per_week / 168;
      if (o.kind == "spend_and_save") prob = o.bundle_prob;
      if (o.kind == "referral") prob = o.referred_share;
      if (o.kind != "group") continue;
      // A group is open for a week: by days, for seven times as many as looked in the last step.
      const double weekly = state.seekers[p * n_regions_ + r] / options_->run.weeks_per_step();
      prob = poisson_at_least(o.group_people - 1, o.circle_people * weekly);
    }
}

std::int64_t PromotionPlanner::room(const PromotionState& state, const PromotionPlan& plan, std::size_t promotion,
                                    std::int32_t step, const std::vector<double>& price) const {
  const PromotionOptions& o = options_->promotions[promotion];
  std::int64_t left = -1;
  if (o.limit_units > 0) {
    const std::int64_t sold = state.window[promotion] == window_of(promotion, step) ? state.units[promotion] : 0;
    left = std::max<std::int64_t>(0, static_cast<std::int64_t>(o.limit_units * scale_ + 1e-6) - sold);
  }
  if (o.budget_money <= 0) return left;
  Micros most = 0;
  for (const std::size_t b : brands_[promotion])
    most = std::max(most, to_micros(price[b] * plan.depth[promotion * n_brands_ + b]) + 1 + to_micros(o.gift_money));
  const Micros money = std::max<Micros>(0, to_micros(o.budget_money * scale_) - state.spent[promotion]);
  const std::int64_t units = money / most;
  return left < 0 ? units : std::min(left, units);
}

void PromotionPlanner::begin_step(const PromotionState& state, PromotionPlan& plan, const std::vector<double>& price,
                                  std::int32_t step) const {
  plan_depths(plan, price);
  plan_terms(state, plan);
  plan.live.assign(n_cells_, 0);
  plan.usable.assign(n_cells_, 0);
  plan.room.assign(n_, -1);
  plan.held.assign(n_ * n_cells_, 0);
  for (std::size_t p = 0; p < n_; ++p) {
    const PromotionOptions& o = options_->promotions[p];
    const bool live = runs(p, step);
    plan.room[p] = room(state, plan, p, step, price);
    for (std::size_t cell = 0; cell < n_cells_; ++cell) {
      const std::uint32_t bit = 1u << p;
      const bool held = state.coupons_held[cell * n_ + p] > 0 || state.points_held[cell * n_ + p] > 0;
      plan.held[cell * n_ + p] = o.coupon() && held;
      if (live && entitled_[p][cell] != 0) plan.live[cell] |= bit;
      const bool usable = o.coupon() ? held || (plan.live[cell] & bit) != 0 : (plan.live[cell] & bit) != 0;
      if (usable && o.kind != "commission") plan.usable[cell] |= bit;
    }
  }
}

double PromotionPlanner::public_depth(const PromotionPlan& plan, std::size_t brand) const {
  double deepest = 0;
  for (std::size_t p = 0; p < n_; ++p) {
    const bool live =
        std::any_of(plan.live.begin(), plan.live.end(), [p](std::uint32_t bits) { return (bits >> p & 1) != 0; });
    if (live && is_public(options_->promotions[p])) deepest = std::max(deepest, plan.depth[p * n_brands_ + brand]);
  }
  return deepest;
}

std::int64_t PromotionPlanner::room_of(const PromotionPlan& plan, std::size_t promotion,
                                       const BlockPlace& place) const {
  const std::int64_t room = plan.room[promotion], all = before_[promotion].back();
  if (room <= 0 || entitled_[promotion][place.cell] == 0) return 0;
  const std::int64_t from = before_[promotion][place.cell] + place.first_rank - first_rank_[place.cell];
  const auto upto = [&](std::int64_t rank) {
    return rank == all ? room
                       : static_cast<std::int64_t>(static_cast<double>(room) *
                                                   (static_cast<double>(rank) / static_cast<double>(all)));
  };
  return upto(from + place.n) - upto(from);
}

void PromotionPlanner::end_step(PromotionState& state, const PromotionSlots& slots, std::int32_t step,
                                std::span<std::int64_t> cells, std::size_t row_size,
                                const std::vector<double>& price) const {
  for (std::size_t p = 0; p < n_; ++p) {
    const PromotionOptions& o = options_->promotions[p];
    if (const std::int64_t window = window_of(p, step); window >= 0 && window != state.window[p]) {
      state.window[p] = window;
      state.units[p] = 0;
    }
    std::vector<std::int64_t> seekers(n_regions_), people(n_regions_);
    for (std::size_t cell = 0; cell < n_cells_; ++cell) {
      std::int64_t* row = cells.data() + cell * row_size;
      state.units[p] += row[slots.units + p];
      state.spent[p] += row[slots.given + p];
      if (o.kind == "group") seekers[cell / n_segments_] += row[slots.seekers + p];
      people[cell / n_segments_] += consumers_[cell];
      if (o.coupon()) {
        std::int64_t& held = state.coupons_held[cell * n_ + p];
        held += row[slots.issued + p] - row[slots.redeemed + p] - row[slots.expired + p];
        row[slots.held + p] = held;
      }
      if (!o.points()) continue;
      std::int64_t& points = state.points_held[cell * n_ + p];
      points += row[slots.earned + p] - row[slots.spent + p];
      row[slots.points + p] = points;
      row[slots.liability + p] = to_micros(static_cast<double>(points) / static_cast<double>(o.reward_points) *
                                           o.depth_share * price[brands_[p].front()]);
    }
    for (std::size_t r = 0; r < n_regions_; ++r)
      state.seekers[p * n_regions_ + r] =
          people[r] > 0 ? static_cast<double>(seekers[r]) / static_cast<double>(people[r]) : 0;
  }
}

}  // namespace populace
