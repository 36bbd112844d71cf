// Identity over gardens, the cap over channels, plans of contacts, reach over channels and prices that rise.
#include <algorithm>
#include <bit>
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/targeting/targeting_market.hpp"

using namespace populace;

namespace {

// Two channels with a campaign each.
MarketOptions two_channels(double prob, std::int64_t weeks = 6) {
  MarketOptions options = small_market(421, weeks);
  add_channel(options, "search_feed", 8);
  add_channel(options, "video", 12);
  unpaid(add_campaign(options, "red", "search_feed", 0), prob);
  unpaid(add_campaign(options, "blue", "video", 0), prob);
  return options;
}

void wall_off(MarketOptions& options, double match) {
  add_garden(options, "park", {"search_feed"}, match);
  add_garden(options, "yard", {"video"}, match);
}

// Most contacts of one consumer with all campaigns in any window, and how many consumers had them.
int most_in_window(const MarketOptions& options, std::size_t window) {
  Walk walk(options);
  std::vector<std::vector<int>> by_step;
  walk.each_step([](std::int32_t) {},
                 [&](std::int32_t, const std::vector<std::vector<int>>& met) {
                   std::vector<int> sum(met[0].size());
                   for (const auto& campaign : met)
                     for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += campaign[i];
                   by_step.push_back(sum);
                 });
  int most = 0;
  for (std::size_t end = 0; end < by_step.size(); ++end)
    for (std::size_t i = 0; i < by_step[0].size(); ++i) {
      int met = 0;
      for (std::size_t s = end + 1 >= window ? end + 1 - window : 0; s <= end; ++s) met += by_step[s][i];
      most = std::max(most, met);
    }
  return most;
}

double share(const std::vector<std::uint16_t>& masks, std::uint16_t mask) {
  return static_cast<double>(std::count_if(masks.begin(), masks.end(), [&](auto m) { return (m & mask) == mask; })) /
         static_cast<double>(masks.size());
}

}  // namespace

TEST_CASE("gardens join identities independently; a common entrance joins all or none") {
  const auto resolved = [](bool entrance) {
    MarketOptions options = two_channels(.1, 1);
    wall_off(options, .3);
    options.gardens[1].match_prob = .6;
    options.identity.common_entrance = entrance;
    options.identity.entrance_match_prob = .8;
    return Walk(options).column<std::uint16_t>("resolved");
  };
  const auto z = [](double found, double p) { return std::fabs(z_score(found, p, std::sqrt(p * (1 - p) / kPeople))); };
  const auto apart = resolved(false), together = resolved(true);
  CHECK(z(share(apart, 1), .3) < kBoundTwentyChecks);
  CHECK(z(share(apart, 2), .6) < kBoundTwentyChecks);
  CHECK(z(share(apart, 3), .18) < kBoundTwentyChecks);
  CHECK(z(share(apart, 3), .3) > kBoundTwentyChecks);  // control: were they joined together
  CHECK(z(share(together, 1), .8) < kBoundTwentyChecks);
  CHECK(share(together, 1) == share(together, 3));
}

TEST_CASE("a cap over channels holds exactly where everybody is recognised") {
  for (const double weeks : {1., 3.}) {
    MarketOptions options = two_channels(.3);
    options.cross_cap = {true, 5, weeks, {}};
    const auto window = static_cast<std::size_t>(weeks);
    CHECK(most_in_window(options, window) == 5);
    MarketOptions known = options, unknown = options;
    wall_off(known, 1);
    wall_off(unknown, 0);
    CHECK(most_in_window(known, window) == 5);
    CHECK(most_in_window(unknown, window) == 10);  // each garden counts alone
    CHECK(Run(known).all("over_frequency_contacts") == 0);
    CHECK(Run(unknown).all("over_frequency_contacts") > 1000);
    MarketOptions one = options;
    one.cross_cap.channels = {"video"};
    CHECK(most_in_window(one, window) > 10);
  }
}

