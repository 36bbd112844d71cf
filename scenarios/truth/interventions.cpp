#include "scenarios/truth/interventions.hpp"

#include <algorithm>

namespace populace {
namespace {

void scale(CampaignOptions& campaign, double factor) {
  campaign.budget_money *= factor;
  campaign.fixed_impressions *= factor;
  campaign.delivery_prob *= factor;
  for (auto& [week, money] : campaign.plan) money *= factor;
}

bool acts(const CampaignOptions& campaign) {
  return campaign.budget_money > 0 || campaign.delivery_prob > 0 || campaign.fixed_impressions > 0 ||
         std::any_of(campaign.plan.begin(), campaign.plan.end(), [](const auto& week) { return week.second > 0; });
}

}  // namespace

MarketOptions apply(MarketOptions options, const Intervention& intervention) {
  for (const std::size_t c : intervention.campaigns) scale(options.campaigns[c], intervention.factor);
  return options;
}

MarketOptions run_on(MarketOptions options, std::int64_t weeks) {
  if (weeks == 0) return options;
  const auto horizon = static_cast<double>(options.run.weeks), longer = horizon + static_cast<double>(weeks);
  for (CampaignOptions& campaign : options.campaigns) {
    if (!campaign.plan.empty() || !campaign.flights.empty()) continue;
    if (campaign.brand == options.run.focal_brand) {
      campaign.flights.push_back({0, horizon, 1});
    } else {
      campaign.budget_money *= longer / horizon;
      campaign.fixed_impressions *= longer / horizon;
    }
  }
  options.run.weeks += weeks;
  return options;
}

std::vector<std::size_t> focal_campaigns(const MarketOptions& options) {
  std::vector<std::size_t> campaigns;
  for (std::size_t c = 0; c < options.campaigns.size(); ++c)
    if (options.campaigns[c].brand == options.run.focal_brand && acts(options.campaigns[c])) campaigns.push_back(c);
  return campaigns;
}

std::vector<std::size_t> campaigns_on(const MarketOptions& options, std::span<const std::size_t> campaigns,
                                      const std::string& channel) {
  std::vector<std::size_t> on;
  for (const std::size_t c : campaigns)
    if (options.campaigns[c].channel == channel) on.push_back(c);
  return on;
}

}  // namespace populace
