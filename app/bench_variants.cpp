#include "app/bench_variants.hpp"

#include "sim/base/contracts.hpp"

namespace populace {
namespace {

constexpr double kDriverRate = .01;  // a unit of the driver more, a week

std::vector<std::string> make_stages(std::size_t n) {
  std::vector<std::string> stages;
  for (std::size_t s = 0; s < n; ++s) stages.push_back("rung" + std::to_string(s));
  return stages;
}

// Channels and campaigns take the values of the base in turn; all share the habit of the first.
void make_media(MarketOptions& options, const MarketOptions& base, std::size_t n) {
  options.channels.clear();
  options.campaigns.clear();
  for (std::size_t k = 0; k < n; ++k) {
    ChannelOptions channel = base.channels[0];
    channel.name = "medium" + std::to_string(k);
    channel.slow_effect = base.channels[k % base.channels.size()].slow_effect;
    if (k > 0) channel.shares_habit_with = "medium0";
    CampaignOptions campaign = base.campaigns[k % base.campaigns.size()];
    campaign.name = "burst" + std::to_string(k);
    campaign.channel = channel.name;
    options.channels.push_back(channel);
    options.campaigns.push_back(campaign);
  }
}

void make_machine(MachineOptions& machine, std::size_t n, const std::string& driver) {
  machine.name = "climb";
  machine.stages = make_stages(n);
  machine.initial_share = 0;
  machine.initial_share.by_name = {{machine.stages.back(), .01}};
  for (MoveOptions& move : machine.moves) {
    const bool up = move.to == "next";
    move.name = up ? "rise" : "fall";
    move.from = machine.stages;
    move.from.erase(up ? move.from.end() - 1 : move.from.begin());
    for (auto& [name, rate] : move.drivers)
      if (name.starts_with("share.")) name = "share." + machine.stages.back();
    if (up && !driver.empty()) move.drivers.emplace_back(driver, kDriverRate);
  }
}

}  // namespace

std::string Variant::name() const {
  return "variants/stages:" + std::to_string(stages) + "/channels:" + std::to_string(channels) +
         (driver.empty() ? "" : "/" + driver);
}

std::vector<Variant> variants() {
  return {{5, 4, ""}, {3, 2, ""},  {3, 10, ""},         {5, 7, ""},          {7, 4, ""},
          {9, 2, ""}, {9, 10, ""}, {7, 7, "attention"}, {5, 4, "activation"}};
}

MarketOptions make_variant(const MarketOptions& base, const Variant& variant) {
  expects(base.machines.size() == 1 && !base.channels.empty() && !base.campaigns.empty(), "a funnel with media");
  MarketOptions options = base;
  make_media(options, base, variant.channels);
  make_machine(options.machines[0], variant.stages, variant.driver);
  if (variant.driver == "activation") options.response.fast.acts_on = "hazard";
  const auto& stages = options.machines[0].stages;
  options.stage_purchase.machine = options.machines[0].name;
  options.stage_purchase.order_prob_per_week = 0;
  options.stage_purchase.order_prob_per_week.by_name = {{stages[stages.size() - 2], .15}, {stages.back(), .35}};
  return options;
}

}  // namespace populace