TEST_CASE("where nobody is recognised, a cap over channels is a cap on each channel, to the bit") {
  for (const double weeks : {1., 3.}) {
    MarketOptions across = two_channels(.3), apart = two_channels(.3);
    across.cross_cap = {true, 4, weeks, {}};
    wall_off(across, 0);
    for (ChannelOptions& channel : apart.channels) channel.cap = {4, weeks};
    const std::vector<int> red = met_in_all(across, "red"), blue = met_in_all(across, "blue");
    CHECK(red == met_in_all(apart, "red"));
    CHECK(blue == met_in_all(apart, "blue"));
    across.gardens[0].match_prob = across.gardens[1].match_prob = 1;
    CHECK(red != met_in_all(across, "red"));
  }
}

TEST_CASE("equal campaigns share the room over channels equally, in whichever order they are declared") {
  const auto contacts = [](bool turned, double second) {
    MarketOptions options = two_channels(.3);
    options.channels[0].slots_per_week = 12;
    options.campaigns[1].delivery_prob = second;
    options.cross_cap = {true, 1, 1, {}};
    if (turned) std::swap(options.campaigns[0], options.campaigns[1]);
    const Run run(options);
    const double red = run.all("impressions", turned ? 1 : 0), blue = run.all("impressions", turned ? 0 : 1);
    return std::pair{red, blue};
  };
  const auto equal = contacts(false, .3), unequal = contacts(false, .2);
  CHECK(equal == contacts(true, .3));
  const auto z = [](std::pair<double, double> met) {
    return std::fabs(z_score(met.first - met.second, 0, std::sqrt(met.first + met.second)));
  };
  CHECK(z(equal) < kBoundOneCheck);
  CHECK(z(unequal) > 2 * kBoundOneCheck);
}

TEST_CASE("contacts = useful + overlap, and gaps, as a recount finds them") {
  MarketOptions options = two_channels(.3, 7);
  options.brands = {{}, {}};
  options.brands[0].name = "own", options.brands[1].name = "rival";
  options.brands[0].share = options.brands[1].share = .5;
  unpaid(add_campaign(options, "theirs", "video", 0), .2);
  options.campaigns.back().brand = "rival";
  options.regions = {{"near", .5, 0}, {"far", .5, 5000}};
  options.campaigns[1].target.max_distance_km = .001;
  options.channels[1].planned_contacts = 4;
  options.channels[1].planned_weeks = 3;
  Walk walk(options);
  std::vector<int> met(kPeople);
  std::vector<std::int64_t> overlap, gap;
  const std::vector<std::uint32_t> cell = cells_of_consumers(walk.market);
  walk.each_step([](std::int32_t) {},
                 [&](std::int32_t step, const std::vector<std::vector<int>>& now) {
                   std::int64_t above = 0, below = 0;
                   for (std::size_t i = 0; i < met.size(); ++i) {
                     above += std::max(0, met[i] + now[1][i] - 4) - std::max(0, met[i] - 4);
                     met[i] += now[1][i];
                   }
                   const bool ends = step % 3 == 2 || step == 6;
                   for (std::size_t i = 0; ends && i < met.size(); ++i) below += cell[i] == 0 && met[i] < 4;
                   if (ends) std::fill(met.begin(), met.end(), 0);
                   overlap.push_back(above);
                   gap.push_back(below);
                 });
  const ReplicationRecord record = walk.simulation.take_record();
  const Counters counters(walk.market, record);
  for (std::int32_t step = 0; step < 7; ++step) {
    const auto s = static_cast<std::size_t>(step);
    CHECK(counters.step("overlap_contacts", step, 1) == overlap[s]);
    CHECK(counters.step("gap_people", step, 1) == gap[s]);
    CHECK(counters.step("useful_contacts", step, 1) + counters.step("overlap_contacts", step, 1) ==
          counters.step("impressions", step, 1));
    CHECK(counters.step("planned_people", step, 1) == (step % 3 == 2 || step == 6 ? kPeople / 2 : 0));
  }
  CHECK(std::accumulate(overlap.begin(), overlap.end(), std::int64_t{0}) > 1000);
  CHECK(std::accumulate(gap.begin(), gap.end(), std::int64_t{0}) > 1000);
}

