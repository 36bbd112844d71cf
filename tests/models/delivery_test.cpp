// Delivery: the plan is met in expectation, caps hold in every window, competition is fair, money buys what it says.
//
// z = (contacts of a step - wanted) / sqrt(wanted): contacts are sums of independent Poisson counts of that mean, or of
// capped and Bernoulli ones, whose variance is smaller. About 100 checks in all: |z| < 4.9 for each (false alarm 1e-4
// together).
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "models/media/pacing.hpp"
#include "tests/engine/market_run.hpp"
#include "tests/support/zscore.hpp"

using namespace populace;

namespace {

constexpr std::int64_t kConsumers = 50'000;

// One channel and one campaign that buys `contacts` of simulated consumers at 1 per contact, and nothing else.
MarketOptions media(
    double contacts, const std::function<void(MarketOptions&)>& change = [](MarketOptions&) {}) {
  MarketOptions options;
  options.run.consumers = kConsumers;
  options.run.weeks = 6;
  options.run.seed = 20250701;
  options.response.slow.acts_on = options.response.fast.acts_on = "nothing";
  ChannelOptions& channel = options.channels.emplace_back();
  channel.name = "tv";
  channel.slots_per_week = 10;
  CampaignOptions& campaign = options.campaigns.emplace_back();
  campaign.name = "spots";
  campaign.channel = "tv";
  campaign.cpm_money = 1000;
  campaign.budget_money = contacts;
  change(options);
  options.complete();
  return options;
}

void cap(CapOptions& options, std::int64_t exposures, double weeks) {
  options.exposures = exposures;
  options.weeks = weeks;
}

// Largest |z| over steps of contacts against what the plan wanted then, times `inflated`.
double worst_z(const MarketOptions& options, double inflated = 1) {
  const Market market(options);
  const std::vector<ReplicationRecord> records = run_records(market, {1, 1, 1});
  const Counters counters(market, records[0]);
  const double budget = options.campaigns[0].budget_money, n = market.end_step_number();
  double delivered = 0, worst = 0;
  for (std::int32_t step = 0; step < market.end_step_number(); ++step) {
    const double wanted = inflated * (budget * (step + 1) / n - delivered),
                 contacts = static_cast<double>(counters.step("impressions", step));
    worst = std::max(worst, std::fabs(z_score(contacts, wanted, std::sqrt(wanted))));
    delivered += contacts;
  }
  return worst;
}

struct Sums {
  std::int64_t impressions, clicks;
  Micros spend, bonus, unspent;
};
Sums sums(const MarketOptions& options) {
  const Market market(options);
  const std::vector<ReplicationRecord> records = run_records(market, {1, 1, 1});
  const Counters counters(market, records[0]);
  return {counters.all("impressions"), counters.all("clicks"), counters.all_totals("spend"),
          counters.all_totals("bonus"), counters.total("unspent", market.end_step_number() - 1)};
}

}  // namespace

TEST_CASE("capped_poisson is the mean of a cut Poisson, and its slope") {
  for (const double mean : {.01, .7, 3., 12.}) {
    for (const std::int64_t room : {1, 2, 5, 15}) {
      double expected = 0, prob = std::exp(-mean);
      for (int k = 0; k < 200; ++k) {
        expected += prob * static_cast<double>(std::min<std::int64_t>(k, room));
        prob *= mean / (k + 1);
      }
      const CappedMean found = capped_poisson(mean, room);
      CHECK(found.value == Approx(expected).epsilon(1e-12));
      const double step = 1e-5;
      CHECK(found.slope ==
            Approx((capped_poisson(mean + step, room).value - capped_poisson(mean - step, room).value) / (2 * step))
                .epsilon(1e-6));
    }
    CHECK(capped_poisson(mean, kNoCap).value == mean);
  }
}

