// What may never be lost: consumers among stages, money of campaigns, contacts, buyers. Counters of every step against
// a recount of the consumers' columns.
#include <array>
#include <bit>
#include <catch2/catch.hpp>
#include <numeric>

#include "tests/engine/market_run.hpp"

using namespace populace;

namespace {

const char* const kScenarios[] = {"tests/engine/everything.toml", "tests/engine/everything_daily.toml"};

// Takes a simulation through all steps and calls look(step) after each.
template <class Look>
ReplicationRecord walk(const Market& market, Simulation& simulation, const Look& look) {
  simulation.start(0);
  for (std::int32_t step = market.first_step(); step < market.end_step_number(); ++step) {
    simulation.run(step + 1, kNeverCancelled, [] {});
    look(step);
  }
  return simulation.take_record();
}

using ByCell = std::vector<std::array<std::int64_t, kMaxStages>>;

ByCell recount(const Market& market, const Simulation& simulation, const std::string& machine) {
  ByCell count(market.n_cells());
  const std::vector<std::uint8_t> stage = column_values<std::uint8_t>(market, simulation, "stage_" + machine);
  const std::vector<std::uint32_t> cell = cells_of_consumers(market);
  for (std::size_t i = 0; i < stage.size(); ++i) ++count[cell[i]][stage[i]];
  return count;
}

std::int64_t at_least(const std::vector<std::uint8_t>& values, unsigned least) {
  std::int64_t n = 0;
  for (const std::uint8_t value : values) n += value >= least;
  return n;
}

}  // namespace

TEST_CASE("consumers: stages hold everybody after every step, as a recount finds them") {
  for (const char* scenario : kScenarios) {
    const Market market(load_options(scenario));
    const Threads threads(1);
    Simulation simulation(market, threads, 3);
    const std::vector<std::int64_t> consumers = consumers_by_cell(market.options());
    std::map<std::string, std::vector<ByCell>> found;
    const ReplicationRecord record = walk(market, simulation, [&](std::int32_t step) {
      for (std::size_t m = 0; m < market.stages().n_machines(); ++m) {
        const ByCell count = recount(market, simulation, market.stages().options(m).name);
        const StagesState& carried = static_cast<const MarketGlobals&>(simulation.globals()).stages;
        for (std::size_t cell = 0; cell < market.n_cells(); ++cell) {
          for (std::size_t s = 0; s < kMaxStages; ++s)
            REQUIRE(carried.occupancy[(cell * market.stages().n_machines() + m) * kMaxStages + s] == count[cell][s]);
          REQUIRE(std::accumulate(count[cell].begin(), count[cell].end(), std::int64_t{0}) == consumers[cell]);
        }
        if (step >= 0) found[market.stages().options(m).name].push_back(count);
      }
    });
    const Counters counters(market, record);
    for (const auto& [machine, by_step] : found)
      for (std::size_t step = 0; step < by_step.size(); ++step)
        for (std::size_t cell = 0; cell < market.n_cells(); ++cell) {
          REQUIRE(counters.cell("consumers", static_cast<std::int32_t>(step), cell) == consumers[cell]);
          for (std::size_t s = 0; s < market.registry().dimension("stage_" + machine).labels.size(); ++s)
            REQUIRE(counters.cell("occupancy_" + machine, static_cast<std::int32_t>(step), cell, s) ==
                    by_step[step][cell][s]);
        }
  }
}

TEST_CASE("money: budget = spend + unspent to the micro in every step, for every way to buy") {
  for (const char* scenario : kScenarios) {
    const Market market(load_options(scenario));
    for (const ReplicationRecord& record : run_records(market)) {
      const Counters counters(market, record);
      for (std::size_t c = 0; c < market.options().campaigns.size(); ++c) {
        const CampaignOptions& campaign = market.options().campaigns[c];
        INFO(campaign.name);
        const Micros budget = to_micros(campaign.budget_money);
        Micros spent = 0;
        for (std::int32_t step = 0; step < market.end_step_number(); ++step) {
          const Micros spend = counters.total("spend", step, c);
          REQUIRE(spend >= 0);
          spent += spend;
          REQUIRE(counters.total("bonus", step, c) >= 0);
          REQUIRE(counters.total("unspent", step, c) >= 0);
          REQUIRE(spent + counters.total("unspent", step, c) == budget);
        }
        if (campaign.buy == "fixed") CHECK(spent == budget);
        if (campaign.buy == "probability")
          CHECK(spent == 0);
        else
          CHECK(spent > 0);
      }
    }
  }
}