namespace {

// Two channels in gardens with the same money each, planned at 2 contacts a person and week.
MarketOptions planned(double match, std::int64_t channel_cap, bool cross) {
  MarketOptions options = small_market(422, 10);
  for (const char* name : {"search_feed", "video"}) {
    ChannelOptions& channel = add_channel(options, name, 12);
    channel.shape = .7;
    channel.planned_contacts = 2;
    channel.cap.exposures = channel_cap;
    channel.common_loading = .6;
    add_campaign(options, std::string("ads_") + name, name, 1.2 * kPeople * 10);
  }
  wall_off(options, match);
  if (cross) options.cross_cap = {true, 4, 1, {}};
  return options;
}

double per_contact(const Run& run, const std::string& measure) {
  return (run.all(measure, 0) + run.all(measure, 1)) / (run.all("impressions", 0) + run.all("impressions", 1));
}

}  // namespace

// H22: capped at the plan, the same money wastes less and serves more of the target fully.
TEST_CASE("a cap at the plan takes all overlap away and leaves fewer gaps for the same money") {
  const Run free(planned(1, 0, false)), capped(planned(1, 2, false));
  CHECK(std::fabs(capped.all("impressions", 0) / free.all("impressions", 0) - 1) < .03);  // the same money
  CHECK(per_contact(free, "overlap_contacts") > .3);
  CHECK(per_contact(capped, "overlap_contacts") == 0);
  CHECK(capped.all("gap_people") < .9 * free.all("gap_people"));
  // Money of overlap: spend x overlap / contacts, to the micro, and no more than was spent.
  for (std::int32_t step = 0; step < 10; ++step) {
    const double spend = static_cast<double>(free.counters.total("spend", step, 0)),
                 overlap = static_cast<double>(free.counters.step("overlap_contacts", step, 0)),
                 contacts = static_cast<double>(free.counters.step("impressions", step, 0));
    CHECK(static_cast<double>(free.counters.total("overlap_spend", step, 0)) ==
          Approx(spend * overlap / contacts).epsilon(1e-9));
  }
}

// H39: the more people are recognised, the fewer are over-served and the fewer are left out, for the same money.
TEST_CASE("over-frequency and gaps fall with the match rate under a cap over channels") {
  double excess = 1e18, gaps = 1e18;
  for (const double match : {0., .7, 1.}) {
    const Run run(planned(match, 0, true));
    CHECK(run.all("over_frequency_contacts") < .8 * excess);
    CHECK(run.all("gap_people", 0) + run.all("gap_people", 1) < gaps);
    excess = run.all("over_frequency_contacts");
    gaps = run.all("gap_people", 0) + run.all("gap_people", 1);
  }
  CHECK(excess == 0);
  // Control: without the cap over channels recognition changes nothing.
  CHECK(Run(planned(0, 0, false)).all("gap_people") == Run(planned(1, 0, false)).all("gap_people"));
}

TEST_CASE("reach over channels is a recount of who was reached") {
  MarketOptions options = two_channels(.02, 3);
  options.reach_overlap.enabled = true;
  Walk walk(options);
  walk.to(3);
  const std::vector<int> red = walk.contacts("red"), blue = walk.contacts("blue");
  std::int64_t both = 0, any = 0, one = 0;
  for (std::size_t i = 0; i < red.size(); ++i) {
    both += red[i] > 0 && blue[i] > 0;
    any += red[i] > 0 || blue[i] > 0;
    one += red[i] > 0;
  }
  const ReplicationRecord record = walk.simulation.take_record();
  const Counters counters(walk.market, record);
  CHECK(counters.step("reached_by_both", 2, 1) == both);
  CHECK(counters.step("reached_by_both", 2, 2) == both);
  CHECK(counters.step("reached_by_both", 2, 0) == one);
  CHECK(counters.step("reached_by_number", 2, 0) == any);
  CHECK(counters.step("reached_by_number", 2, 1) == both);
  CHECK(counters.step("reached_by_number", 1, 0) == 0);
  CHECK(both > 100);
}

