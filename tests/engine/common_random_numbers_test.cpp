// Two scenarios under the same seed differ only where their causes differ: what is added, renamed or improved touches
// no other draw.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "tests/engine/market_run.hpp"

using namespace populace;

namespace {

// Every counter by its measure and labels, over steps, cells and replications.
using Figures = std::map<std::string, std::vector<std::int64_t>>;

Figures figures(const Market& market) {
  Figures all;
  for (const ReplicationRecord& record : run_records(market, {1, 1, 2}))
    for (const Measure& measure : market.registry().measures()) {
      const std::vector<std::int64_t> values = Counters(market, record).dataset(measure);
      for (std::size_t i = 0; i < values.size(); ++i) {
        std::string name = measure.name;
        std::size_t slot = i % measure.size, size = measure.size;
        for (const std::string& dim : measure.dims) {
          const std::vector<std::string>& labels = market.registry().dimension(dim).labels;
          size /= labels.size();
          name += "/" + labels[slot / size];
          slot %= size;
        }
        all[name].push_back(values[i]);
      }
    }
  return all;
}

// Figures of `a` that are not the same in `b`, whose names contain none of `touched`.
std::set<std::string> disturbed(const Figures& a, const Figures& b, const std::vector<std::string>& touched) {
  std::set<std::string> names;
  for (const auto& [name, values] : a) {
    if (std::any_of(touched.begin(), touched.end(),
                    [&](const std::string& t) { return name.find(t) != std::string::npos; }))
      continue;
    const auto other = b.find(name);
    if (other == b.end() || other->second != values) names.insert(name);
  }
  return names;
}

const std::set<std::string> kNothing;

Figures with(const std::function<void(MarketOptions&)>& change) {
  MarketOptions options = everything();
  change(options);
  options.complete();
  return figures(Market(options));
}

ChannelOptions& add_channel(MarketOptions& options, const std::string& name) {
  ChannelOptions& channel = options.channels.emplace_back();
  channel.name = name;
  return channel;
}

CampaignOptions& add_campaign(MarketOptions& options, const std::string& name, const std::string& channel) {
  CampaignOptions& campaign = options.campaigns.emplace_back();
  campaign.name = name;
  campaign.channel = channel;
  campaign.buy = "probability";
  campaign.delivery_prob = .2;
  return campaign;
}

}  // namespace

TEST_CASE("a campaign without effect changes no other figure") {
  const Figures base = with([](MarketOptions&) {});
  const Figures more = with([](MarketOptions& o) {
    ChannelOptions& channel = add_channel(o, "radio");
    channel.slow_effect = channel.fast_effect = 0;
    add_campaign(o, "jingle", "radio").brand = "others";
  });
  CHECK(more.at("impressions/jingle") != std::vector<std::int64_t>(more.at("impressions/jingle").size()));
  CHECK(disturbed(base, more, {}) == kNothing);
}

TEST_CASE("a campaign changes nothing before it begins, and something after") {
  constexpr std::int32_t kStart = 6;
  const Market base(everything());
  MarketOptions options = everything();
  add_channel(options, "radio").slots_per_week = 30;
  add_campaign(options, "jingle", "radio").flights = {{kStart, 14, 1}};
  options.complete();
  const Market more(options);
  const std::vector<ReplicationRecord> a = run_records(base), b = run_records(more);
  for (std::size_t r = 0; r < a.size(); ++r)
    for (std::int32_t step = 0; step < base.end_step_number(); ++step) {
      const Counters in_a(base, a[r]), in_b(more, b[r]);
      bool same = true;
      for (std::size_t brand = 0; brand < 3; ++brand)
        same = same && in_a.step("orders", step, brand) == in_b.step("orders", step, brand);
      for (std::size_t stage = 0; stage < 9; ++stage)
        same = same && in_a.step("occupancy_ladder", step, stage) == in_b.step("occupancy_ladder", step, stage);
      for (std::size_t c = 0; c < base.options().campaigns.size(); ++c)
        same = same && in_a.step("impressions", step, c) == in_b.step("impressions", step, c);
      CHECK(same == (step < kStart));
    }
}

TEST_CASE("another stage machine, region shocks and talk disturb no draw of others") {
  const Figures base = with([](MarketOptions&) {});
  const Figures machine = with([](MarketOptions& o) {
    MachineOptions& added = o.machines.emplace_back();
    added.name = "trend";
    added.stages = {"out", "in"};
    MoveOptions& move = added.moves.emplace_back();
    move.name = "join";
    move.from = {"out"};
    move.to = "in";
    move.rate_per_week = .1;
    move.drivers = {{"talk", .2}};
  });
  CHECK(disturbed(base, machine, {}) == kNothing);
  CHECK(machine.contains("occupancy_trend/in"));
  // Shocks of demand leave contacts and moves without purchases as they were.
  const Figures calm = with([](MarketOptions& o) { o.world.demand_shock_cv = 0; });
  const std::set<std::string> by_shock = disturbed(base, calm, {});
  CHECK(by_shock.contains("opportunities"));
  for (const char* name :
       {"impressions/tv_spots", "impressions/feed_views", "clicks/feed_clicks", "spend/story_package"}) {
    INFO(name);
    CHECK_FALSE(by_shock.contains(name));
  }
}

