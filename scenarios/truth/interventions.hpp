// What is taken out of a market, or changed in it, to see what it does. Nothing is renamed, added or removed, so that
// all arms have one layout and share every draw whose cause they share: a campaign that is off has its budget or chance
// at zero.
#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "models/world/market_options.hpp"

namespace populace {

struct Intervention {
  std::string name;
  std::vector<std::size_t> campaigns;  // places in MarketOptions::campaigns
  double factor = 0;                   // of their budgets, impressions agreed, or chances
};

MarketOptions apply(MarketOptions options, const Intervention& intervention);

// `weeks` more in which the campaigns of the focal brand are over and all else goes on at its rate: a campaign of a
// rival without flights or plan keeps its weekly budget.
MarketOptions run_on(MarketOptions options, std::int64_t weeks);

// Campaigns of the focal brand that cost money or reach anybody, and the channels they run on, by place.
std::vector<std::size_t> focal_campaigns(const MarketOptions& options);
std::vector<std::size_t> campaigns_on(const MarketOptions& options, std::span<const std::size_t> campaigns,
                                      const std::string& channel);

}  // namespace populace
