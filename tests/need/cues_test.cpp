// Cues: what contacts and remarks add to the needs of a market.
#include <catch2/catch.hpp>
#include <cmath>

#include "tests/targeting/targeting_market.hpp"

using namespace populace;

namespace {

// Hardly any needs of their own, and at most one contact a week with each of two campaigns.
MarketOptions cued_market(std::uint32_t seed) {
  MarketOptions options = small_market(seed, 6);
  options.need.enabled = true;
  options.need.opportunities_per_week = .05;
  options.need.shape = 50;
  for (const char* name : {"photos", "film"}) {
    ChannelOptions& channel = add_channel(options, name, 3);
    channel.attention_prob = name[0] == 'p' ? .5 : .8;
    CampaignOptions& campaign = add_campaign(options, name, name, 0);
    unpaid(campaign, .4);
    campaign.cap.exposures = 1;
  }
  return options;
}

double z_of_share(double found, double n, double share) {
  return std::fabs(z_score(found, n * share, std::sqrt(n * share * (1 - share))));
}

double everybody(const Run& run, const char* measure) { return run.all(measure, 0) + run.all(measure, 1); }

}  // namespace

TEST_CASE("one contact awakens a need with the campaign's chance times the attention of its medium") {
  MarketOptions options = cued_market(481);
  options.campaigns[0].need_prob = .2;
  const Run run(options);
  const double contacts = run.all("impressions", 0), cued = run.all("cued_occasions", 0);
  CHECK(contacts > 10'000);
  CHECK(z_of_share(cued, contacts, .2 * .5) < kBoundOneCheck);
  CHECK(z_of_share(cued, contacts, .2 * .8) > kBoundOneCheck);  // control
  CHECK(run.all("cued_occasions", 1) == 0);
}

TEST_CASE("each need that a contact awakens is one opportunity more, and nothing else changes") {
  MarketOptions with = cued_market(482);
  with.campaigns[0].need_prob = .1, with.campaigns[1].need_prob = .3;
  const Run cued(with), plain(cued_market(482));
  CHECK(cued.all("opportunities") - plain.all("opportunities") == everybody(cued, "cued_occasions"));
  CHECK(everybody(cued, "impressions") == everybody(plain, "impressions"));
  CHECK(cued.all("orders") > 1.5 * plain.all("orders"));
}

TEST_CASE("of two campaigns that meet the same person one is the cause, in proportion to their hazards") {
  MarketOptions options = cued_market(483);
  for (ChannelOptions& channel : options.channels) channel.slots_per_week = 400, channel.attention_prob = 1;
  for (CampaignOptions& campaign : options.campaigns) campaign.delivery_prob = .5;
  options.campaigns[0].need_prob = .2, options.campaigns[1].need_prob = .4;
  const Run run(options);
  const double n = kPeople * 6., first = -std::log(1 - .2), second = -std::log(1 - .4);
  REQUIRE(run.all("impressions", 0) > .99 * n);  // nearly everybody has met both
  const double cued = everybody(run, "cued_occasions");
  const double met[] = {run.all("impressions", 0) / n, run.all("impressions", 1) / n};
  CHECK(z_of_share(cued, n, 1 - (1 - .2 * met[0]) * (1 - .4 * met[1])) < kBoundOneCheck);
  CHECK(z_of_share(run.all("cued_occasions", 0), cued, first / (first + second)) < kBoundOneCheck);
  CHECK(z_of_share(run.all("cued_occasions", 0), cued, 1 / 3.) > kBoundOneCheck);  // control: chances themselves
}

TEST_CASE("what is believed of friends awakens needs in the next step") {
  MarketOptions options = cued_market(484);
  add_rungs(options, 1);
  WordOfMouthOptions& talk = options.word_of_mouth;
  talk.machine = options.machines[0].name;
  talk.network = "complete";
  talk.voice = 1;
  talk.contacts_per_week = .7;
  talk.need_prob = .5;
  const Run run(options);
  CHECK(run.counters.step("talk_occasions", 0) == 0);
  const double n = kPeople * 5.;
  CHECK(z_of_share(run.all("talk_occasions"), n, 1 - std::exp(-.7 * .5)) < kBoundOneCheck);
  CHECK(z_of_share(run.all("talk_occasions"), n, .7 * .5) > kBoundOneCheck);  // control: not one by one
  options.word_of_mouth.voice = 0;
  CHECK(Run(options).all("talk_occasions") == 0);
}

TEST_CASE("no cue can be given by a campaign that nobody meets, to the bit") {
  MarketOptions with = cued_market(485), without = cued_market(485);
  with.campaigns[0].need_prob = .5, with.campaigns[0].delivery_prob = without.campaigns[0].delivery_prob = 0;
  CHECK(Walk(with).column<std::uint16_t>("bought") == Walk(without).column<std::uint16_t>("bought"));
  CHECK(Run(with).all("orders") == Run(without).all("orders"));
  CHECK(Run(with).all("cued_occasions") == 0);
}
