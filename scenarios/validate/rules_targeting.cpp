// Whom campaigns may reach, walled gardens, caps over channels and plans of contacts.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

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

const GardenOptions* garden_of(const MarketOptions& market, const std::string& channel) {
  for (const GardenOptions& garden : market.gardens)
    if (std::find(garden.channels.begin(), garden.channels.end(), channel) != garden.channels.end()) return &garden;
  return nullptr;
}

void check_gardens(RuleBook& book) {
  const MarketOptions& market = book.market;
  std::map<std::string, std::string> garden_of_channel;
  for (const GardenOptions& garden : market.gardens) {
    const KeyPath path = KeyPath{"garden", garden.name} / "channels";
    if (garden.channels.empty() && !book.is_wrong(path))
      book.refuse(path, "is missing: a garden without channels does nothing", "name its channels");
    for (const std::string& channel : garden.channels) {
      const auto [other, is_new] = garden_of_channel.try_emplace(channel, garden.name);
      if (!is_new)
        book.refuse(path, fmt::format("channel {} stands in garden {} already", channel, other->second),
                    "a channel belongs to one garden");
    }
  }
  const IdentityOptions& identity = market.identity;
  if (book.is_given({"identity"}) && identity.enabled && market.gardens.empty())
    book.refuse({"identity"}, "does nothing, because no walled garden is declared",
                R"(declare one, as [garden.NAME] with channels = ["…"], or write identity.enabled = false)");
}

void check_conditions(RuleBook& book, const CampaignOptions& campaign, const KeyPath& path) {
  const MarketOptions& market = book.market;
  const TargetOptions& target = campaign.target;
  if (!target.rungs.empty() && market.run.focal_machine.empty())
    book.refuse(path / "rungs", "no machine tells the rungs of the focal brand",
                R"(name it by scenario.focal_machine, or declare one with preset = "ladder")");
  if (!target.members_of.empty() && !market.owned.empty() && !market.owns_channels())
    book.refuse(path / "members_of", "nobody is a member, because private_domain.enabled = false",
                "write private_domain.enabled = true");
  if (!target.episode.empty() && !market.episode.enabled)
    book.refuse(path / "episode", "there are no episodes, because episode.enabled = false",
                "write episode.enabled = true");
  const auto check_since = [&](const char* name, const std::vector<double>& since, const char* example) {
    const KeyPath key = path / name;
    if (since.empty() || book.is_wrong(key)) return;
    if (since.size() != 2 || since[0] > since[1])
      book.refuse(key, "must hold a lower and an upper bound", std::string("for example ") + example);
    else if (!market.need.enabled)
      book.refuse(key, "nobody ever purchases, because need.enabled = false", "write need.enabled = true");
  };
  check_since("since_purchase_weeks", target.since_purchase_weeks, "[8, 14]");
  check_since("since_purchase_intervals", target.since_purchase_intervals, "[0.8, 1.2]");
  const bool by_distance = target.max_distance_km > 0;
  const bool no_stores = std::all_of(market.regions.begin(), market.regions.end(),
                                     [](const RegionOptions& region) { return region.store_distance_km == 0; });
  if (by_distance && no_stores)
    book.refuse(path / "max_distance_km", "does nothing, because everybody lives beside a store",
                "give region.NAME.store_distance_km");
}

void check_target(RuleBook& book, const CampaignOptions& campaign) {
  const KeyPath path = KeyPath{"campaign", campaign.name} / "target";
  const TargetOptions& target = campaign.target;
  if (!book.is_given(path) || !target.enabled || book.is_wrong(path)) return;
  if (!target.active())
    return book.refuse(
        path, "does nothing, because it names no condition",
        "give max_distance_km, members_of, rungs, episode, since_purchase_weeks or since_purchase_intervals");
  check_conditions(book, campaign, path);
  const bool walls = garden_of(book.market, campaign.channel) != nullptr;
  if (!walls && target.lookalike_leak_prob > 0)
    book.refuse(path / "lookalike_leak_prob", "does nothing, because everybody is known outside walled gardens",
                fmt::format("put channel {} into a garden, as [garden.NAME] channels = [\"{}\"]", campaign.channel,
                            campaign.channel));
  if (book.is_given(path / "unknown") && (!walls || !target.needs_knowledge()))
    book.refuse(path / "unknown",
                walls ? "does nothing, because no condition here needs knowledge of the person"
                      : "does nothing, because everybody is known outside walled gardens",
                "drop the key");
}