TEST_CASE("another brand changes shares, and no draw of need or media") {
  const auto simple = [](MarketOptions& o) {
    o.dropout.enabled = false;
    o.machines.pop_back();
    o.stage_purchase.machine.clear();
  };
  const Figures base = with(simple);
  const Figures more = with([&](MarketOptions& o) {
    simple(o);
    for (BrandOptions& brand : o.brands) brand.share *= .8;
    BrandOptions& added = o.brands.emplace_back();
    added.name = "newcomer";
    added.share = .2;
  });
  const std::set<std::string> changed = disturbed(base, more, {"words"});  // a click on a search may lead elsewhere
  CHECK(changed.contains("orders/own"));
  for (const auto& [name, values] : base) {
    const bool of_media = name.starts_with("impressions/") || name.starts_with("reach_") ||
                          name.starts_with("clicks/") || name == "opportunities";
    if (of_media) CHECK_FALSE(changed.contains(name));
  }
}

TEST_CASE("a new name gives new draws to its bearer and to nobody else") {
  const auto add = [](const std::string& name) {
    return with([&](MarketOptions& o) {
      ChannelOptions& channel = add_channel(o, "radio");
      channel.slow_effect = channel.fast_effect = 0;
      add_campaign(o, name, "radio").brand = "others";
    });
  };
  const Figures jingle = add("jingle"), song = add("song");
  CHECK(jingle.at("impressions/jingle") != song.at("impressions/song"));
  CHECK(disturbed(jingle, song, {"jingle", "/radio"}) == kNothing);  // the channel's reach is its campaign's
  // The shock of a region follows its name.
  const auto region = [](const char* name) { return [name](MarketOptions& o) { o.regions[2].name = name; }; };
  const Market islands(everything()), coast([&] {
    MarketOptions o = everything();
    region("coast")(o);
    return o;
  }());
  const std::vector<ReplicationRecord> a = run_records(islands, {1, 1, 1}), b = run_records(coast, {1, 1, 1});
  for (std::size_t cell = 0; cell < 6; ++cell) {
    bool same = true;
    for (std::int32_t step = 0; step < 2; ++step)  // before the new purchases have reached the others through talk
      same = same && Counters(islands, a[0]).cell("opportunities", step, cell) ==
                         Counters(coast, b[0]).cell("opportunities", step, cell);
    CHECK((cell < 4 ? true : !same));
  }
}

// Without a response of the category, a better brand wins from every other brand in every cell and step, and nobody
// else gains.
TEST_CASE("improving a brand never gives an order to another one") {
  const auto market = [](double pressure) {
    MarketOptions o = everything();
    o.choice.category_response = 0;
    o.choice.awareness_machine.clear();
    o.dropout.enabled = false;
    o.word_of_mouth.machine.clear();
    o.machines.clear();
    o.stage_purchase.machine.clear();
    o.response.fast.acts_on = "nothing";
    std::erase_if(o.campaigns, [](const CampaignOptions& c) { return c.channel == "query"; });
    for (BrandOptions& brand : o.brands) brand.awareness_share = 1;
    o.brands[1].pressure = pressure;
    o.complete();
    return o;
  };
  const Market base(market(0)), better(market(.5));
  const std::vector<ReplicationRecord> a = run_records(base, {1, 1, 2}), b = run_records(better, {1, 1, 2});
  std::int64_t won = 0;
  for (std::size_t r = 0; r < a.size(); ++r)
    for (std::int32_t step = 0; step < base.end_step_number(); ++step)
      for (std::size_t cell = 0; cell < base.n_cells(); ++cell) {
        std::int64_t all = 0;
        for (std::size_t brand = 0; brand < 3; ++brand) {
          const std::int64_t change = Counters(better, b[r]).cell("orders", step, cell, brand) -
                                      Counters(base, a[r]).cell("orders", step, cell, brand);
          won += brand == 1 ? change : 0;
          CHECK((brand == 1 ? change : -change) >= 0);
          all += change;
        }
        CHECK(all == 0);
      }
  CHECK(won > 100);
}

TEST_CASE("declaring campaigns in another order changes no figure of theirs") {
  const auto media_only = [](bool reversed) {
    return with([&](MarketOptions& o) {
      std::erase_if(o.campaigns, [](const CampaignOptions& c) { return c.channel == "query"; });
      o.need.enabled = o.dropout.enabled = false;
      o.machines.clear();
      o.stage_purchase.machine.clear();
      o.word_of_mouth.machine.clear();
      o.response.slow.acts_on = o.response.fast.acts_on = "nothing";
      if (!reversed) return;
      std::reverse(o.campaigns.begin(), o.campaigns.end());
      std::reverse(o.channels.begin(), o.channels.end());
    });
  };
  const Figures one = media_only(false), other = media_only(true);
  CHECK(one.size() == other.size());
  CHECK(disturbed(one, other, {}) == kNothing);
}
