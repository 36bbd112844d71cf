// Branded and generic queries, unpaid listings, and how late on the way search meets people.
#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "results/summary/kpi.hpp"
#include "tests/episode/episode_market.hpp"

using namespace populace;

namespace {

MarketOptions searching_market(std::uint32_t seed, double awareness, std::int64_t weeks = 8) {
  MarketOptions options = small_market(seed, weeks);
  options.need.enabled = true;
  options.need.opportunities_per_week = .2;
  options.need.shape = 50;
  options.brands = {{}, {}};
  options.brands[0].name = "own", options.brands[1].name = "rival";
  options.brands[0].share = .3, options.brands[1].share = .7;
  options.brands[0].awareness_share = awareness;
  options.response.fast.acts_on = "utility";
  options.response.fast.utility = 1;
  options.response.fast.saturation = 0;
  options.response.fast.retention_per_week = 0;
  ChannelOptions& engine = add_channel(options, "engine");
  engine.kind = "search";
  engine.query_prob = engine.branded_query_prob = .6;
  engine.click_prob = .8;
  engine.fast_effect = 2;
  engine.click_informs = true;
  return options;
}

void add_ads(MarketOptions& options, const std::string& kind) {
  CampaignOptions& ads = add_campaign(options, "ads", "engine", 1e7);
  ads.buy = "cpc";
  ads.cpc_money = 1;
  ads.query_kind = kind;
}

OrganicOptions& add_listing(MarketOptions& options, const std::string& kind, double strength) {
  OrganicOptions& listing = options.listings.emplace_back();
  listing.name = "listing";
  listing.channel = "engine";
  listing.query_kind = kind;
  listing.click_prob = .95;
  listing.start_strength = strength;
  listing.effort_money_per_week = strength >= 1 ? 1e9 : 1000 * strength / (1 - strength);
  listing.half_effort_money_per_week = 1000;
  return listing;
}

// L20: orders that the ads cause, of orders after a click on them.
double incremental(MarketOptions options, const std::string& kind) {
  const double without = Run(options).all("orders", 0);
  add_ads(options, kind);
  const Run with(options);
  return (with.all("orders", 0) - without) / with.all("orders_after_click", 0);
}

}  // namespace

TEST_CASE("branded queries come from those who know the brand") {
  for (const double awareness : {0., .4, 1.}) {
    MarketOptions options = searching_market(471, awareness, 1);
    options.channels[0].click_informs = false;
    add_ads(options, "branded");
    const Run run(options);
    const double n = run.all("opportunities"), p = awareness * .6;
    if (awareness == 0) CHECK(run.all("impressions") == 0);
    if (awareness == 0) continue;
    // Who knows it is drawn a person, so an opportunity more of the same person adds covariance.
    const double se = std::sqrt(n * p * (1 - p) * 1.4);
    CHECK(std::fabs(z_score(run.all("impressions"), n * p, se)) < kBoundTwentyChecks);
    CHECK(std::fabs(z_score(run.all("impressions"), n * .5, se)) > kBoundTwentyChecks);
  }
}

TEST_CASE("L20: paid search on a known brand's name replaces clicks, on an unknown brand's category it wins orders") {
  MarketOptions known = searching_market(472, 1);
  add_listing(known, "branded", 1);
  CHECK(incremental(known, "branded") <= .2);
  CHECK(incremental(known, "branded") >= 0);
  MarketOptions unknown = searching_market(473, .02);
  add_listing(unknown, "generic", .1);
  CHECK(incremental(unknown, "generic") >= .5);
  known.listings.clear();  // control: without a listing there is nothing to replace
  CHECK(incremental(known, "branded") > .3);
}

