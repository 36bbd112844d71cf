#include "scenarios/describe/describe.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/describe/mechanisms.hpp"
#include "scenarios/describe/parameters.hpp"
#include "scenarios/describe/text.hpp"
#include "scenarios/describe/words.hpp"
#include "scenarios/parse/text_file.hpp"
#include "scenarios/validate/ranges.hpp"
#include "scenarios/validate/suggest.hpp"

namespace populace {
namespace {

using Rows = std::vector<std::vector<std::string>>;

template <class Item>
std::string shares(const std::vector<Item>& items) {
  std::string text;
  for (const Item& item : items)
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", item.name, percent(item.share));
  return text;
}

std::string market_text(const MarketOptions& market) {
  const RunOptions& run = market.run;
  std::string text = (run.title.empty() ? "A market without a title" : run.title) + "\n";
  if (!run.question.empty()) text += "Question: " + run.question + "\n";
  text += fmt::format("\nMarket\n  {} people, simulated by {} consumers; one stands for {}.\n",
                      grouped(run.market_size_people), grouped(static_cast<double>(run.consumers)),
                      grouped(run.market_size_people / static_cast<double>(run.consumers)));
  text += fmt::format("  {} weeks from {} in steps of a {}, after {} weeks of warm-up; {} replications, seed {}.\n",
                      run.weeks, run.start_date, run.step, run.warmup_weeks, run.replications, run.seed);
  text += fmt::format("  Regions: {}.\n  Segments: {}.\n", shares(market.regions), shares(market.segments));
  if (market.need.enabled)
    text += fmt::format(
        "  A person has {} opportunities a week to buy in the category; at base {} of them end without a purchase.\n",
        by_name_text(market.need.opportunities_per_week, market.segments.size(), plain),
        percent(market.choice.no_purchase_share));
  if (market.replay.enabled())
    text += fmt::format("  The consumers are the {} customers of {}, with {} repeat purchases.\n",
                        grouped(static_cast<double>(market.replay.entry_day.size())), market.replay.transactions_csv,
                        grouped(static_cast<double>(market.replay.observed_repeats)));
  return text;
}

std::string flights_text(const CampaignOptions& campaign, const RunOptions& run) {
  if (!campaign.plan.empty()) return fmt::format("{} weeks of {}", campaign.plan.size(), campaign.plan_csv);
  if (campaign.flights.empty()) return fmt::format("weeks 0 to {}", run.weeks);
  std::string text;
  for (const FlightOptions& flight : campaign.flights)
    text += fmt::format("{}{} to {}", text.empty() ? "weeks " : ", ", plain(flight.start_week), plain(flight.end_week));
  return text;
}

double money_of(const CampaignOptions& campaign) {
  if (campaign.plan.empty()) return campaign.budget_money;
  double sum = 0;
  for (const auto& [week, money] : campaign.plan) sum += money;
  return sum;
}

std::string price_text(const CampaignOptions& campaign, const std::string& currency) {
  if (campaign.buy == "cpm") return fmt::format("{} {} per 1,000 impressions", grouped(campaign.cpm_money), currency);
  if (campaign.buy == "grp") return fmt::format("{} {} per rating point", grouped(campaign.grp_money), currency);
  if (campaign.buy == "cpc") return fmt::format("{} {} per click", grouped(campaign.cpc_money), currency);
  if (campaign.buy == "fixed")
    return fmt::format("{} impressions for a fixed fee", grouped(campaign.fixed_impressions));
  return fmt::format("unpaid; a slot shows it with chance {}", plain(campaign.delivery_prob));
}

// "young, family in north; aware or considering; members of club", or "everybody".
std::string who_text(const CampaignOptions& campaign) {
  std::string who = listed(campaign.segments);
  if (!campaign.regions.empty()) who += (who.empty() ? "in " : " in ") + listed(campaign.regions);
  const auto add = [&who](const std::string& condition) { who += (who.empty() ? "" : "; ") + condition; };
  const TargetOptions& target = campaign.target;
  if (target.active()) {
    if (!target.rungs.empty()) add(listed(target.rungs));
    if (!target.episode.empty()) add("in " + listed(target.episode) + " of a purchase");
    if (target.since_purchase_weeks.size() == 2)
      add(fmt::format("{} to {} weeks after a purchase", plain(target.since_purchase_weeks[0]),
                      plain(target.since_purchase_weeks[1])));
    if (target.since_purchase_intervals.size() == 2)
      add(fmt::format("{} to {} of their own intervals after a purchase", plain(target.since_purchase_intervals[0]),
                      plain(target.since_purchase_intervals[1])));
    if (target.max_distance_km > 0) add(fmt::format("within {} km of a store", plain(target.max_distance_km)));
    if (!target.members_of.empty()) add("members of " + listed(target.members_of));
    if (target.needs_knowledge()) add("strangers " + std::string(target.unknown == "include" ? "too" : "not"));
  }
  return who.empty() ? "everybody" : who;
}

std::string plan_text(const MarketOptions& market) {
  if (market.campaigns.empty()) return "\nMedia plan\n  Nothing is bought.\n";
  Rows rows{{"campaign", "channel", "brand", "money", "price", "when", "who"}};
  double total = 0;
  for (const CampaignOptions& campaign : market.campaigns) {
    total += money_of(campaign);
    rows.push_back({campaign.name, campaign.channel, campaign.brand, grouped(money_of(campaign)),
                    price_text(campaign, market.run.currency), flights_text(campaign, market.run), who_text(campaign)});
  }
  return fmt::format("\nMedia plan ({} {} in all)\n{}", grouped(total), market.run.currency, aligned(rows, {3}));
}

std::string channels_text(const MarketOptions& market) {
  if (market.channels.empty()) return "";
  Rows rows{{"channel", "kind", "slots a user a week", "non-users", "noticed", "slow effect", "fast effect"}};
  for (const ChannelOptions& c : market.channels)
    rows.push_back({c.name, c.shares_habit_with.empty() ? c.kind : "habit of " + c.shares_habit_with,
                    c.kind == "search"     ? fmt::format("at {} of opportunities", percent(c.query_prob))
                    : c.habit == "uniform" ? fmt::format("{} to {}", plain(c.slots_low), plain(c.slots_high))
                                           : by_name_text(c.slots_per_week, market.segments.size(), plain),
                    by_name_text(c.non_user_share, market.segments.size(), percent), percent(c.attention_prob),
                    plain(c.slow_effect), plain(c.fast_effect)});
  return "\nChannels\n" + aligned(rows, {2, 3, 4, 5, 6});
}

std::string brands_text(const MarketOptions& market) {
  Rows rows{
      {"brand", "share", "price " + market.run.currency, "margin", "distribution", "known to", "bought before by"}};
  for (const BrandOptions& b : market.brands)
    rows.push_back({b.name + (b.name == market.run.focal_brand ? " (focal)" : ""), percent(b.share),
                    series_text(b.price_money), percent(b.margin_share), series_text(b.distribution_share),
                    b.name == market.run.focal_brand && !market.choice.awareness_machine.empty()
                        ? market.choice.awareness_stage + " and above"
                        : percent(b.awareness_share),
                    percent(b.penetration_share)});
  return "\nBrands\n" + aligned(rows, {1, 2, 3, 4, 5, 6});
}

std::string cause_text(const MoveOptions& move) {
  if (move.cause == "event") return fmt::format("{}, with chance {}", move.event, plain(move.event_prob));
  if (move.cause == "matrix")
    return "natural migration by matrix" + (move.scaled_by.empty() ? "" : ", scaled by " + move.scaled_by);
  std::string text = move.prob_per_week > 0 ? fmt::format("chance {} a week", plain(move.prob_per_week))
                                            : fmt::format("rate {} a week", plain(move.rate_per_week));
  for (const auto& [driver, rate] : move.drivers) text += fmt::format(" + {} x {}", plain(rate), driver);
  return text;
}

std::string machines_text(const MarketOptions& market) {
  std::string text;
  for (const MachineOptions& machine : market.machines) {
    text += fmt::format("\nStages of {}\n  {}\n", machine.name, fmt::join(machine.stages, " -> "));
    Rows rows{{"move", "from", "to", "cause"}};
    for (const MoveOptions& move : machine.moves)
      rows.push_back({move.name, move.from.empty() ? "every stage" : listed(move.from),
                      move.to.empty() ? "every stage" : move.to, cause_text(move)});
    text += aligned(rows);
  }
  return text;
}

}  // namespace

std::string describe_in_words(const LoadedScenario& scenario) {
  const MarketOptions& market = scenario.market;
  return market_text(market) + plan_text(market) + channels_text(market) + brands_text(market) + machines_text(market) +
         mechanisms_text(market);
}

std::string describe(const LoadedScenario& scenario) {
  Rows rows{{"parameter", "value", "unit", "is", "source"}};
  constexpr std::size_t kLongestValue = 48;
  for (const Parameter& parameter : parameters_of(scenario)) {
    const bool nothing = parameter.value == "\"\"" || parameter.value == "[]";
    if (nothing && !parameter.given) continue;
    const bool long_value = parameter.value.size() > kLongestValue &&
                            first_bad_utf8(parameter.value.substr(0, kLongestValue)) == std::string::npos;
    rows.push_back({parameter.path, long_value ? parameter.value.substr(0, kLongestValue) + "…" : parameter.value,
                    parameter.unit, parameter.given ? "given" : "default", parameter.source});
  }
  return describe_in_words(scenario) + "\nEvery parameter in force\n" + aligned(rows);
}

}  // namespace populace
