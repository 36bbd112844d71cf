// O3-O5: reach and frequency of media that meet consumers by habit.
//
// Habits are kept in 255 bins with their means, which makes reach differ from the NBD's by less than 3e-5, a thirtieth
// of the standard errors here. A reach over N consumers has SE sqrt(r (1-r) / N); where contacts are bought (CPM) their
// sum is held fixed and the spread is smaller, so the same bound is on the safe side.
//
// O5: the beta-binomial of a personal chance per insertion is expressed with a uniform habit on [0, 1] and certain
// delivery, which is Beta(1, 1): reach 1 - 1/(n+1). Other betas (the published .5, 2) are not among the habits that a
// channel can have; tests/oracles_reference holds that figure by its formula only.
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/oracles/experiment.hpp"
#include "tests/support/oracles_exposure.hpp"
#include "tests/support/zscore.hpp"

namespace populace::oracles {
namespace {

constexpr double kShape = 0.6;
constexpr double kMean = 3.0;    // contacts of a consumer over the flight
constexpr double kSlots = 10.0;  // a week
constexpr int kFlightWeeks = 10;
constexpr std::int64_t kConsumers = 400'000;

ChannelOptions gamma_channel(const std::string& name, double shape) {
  ChannelOptions channel;
  channel.name = name;
  channel.slots_per_week = kSlots;
  channel.shape = shape;
  return channel;
}

// A flight of ten weeks within twelve.
CampaignOptions flight(const std::string& name, const std::string& channel, double contacts) {
  CampaignOptions campaign = unpaid_campaign(name, channel, contacts / (kSlots * kFlightWeeks));
  campaign.flights = {{1.0, 1.0 + kFlightWeeks, 1.0}};
  return campaign;
}

MarketOptions one_channel(const std::string& step, std::int64_t consumers = kConsumers) {
  MarketOptions options = empty_market(consumers, kFlightWeeks + 2, step);
  options.channels = {gamma_channel("tv", kShape)};
  options.campaigns = {flight("tv", "tv", kMean)};
  return options;
}

void check_nbd(const MarketOptions& options, std::uint32_t seed) {
  const Experiment run(options, seed);
  const auto n = static_cast<double>(options.run.consumers);
  for (int k = 1; k <= 10; ++k) {
    const double law = nbd_at_least(kShape, kMean, k);
    CAPTURE(k, law);
    const double reached = run.at_end(0, "reach_since_start", static_cast<std::size_t>(k - 1)) / n;
    CHECK(std::fabs(z_score(reached, law, binomial_se(law, n))) < kBoundHundredChecks);
  }
  // Control: the homogeneous audience of the same mean.
  const double poisson = poisson_at_least(kMean, 1);
  const double reach = run.at_end(0, "reach_since_start") / n;
  CHECK(std::fabs(z_score(reach, poisson, binomial_se(poisson, n))) > 3.0 * kBoundHundredChecks);
}

TEST_CASE("O3: gamma habits make exposures negative binomial, in week steps") {
  CHECK(std::fabs(nbd_at_least(kShape, kMean, 1) - 0.65872) < 5e-6);
  CHECK(std::fabs(nbd_at_least(kShape, kMean, 3) - 0.37432) < 5e-6);
  check_nbd(one_channel("week"), 301);
}

TEST_CASE("O3: and in day steps") { check_nbd(one_channel("day"), 302); }

TEST_CASE("O3: and when the contacts are bought by the thousand") {
  MarketOptions options = one_channel("week");
  CampaignOptions& campaign = options.campaigns[0];
  campaign.buy = "cpm";
  campaign.cpm_money = 20.0;
  campaign.budget_money = kMean * static_cast<double>(kConsumers) / 1000.0 * campaign.cpm_money;
  check_nbd(options, 303);
}

TEST_CASE("O3: ten million consumers", "[.heavy]") { check_nbd(one_channel("week", 10'000'000), 305); }

TEST_CASE("O3: a constant habit is the Poisson audience, and not the NBD") {
  MarketOptions options = one_channel("week");
  options.channels[0].habit = "constant";
  const Experiment run(options, 304);
  const auto n = static_cast<double>(kConsumers);
  const double reach = run.at_end(0, "reach_since_start") / n;
  const double poisson = poisson_at_least(kMean, 1);
  const double nbd = nbd_at_least(kShape, kMean, 1);
  CHECK(std::fabs(z_score(reach, poisson, binomial_se(poisson, n))) < kBoundOneCheck);
  CHECK(std::fabs(z_score(reach, nbd, binomial_se(nbd, n))) > 3.0 * kBoundOneCheck);
}

// Consumers by which of the two campaigns they met: neither, first, second, both.
struct Overlap {
  double first = 0, second = 0, both = 0;  // shares
  double duplication() const { return both / (first * second); }
};

Overlap overlap_of(const MarketOptions& options, std::uint32_t seed) {
  const Snapshot end(options, seed, static_cast<std::int32_t>(options.run.weeks));
  const auto a = end.column<std::uint8_t>("contacts_a");
  const auto b = end.column<std::uint8_t>("contacts_b");
  Overlap overlap;
  const double one = 1.0 / static_cast<double>(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    overlap.first += a[i] > 0 ? one : 0.0;
    overlap.second += b[i] > 0 ? one : 0.0;
    overlap.both += a[i] > 0 && b[i] > 0 ? one : 0.0;
  }
  return overlap;
}

// SE of D by the delta method: D moves by 1_ab / (pq) - D (1_a / p + 1_b / q - 1) with each consumer.
double duplication_se(double p, double q, double d, double n) {
  const double both = d * p * q;
  const auto influence = [&](bool a, bool b) {
    return (a && b ? 1.0 / (p * q) : 0.0) - d * ((a ? 1.0 / p : 0.0) + (b ? 1.0 / q : 0.0) - 1.0);
  };
  const double square = both * std::pow(influence(true, true), 2) + (p - both) * std::pow(influence(true, false), 2) +
                        (q - both) * std::pow(influence(false, true), 2) +
                        (1.0 - p - q + both) * std::pow(influence(false, false), 2);
  return std::sqrt(square / n);
}

constexpr double kFirstMean = 1.0;
constexpr double kSecondMean = 2.0;

MarketOptions two_campaigns(bool shared_habit, bool shared_channel) {
  MarketOptions options = empty_market(kConsumers, kFlightWeeks + 2);
  options.channels = {gamma_channel("tv", kShape)};
  if (!shared_channel) options.channels.push_back(gamma_channel("web", kShape));
  if (!shared_channel && shared_habit) options.channels[1].shares_habit_with = "tv";
  options.campaigns = {flight("a", "tv", kFirstMean), flight("b", shared_channel ? "tv" : "web", kSecondMean)};
  return options;
}

TEST_CASE("O4: two campaigns on one habit reach the same people") {
  const auto n = static_cast<double>(kConsumers);
  const double p = nbd_at_least(kShape, kFirstMean, 1);
  const double q = nbd_at_least(kShape, kSecondMean, 1);
  const double shared = shared_habit_duplication(kShape, kFirstMean, kSecondMean);
  const double on_channels = overlap_of(two_campaigns(true, false), 401).duplication();
  const double on_channel = overlap_of(two_campaigns(true, true), 402).duplication();
  const double apart = overlap_of(two_campaigns(false, false), 403).duplication();
  CHECK(std::fabs(z_score(on_channels, shared, duplication_se(p, q, shared, n))) < kBoundTwentyChecks);
  CHECK(std::fabs(z_score(on_channel, shared, duplication_se(p, q, shared, n))) < kBoundTwentyChecks);
  // Control: habits of their own duplicate by chance only, and each law rejects the other's run.
  CHECK(std::fabs(z_score(apart, 1.0, duplication_se(p, q, 1.0, n))) < kBoundTwentyChecks);
  CHECK(std::fabs(z_score(apart, shared, duplication_se(p, q, shared, n))) > 3.0 * kBoundTwentyChecks);
  CHECK(std::fabs(z_score(on_channels, 1.0, duplication_se(p, q, 1.0, n))) > 3.0 * kBoundTwentyChecks);
}

double reach_of_any_campaign(const MarketOptions& options, std::uint32_t seed) {
  const Snapshot end(options, seed, static_cast<std::int32_t>(options.run.weeks));
  std::vector<bool> reached(static_cast<std::size_t>(options.run.consumers));
  for (const CampaignOptions& campaign : options.campaigns) {
    const auto contacts = end.column<std::uint8_t>("contacts_" + campaign.name);
    for (std::size_t i = 0; i < contacts.size(); ++i) reached[i] = reached[i] || contacts[i] > 0;
  }
  return static_cast<double>(std::count(reached.begin(), reached.end(), true)) / static_cast<double>(reached.size());
}

TEST_CASE("O5: reach of independent channels") {
  const double means[] = {0.5, 1.0, 0.3};
  MarketOptions options = empty_market(kConsumers, kFlightWeeks + 2);
  std::vector<double> reaches;
  for (std::size_t c = 0; c < std::size(means); ++c) {
    const std::string name = "channel_" + std::to_string(c);
    options.channels.push_back(gamma_channel(name, kShape));
    options.campaigns.push_back(flight(name, name, means[c]));
    reaches.push_back(nbd_at_least(kShape, means[c], 1));
  }
  const auto n = static_cast<double>(kConsumers);
  const double law = independent_reach(reaches);
  CHECK(std::fabs(z_score(reach_of_any_campaign(options, 501), law, binomial_se(law, n))) < kBoundTwentyChecks);
  // Control: one habit for all, whose joint reach is that of the sum of means.
  for (std::size_t c = 1; c < options.channels.size(); ++c) options.channels[c].shares_habit_with = "channel_0";
  const double shared = reach_of_any_campaign(options, 502);
  const double summed = nbd_at_least(kShape, means[0] + means[1] + means[2], 1);
  CHECK(std::fabs(z_score(shared, summed, binomial_se(summed, n))) < kBoundTwentyChecks);
  CHECK(std::fabs(z_score(shared, law, binomial_se(law, n))) > 3.0 * kBoundTwentyChecks);
}

TEST_CASE("O5: a uniform personal chance of each insertion is beta-binomial") {
  constexpr int kInsertions = 8;
  MarketOptions options = empty_market(kConsumers, kInsertions);
  ChannelOptions channel = certain_channel("magazine", 1.0);
  channel.habit = "uniform";
  channel.slots_low = 0.0;
  channel.slots_high = 1.0;
  options.channels = {channel};
  options.campaigns = {unpaid_campaign("magazine", "magazine", 1.0)};
  const Experiment run(options, 503);
  const auto n = static_cast<double>(kConsumers);
  double at_least = 1.0;
  for (int k = 1; k <= kInsertions; ++k) {
    at_least -= beta_binomial_pmf(1.0, 1.0, kInsertions, k - 1);
    CAPTURE(k, at_least);
    const double met = run.at_end(0, "reach_since_start", static_cast<std::size_t>(k - 1)) / n;
    CHECK(std::fabs(z_score(met, at_least, binomial_se(at_least, n))) < kBoundTwentyChecks);
  }
  CHECK(beta_binomial_reach(1.0, 1.0, kInsertions) == Approx(8.0 / 9.0).epsilon(1e-12));
  // Control: everybody at the mean chance.
  const double homogeneous = 1.0 - std::pow(0.5, kInsertions);
  const double reach = run.at_end(0, "reach_since_start") / n;
  CHECK(std::fabs(z_score(reach, homogeneous, binomial_se(homogeneous, n))) > 3.0 * kBoundTwentyChecks);
}

}  // namespace
}  // namespace populace::oracles