TEST_CASE("a listing grows with a lag, and its clicks with it") {
  MarketOptions options = searching_market(474, 1, 12);
  OrganicOptions& listing = add_listing(options, "generic", 0);
  listing.effort_money_per_week = 3000;
  listing.lag_weeks = 6;
  const Run run(options);
  for (const std::int32_t step : {0, 3, 11}) {
    const double strength = .75 * (1 - std::exp(-step / 6.)),
                 queries = static_cast<double>(run.counters.step("listing_queries", step)),
                 clicks = static_cast<double>(run.counters.step("listing_clicks", step)), p = strength * .95;
    if (step == 0) CHECK(clicks == 0);
    if (step == 0) continue;
    CHECK(std::fabs(z_score(clicks, queries * p, std::sqrt(queries * p * (1 - p)))) < kBoundTwentyChecks);
    CHECK(std::fabs(z_score(clicks, queries * .95 * .75, std::sqrt(queries * p * (1 - p)))) > kBoundTwentyChecks);
  }
  CHECK(run.counters.all_totals("listing_effort") == to_micros(12 * 3000.));
  // H18: the ad acts at once, the listing later.
  MarketOptions paid = searching_market(474, 1, 12);
  add_ads(paid, "generic");
  CHECK(Run(paid).counters.step("clicks", 0) > 100);
}

TEST_CASE("a listing that is never clicked leaves the campaign's contacts as they are in number") {
  MarketOptions with = searching_market(475, 1), without = searching_market(475, 1);
  add_ads(with, "generic");
  add_ads(without, "generic");
  add_listing(with, "generic", 0);
  const double a = Run(with).all("impressions"), b = Run(without).all("impressions");
  CHECK(std::fabs(z_score(a - b, 0, std::sqrt(a + b))) < kBoundOneCheck);
}

TEST_CASE("H14, H15: search meets people late on their way, display meets them idle") {
  MarketOptions options = searching_market(476, 1, 16);
  add_ads(options, "generic");
  add_channel(options, "display", 5);
  unpaid(add_campaign(options, "banners", "display", 0), .2);
  options.episode.enabled = true;
  options.episode.extended_from_involvement = 0;
  options.information.enabled = true;
  SourceOptions& source = options.sources.emplace_back();
  source.name = "web";
  source.kind = "search_engine";
  source.consult_prob = .4;
  const Run run(options);
  const auto share = [&](std::size_t campaign, std::size_t from, std::size_t to) {
    double part = 0, all = 0;
    for (std::size_t s = 0; s < 6; ++s) {
      const double n = run.all("contacts_by_episode", campaign * 6 + s);
      all += n;
      if (s >= from && s <= to) part += n;
    }
    CHECK(all == run.all("impressions", campaign));
    return part / all;
  };
  CHECK(share(0, 3, 4) > .45);
  CHECK(share(1, 3, 4) < .2);
  CHECK(share(0, 0, 0) == 0);
  CHECK(share(1, 0, 0) > .3);
}

TEST_CASE("H16: bidding costs more than what is found or shown to all, and is more precise") {
  const auto figures = [](const std::vector<std::string>& changes) {
    std::vector<std::string> overrides = {"scenario.consumers=20000"};
    overrides.insert(overrides.end(), changes.begin(), changes.end());
    const Run run(load_options("scenarios/catalogue/search_against_display.toml", overrides));
    std::map<std::string, double> values;
    for (const Kpi& kpi : run.market.registry().kpis())
      values[kpi.name()] = evaluate(kpi, run.market.registry(), run_info(run.market), run.records[0]);
    return values;
  };
  const auto click = [](const auto& of) { return of.at("campaign.words.spend") / of.at("campaign.words.clicks"); };
  const auto found = figures({});
  CHECK(found.at("campaign.words.ecpm") > 10 * found.at("campaign.banners.ecpm"));
  CHECK(click(found) > 10 * found.at("listing.content.cost_per_click"));
  CHECK(found.at("campaign.words.late_stage_share") > 3 * found.at("campaign.banners.late_stage_share"));
  CHECK(found.at("visit.engine.conversion") > 1.3 * found.at("visit.display.conversion"));
  // Controls: words that cost next to nothing are as precise, and banners that see who is about to buy are, too.
  const auto cheap = figures({"campaign.words.cpc_money=0.02"});
  CHECK(click(cheap) < cheap.at("listing.content.cost_per_click"));
  CHECK(cheap.at("campaign.words.late_stage_share") > 3 * cheap.at("campaign.banners.late_stage_share"));
  const auto seeing = figures({R"(campaign.banners.target.episode=["evaluate","decide"])"});
  CHECK(seeing.at("campaign.words.late_stage_share") < seeing.at("campaign.banners.late_stage_share"));
  CHECK(seeing.at("visit.engine.conversion") < 1.3 * seeing.at("visit.display.conversion"));
}