TEST_CASE("prices that rise with volume: money is conserved, and the law of the price holds") {
  const double reference = 4'000, e = .5;
  const auto market = [&](double weekly, double elasticity) {
    MarketOptions options = small_market(423, 5);
    add_channel(options, "feed");
    CampaignOptions& campaign = add_campaign(options, "ads", "feed", 5 * weekly);
    campaign.cpm_elasticity = elasticity;
    campaign.cpm_reference_impressions_per_week = reference;
    return options;
  };
  for (const double weekly : {1'000., 4'000., 16'000.}) {
    const Run run(market(weekly, e));
    Micros spent = 0;
    for (std::int32_t step = 0; step < 5; ++step) {
      const double units = static_cast<double>(run.counters.step("impressions", step));
      const Micros spend = run.counters.total("spend", step), bonus = run.counters.total("bonus", step);
      spent += spend;
      CHECK(spent + run.counters.total("unspent", step) == to_micros(5 * weekly));
      CHECK(static_cast<double>(spend + bonus) == Approx(units * 1e6 * std::pow(units / reference, e)).epsilon(1e-5));
      CHECK((spend + bonus) % static_cast<Micros>(units) == 0);  // one whole price a unit
    }
    // units (units / reference)^e = money, so units = reference (money / reference)^(1 / (1 + e)).
    const double units = reference * std::pow(weekly / reference, 1 / (1 + e));
    const double found = static_cast<double>(run.counters.step("impressions", 0));
    CHECK(std::fabs(z_score(found, units, std::sqrt(units))) < kBoundTwentyChecks);
    if (weekly != reference) CHECK(std::fabs(z_score(found, weekly, std::sqrt(weekly))) > kBoundTwentyChecks);
  }
  CHECK(met_in_all(market(16'000, 0), "ads") != met_in_all(market(16'000, e), "ads"));
}

TEST_CASE("regions are pressed in proportion to their weights") {
  MarketOptions options = small_market(424);
  options.regions = {{"north", .5, 0}, {"south", .3, 0}, {"islands", .2, 0}};
  add_channel(options, "feed");
  CampaignOptions& campaign = add_campaign(options, "ads", "feed", 80'000);
  campaign.region_weight.by_name = {{"north", 2}, {"islands", 0}};
  const Run run(options);
  double met[3] = {};
  for (std::int32_t step = 0; step < 4; ++step)
    for (std::size_t region = 0; region < 3; ++region)
      met[region] += static_cast<double>(run.counters.cell("impressions", step, region));
  CHECK(met[2] == 0);
  const double all = met[0] + met[1], expected = all * (2 * .5) / (2 * .5 + .3);
  // Habits scatter, too: gamma of shape 1, so counts of n people at mean m vary by n (m + m^2) each.
  const auto variance = [](double n, double total) { return total + total * total / n; };
  const double se = std::sqrt(variance(.5 * kPeople, met[0]) * std::pow(met[1] / all, 2) +
                              variance(.3 * kPeople, met[1]) * std::pow(met[0] / all, 2));
  CHECK(std::fabs(z_score(met[0], expected, se)) < kBoundOneCheck);
  CHECK(std::fabs(z_score(met[0], all * .5 / .8, se)) > kBoundOneCheck);
  CHECK(std::fabs(z_score(all, 80'000, std::sqrt(20'000.))) < kBoundOneCheck);
}

TEST_CASE("a rival's weekly plan comes from a file and buys for the rival") {
  const Market market(load_options("tests/targeting/rival.toml"));
  const std::vector<ReplicationRecord> records = run_records(market, {1, 1, 1});
  const Counters counters(market, records[0]);
  CHECK(counters.total("spend", 0) == 0);
  CHECK(counters.total("spend", 1) > 0);
  CHECK(counters.total("spend", 2) == 0);
  CHECK(counters.total("spend", 3) > counters.total("spend", 1));
  CHECK(counters.total("unspent", 3) + counters.all_totals("spend") == to_micros(4'000));
  CHECK(has_column(market, "slow_rival"));
  CHECK(!has_column(market, "slow_own"));
}
