// Promotions as they are made: whom and what they concern, their columns, measures and figures.
#include <algorithm>

#include "models/names.hpp"
#include "models/promotion/promotions.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {
namespace {

template <class Items>
std::uint16_t bits_of(const Items& items, const std::vector<std::string>& names) {
  std::uint16_t bits = 0;
  for (const std::string& name : names) bits = static_cast<std::uint16_t>(bits | 1u << index_of(items, name));
  return bits;
}

// Bits of outlets, in a build that has them.
template <class Options>
std::uint64_t outlet_bits(const Options& options, const std::vector<std::string>& names) {
  std::uint64_t bits = 0;
  if constexpr (requires { options.outlets; })
    for (const std::string& name : names)
      for (std::size_t o = 0; o < options.outlets.size(); ++o)
        if (options.outlets[o].name == name) bits |= std::uint64_t{1} << o;
  return bits;
}

bool any_enabled(const MarketOptions& options) {
  return options.need.enabled && std::any_of(options.promotions.begin(), options.promotions.end(),
                                             [](const PromotionOptions& promotion) { return promotion.enabled; });
}

}  // namespace

Promotions::Promotions(const MarketOptions& options, std::vector<std::int64_t> consumers_by_cell,
                       const SharedColumns& shared, const HouseholdStock& stock, Layout& layout,
                       MeasureRegistry& registry)
    : options_(&options),
      shared_(&shared),
      stock_(&stock),
      planner_(options, std::move(consumers_by_cell)),
      n_(options.promotions.size()),
      n_brands_(options.brands.size()),
      any_(any_enabled(options)) {
  if (!any_) return;
  expects(n_ <= kMostPromotions, "at most 32 promotions");
  of_brand_.assign(n_brands_, 0);
  for (std::size_t p = 0; p < n_; ++p) {
    const PromotionOptions& o = options.promotions[p];
    promotions_.push_back(make(o, layout));
    if (!o.enabled) continue;
    for (std::size_t b = 0; b < n_brands_; ++b)
      if ((promotions_[p].brands >> b & 1) != 0 && o.kind != "commission") of_brand_[b] |= 1u << p;
    if (o.points()) points_ |= 1u << p;
    if (promotions_[p].outlets != 0 && options.has_outlets()) in_outlets_ |= 1u << p;
    const bool at_orders = o.points() || o.kind == "referral" || o.kind == "commission" || o.issue_to == "buyers";
    if (at_orders) after_orders_ |= 1u << p;
  }
  register_measures(registry);
  add_kpis(registry);
}

Promotions::Promotion Promotions::make(const PromotionOptions& o, Layout& layout) const {
  const MarketOptions& options = *options_;
  Promotion promotion;
  promotion.brands = bits_of(options.brands, o.brands);
  promotion.outlets = outlet_bits(options, o.outlets);
  if (!o.enabled) return promotion;
  promotion.members = bits_of(options.owned, o.members_of);
  if (o.points()) {
    promotion.points = layout.add<std::uint16_t>("points_" + o.name);
    promotion.bought = layout.add<std::uint16_t>("programme_units_" + o.name);
  }
  if (!o.coupon()) return promotion;
  const double weekly = o.issue_prob_per_week, steps = o.valid_weeks * options.run.steps_per_week();
  promotion.coupon = layout.add<std::uint8_t>("coupon_" + o.name);
  promotion.valid_steps = std::clamp(static_cast<std::int32_t>(steps + .5), 1, 255);
  promotion.issue_prob =
      static_cast<float>(weekly >= 1 ? 1 : -exact_expm1(exact_log1p(-weekly) * options.run.weeks_per_step()));
  const auto names = [](const std::vector<std::string>& list, const std::string& name) {
    return std::find(list.begin(), list.end(), name) != list.end();
  };
  for (std::size_t c = 0; c < options.campaigns.size(); ++c) {
    const CampaignOptions& campaign = options.campaigns[c];
    const bool of_brand = o.issue_campaigns.empty() && names(o.brands, campaign.brand);
    if (of_brand || names(o.issue_campaigns, campaign.name)) promotion.campaigns.push_back(c);
  }
  return promotion;
}

void Promotions::build(const BlockView& block) const {
  for (const Promotion& promotion : promotions_) {
    if (promotion.coupon.exists()) std::fill_n(block.column(promotion.coupon), block.place.n, std::uint8_t{0});
    if (!promotion.points.exists()) continue;
    std::fill_n(block.column(promotion.points), block.place.n, std::uint16_t{0});
    std::fill_n(block.column(promotion.bought), block.place.n, std::uint16_t{0});
  }
}

