#include "models/promotion/promotions.hpp"

#include <algorithm>
#include <bit>

#include "models/after/payment.hpp"
#include "models/names.hpp"
#include "sim/random/batch.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {
namespace {

constexpr std::uint8_t kMostUnits = 60;  // of one order

// 1 + Poisson(mean), by inversion.
std::uint8_t quantity(double mean, double u) {
  double term = exact_exp(-mean), cumulated = term;
  std::uint8_t more = 0;
  while (more + 1 < kMostUnits && u >= cumulated) {
    ++more;
    term *= mean / more;
    cumulated += term;
  }
  return static_cast<std::uint8_t>(1 + more);
}

}  // namespace

bool Promotions::entitled(std::size_t promotion, const BlockView& block, std::uint32_t place) const {
  const std::uint16_t members = promotions_[promotion].members;
  return members == 0 || (block.column(shared_->members)[place] & members) != 0;
}

// Bits of scratch.promotions: who notices it and may have it.
void Promotions::notice(std::size_t p, const PromotionPlan& plan, OccasionAt at, const BlockView& block,
                        const std::uint16_t* bought, BlockScratch& scratch, std::int64_t* row) const {
  const PromotionOptions& o = options_->promotions[p];
  const Promotion& promotion = promotions_[p];
  const PlaceList& list = scratch.list;
  std::uint8_t noticed[kBlockSize];
  for (std::uint32_t k = 0; k < list.n; ++k) {
    const std::uint32_t i = list.places[k];
    noticed[k] = o.coupon() ? block.column(promotion.coupon)[i] != 0 : entitled(p, block, i);
    if (o.kind == "referral") noticed[k] = noticed[k] != 0 && (bought[i] & promotion.brands) == 0;
  }
  const auto toss = [&](Purpose purpose, double prob) {
    if (prob >= 1) return;
    draw_words_at(make_stream(at.key, reason(purpose, o.name, at.step, at.occasion)), block.place.first_tile,
                  list.places, list.n, scratch.list_words);
    for (std::uint32_t k = 0; k < list.n; ++k)
      noticed[k] = static_cast<std::uint8_t>(noticed[k] & (unit_double(scratch.list_words[k]) < prob));
  };
  toss(Purpose::kPromotionSeen, o.seen_prob);
  if (o.coupon()) toss(Purpose::kCarryCoupon, o.carry_prob);
  if (o.kind == "group") row[slots_.seekers + p] += std::count(noticed, noticed + list.n, std::uint8_t{1});
  const std::size_t region = block.place.cell / options_->segments.size();
  toss(Purpose::kPromotionTerm, plan.term_prob[p * options_->regions.size() + region]);
  const bool sold_out = plan.room[p] >= 0 && scratch.promotion_room[p] <= 0;
  for (std::uint32_t k = 0; k < list.n && !sold_out; ++k) scratch.promotions[k] |= std::uint32_t{noticed[k]} << p;
}

// Of display, gift, progress to a reward and tier.
float Promotions::added_utility(std::size_t p, const BlockView& block, std::uint32_t place, float display_gain) const {
  const PromotionOptions& o = options_->promotions[p];
  double sum = o.display_utility * static_cast<double>(display_gain);
  if (o.kind == "gift") sum += o.gift_utility;
  if (!o.points()) return static_cast<float>(sum);
  const double progress = block.column(promotions_[p].points)[place] / static_cast<double>(o.reward_points);
  sum += o.progress_utility * std::min(1., progress);
  const double units = block.column(promotions_[p].bought)[place];
  for (std::size_t t = o.tier_units.size(); t > 0; --t)
    if (units >= o.tier_units[t - 1]) return static_cast<float>(sum + o.tier_utility[t - 1]);
  return static_cast<float>(sum);
}

int Promotions::deepest(const PromotionPlan& plan, std::uint32_t noticed, std::size_t brand) const {
  int best = -1;
  double depth = 0;
  for (; noticed != 0; noticed &= noticed - 1) {
    const auto p = static_cast<std::size_t>(std::countr_zero(noticed));
    if ((promotions_[p].brands >> brand & 1) == 0 || plan.depth[p * n_brands_ + brand] <= depth) continue;
    depth = plan.depth[p * n_brands_ + brand];
    best = static_cast<int>(p);
  }
  return best;
}

// Promotions of which the reward is not ready are noticed all the same, but cut no price.
std::uint32_t Promotions::price_bits(std::uint32_t noticed, const BlockView& block, std::uint32_t place) const {
  for (std::uint32_t left = noticed & points_; left != 0; left &= left - 1) {
    const auto p = static_cast<std::size_t>(std::countr_zero(left));
    if (block.column(promotions_[p].points)[place] < options_->promotions[p].reward_points) noticed &= ~(1u << p);
  }
  return noticed;
}

