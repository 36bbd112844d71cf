#include "scenarios/validate/memory.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "models/population/traits.hpp"
#include "models/private_domain/private_domain.hpp"
#include "models/targeting/targeting.hpp"

namespace populace {

namespace {

// Shares of attention, contacts in mind by theme, channels by key message, running means of contacts by brand.
double attention_bytes(const MarketOptions& market) {
  double bytes = (market.attention.enabled ? 2 : 0) + (market.response.style.enabled ? 1 : 0);
  for (const CampaignOptions& campaign : market.campaigns)
    bytes += (market.attention.wear.enabled ? 2 * std::max(1.0, static_cast<double>(campaign.creatives.size())) : 0) +
             (market.response.synergy.enabled ? 4 * static_cast<double>(campaign.creatives.size()) : 0);
  if (market.response.aversion.enabled) bytes += 4 * static_cast<double>(market.brands.size());
  return bytes;
}

// The last brand, expected prices, coupons and points, units at home.
double promotion_bytes(const MarketOptions& market) {
  if (!market.need.enabled) return 0;
  double bytes = (market.choice.habit.enabled ? 1 : 0) + (market.household_stock.enabled ? 1 : 0);
  for (const BrandOptions& brand : market.brands)
    bytes += market.choice.reference_price.enabled && price_varies(market, brand) ? 2 : 0;
  for (const PromotionOptions& promotion : market.promotions)
    bytes += !promotion.enabled ? 0 : promotion.coupon() ? 1 : promotion.points() ? 4 : 0;
  return bytes;
}

}  // namespace

double estimated_bytes_per_consumer(const MarketOptions& market) {
  double bytes = 8;  // identity and published byte
  bytes += static_cast<double>(market.machines.size());
  for (const ChannelOptions& channel : market.channels)
    bytes += (channel.shares_habit_with.empty() && channel.kind == "push" ? 2 : 0) + (channel.cap.enabled() ? 4 : 0);
  for (const CampaignOptions& campaign : market.campaigns) bytes += 1 + (campaign.cap.enabled() ? 4 : 0);
  if (!market.gardens.empty())
    bytes += 2 + 1 + (market.cross_cap.enabled ? 4 * static_cast<double>(market.gardens.size()) : 0);
  if (market.cross_cap.enabled) bytes += 4;
  bytes += market.has_outlets() && market.retail.win_back.enabled ? 1 : 0;
  bytes += (needs_distance(market) ? 1 : 0) + (needs_last_purchase(market) ? 2 : 0);
  for (const ChannelOptions& channel : market.channels) bytes += channel.planned_contacts > 0 ? 1 : 0;
  if (market.owns_channels()) bytes += 2 + (reminds(market) ? 2 : 0) + 2 * static_cast<double>(market.owned.size());
  if (market.assets.enabled) bytes += 2;
  if (sends_build_stocks(market)) bytes += 8;
  if (market.need.enabled) bytes += 8;
  if (market.episode.enabled) bytes += market.information.enabled ? 5 : 2;
  if (market.visits.enabled) bytes += 1;
  if (market.dropout.enabled) bytes += 4;
  if (market.word_of_mouth.remembers()) bytes += 3;
  if (market.word_of_mouth.need_prob > 0) ++bytes;
  bytes += (market.referral.enabled ? 2 : 0) + (market.sellers.empty() ? 0 : 1) + (market.tools.empty() ? 0 : 4);
  if (market.involvement.enabled) bytes += 2;
  bytes += attention_bytes(market) + promotion_bytes(market);
  for (const BrandOptions& brand : market.brands) {
    const auto advertises = [&](const CampaignOptions& campaign) { return campaign.brand == brand.name; };
    const bool individual =
        brand.individual || std::any_of(market.campaigns.begin(), market.campaigns.end(), advertises);
    bytes += (market.need.enabled ? 5 : 0) + (individual ? 8 : 0) + (market.choice.consideration ? 2 : 0);
  }
  if (market.replay.enabled()) bytes += 4;
  return bytes;
}

std::uint64_t physical_memory_bytes() {
  return static_cast<std::uint64_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

std::string memory_text(double bytes) {
  return bytes < 1e9 ? fmt::format("{:.0f} MB", bytes / 1e6) : fmt::format("{:.1f} GB", bytes / 1e9);
}

}  // namespace populace
