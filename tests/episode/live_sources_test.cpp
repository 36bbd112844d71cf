// Sources that read other mechanisms: members, followers, reviews and friends.
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/episode/episode_market.hpp"

using namespace populace;

namespace {

// Everybody consults one source at each of his occasions, and finds the focal brand wherever it is.
MarketOptions one_source(std::uint32_t seed, const std::string& kind, bool episodes = false) {
  MarketOptions options = episode_market(seed, 6);
  options.episode.enabled = episodes;
  options.need.opportunities_per_week = .3;
  options.information.enabled = true;
  options.information.threshold_low = options.information.threshold_high = 15;
  SourceOptions& source = options.sources.emplace_back();
  source.name = "source";
  source.kind = kind;
  source.consult_prob = source.presence_prob = 1;
  return options;
}

double z_of_share(double found, double n, double share, double repeats = 1) {
  return std::fabs(z_score(found, n * share, std::sqrt(n * share * (1 - share) * repeats)));
}

// Who may consult is the same at all his occasions: the variance of their number is E N^2 / E N times that of
// independent ones, N the occasions of a consumer, mean 6 x .3 and nearly Poisson (gamma of shape 50).
constexpr double kRepeats = 1 + 1.8 + 1.8 / 50;

InfluencerOptions influencer(double followers, double start_week, double end_week) {
  InfluencerOptions one;
  one.name = "anna";
  one.followers_share = followers;
  one.start_week = start_week;
  one.end_week = end_week;
  return one;
}

}  // namespace

TEST_CASE("only members consult an official account") {
  MarketOptions options = one_source(471, "official_account");
  OwnedOptions& club = options.owned.emplace_back();
  club.name = "club";
  club.initial_share = .3;
  club.leave_per_week = 0;
  options.sources[0].owned = "club";
  const Run run(options);
  CHECK(z_of_share(run.all("consultations"), run.all("opportunities"), .3, kRepeats) < kBoundOneCheck);
  CHECK(run.all("found_brands") == run.all("consultations"));
  options.sources[0].owned.clear();
  const Run free(options);  // control
  CHECK(free.all("consultations") == free.all("opportunities"));
}

TEST_CASE("only followers look at an influencer, and find the brand for some weeks after a post") {
  MarketOptions options = one_source(472, "influencer");
  options.influencers.push_back(influencer(.4, 2, 3));  // one post, in week 2
  options.sources[0].influencer = "anna";
  options.sources[0].recent_weeks = 2;
  const Run run(options);
  CHECK(z_of_share(run.all("consultations"), run.all("opportunities"), .4, kRepeats) < kBoundOneCheck);
  for (std::int32_t step = 0; step < 6; ++step) {
    const bool lately = step >= 2 && step <= 4;
    CHECK(run.counters.step("found_brands", step) == (lately ? run.counters.step("consultations", step) : 0));
  }
  options.sources[0].presence_prob = 0;
  CHECK(Run(options).all("found_brands") == 0);
}

TEST_CASE("live reviews are found as often as there are any, and then read") {
  for (const bool episodes : {false, true}) {
    MarketOptions options = one_source(473, "reviews", episodes);
    options.reviews.enabled = true;
    options.reviews.initial_reviews = 60;
    options.reviews.memory_weeks = 1e6;
    options.reviews.satisfied_write_prob = options.reviews.neutral_write_prob = 0;
    options.reviews.disappointed_write_prob = 0;
    options.reviews.read_prob = 0;
    options.sources[0].live = true;
    options.sources[0].half_reviews = 20;
    const Run run(options);
    const double n = run.all("consultations");
    CHECK(n > 1000);
    CHECK(z_of_share(run.all("found_brands"), n, .75) < kBoundTwentyChecks);
    CHECK(z_of_share(run.all("found_brands"), n, .6) > kBoundTwentyChecks);  // control
    CHECK(run.all("reviews_read") > 0);
    if (!episodes) CHECK(run.all("reviews_read") == run.all("found_brands"));
    options.reviews.initial_reviews = 0;
    CHECK(Run(options).all("found_brands") == 0);
  }
}

TEST_CASE("good reviews that are found sell, bad ones do not") {
  const auto orders = [](double rating) {
    MarketOptions options = one_source(474, "reviews");
    options.choice.no_purchase_share = .5;
    options.reviews.enabled = true;
    options.reviews.initial_reviews = 1000;
    options.reviews.initial_rating = rating;
    options.reviews.base_rating = 3.5;
    options.reviews.valence_elasticity = 2;
    options.reviews.satisfied_write_prob = options.reviews.neutral_write_prob = 0;
    options.reviews.disappointed_write_prob = 0;
    options.reviews.read_prob = 0;
    options.sources[0].live = true;
    return Run(options).all("orders");
  };
  const double bad = orders(2), fair = orders(3.5), good = orders(5);
  CHECK(bad < .9 * fair);
  CHECK(good > 1.05 * fair);
}

TEST_CASE("a friend who is asked recommends as his stage has it, and is heard") {
  for (const char* network : {"mixed", "complete", "small_world"}) {
    MarketOptions options = one_source(475, "friends");
    options.sources[0].live = true;
    add_rungs(options, .5);
    WordOfMouthOptions& talk = options.word_of_mouth;
    talk.machine = options.machines[0].name;
    talk.voice = .35;
    talk.contacts_per_week = 0;
    talk.network = network;
    const Run run(options);
    const double n = run.all("consultations");
    CHECK(z_of_share(run.all("found_brands"), n, .35) < kBoundTwentyChecks);
    CHECK(z_of_share(run.all("found_brands"), n, .3) > kBoundTwentyChecks);  // control
    if (!options.word_of_mouth.over_network()) continue;
    CHECK(run.all("conversations", 0) + run.all("conversations", 1) <= n);
    double sent = 0;  // recommendations, by stage of who gave them
    for (std::size_t stage = 0; stage < 3; ++stage) sent += run.all("word_of_mouth_sent", stage);
    CHECK(sent == run.all("found_brands"));
    CHECK(run.all("word_of_mouth_believed", 0) > 0);
    CHECK(run.all("heard") > 0);
    talk.voice = 0;
    talk.negative_voice = .5;
    CHECK(Run(options).all("found_brands") == 0);
    CHECK(Run(options).all("word_of_mouth_believed", 1) > 0);
  }
}