void Promotions::offer(const PromotionPlan& plan, const ChoicePlan& choice, OccasionAt at, const BlockView& block,
                       const std::uint16_t* bought, BlockScratch& scratch, std::int64_t* row) const {
  const std::uint32_t usable = any_ ? plan.usable[block.place.cell] : 0;
  scratch.offers = usable != 0;
  if (!scratch.offers) return;
  const PlaceList& list = scratch.list;
  std::fill_n(scratch.promotions.data(), list.n, 0u);
  for (std::uint32_t left = usable; left != 0; left &= left - 1)
    notice(static_cast<std::size_t>(std::countr_zero(left)), plan, at, block, bought, scratch, row);
  for (std::size_t b = 0; b < n_brands_; ++b) {
    float *added = scratch.offer[b].data(), *depth = scratch.seen_depth[b].data();
    std::fill_n(added, list.n, 0.f);
    std::fill_n(depth, list.n, 0.f);
    for (std::uint32_t k = 0; k < list.n; ++k) {
      const std::uint32_t noticed = scratch.promotions[k] & of_brand_[b], i = list.places[k];
      if (noticed == 0) continue;
      const float gain = options_->choice.impulse.enabled && scratch.impulse[k] != 0
                             ? static_cast<float>(options_->choice.impulse.display_gain)
                             : 1;
      for (std::uint32_t left = noticed; left != 0; left &= left - 1)
        added[k] += added_utility(static_cast<std::size_t>(std::countr_zero(left)), block, i, gain);
      const int best = deepest(plan, price_bits(noticed, block, i), b);
      if (best < 0) continue;
      depth[k] = static_cast<float>(plan.depth[static_cast<std::size_t>(best) * n_brands_ + b]);
      // A reward is worth its depth of one unit; so is everything else of each unit that is bought.
      added[k] += scratch.price_slope[k] * (1 + choice.price_deviation[b]) * depth[k];
    }
  }
}

// In turn, beginning at another place in every step, so that the last units fall to no one in particular.
void Promotions::reserve(const PromotionPlan& plan, OccasionAt at, const BlockView& block,
                         BlockScratch& scratch) const {
  if (!scratch.offers) return;
  const PlaceList& list = scratch.list;
  const std::uint32_t first =
      list.n > 0
          ? draw_word(at.key, reason(Purpose::kQuantity, 1u, at.step, at.occasion), block.place.first_tile) % list.n
          : 0;
  for (std::uint32_t turn = 0; turn < list.n; ++turn) {
    const std::uint32_t k = first + turn < list.n ? first + turn : first + turn - list.n;
    if (scratch.chosen[k] < 0) {
      scratch.promotions[k] = 0;
      continue;
    }
    const auto brand = static_cast<std::size_t>(scratch.chosen[k]);
    scratch.promotions[k] &= of_brand_[brand];
    reserve_order(plan, at, k, brand, block, scratch);
    for (std::uint32_t left = scratch.promotions[k]; left != 0; left &= left - 1) {
      const auto p = static_cast<std::size_t>(std::countr_zero(left));
      if (plan.room[p] >= 0) scratch.promotion_room[p] -= scratch.units[k];
    }
  }
}

void Promotions::reserve_order(const PromotionPlan& plan, OccasionAt at, std::uint32_t k, std::size_t brand,
                               const BlockView& block, BlockScratch& scratch) const {
  const std::uint32_t i = scratch.list.places[k];
  std::uint32_t& noticed = scratch.promotions[k];
  const int best = deepest(plan, price_bits(noticed, block, i), brand);
  std::int64_t units = 1, most = 1 + std::max<std::int64_t>(0, stock_->room(block, i));
  if (best >= 0) {
    const auto p = static_cast<std::size_t>(best);
    const PromotionOptions& o = options_->promotions[p];
    const double depth = plan.depth[p * n_brands_ + brand];
    units = std::max<std::int64_t>(1, plan.bundle[p * n_brands_ + brand]);
    if (o.units_per_depth > 0) {
      const std::uint64_t id = std::uint64_t{block.place.first_tile} * kTileSize + i;
      const double u = unit_double(draw_word(at.key, reason(Purpose::kQuantity, o.name, at.step, at.occasion), id));
      units = std::max<std::int64_t>(units, quantity(o.units_per_depth * depth, u));
    }
    if (plan.bundle[p * n_brands_ + brand] == 0) units = std::min(units, most);
  }
  // What is limited goes in whole orders, or, beyond one unit, as far as it lasts.
  bool sold_out = false;
  for (std::uint32_t left = noticed; left != 0; left &= left - 1) {
    const auto p = static_cast<std::size_t>(std::countr_zero(left));
    if (plan.room[p] < 0) continue;
    const bool bundle = plan.bundle[p * n_brands_ + brand] > 1;
    if (scratch.promotion_room[p] < (bundle ? units : 1)) {
      noticed &= ~(1u << p);
      sold_out = sold_out || static_cast<int>(p) == best || options_->promotions[p].kind == "gift";
    } else {
      units = std::min(units, scratch.promotion_room[p]);
    }
  }
  if (sold_out) {
    noticed = 0;
    units = 1;
    scratch.chosen[k] = scratch.chosen_without[k];
  }
  scratch.units[k] = static_cast<std::uint8_t>(units);
}

