// Channels, and what campaigns buy of them and when.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenarios/validate/names.hpp"
#include "scenarios/validate/ranges.hpp"
#include "scenarios/validate/rules.hpp"
#include "scenarios/validate/suggest.hpp"

namespace populace {
namespace {

const ChannelOptions* channel_named(const MarketOptions& market, const std::string& name) {
  for (const ChannelOptions& channel : market.channels)
    if (channel.name == name) return &channel;
  return nullptr;
}

void check_search_channel(RuleBook& book, const ChannelOptions& channel, const KeyPath& path) {
  if (channel.query_prob <= 0 && channel.branded_query_prob <= 0 && !book.is_wrong(path / "query_prob"))
    book.refuse(path / "query_prob", "must be above 0, or nobody ever meets this search channel",
                "for example query_prob = 0.3");
  if (!book.market.need.enabled && !book.is_wrong({"need"}))
    book.refuse(path / "kind", "nobody ever searches, because need.enabled = false", "write need.enabled = true");
}

void check_habit(RuleBook& book, const ChannelOptions& channel, const KeyPath& path) {
  const bool wrong = book.is_wrong(path / "slots_low") || book.is_wrong(path / "slots_high");
  if (channel.habit == "uniform" && !wrong && channel.slots_low > channel.slots_high)
    book.refuse(path / "slots_low", fmt::format("must not be above slots_high, which is {}", plain(channel.slots_high)),
                "swap the two");
  if (channel.shares_habit_with.empty() || book.is_wrong(path / "shares_habit_with")) return;
  const ChannelOptions* other = channel_named(book.market, channel.shares_habit_with);
  if (other == &channel)
    book.refuse(path / "shares_habit_with", "a channel cannot share its habit with itself",
                "name another channel, or drop the key");
  else if (other != nullptr && !other->shares_habit_with.empty())
    book.refuse(path / "shares_habit_with", fmt::format("{} has no habit of its own", other->name),
                fmt::format("write {}, whose habit {} uses", quoted_text(other->shares_habit_with), other->name));
  else if (other != nullptr && other->kind == "search")
    book.refuse(path / "shares_habit_with",
                fmt::format("{} is a search channel, which is met by query and not by habit", other->name),
                "name a push channel");
}

// What one kind of purchase needs: a price or a quantity above 0.
struct Price {
  std::string_view buy, key, example;
  double CampaignOptions::*value;
};
constexpr Price kPrices[] = {
    {"cpm", "cpm_money", "the price of 1,000 impressions, as cpm_money = 40", &CampaignOptions::cpm_money},
    {"grp", "grp_money", "the price of a rating point, as grp_money = 20_000", &CampaignOptions::grp_money},
    {"cpc", "cpc_money", "the price of a click, as cpc_money = 2", &CampaignOptions::cpc_money},
    {"fixed", "fixed_impressions", "what the fee buys, as fixed_impressions = 5_000_000",
     &CampaignOptions::fixed_impressions},
    {"probability", "delivery_prob", "the chance that a slot shows it, as delivery_prob = 0.1",
     &CampaignOptions::delivery_prob}};

void check_price(RuleBook& book, const CampaignOptions& campaign, const KeyPath& path) {
  if (book.is_wrong(path / "buy")) return;
  for (const Price& price : kPrices) {
    if (campaign.buy != price.buy || book.is_wrong(path / price.key) || campaign.*(price.value) > 0) continue;
    const bool given = book.is_given(path / price.key);
    book.refuse(path / price.key,
                fmt::format("{} for buy = \"{}\"", given ? "must be above 0" : "is missing", price.buy),
                fmt::format("give {}", price.example));
  }
  // Money is kept in millionths, so what one simulated consumer costs must be some of them.
  const RunOptions& run = book.market.run;
  const double scale = run.market_size_people / static_cast<double>(run.consumers);
  for (const Price& price : kPrices) {
    const double value = campaign.*(price.value);
    const double contacts = price.buy == "cpm" ? 1000 : price.buy == "grp" ? run.market_size_people / 100 : 1;
    const bool money = price.buy == "cpm" || price.buy == "grp" || price.buy == "cpc";
    if (!money || campaign.buy != price.buy || book.is_wrong(path / price.key) || value <= 0) continue;
    if (value / contacts * scale >= 1e-5) continue;
    book.refuse(path / price.key,
                "is too small: money is kept in millionths, and a contact with one consumer must cost ten of them",
                "give prices in a smaller unit of the currency");
  }
  const KeyPath budget = path / "budget_money";
  const bool paid = campaign.buy != "probability", planned = book.is_given(path / "plan_csv");
  if (paid && !planned && !book.is_given(budget) && !book.is_wrong(budget))
    book.refuse(budget, "is missing", "give the money for all flights, or plan_csv = \"plan.csv\"");
  if (!paid && campaign.budget_money > 0)
    book.refuse(budget, "buy = \"probability\" is unpaid and takes no money",
                "drop the budget, or buy by cpm, grp, cpc or fixed");
  if (!paid && planned)
    book.refuse(path / "plan_csv", "buy = \"probability\" is unpaid and takes no money",
                "drop the plan, or buy by cpm, grp, cpc or fixed");
}

void check_channel_of(RuleBook& book, const CampaignOptions& campaign, const KeyPath& path) {
  const KeyPath key = path / "channel", buy = path / "buy";
  if (campaign.channel.empty() && !book.is_wrong(key))
    return book.refuse(key, "is missing",
                       book.market.channels.empty()
                           ? "declare a channel, as [channel.tv], and name it here"
                           : "the channels are: " + listed(names_of(book.market, "channel", path)));
  const ChannelOptions* channel = channel_named(book.market, campaign.channel);
  if (channel == nullptr || book.is_wrong(buy)) return;
  if (channel->kind == "search" && campaign.buy != "cpc")
    book.refuse(buy,
                fmt::format("search channel {} sells clicks only{}", channel->name,
                            book.is_given(buy) ? "" : R"( (the default is "cpm"))"),
                R"(write buy = "cpc" and a cpc_money)");
  else if (campaign.buy == "cpc" && channel->click_prob <= 0 && !book.is_wrong({"channel", channel->name}))
    book.refuse(buy,
                fmt::format("nobody ever clicks on {}, because channel.{}.click_prob = 0", channel->name,
                            quoted_key(channel->name)),
                fmt::format("give channel.{}.click_prob, for example 0.03", quoted_key(channel->name)));
}

bool check_flight(RuleBook& book, const FlightOptions& flight, const KeyPath& path) {
  if (book.is_wrong(path)) return false;
  const double weeks = static_cast<double>(book.market.run.weeks);
  if (!book.is_given(path / "end_week")) {
    book.refuse(path / "end_week", "is missing",
                fmt::format("give the week before which the flight ends, at most {}", plain(weeks)));
    return false;
  }
  if (flight.end_week <= flight.start_week) {
    book.refuse(path / "end_week", fmt::format("must be above start_week, which is {}", plain(flight.start_week)),
                "a flight of one week has end_week = start_week + 1");
    return false;
  }
  if (flight.end_week <= weeks || book.is_wrong({"scenario", "weeks"})) return true;
  const bool outside = flight.start_week >= weeks;
  book.refuse(path / (outside ? "start_week" : "end_week"),
              fmt::format("lies outside the horizon of {} weeks", plain(weeks)),
              outside ? fmt::format("weeks count from 0: the last starts at {}", plain(weeks - 1))
                      : fmt::format("end at {}, or raise scenario.weeks", plain(weeks)));
  return true;
}

void check_flights(RuleBook& book, const CampaignOptions& campaign, const KeyPath& path) {
  std::vector<std::size_t> good;
  for (std::size_t i = 0; i < campaign.flights.size(); ++i)
    if (check_flight(book, campaign.flights[i], (path / "flight")[i])) good.push_back(i);
  const auto earlier = [&](std::size_t a, std::size_t b) {
    return campaign.flights[a].start_week < campaign.flights[b].start_week;
  };
  std::stable_sort(good.begin(), good.end(), earlier);
  for (std::size_t i = 1; i < good.size(); ++i) {
    const FlightOptions &before = campaign.flights[good[i - 1]], &after = campaign.flights[good[i]];
    if (after.start_week >= before.end_week) continue;
    book.refuse((path / "flight")[good[i]] / "start_week",
                fmt::format("overlaps flight [{}], which runs from week {} until before week {}", good[i - 1],
                            plain(before.start_week), plain(before.end_week)),
                fmt::format("start at {} or later, or put both into one flight", plain(before.end_week)));
  }
}

void check_cap(RuleBook& book, const CapOptions& cap, const KeyPath& path) {
  const KeyPath key = path / "cap" / "weeks";
  const double steps = cap.weeks * book.market.run.steps_per_week();
  if (!cap.enabled() || book.is_wrong(key) || book.is_wrong({"scenario", "step"})) return;
  const std::string& step = book.market.run.step;
  if (std::abs(steps - std::round(steps)) > 1e-6 || steps < .5)
    book.refuse(key, fmt::format("must be a whole number of steps, and a step is a {}", step), "write whole weeks");
  else if (steps > kMostCapSteps + .5)
    book.refuse(key,
                fmt::format("is {} steps of a {}, and a cap remembers at most {}", plain(std::round(steps)), step,
                            kMostCapSteps),
                fmt::format("write at most {}, or a longer scenario.step", step == "day" ? "1" : "8"));
}

// Share of consumers in the named segments and regions; no name means all.
double eligible_share(const MarketOptions& market, const std::vector<std::string>& segments,
                      const std::vector<std::string>& regions) {
  const auto sum = [](const auto& items, const std::vector<std::string>& names) {
    double share = 0;
    for (const auto& item : items)
      if (names.empty() || std::find(names.begin(), names.end(), item.name) != names.end()) share += item.share;
    return share;
  };
  return sum(market.segments, segments) * sum(market.regions, regions);
}

void check_eligible(RuleBook& book, const CampaignOptions& campaign, const KeyPath& path) {
  if (book.is_wrong({"segment"}) || book.is_wrong({"region"}) || book.is_wrong(path)) return;
  if (eligible_share(book.market, campaign.segments, campaign.regions) <= 0)
    return book.refuse(path, "nobody is eligible: the shares of its segments and regions are 0",
                       "name others, or give them a share");
  const auto& segments = campaign.target_segments.empty() ? campaign.segments : campaign.target_segments;
  const auto& regions = campaign.target_regions.empty() ? campaign.regions : campaign.target_regions;
  if (campaign.buy == "grp" && eligible_share(book.market, segments, regions) <= 0)
    book.refuse(path, "its rating points have an empty universe: the shares of its target are 0",
                "name other target_segments or target_regions");
}

}  // namespace

void check_channels(RuleBook& book) {
  for (const ChannelOptions& channel : book.market.channels) {
    const KeyPath path{"channel", channel.name};
    check_cap(book, channel.cap, path);
    if (book.is_wrong(path / "kind")) continue;
    check_habit(book, channel, path);
    if (channel.kind == "search")
      check_search_channel(book, channel, path);
    else if (channel.query_prob > 0)
      book.refuse(path / "query_prob", "applies to search channels only", R"(write kind = "search", or drop the key)");
  }
}

void check_campaigns(RuleBook& book) {
  for (const CampaignOptions& campaign : book.market.campaigns) {
    const KeyPath path{"campaign", campaign.name};
    check_channel_of(book, campaign, path);
    check_price(book, campaign, path);
    check_flights(book, campaign, path);
    check_cap(book, campaign.cap, path);
    check_eligible(book, campaign, path);
  }
}

}  // namespace populace
