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
  int machine = -1, move = 0;          // or of the rate (chance) of this move, by place
};

// Moves of the machine of the focal brand's rungs whose rates can be changed, and what makes each lose fewer: up 10 %
// more often, down 10 % less.
std::vector<Intervention> leaks_closed(const MarketOptions& options);
// The machine whose stages are the rungs: scenario.focal_machine, or the only one; -1: none.
int rungs_machine(const MarketOptions& options);

MarketOptions apply(MarketOptions options, const Intervention& intervention);

// `weeks` more in which the campaigns of the focal brand are over and all else goes on at its rate: a campaign of a
// rival without flights or plan keeps its weekly budget.
MarketOptions run_on(MarketOptions options, std::int64_t weeks);

// Campaigns of the focal brand that cost money or reach anybody, and the channels they run on, by place.
std::vector<std::size_t> focal_campaigns(const MarketOptions& options);
std::vector<std::size_t> campaigns_on(const MarketOptions& options, std::span<const std::size_t> campaigns,
                                      const std::string& channel);

}  // namespace populace