// As a price that is lower there by the depth.
void Promotions::draw_to_outlets(const PromotionPlan& plan, BlockScratch& scratch) const {
  if (!scratch.offers || in_outlets_ == 0) return;
  for (std::uint32_t k = 0; k < scratch.list.n; ++k) {
    if (scratch.chosen[k] < 0) continue;
    for (std::uint32_t left = scratch.promotions[k] & in_outlets_; left != 0; left &= left - 1) {
      const auto p = static_cast<std::size_t>(std::countr_zero(left));
      const double depth = plan.depth[p * n_brands_ + static_cast<std::size_t>(scratch.chosen[k])];
      const auto factor = static_cast<float>(exact_exp(options_->retail.price_utility * depth));
      for (std::uint64_t outlets = promotions_[p].outlets; outlets != 0; outlets &= outlets - 1)
        scratch.outlet_weight[static_cast<std::size_t>(std::countr_zero(outlets))][k] *= factor;
    }
  }
}

void Promotions::settle(const PromotionPlan& plan, OccasionAt at, const std::vector<double>& price,
                        const BlockView& block, const std::uint16_t* bought, BlockScratch& scratch,
                        std::int64_t* row) const {
  if (!any_) return;
  const PlaceList& list = scratch.list;
  for (std::uint32_t k = 0; k < list.n; ++k) {
    const bool ordered = scratch.chosen[k] >= 0;
    std::uint32_t applied = 0;
    for (std::uint32_t left = scratch.offers ? scratch.promotions[k] : 0; left != 0; left &= left - 1) {
      const auto p = static_cast<std::size_t>(std::countr_zero(left));
      const std::uint64_t outlets = promotions_[p].outlets;
      const bool here = outlets == 0 || scratch.outlet[k] < 0 || (outlets >> scratch.outlet[k] & 1) != 0;
      if (ordered && here) applied |= 1u << p;
      if (ordered && !here) ++row[slots_.missed + p];
      if (!(ordered && here) && plan.room[p] >= 0) scratch.promotion_room[p] += scratch.units[k];
    }
    if (!ordered) {
      scratch.units[k] = 1;
      continue;
    }
    settle_order(plan, at, k, applied, price[static_cast<std::size_t>(scratch.chosen[k])], block, bought, scratch, row);
  }
}

void Promotions::settle_order(const PromotionPlan& plan, OccasionAt at, std::uint32_t k, std::uint32_t applied,
                              double price, const BlockView& block, const std::uint16_t* bought, BlockScratch& scratch,
                              std::int64_t* row) const {
  const std::uint32_t i = scratch.list.places[k];
  const auto brand = static_cast<std::size_t>(scratch.chosen[k]);
  const int best = deepest(plan, price_bits(applied, block, i), brand);
  if (best < 0) scratch.units[k] = 1;
  const float paid_before = scratch.paid_share[k];
  Micros given = 0;
  if (best >= 0) {
    const auto p = static_cast<std::size_t>(best);
    const double depth = plan.depth[p * n_brands_ + brand] / (options_->promotions[p].points() ? scratch.units[k] : 1);
    scratch.paid_share[k] *= static_cast<float>(1 - depth);
    given = price_reduction(price, scratch.units[k], scratch.paid_share[k]) -
            price_reduction(price, scratch.units[k], paid_before);
    if (scratch.trace != nullptr && scratch.trace->place == i)
      scratch.trace->note("promotion", options_->promotions[p].name,
                          std::to_string(scratch.units[k]) + " units below the list price",
                          {{"depth", depth}, {"bought anyway", scratch.chosen_without[k] == scratch.chosen[k]}});
  }
  const bool past_buyer = (bought[i] >> brand & 1) != 0;
  for (std::uint32_t left = applied; left != 0; left &= left - 1) {
    const auto p = static_cast<std::size_t>(std::countr_zero(left));
    if (static_cast<int>(p) == best || options_->promotions[p].kind == "gift")
      account(p, k, static_cast<int>(p) == best ? given : 0, past_buyer, scratch, row);
    else if (plan.room[p] >= 0)
      scratch.promotion_room[p] += scratch.units[k];  // noticed, and not what was taken
  }
  if (best >= 0) redeem(static_cast<std::size_t>(best), block, i, row);
  for (std::uint32_t left = after_orders_; left != 0; left &= left - 1) {
    const auto p = static_cast<std::size_t>(std::countr_zero(left));
    if ((promotions_[p].brands >> brand & 1) == 0 || (plan.live[block.place.cell] >> p & 1) == 0) continue;
    follow_order(p, at, k, best == static_cast<int>(p), price, past_buyer, block, scratch, row);
  }
}