// bill = units x price of a unit of one simulated consumer, up to the budget; what exceeds it is bonus.
TEST_CASE("money: every unit is billed once at its price, or is bonus") {
  const Market market(everything());
  const RunOptions& run = market.options().run;
  const double scale = run.market_size_people / static_cast<double>(run.consumers);
  const std::vector<ReplicationRecord> records = run_records(market, {1, 1, 1});
  const Counters counters(market, records[0]);
  for (std::size_t c = 0; c < market.options().campaigns.size(); ++c) {
    const CampaignOptions& campaign = market.options().campaigns[c];
    if (campaign.buy != "cpm" && campaign.buy != "cpc") continue;
    INFO(campaign.name);
    const Micros price = to_micros((campaign.buy == "cpm" ? campaign.cpm_money / 1000 : campaign.cpc_money) * scale);
    const std::int64_t units = counters.all(campaign.buy == "cpm" ? "impressions" : "clicks", c);
    CHECK(counters.all_totals("spend", c) + counters.all_totals("bonus", c) == units * price);
  }
}

TEST_CASE("contacts: impressions, reach and frequencies are those of the consumers' columns after every step") {
  for (const char* scenario : kScenarios) {
    const Market market(load_options(scenario));
    const Threads threads(1);
    Simulation simulation(market, threads, 4);
    const std::size_t n = market.options().campaigns.size(), n_channels = market.options().channels.size();
    std::vector<std::vector<std::int64_t>> contacts, reached, frequency;
    const ReplicationRecord record = walk(market, simulation, [&](std::int32_t step) {
      std::vector<std::int64_t> sums, bits, frequencies;
      for (const CampaignOptions& campaign : market.options().campaigns) {
        const std::vector<std::uint8_t> column =
            column_values<std::uint8_t>(market, simulation, "contacts_" + campaign.name);
        REQUIRE(at_least(column, 255) == 0);  // a full counter would hide contacts
        sums.push_back(std::accumulate(column.begin(), column.end(), std::int64_t{0}));
        for (unsigned k = 1; k <= 10; ++k) frequencies.push_back(at_least(column, k));
      }
      for (std::size_t channel = 0; channel < n_channels; ++channel) {
        const auto mask = column_values<std::uint8_t>(market, simulation, "reached_by_" + std::to_string(channel / 8));
        bits.push_back(
            std::count_if(mask.begin(), mask.end(), [&](std::uint8_t m) { return (m >> channel % 8 & 1) != 0; }));
      }
      if (step < 0) {
        REQUIRE(std::accumulate(sums.begin(), sums.end(), std::int64_t{0}) == 0);  // the warm-up counts in no figure
        return;
      }
      contacts.push_back(sums);
      reached.push_back(bits);
      frequency.push_back(frequencies);
    });
    const Counters counters(market, record);
    std::vector<std::int64_t> impressions(n), new_reach(n_channels);
    for (std::int32_t step = 0; step < market.end_step_number(); ++step) {
      const auto s = static_cast<std::size_t>(step);
      for (std::size_t c = 0; c < n; ++c) {
        INFO(scenario << ", step " << step << ", " << market.options().campaigns[c].name);
        impressions[c] += counters.step("impressions", step, c);
        REQUIRE(impressions[c] == contacts[s][c]);
        std::int64_t people_times = 0;
        for (std::size_t k = 0; k < 10; ++k) {
          CHECK(counters.step("reach_since_start", step, c * 10 + k) == frequency[s][c * 10 + k]);
          const std::int64_t in_step = counters.step("reach_in_step", step, c * 10 + k);
          REQUIRE(in_step <=
                  (k == 0 ? market.options().run.consumers : counters.step("reach_in_step", step, c * 10 + k - 1)));
          people_times += in_step;
        }
        REQUIRE(people_times <= counters.step("impressions", step, c));
        if (counters.step("reach_in_step", step, c * 10 + 9) == 0)
          REQUIRE(people_times == counters.step("impressions", step, c));
      }
      for (std::size_t channel = 0; channel < n_channels; ++channel) {
        new_reach[channel] += counters.step("channel_new_reach", step, channel);
        REQUIRE(new_reach[channel] == reached[s][channel]);
        std::int64_t most = 0, sum = 0;
        for (std::size_t c = 0; c < n; ++c) {
          if (market.options().campaigns[c].channel != market.options().channels[channel].name) continue;
          const std::int64_t reach = counters.step("reach_in_step", step, c * 10);
          most = std::max(most, reach);
          sum += reach;
        }
        REQUIRE(counters.step("channel_reach_in_step", step, channel) >= most);
        REQUIRE(counters.step("channel_reach_in_step", step, channel) <= sum);
        REQUIRE(counters.step("channel_new_reach", step, channel) <=
                counters.step("channel_reach_in_step", step, channel));
      }
    }
  }
}

