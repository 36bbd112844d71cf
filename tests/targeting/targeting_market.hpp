// Small markets for tests of targeting, and what was met in them.
#pragma once
#include <functional>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include "tests/engine/market_run.hpp"
#include "tests/support/zscore.hpp"

namespace populace {

inline constexpr std::int64_t kPeople = 20'000;

inline CampaignOptions& add_campaign(MarketOptions& options, const std::string& name, const std::string& channel,
                                     double contacts) {
  CampaignOptions& campaign = options.campaigns.emplace_back();
  campaign.name = name;
  campaign.channel = channel;
  campaign.cpm_money = 1000;  // 1 per contact of a simulated consumer
  campaign.budget_money = contacts;
  return campaign;
}

inline ChannelOptions& add_channel(MarketOptions& options, const std::string& name, double slots = 10) {
  ChannelOptions& channel = options.channels.emplace_back();
  channel.name = name;
  channel.slots_per_week = slots;
  return channel;
}

inline void unpaid(CampaignOptions& campaign, double prob) {
  campaign.buy = "probability";
  campaign.budget_money = campaign.cpm_money = 0;
  campaign.delivery_prob = prob;
}

inline MarketOptions small_market(std::uint32_t seed, std::int64_t weeks = 4) {
  MarketOptions options;
  options.run.consumers = kPeople;
  options.run.weeks = weeks;
  options.run.seed = seed;
  options.response.slow.acts_on = options.response.fast.acts_on = "nothing";
  return options;
}

// Three stages of which people change as hazards say, seen as the rungs of the focal brand.
inline MachineOptions& add_rungs(MarketOptions& options, double warm_share, double rate = 0) {
  MachineOptions& machine = options.machines.emplace_back();
  machine.name = "interest";
  machine.stages = {"cold", "warm", "bought"};
  machine.initial_share.by_name = {{"warm", warm_share}};
  options.run.focal_machine = "interest";
  if (rate == 0) return machine;
  MoveOptions& warms = machine.moves.emplace_back();
  warms.name = "warms";
  warms.from = {"cold"};
  warms.to = "warm";
  warms.rate_per_week = rate;
  MoveOptions& cools = machine.moves.emplace_back();
  cools.name = "cools";
  cools.from = {"warm"};
  cools.to = "cold";
  cools.rate_per_week = 2 * rate;
  return machine;
}

inline GardenOptions& add_garden(MarketOptions& options, const std::string& name,
                                 const std::vector<std::string>& channels, double match_prob) {
  GardenOptions& garden = options.gardens.emplace_back();
  garden.name = name;
  garden.channels = channels;
  garden.match_prob = match_prob;
  return garden;
}

// One replication, step by step.
struct Walk {
  explicit Walk(MarketOptions options)
      : market((options.complete(), std::move(options))),
        threads(1),
        simulation(market, threads, static_cast<std::uint32_t>(market.options().run.seed)) {
    simulation.start(0);
  }
  void to(std::int32_t step) {
    simulation.run(step, kNeverCancelled, [] {});
  }
  template <class T>
  std::vector<T> column(const std::string& name) const {
    return column_values<T>(market, simulation, name);
  }
  std::vector<int> contacts(const std::string& campaign) const {
    const auto bytes = column<std::uint8_t>("contacts_" + campaign);
    return {bytes.begin(), bytes.end()};
  }
  // look(step, contacts of the step by campaign) after each step; before(step) ahead of it.
  template <class Before, class Look>
  void each_step(const Before& before, const Look& look) {
    std::vector<std::vector<int>> last(market.options().campaigns.size(), std::vector<int>(kPeople));
    for (std::int32_t step = 0; step < market.end_step_number(); ++step) {
      before(step);
      to(step + 1);
      std::vector<std::vector<int>> now;
      for (std::size_t c = 0; c < last.size(); ++c) {
        std::vector<int> since = contacts(market.options().campaigns[c].name), met = since;
        for (std::size_t i = 0; i < met.size(); ++i) met[i] -= last[c][i];
        last[c] = std::move(since);
        now.push_back(std::move(met));
      }
      look(step, now);
    }
  }

  Market market;
  Threads threads;
  Simulation simulation;
};

inline std::vector<int> met_in_all(const MarketOptions& options, const std::string& campaign) {
  Walk walk(options);
  walk.to(walk.market.end_step_number());
  return walk.contacts(campaign);
}

inline std::int64_t sum_of(const std::vector<int>& values) {
  return std::accumulate(values.begin(), values.end(), std::int64_t{0});
}

// Counters of one replication.
struct Run {
  explicit Run(MarketOptions options)
      : market((options.complete(), std::move(options))),
        records(run_records(market, {1, 1, 1})),
        counters(market, records[0]) {}
  double all(const std::string& measure, std::size_t slot = 0) const {
    return static_cast<double>(counters.all(measure, slot));
  }

  Market market;
  std::vector<ReplicationRecord> records;
  Counters counters;
};

}  // namespace populace