void Promotions::prepare(BlockScratch& scratch) const {
  if (!any_) return;
  scratch.offer.resize(n_brands_);
  scratch.seen_depth.resize(n_brands_);
  scratch.promotion_room.resize(n_);
}

void Promotions::register_measures(MeasureRegistry& registry) {
  registry.add_dimension("promotion", names_of(options_->promotions));
  const auto add = [&](const char* name, std::string unit, const char* text, Count count = Count::kPeople,
                       Timing timing = Timing::kFlow) {
    return registry.add({.name = name,
                         .unit = std::move(unit),
                         .long_name = text,
                         .kind = timing,
                         .count = count,
                         .dims = {"promotion"}});
  };
  const std::string& money = options_->run.currency;
  constexpr Count kMoney = Count::kMicrosPerConsumer;
  slots_.orders = add("promotion_orders", "orders", "orders that the promotion applied to");
  slots_.units = add("promotion_units", "units", "units of those orders");
  slots_.anyway = add("promotion_anyway", "units", "of them, units that would have been bought without promotions");
  slots_.switched = add("promotion_switched", "units", "of them, units instead of another brand's");
  slots_.added = add("promotion_added", "units", "of them, units instead of no purchase");
  slots_.extra = add("promotion_extra", "units", "of them, units beyond the first of an order");
  slots_.past_buyers = add("promotion_past_buyers", "orders", "of those orders, by people who had bought the brand");
  slots_.missed = add("promotion_missed", "orders", "orders where the promotion is not redeemed");
  slots_.given = add("promotion_given", money, "money of discounts and gifts", kMoney);
  slots_.anyway_given = add("promotion_given_anyway", money, "of it, for units bought without promotions too", kMoney);
  slots_.cost = add("promotion_cost", money, "money of issuing coupons, rewards and commissions", kMoney);
  const auto has = [&](const char* kind) {
    return std::any_of(options_->promotions.begin(), options_->promotions.end(),
                       [&](const PromotionOptions& o) { return o.enabled && o.kind == kind; });
  };
  if (has("group")) slots_.seekers = add("group_seekers", "occasions", "occasions at which a group was looked for");
  if (has("coupon")) {
    slots_.issued = add("coupons_issued", "coupons", "coupons issued");
    slots_.redeemed = add("coupons_redeemed", "coupons", "coupons redeemed");
    slots_.expired = add("coupons_expired", "coupons", "coupons expired");
    slots_.held = add("coupons_held", "coupons", "coupons that people hold", Count::kPeople, Timing::kStock);
  }
  if (!has("points")) return;
  slots_.earned = add("points_earned", "points", "points earned");
  slots_.spent = add("points_spent", "points", "points spent on rewards");
  slots_.points = add("points_held", "points", "points that people hold", Count::kPeople, Timing::kStock);
  slots_.liability = add("points_liability", money, "worth of those points in rewards", kMoney, Timing::kStock);
}

void Promotions::add_kpis(MeasureRegistry& registry) const {
  const std::string& money = options_->run.currency;
  for (std::size_t p = 0; p < n_; ++p) {
    const PromotionOptions& o = options_->promotions[p];
    if (!o.enabled) continue;
    const auto add = [&](const char* column, std::string unit, const char* text, const char* measure,
                         const char* of = nullptr) {
      std::vector<KpiTerm> denominator;
      if (of != nullptr) denominator.push_back({of, {p}});
      registry.add(Kpi{"promotion",
                       o.name,
                       column,
                       std::move(unit),
                       text,
                       {{measure, {p}}},
                       denominator,
                       of != nullptr ? 100. : 1.,
                       0});
    };
    add("units", "units", "units sold under the promotion", "promotion_units");
    if (o.kind != "commission") {
      add("given", money, "money of discounts and gifts", "promotion_given");
      add("anyway_share", "%", "share of those units that would have been bought without it", "promotion_anyway",
          "promotion_units");
      add("past_buyer_share", "%", "share of its orders by people who had bought the brand", "promotion_past_buyers",
          "promotion_orders");
    }
    if (o.coupon() || o.kind == "referral" || o.kind == "commission")
      add("cost", money, "money of issuing coupons, rewards and commissions", "promotion_cost");
    if (o.coupon())
      add("redeemed_share", "%", "share of issued coupons that were redeemed", "coupons_redeemed", "coupons_issued");
    if (o.points()) add("liability", money, "worth of the points that people hold", "points_liability");
  }
}

}  // namespace populace