// What is counted of an order that a promotion applied to.
void Promotions::account(std::size_t p, std::uint32_t k, Micros given, bool past_buyer, const BlockScratch& scratch,
                         std::int64_t* row) const {
  const std::int64_t units = scratch.units.values[k];
  const std::int32_t without = scratch.chosen_without.values[k];
  const bool anyway = without == scratch.chosen.values[k];
  if (options_->promotions[p].kind == "gift") given = to_micros(options_->promotions[p].gift_money);
  ++row[slots_.orders + p];
  row[slots_.units + p] += units;
  row[slots_.given + p] += given;
  ++row[(anyway ? slots_.anyway : without < 0 ? slots_.added : slots_.switched) + p];
  row[slots_.extra + p] += units - 1;
  row[slots_.past_buyers + p] += past_buyer;
  if (anyway) row[slots_.anyway_given + p] += given / units;
}

void Promotions::redeem(std::size_t p, const BlockView& block, std::uint32_t place, std::int64_t* row) const {
  const PromotionOptions& o = options_->promotions[p];
  if (o.coupon()) {
    block.column(promotions_[p].coupon)[place] = 0;
    ++row[slots_.redeemed + p];
  }
  if (!o.points()) return;
  std::uint16_t& points = block.column(promotions_[p].points)[place];
  points = static_cast<std::uint16_t>(points - o.reward_points);
  row[slots_.spent + p] += o.reward_points;
}

// Points, coupons for the next time, rewards and commissions.
void Promotions::follow_order(std::size_t p, OccasionAt at, std::uint32_t k, bool taken, double price, bool past_buyer,
                              const BlockView& block, BlockScratch& scratch, std::int64_t* row) const {
  const PromotionOptions& o = options_->promotions[p];
  const Promotion& promotion = promotions_[p];
  const std::uint32_t i = scratch.list.places[k];
  if (o.points() && entitled(p, block, i)) {
    std::uint16_t &points = block.column(promotion.points)[i], &units = block.column(promotion.bought)[i];
    const int earned = std::min<int>(scratch.units[k], 65535 - points);
    points = static_cast<std::uint16_t>(points + earned);
    units = static_cast<std::uint16_t>(std::min(65535, units + scratch.units[k]));
    row[slots_.earned + p] += earned;
  }
  if (o.kind == "referral" && taken && !past_buyer) row[slots_.cost + p] += to_micros(o.reward_money);
  if (o.kind == "commission") {
    const bool here = promotion.outlets == 0 || scratch.outlet[k] < 0 || (promotion.outlets >> scratch.outlet[k] & 1);
    if (here && entitled(p, block, i)) {
      ++row[slots_.orders + p];
      row[slots_.units + p] += scratch.units[k];
      row[slots_.cost + p] +=
          to_micros(price * scratch.units[k] * static_cast<double>(scratch.paid_share[k]) * o.commission_share);
    }
  }
  if (!o.coupon() || o.issue_to != "buyers" || block.column(promotion.coupon)[i] != 0 || !entitled(p, block, i)) return;
  const std::uint64_t id = std::uint64_t{block.place.first_tile} * kTileSize + i;
  const double u = unit_double(draw_word(at.key, reason(Purpose::kCouponAtOrder, o.name, at.step, at.occasion), id));
  if (u < o.issue_prob) give_coupon(p, block, i, scratch, row);
}

void Promotions::end_step(PromotionState& state, std::int32_t step, std::span<std::int64_t> cells, std::size_t row_size,
                          const std::vector<double>& price) const {
  if (any_) planner_.end_step(state, slots_, step, cells, row_size, price);
}

}  // namespace populace