void check_campaign_extras(RuleBook& book, const CampaignOptions& campaign) {
  const KeyPath path{"campaign", campaign.name};
  const ChannelOptions* channel = channel_named(book.market, campaign.channel);
  const KeyPath weight = path / "region_weight", elasticity = path / "cpm_elasticity",
                reference = path / "cpm_reference_impressions_per_week";
  if (book.is_given(weight) && !book.is_wrong(weight)) {
    if (channel != nullptr && channel->kind == "search")
      book.refuse(weight, "applies to push channels only: queries come as they come", "drop the key");
    double most = 0;
    for (const RegionOptions& region : book.market.regions)
      most = std::max(most, campaign.region_weight.of(region.name));
    if (most <= 0) book.refuse(weight, "leaves nobody: the weight of every region is 0", "give one a weight above 0");
  }
  if (campaign.cpm_elasticity > 0 && campaign.buy != "cpm")
    book.refuse(elasticity, fmt::format("applies to buy = \"cpm\" only, not to \"{}\"", campaign.buy), "drop the key");
  else if (campaign.cpm_elasticity > 0 && campaign.cpm_reference_impressions_per_week <= 0 && !book.is_wrong(reference))
    book.refuse(reference, "is missing beside cpm_elasticity", "give the volume a week at which cpm_money holds");
  else if (campaign.cpm_elasticity <= 0 && book.is_given(reference) && !book.is_wrong(elasticity))
    book.refuse(reference, "does nothing, because cpm_elasticity = 0", "give cpm_elasticity, or drop the key");
}

void check_cross_cap(RuleBook& book) {
  const KeyPath path{"cross_cap"};
  const CrossCapOptions& cap = book.market.cross_cap;
  if (!book.is_given(path) || book.is_wrong(path)) return;
  if (!cap.enabled) {
    if (!book.is_given(path / "enabled"))
      book.refuse(path, "does nothing, because cross_cap.enabled = false", "write cross_cap.enabled = true");
    return;
  }
  const double steps = cap.weeks * book.market.run.steps_per_week();
  if (std::round(steps) < 1 || std::round(steps) > kMostCapSteps)
    book.refuse(path / "weeks",
                fmt::format("is {} steps, and a cap remembers from 1 to {}", plain(std::round(steps)), kMostCapSteps),
                "write a window of 1 to 8 steps of scenario.step");
  for (const std::string& name : cap.channels)
    if (const ChannelOptions* channel = channel_named(book.market, name);
        channel != nullptr && channel->kind == "search")
      book.refuse(path / "channels", fmt::format("{} is a search channel, which is not capped", name),
                  "name push channels");
}

void check_plans(RuleBook& book) {
  for (const ChannelOptions& channel : book.market.channels) {
    const KeyPath path{"channel", channel.name}, weeks = path / "planned_weeks", own = path / "members_of";
    if (!channel.members_of.empty() && !book.market.owned.empty() && !book.market.owns_channels() &&
        !book.is_wrong(own))
      book.refuse(own, "nobody is a member, because private_domain.enabled = false",
                  "write private_domain.enabled = true");
    if (book.is_given(weeks) && channel.planned_contacts == 0 && !book.is_wrong(path / "planned_contacts"))
      book.refuse(weeks, "does nothing, because planned_contacts = 0", "give planned_contacts, or drop the key");
  }
}

}  // namespace

void check_targeting(RuleBook& book) {
  check_gardens(book);
  for (const CampaignOptions& campaign : book.market.campaigns) {
    check_target(book, campaign);
    check_campaign_extras(book, campaign);
  }
  check_cross_cap(book);
  check_plans(book);
  const KeyPath overlap{"reach_overlap"};
  if (book.is_given(overlap) && !book.is_given(overlap / "enabled"))
    book.refuse(overlap, "does nothing, because reach_overlap.enabled = false", "write reach_overlap.enabled = true");
}

}  // namespace populace
