#include "scenarios/truth/interventions.hpp"

#include <algorithm>
#include <cmath>

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

void scale(MoveOptions& move, double factor) {
  move.rate_per_week *= factor;
  move.prob_per_week = -std::expm1(factor * std::log1p(-move.prob_per_week));
  for (auto& [driver, rate] : move.drivers) rate *= factor;
  move.event_prob = std::min(1.0, move.event_prob * factor);
}

// Whether it leads to a later stage from all that it leaves: 1, to an earlier one: -1, or neither: 0.
int direction(const MachineOptions& machine, const MoveOptions& move) {
  if (move.to == "next") return 1;
  if (move.to == "previous") return -1;
  const int to = machine.stage(move.to);
  int up = 0, down = 0;
  for (const std::string& from : move.from) {
    const int stage = from == "*" ? to : machine.stage(from);
    up += stage < to;
    down += stage > to;
  }
  return up > 0 && down == 0 ? 1 : down > 0 && up == 0 ? -1 : 0;
}

}  // namespace

int rungs_machine(const MarketOptions& options) {
  if (options.run.focal_machine.empty() && options.machines.size() == 1) return 0;
  for (std::size_t m = 0; m < options.machines.size(); ++m)
    if (options.machines[m].name == options.run.focal_machine) return static_cast<int>(m);
  return -1;
}

std::vector<Intervention> leaks_closed(const MarketOptions& options) {
  std::vector<Intervention> leaks;
  const int m = rungs_machine(options);
  if (m < 0) return leaks;
  const MachineOptions& machine = options.machines[static_cast<std::size_t>(m)];
  for (std::size_t k = 0; k < machine.moves.size(); ++k) {
    const MoveOptions& move = machine.moves[k];
    const int way = move.cause == "matrix" ? 0 : direction(machine, move);
    if (way == 0 || (move.cause == "event" && way > 0 && move.event_prob >= 1)) continue;  // certain already
    leaks.push_back({move.name, {}, way > 0 ? 1.1 : .9, m, static_cast<int>(k)});
  }
  return leaks;
}

MarketOptions apply(MarketOptions options, const Intervention& intervention) {
  if (intervention.machine >= 0) {
    scale(options.machines[static_cast<std::size_t>(intervention.machine)]
              .moves[static_cast<std::size_t>(intervention.move)],
          intervention.factor);
    return options;
  }
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
