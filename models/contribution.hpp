// What the focal brand is left with: its margin less all money that the run counts for it.
//
//   contribution profit = margin - media - other costs
//
// Media: spend of its campaigns. Other costs: gifts, issuing coupons, rewards and commissions of its promotions,
// orders, fees, setting up and upkeep of outlets, win-back reminders, owned channels, listings, influencers, sellers,
// referrals, interactive tools, rewards for reviews, care, and answers to crises. Price reductions are in the margin
// already. A promotion that is shared with rivals is left out, as its money is not counted by brand.
#pragma once
#include "models/world/market_options.hpp"
#include "sim/engine/measures.hpp"

namespace populace {

// Once all measures are there. Nothing where nobody buys.
void add_contribution_kpis(const MarketOptions& options, MeasureRegistry& registry);

}  // namespace populace