TEST_CASE("the pressure meets what is wanted, or is all there is") {
  const std::vector<PacingBin> bins = {{2, 3, 1000}, {9, 1, 500}, {40, kNoCap, 20}, {5, 0, 700}};
  double before = 0;
  for (const double wanted : {1., 100., 1000., 2500., 3500.}) {
    const double pressure = solve_pressure(bins, false, wanted);
    double met = 0;
    for (const PacingBin& bin : bins)
      if (bin.room != 0)
        met += static_cast<double>(bin.consumers) * capped_poisson(bin.slots * pressure, bin.room).value;
    CHECK(pressure > before);
    CHECK(pressure <= 1);
    if (pressure < 1) CHECK(met == Approx(wanted).epsilon(1e-5));
    before = pressure;
  }
  CHECK(solve_pressure(bins, false, 1e9) == 1);
  CHECK(solve_pressure(bins, false, 0) == 0);
  CHECK(solve_pressure({}, false, 10) == 0);
  CHECK(solve_pressure({{3, 0, 100}}, false, 10) == 0);
  CHECK(solve_pressure({{.5, kNoCap, 100}}, true, 20) == Approx(.4));
}

TEST_CASE("contacts are those wanted, without caps and under every kind of cap") {
  const auto bernoulli = [](MarketOptions& o) {
    o.channels[0].exposure = "bernoulli", o.channels[0].habit = "uniform";
  };
  CHECK(worst_z(media(300'000)) < kBoundHundredChecks);
  CHECK(worst_z(media(60'000, bernoulli)) < kBoundHundredChecks);
  CHECK(worst_z(media(200'000, [](MarketOptions& o) { cap(o.campaigns[0].cap, 2, 1); })) < kBoundHundredChecks);
  CHECK(worst_z(media(200'000, [](MarketOptions& o) { cap(o.channels[0].cap, 2, 1); })) < kBoundHundredChecks);
  CHECK(worst_z(media(100'000, [](MarketOptions& o) { cap(o.campaigns[0].cap, 3, 3); })) < kBoundHundredChecks);
  CHECK(worst_z(media(100'000, [](MarketOptions& o) { cap(o.channels[0].cap, 3, 3); })) < kBoundHundredChecks);
  CHECK(worst_z(media(300'000, [](MarketOptions& o) { o.run.step = "day"; })) < kBoundHundredChecks);
  // A control: a plan one tenth larger than the one that was paced.
  CHECK(worst_z(media(300'000), 1.1) > 3 * kBoundHundredChecks);
}

TEST_CASE("rolling caps: nobody meets more than the cap in any window, and some meet all of it") {
  for (const char* scenario : {"tests/engine/everything.toml", "tests/engine/everything_daily.toml"}) {
    const Market market(load_options(scenario));
    const MarketOptions& options = market.options();
    const Threads threads(1);
    Simulation simulation(market, threads, 12);
    simulation.start(0);
    std::vector<std::vector<std::vector<std::uint8_t>>> since_start;  // by step and campaign, with zeros first
    since_start.emplace_back(options.campaigns.size(),
                             std::vector<std::uint8_t>(static_cast<std::size_t>(market.places().n_consumers())));
    for (std::int32_t step = 0; step < market.end_step_number(); ++step) {
      simulation.run(step + 1, kNeverCancelled, [] {});
      auto& now = since_start.emplace_back();
      for (const CampaignOptions& campaign : options.campaigns)
        now.push_back(column_values<std::uint8_t>(market, simulation, "contacts_" + campaign.name));
    }
    const auto most_in_window = [&](const std::vector<std::size_t>& campaigns, const CapOptions& capped) {
      const auto window = static_cast<std::size_t>(std::lround(capped.weeks * options.run.steps_per_week()));
      int most = 0;
      for (std::size_t end = 1; end < since_start.size(); ++end)
        for (std::size_t i = 0; i < since_start[0][0].size(); ++i) {
          int met = 0;
          for (const std::size_t c : campaigns)
            met += since_start[end][c][i] - since_start[end < window ? 0 : end - window][c][i];
          most = std::max(most, met);
        }
      return most;
    };
    for (const ChannelOptions& channel : options.channels) {
      std::vector<std::size_t> on_it;
      for (std::size_t c = 0; c < options.campaigns.size(); ++c)
        if (options.campaigns[c].channel == channel.name) on_it.push_back(c);
      if (!channel.cap.enabled()) continue;
      INFO(scenario << ": " << channel.name);
      CHECK(most_in_window(on_it, channel.cap) == channel.cap.exposures);
    }
    for (std::size_t c = 0; c < options.campaigns.size(); ++c) {
      if (!options.campaigns[c].cap.enabled()) continue;
      INFO(scenario << ": " << options.campaigns[c].name);
      CHECK(most_in_window({c}, options.campaigns[c].cap) == options.campaigns[c].cap.exposures);
    }
  }
}

// Who survives a cap is a matter of keyed priorities. With a cap of one, survivors of two equal campaigns are fair
// coins.
TEST_CASE("equal campaigns share a cap equally, in whichever order they are declared") {
  const auto contacts = [](const std::vector<std::string>& names, double second_prob) {
    MarketOptions options = media(0, [&](MarketOptions& o) {
      o.campaigns.clear();
      cap(o.channels[0].cap, 1, 1);
      for (const std::string& name : names) {
        CampaignOptions& campaign = o.campaigns.emplace_back();
        campaign.name = name;
        campaign.channel = "tv";
        campaign.buy = "probability";
        campaign.delivery_prob = name == "red" ? .3 : second_prob;
      }
    });
    const Market market(options);
    const std::vector<ReplicationRecord> records = run_records(market, {1, 1, 1});
    const Counters counters(market, records[0]);
    std::map<std::string, double> met;
    for (std::size_t c = 0; c < names.size(); ++c) met[names[c]] = static_cast<double>(counters.all("impressions", c));
    return met;
  };
  const std::map<std::string, double> one = contacts({"red", "blue"}, .3), other = contacts({"blue", "red"}, .3);
  CHECK(one == other);
  const auto z = [](const std::map<std::string, double>& met) {
    return z_score(met.at("red") - met.at("blue"), 0, std::sqrt(met.at("red") + met.at("blue")));
  };
  CHECK(std::fabs(z(one)) < kBoundOneCheck);
  CHECK(std::fabs(z(contacts({"red", "blue"}, .24))) > 3 * kBoundOneCheck);
}

TEST_CASE("a rating point is impressions worth one percent of the target, whoever else is eligible") {
  MarketOptions options = media(0, [](MarketOptions& o) {
    o.run.market_size_people = 4e6;
    o.segments = {{"young", .4}, {"old", .6}};
    o.regions = {{"north", .7}, {"south", .3}};
    CampaignOptions& campaign = o.campaigns[0];
    campaign.buy = "grp";
    campaign.grp_money = 500;
    campaign.budget_money = 60'000;  // 120 points
    campaign.regions = {"north"};
    campaign.target_segments = {"old"};
  });
  const Sums found = sums(options);
  const double scale = 4e6 / static_cast<double>(kConsumers);
  const double people = 4e6 * .6 * .7;  // target regions are the eligible ones, as none are named
  const double wanted = 120 * people / 100 / scale;
  // What one step misses the next makes good: only the last step's noise is left.
  CHECK(std::fabs(z_score(static_cast<double>(found.impressions), wanted, std::sqrt(wanted / 6))) <
        kBoundHundredChecks);
  CHECK(found.spend + found.unspent == to_micros(60'000));
}

TEST_CASE("cost per click bills clicks, and clicks are that share of contacts") {
  const double click_prob = .05, wanted = 6'000;
  const Sums found = sums(media(0, [&](MarketOptions& o) {
    o.channels[0].click_prob = click_prob;
    o.campaigns[0].buy = "cpc";
    o.campaigns[0].cpc_money = 3;
    o.campaigns[0].budget_money = 3 * wanted;
  }));
  const auto contacts = static_cast<double>(found.impressions), clicks = static_cast<double>(found.clicks);
  CHECK(found.spend + found.bonus == found.clicks * to_micros(3));
  CHECK(found.spend + found.unspent == to_micros(3 * wanted));
  CHECK(std::fabs(z_score(clicks, click_prob * contacts, std::sqrt(contacts * click_prob * (1 - click_prob)))) <
        kBoundHundredChecks);
  // The last step's clicks, paced on the click rate of the step before: twice their Poisson variance.
  CHECK(std::fabs(z_score(clicks, wanted, std::sqrt(2 * wanted / 6))) < kBoundHundredChecks);
}

TEST_CASE("a fixed fee is spent as planned and buys the agreed impressions") {
  const auto fee = [](double eligible_share) {
    return media(0, [&](MarketOptions& o) {
      o.channels[0].non_user_share = 1 - eligible_share;
      o.campaigns[0].buy = "fixed";
      o.campaigns[0].budget_money = 1'200;
      o.campaigns[0].fixed_impressions = 90'000;
      o.campaigns[0].flights = {{1, 3, 1}, {4, 5, 2}};
    });
  };
  const Market market(fee(1));
  const std::vector<ReplicationRecord> records = run_records(market, {1, 1, 1});
  const Counters counters(market, records[0]);
  const Micros planned[] = {0, 300'000'000, 300'000'000, 0, 600'000'000, 0};
  for (std::int32_t step = 0; step < 6; ++step) {
    CHECK(counters.total("spend", step) == planned[step]);
    CHECK(counters.total("bonus", step) == 0);
    CHECK((counters.step("impressions", step) > 0) == (planned[step] > 0));
  }
  CHECK(std::fabs(z_score(static_cast<double>(counters.all("impressions")), 90'000, std::sqrt(45'000.))) <
        kBoundHundredChecks);
  const Sums nobody = sums(fee(0));  // paid all the same
  CHECK(nobody.impressions == 0);
  CHECK(nobody.spend == to_micros(1'200));
}

TEST_CASE("no money, nobody to reach, or too few slots: what is not delivered stays unspent") {
  const Sums nothing = sums(media(0));
  CHECK(nothing.impressions == 0);
  CHECK(nothing.spend == 0);
  CHECK(nothing.unspent == 0);
  const Sums no_user = sums(media(1'000, [](MarketOptions& o) { o.channels[0].non_user_share = 1; }));
  CHECK(no_user.impressions == 0);
  CHECK(no_user.spend == 0);
  CHECK(no_user.unspent == to_micros(1'000));
  const Sums not_eligible = sums(media(1'000, [](MarketOptions& o) {
    o.segments = {{"all", 1}, {"none", 0}};
    o.campaigns[0].segments = {"none"};
  }));
  CHECK(not_eligible.impressions == 0);
  CHECK(not_eligible.unspent == to_micros(1'000));
  // Everybody meets 10 slots a week exactly: 6 x 10 x 50,000 at most, of which the plan wants more.
  const Sums scarce = sums(media(4e6, [](MarketOptions& o) { o.channels[0].habit = "constant"; }));
  const double slots = 60. * static_cast<double>(kConsumers);
  CHECK(std::fabs(z_score(static_cast<double>(scarce.impressions), slots, std::sqrt(slots))) < kBoundHundredChecks);
  CHECK(scarce.bonus == 0);
  CHECK(scarce.unspent == to_micros(4e6) - scarce.impressions * to_micros(1));
}

TEST_CASE("more pressure never takes a contact away, consumer by consumer") {
  for (const char* exposure : {"poisson", "bernoulli"}) {
    std::vector<std::uint8_t> before;
    for (const double prob : {.05, .0501, .06, .2, .7}) {
      const Market market(media(0, [&](MarketOptions& o) {
        o.run.weeks = 2;
        o.channels[0].exposure = exposure;
        o.campaigns[0].buy = "probability";
        o.campaigns[0].delivery_prob = prob;
      }));
      const Threads threads(1);
      Simulation simulation(market, threads, 77);
      simulation.start(0);
      simulation.run(2, kNeverCancelled, [] {});
      const std::vector<std::uint8_t> contacts = column_values<std::uint8_t>(market, simulation, "contacts_spots");
      std::size_t fewer = 0, more = 0;
      for (std::size_t i = 0; i < before.size(); ++i) {
        fewer += contacts[i] < before[i];
        more += contacts[i] > before[i];
      }
      CHECK(fewer == 0);
      CHECK((before.empty() || more > 0));
      before = contacts;
    }
  }
}

TEST_CASE("the warm-up runs the base plan and bills nothing") {
  const Market market(media(60'000, [](MarketOptions& o) {
    o.run.warmup_weeks = 4;
    o.campaigns[0].in_warmup = true;
    o.channels[0].cap.exposures = 3;
    o.channels[0].cap.weeks = 4;
  }));
  const Threads threads(1);
  Simulation simulation(market, threads, 5);
  simulation.start(0);
  const std::vector<std::uint32_t> empty = column_values<std::uint32_t>(market, simulation, "cap_tv");
  simulation.run(0, kNeverCancelled, [] {});
  CHECK(column_values<std::uint32_t>(market, simulation, "cap_tv") != empty);  // the cap remembers the warm-up
  const LedgerState& ledger = static_cast<const MarketGlobals&>(simulation.globals()).delivery.ledger;
  CHECK(ledger.spent[0] == 0);
  simulation.run(market.end_step_number(), kNeverCancelled, [] {});
  CHECK(ledger.spent[0] > 0);
}
