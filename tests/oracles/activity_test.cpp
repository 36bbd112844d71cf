// O6: consumers of a few activity levels, level i of share a_i meeting x_ic slots a week of channel c, each of which
// shows a campaign with one chance. With n_c the slots bought per unit of activity (chance x weeks), reach of any of
// the channels is R(n) = sum_i a_i (1 - exp(-sum_c x_ic n_c)).
//
// Levels are segments with a constant habit and Poisson contacts. A reach over N consumers has at most the binomial SE:
// segment sizes are fixed, which only narrows it.
#include <catch2/catch.hpp>

#include "tests/oracles/experiment.hpp"
#include "tests/support/zscore.hpp"

namespace populace::oracles {
namespace {

constexpr std::size_t kLevels = 4, kChannels = 3;
constexpr double kShare[kLevels] = {0.4, 0.3, 0.2, 0.1};
constexpr double kSlots[kLevels][kChannels] = {{0.0, 2.0, 1.0}, {5.0, 1.0, 0.5}, {20.0, 0.0, 4.0}, {60.0, 12.0, 20.0}};
constexpr double kChance[kChannels] = {0.02, 0.08, 0.05};
constexpr int kLooks[] = {1, 3, 8, 20};  // weeks
constexpr std::int64_t kConsumers = 400'000;

MarketOptions levels(const std::string& step) {
  MarketOptions options = empty_market(kConsumers, kLooks[3], step);
  for (std::size_t i = 0; i < kLevels; ++i) options.segments.push_back({"level_" + std::to_string(i), kShare[i]});
  for (std::size_t c = 0; c < kChannels; ++c) {
    const std::string name = "channel_" + std::to_string(c);
    ChannelOptions channel = certain_channel(name, 0.0);
    channel.exposure = "poisson";
    for (std::size_t i = 0; i < kLevels; ++i)
      channel.slots_per_week.by_name.emplace_back(options.segments[i].name, kSlots[i][c]);
    options.channels.push_back(channel);
    options.campaigns.push_back(unpaid_campaign(name, name, kChance[c]));
  }
  return options;
}

// R after so many weeks over the channels first .. end - 1.
double law(int weeks, std::size_t first, std::size_t end) {
  double reach = 0.0;
  for (std::size_t i = 0; i < kLevels; ++i) {
    double contacts = 0.0;
    for (std::size_t c = first; c < end; ++c) contacts += kSlots[i][c] * kChance[c] * weeks;
    reach -= kShare[i] * std::expm1(-contacts);
  }
  return reach;
}

double homogeneous(int weeks) {
  double contacts = 0.0;
  for (std::size_t i = 0; i < kLevels; ++i)
    for (std::size_t c = 0; c < kChannels; ++c) contacts += kShare[i] * kSlots[i][c] * kChance[c] * weeks;
  return -std::expm1(-contacts);
}

double independent(int weeks) {
  double missed = 1.0;
  for (std::size_t c = 0; c < kChannels; ++c) missed *= 1.0 - law(weeks, c, c + 1);
  return 1.0 - missed;
}

double reach_of_all(const Snapshot& now) {
  std::vector<std::uint8_t> any(static_cast<std::size_t>(kConsumers));
  for (std::size_t c = 0; c < kChannels; ++c) {
    const auto contacts = now.column<std::uint8_t>("contacts_channel_" + std::to_string(c));
    for (std::size_t i = 0; i < any.size(); ++i) any[i] |= contacts[i] > 0;
  }
  double reached = 0.0;
  for (const std::uint8_t one : any) reached += one;
  return reached / static_cast<double>(kConsumers);
}

void check_levels(const std::string& step, std::uint32_t seed) {
  const int steps_per_week = step == "day" ? 7 : 1;
  Snapshot run(levels(step), seed, 0);
  const auto n = static_cast<double>(kConsumers);
  for (const int weeks : kLooks) {
    run.run_to(weeks * steps_per_week);
    const double reach = reach_of_all(run), truth = law(weeks, 0, kChannels);
    const double se = binomial_se(truth, n);
    CAPTURE(step, weeks, truth, reach);
    CHECK(std::fabs(z_score(reach, truth, se)) < kBoundTwentyChecks);
    // Controls: one level of the mean activity; levels that do not know each other over channels.
    CHECK(std::fabs(z_score(reach, homogeneous(weeks), se)) > 3.0 * kBoundTwentyChecks);
    // Around the eighth week the second comes near the law.
    if (weeks != 8) CHECK(std::fabs(z_score(reach, independent(weeks), se)) > 3.0 * kBoundTwentyChecks);
  }
}

TEST_CASE("O6: reach of a mixture of activity levels over channels, in week steps") { check_levels("week", 601); }

TEST_CASE("O6: and in day steps") { check_levels("day", 602); }

}  // namespace
}  // namespace populace::oracles