// Small plans stop and go: a campaign that is ahead of its plan buys nothing in a step, yet its reach stays what it
// was.
TEST_CASE("contacts: reach of a campaign never falls, however little it buys") {
  const Market market(everything({"campaign.mail.budget_money=40", "campaign.feed_views.budget_money=4_000",
                                  "campaign.feed_clicks.budget_money=2_500", "campaign.words.budget_money=3_000",
                                  "scenario.weeks=40"}));
  for (const ReplicationRecord& record : run_records(market)) {
    const Counters counters(market, record);
    for (std::size_t c = 0; c < market.options().campaigns.size(); ++c)
      for (std::size_t k = 0; k < 10; ++k)
        for (std::int32_t step = 1; step < market.end_step_number(); ++step) {
          INFO(market.options().campaigns[c].name << ", " << k + 1 << "+, step " << step);
          REQUIRE(counters.step("reach_since_start", step, c * 10 + k) >=
                  counters.step("reach_since_start", step - 1, c * 10 + k));
        }
  }
}

TEST_CASE("buyers: orders, first purchases and money follow from each other") {
  for (const char* scenario : kScenarios) {
    const Market market(load_options(scenario));
    const Threads threads(1);
    Simulation simulation(market, threads, 5);
    const std::size_t n = market.options().brands.size();
    std::vector<std::uint16_t> before, after;
    const ReplicationRecord record = walk(market, simulation, [&](std::int32_t step) {
      if (step == -1) before = column_values<std::uint16_t>(market, simulation, "bought");
      after = column_values<std::uint16_t>(market, simulation, "bought");
    });
    const Counters counters(market, record);
    const auto buyers = [](const std::vector<std::uint16_t>& bought, std::uint16_t mask) {
      return std::count_if(bought.begin(), bought.end(), [&](std::uint16_t b) { return (b & mask) == mask; });
    };
    const std::int32_t last = market.end_step_number() - 1;
    for (std::size_t b = 0; b < n; ++b) {
      const auto bit = static_cast<std::uint16_t>(1u << b);
      CHECK(counters.all("first_purchases", b) == buyers(after, bit) - buyers(before, bit));
      for (std::size_t other = 0; other < n; ++other)
        CHECK(counters.step("bought_both", last, b * n + other) ==
              buyers(after, static_cast<std::uint16_t>(bit | 1u << other)));
      const BrandOptions& brand = market.options().brands[b];
      for (std::int32_t step = 0; step <= last; ++step) {
        const Micros price = to_micros(brand.price_money.at(step * market.options().run.weeks_per_step()));
        const Micros cost = to_micros(brand.base_price_money * (1 - brand.margin_share));
        const std::int64_t orders = counters.step("orders", step, b);
        REQUIRE(counters.step("revenue", step, b) == orders * price);
        REQUIRE(counters.step("margin", step, b) == orders * (price - cost));
        REQUIRE(counters.step("first_purchases", step, b) <= orders);
      }
    }
    for (std::int32_t step = 0; step <= last; ++step) {
      std::int64_t orders = 0;
      for (std::size_t b = 0; b < n; ++b) orders += counters.step("orders", step, b);
      REQUIRE(orders <= counters.step("opportunities", step));
      REQUIRE(counters.step("heard", step) <= market.options().run.consumers);
      REQUIRE(counters.step("stage_revenue", step) ==
              counters.step("stage_orders", step) *
                  to_micros(market.options().brands[0].price_money.at(step * market.options().run.weeks_per_step())));
    }
  }
}
