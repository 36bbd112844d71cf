#include "models/contribution.hpp"

#include <algorithm>

#include "models/names.hpp"

namespace populace {
namespace {

// Measures that are costs of the focal brand in all their slots.
constexpr std::string_view kCosts[] = {"focal_outlet_cost", "outlet_fixed_cost", "win_back_cost",  "owned_cost",
                                       "influencer_fees",   "seller_commission", "seller_pay",     "referral_rewards",
                                       "tool_cost",         "care_cost",         "review_rewards", "crisis_reply_cost"};

void take_off(std::string_view measure, std::vector<std::size_t> slots, std::vector<KpiTerm>& terms) {
  if (!slots.empty()) terms.push_back({std::string(measure), std::move(slots), -1});
}

std::vector<std::size_t> all_slots(const MeasureRegistry& registry, std::string_view measure) {
  std::vector<std::size_t> slots;
  if (!registry.has(measure)) return slots;
  for (std::size_t s = 0; s < registry.measure(measure).size; ++s) slots.push_back(s);
  return slots;
}

std::vector<KpiTerm> media(const MarketOptions& o) {
  std::vector<std::size_t> slots;
  for (std::size_t c = 0; c < o.campaigns.size(); ++c)
    if (o.campaigns[c].brand == o.run.focal_brand) slots.push_back(c);
  std::vector<KpiTerm> terms;
  take_off("spend", std::move(slots), terms);
  return terms;
}

// Slot of a name in a measure of one dimension, which may leave out what is switched off.
void add_slot(const MeasureRegistry& registry, std::string_view measure, const std::string& name,
              std::vector<std::size_t>& slots) {
  if (!registry.has(measure)) return;
  const std::vector<std::string>& labels = registry.dimension(registry.measure(measure).dims.front()).labels;
  const auto at = std::find(labels.begin(), labels.end(), name);
  if (at != labels.end()) slots.push_back(static_cast<std::size_t>(at - labels.begin()));
}

std::vector<KpiTerm> other_costs(const MarketOptions& o, const MeasureRegistry& registry) {
  std::vector<KpiTerm> terms;
  for (const std::string_view cost : kCosts) take_off(cost, all_slots(registry, cost), terms);
  std::vector<std::size_t> gifts, issued, listings;
  for (const PromotionOptions& promotion : o.promotions) {
    if (!promotion.brands.empty() && promotion.brands != std::vector{o.run.focal_brand}) continue;
    add_slot(registry, "promotion_cost", promotion.name, issued);
    if (promotion.kind == "gift") add_slot(registry, "promotion_given", promotion.name, gifts);
  }
  take_off("promotion_given", std::move(gifts), terms);
  take_off("promotion_cost", std::move(issued), terms);
  for (const OrganicOptions& listing : o.listings)
    if (listing.brand == o.run.focal_brand) add_slot(registry, "listing_effort", listing.name, listings);
  take_off("listing_effort", std::move(listings), terms);
  return terms;
}

}  // namespace

void add_contribution_kpis(const MarketOptions& options, MeasureRegistry& registry) {
  if (!registry.has("margin")) return;
  const std::string &row = options.run.focal_brand, &money = options.run.currency;
  std::vector<KpiTerm> terms{{"margin", {index_of(options.brands, row)}}};
  const std::vector<KpiTerm> spent = media(options), others = other_costs(options, registry);
  if (spent.empty() && others.empty()) return;
  const auto add = [&](const char* column, const char* text, const std::vector<KpiTerm>& numerator, double factor) {
    registry.add(Kpi{"profit", row, column, money, text, numerator, {}, factor, 0});
  };
  add("margin", "revenue less unit costs, before media", terms, 1);
  if (!spent.empty()) add("media", "spend of the brand's campaigns", spent, -1);
  if (!others.empty()) add("other_costs", "promotions, outlets, owned channels, people who speak for it", others, -1);
  terms.insert(terms.end(), spent.begin(), spent.end());
  terms.insert(terms.end(), others.begin(), others.end());
  add("contribution_profit", "margin less media and other costs", terms, 1);
}

}  // namespace populace
