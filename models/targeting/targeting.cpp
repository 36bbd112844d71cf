#include "models/targeting/targeting.hpp"

#include <algorithm>

#include "models/after/after.hpp"
#include "models/names.hpp"
#include "models/private_domain/private_domain.hpp"
#include "models/targeting/target_kernels.hpp"
#include "sim/random/batch.hpp"

namespace populace {
namespace {

template <class Names>
std::uint16_t bits_of(const Names& items, const std::vector<std::string>& names) {
  std::uint16_t bits = 0;
  for (const std::string& name : names) bits = static_cast<std::uint16_t>(bits | 1u << index_of(items, name));
  return bits;
}

// Whole steps from, and up to, a time in weeks; a time that rounding missed by less than 1e-9 counts.
std::int32_t steps_from(double weeks, double dt) {
  const auto steps = static_cast<std::int32_t>(weeks / dt);
  return static_cast<double>(steps) < weeks / dt - 1e-9 ? steps + 1 : steps;
}
std::int32_t steps_up_to(double weeks, double dt) {
  constexpr double kLongest = 1e6;  // steps: longer than any purchase can be ago
  return static_cast<std::int32_t>(std::min(kLongest, weeks / dt) + 1e-9);
}

}  // namespace

bool needs_last_purchase(const MarketOptions& options) {
  if (reminds(options)) return true;
  return std::any_of(options.campaigns.begin(), options.campaigns.end(), [](const CampaignOptions& campaign) {
    return campaign.target.enabled && campaign.target.by_purchase();
  });
}

Targeting::Targeting(const MarketOptions& options, const Traits& traits, const Stages& stages, SharedColumns& shared,
                     Layout& layout)
    : options_(&options),
      traits_(&traits),
      stages_(&stages),
      shared_(&shared),
      dt_(options.run.weeks_per_step()),
      n_gardens_(options.identity.enabled ? options.gardens.size() : 0),
      domain_of_channel_(options.channels.size(), 0) {
  for (std::size_t g = 0; g < n_gardens_; ++g) {
    if (!options.gardens[g].anonymous) knowing_domains_ |= 2u << g;
    for (const std::string& channel : options.gardens[g].channels)
      domain_of_channel_[index_of(options.channels, channel)] = g + 1;
  }
  if (n_gardens_ > 0) shared.resolved = resolved_ = layout.add<std::uint16_t>("resolved");
  for (const CampaignOptions& campaign : options.campaigns) {
    rules_.push_back(make_rule(options, campaign, traits, layout));
    any_ = any_ || rules_.back().active;
  }
}

Targeting::Rule Targeting::make_rule(const MarketOptions& options, const CampaignOptions& campaign,
                                     const Traits& traits, Layout& layout) {
  Rule rule;
  const std::size_t channel = index_of(options.channels, campaign.channel);
  const std::string& own = options.channels[channel].members_of;
  const TargetOptions& target = campaign.target;
  if (!own.empty()) rule.channel_members = bits_of(options.owned, std::vector<std::string>{own});
  rule.active = target.active() || !own.empty();
  if (!target.active()) return rule;
  rule.closed = target.needs_knowledge();
  rule.include = target.unknown == "include";
  rule.garden = static_cast<int>(domain_of_channel_[channel]) - 1;
  rule.members = bits_of(options.owned, target.members_of);
  for (std::size_t r = 0; target.max_distance_km > 0 && r < options.regions.size(); ++r) {
    auto& near = rule.near.emplace_back();
    for (std::size_t code = 0; code < 256; ++code)
      near[code] = static_cast<double>(traits.distance_km(r).value[code]) <= target.max_distance_km;
  }
  rule.by_rung = !target.rungs.empty();
  rule.by_episode = !target.episode.empty();
  rule.by_purchase = !target.since_purchase_weeks.empty();
  rule.by_cycle = !target.since_purchase_intervals.empty();
  if (rule.by_cycle) {
    rule.cycle_low = target.since_purchase_intervals[0];
    rule.cycle_high = target.since_purchase_intervals[1];
  }
  if (rule.by_rung) {
    const std::vector<std::string>& stages = stages_->options(static_cast<std::size_t>(stages_->rungs())).stages;
    for (const std::string& name : target.rungs)
      rule.rung[static_cast<std::size_t>(std::find(stages.begin(), stages.end(), name) - stages.begin())] = 1;
  }
  for (const std::string& name : target.episode)
    rule.episode[static_cast<std::size_t>(std::find(std::begin(kTargetEpisodes), std::end(kTargetEpisodes), name) -
                                          std::begin(kTargetEpisodes))] = 1;
  if (rule.by_purchase) {
    rule.since_low = steps_from(target.since_purchase_weeks[0], dt_);
    rule.since_high = steps_up_to(target.since_purchase_weeks[1], dt_);
  }
  if (rule.garden >= 0 && target.lookalike_leak_prob > 0) {
    rule.coin = static_cast<int>(coin_campaign_.size());
    coin_campaign_.push_back(rules_.size());
    if (rule.coin % 8 == 0) coins_.push_back(layout.add<std::uint8_t>("lookalike_" + std::to_string(rule.coin / 8)));
  }
  return rule;
}

void Targeting::build(DrawKey key, const BlockView& block, std::vector<std::uint32_t>& words) const {
  const std::uint32_t n = block.place.n;
  const std::string& segment = options_->segments[block.place.cell % options_->segments.size()].name;
  const auto draw = [&](Purpose purpose, std::string_view name) {
    words.resize(block.place.capacity);
    draw_words(make_stream(key, reason(purpose, name)), block.place.first_tile, block.place.capacity / kTileSize,
               words.data());
  };
  for (std::size_t g = 0; g < n_gardens_; ++g) {
    const bool shared_door = options_->identity.common_entrance;
    const GardenOptions& garden = options_->gardens[g];
    const double match = garden.anonymous ? 0
                         : shared_door    ? options_->identity.entrance_match_prob.of(segment)
                                          : garden.match_prob.of(segment);
    if (shared_door && g == 0) draw(Purpose::kEntrance, "");
    if (!shared_door) draw(Purpose::kResolved, garden.name);
    std::uint16_t* resolved = block.column(resolved_);
    if (g == 0) std::fill_n(resolved, n, std::uint16_t{0});
    for (std::uint32_t i = 0; i < n; ++i)
      if (unit_double(words[i]) < match) resolved[i] = static_cast<std::uint16_t>(resolved[i] | 1u << g);
  }
  for (std::size_t k = 0; k < coin_campaign_.size(); ++k) {
    const CampaignOptions& campaign = options_->campaigns[coin_campaign_[k]];
    draw(Purpose::kLookalike, campaign.name);
    std::uint8_t* coins = block.column(coins_[k / 8]);
    if (k % 8 == 0) std::fill_n(coins, n, std::uint8_t{0});
    for (std::uint32_t i = 0; i < n; ++i)
      if (unit_double(words[i]) < campaign.target.lookalike_leak_prob)
        coins[i] = static_cast<std::uint8_t>(coins[i] | 1u << k % 8);
  }
}

std::uint32_t Targeting::known_domains(const BlockView& block, std::size_t place) const {
  if (n_gardens_ == 0) return 1;
  if (shared_->members.exists() && block.column(shared_->members)[place] != 0) return knowing_domains_;
  return 1u | static_cast<std::uint32_t>(block.column(resolved_)[place]) << 1;
}

void Targeting::apply_open(const Rule& rule, const BlockView& block, std::uint8_t* out) const {
  const std::uint32_t n = block.place.n;
  std::fill_n(out, n, std::uint8_t{1});
  if (!rule.near.empty()) {
    const std::uint8_t* code = block.column(shared_->distance);
    const auto& near = rule.near[block.place.cell / options_->segments.size()];
    for (std::uint32_t i = 0; i < n; ++i) out[i] = near[code[i]];
  }
  if (rule.members == 0) return;
  const std::uint16_t* members = block.column(shared_->members);
  for (std::uint32_t i = 0; i < n; ++i) out[i] = static_cast<std::uint8_t>(out[i] & ((members[i] & rule.members) != 0));
}

void Targeting::apply_closed(const Rule& rule, std::int32_t step, const BlockView& block, std::uint8_t* out) const {
  const std::uint32_t n = block.place.n;
  if (rule.by_rung) {
    const std::uint8_t* stage = block.column(stages_->column(static_cast<std::size_t>(stages_->rungs())));
    keep_stages(stage, rule.rung.data(), out, block.place.capacity);
  }
  if (rule.by_episode && shared_->episode.exists())
    keep_stages(block.column(shared_->episode), rule.episode.data(), out, block.place.capacity);
  if (!rule.by_purchase && !rule.by_cycle) return;
  const std::uint16_t* last = block.column(shared_->last_focal);
  const std::int32_t now = step + 1 + kPurchaseStepOffset;
  for (std::uint32_t i = 0; i < n && rule.by_purchase; ++i) {
    const std::int32_t since = now - last[i];
    const bool recent = last[i] != 0 && since >= rule.since_low && since <= rule.since_high;
    out[i] = static_cast<std::uint8_t>(out[i] & recent);
  }
  if (!rule.by_cycle) return;
  const std::uint8_t* code = block.column(traits_->need_code());
  const CodeValues& rate = traits_->need_rate(block.place.cell % options_->segments.size()).value;
  const double purchases = (1 - options_->choice.no_purchase_share) * dt_;
  for (std::uint32_t i = 0; i < n; ++i) {
    const double intervals = (now - last[i]) * purchases * static_cast<double>(rate[code[i]]);
    const bool in_cycle = last[i] != 0 && intervals >= rule.cycle_low && intervals <= rule.cycle_high;
    out[i] = static_cast<std::uint8_t>(out[i] & in_cycle);
  }
}

void Targeting::find(std::size_t campaign, std::int32_t step, bool all_known, const BlockView& block,
                     std::uint8_t* out) const {
  const Rule& rule = rules_[campaign];
  const std::uint32_t n = block.place.n;
  apply_open(rule, block, out);
  if (all_known || rule.garden < 0) {
    apply_closed(rule, step, block, out);
  } else {
    std::uint8_t known[kBlockSize], closed[kBlockSize];  // the brand knows him on the campaign's channel; he qualifies
    const bool tells_members = shared_->members.exists() && (knowing_domains_ >> (rule.garden + 1) & 1) != 0;
    find_known(block.column(resolved_), static_cast<std::size_t>(rule.garden),
               tells_members ? block.column(shared_->members) : nullptr, known, block.place.capacity);
    std::fill_n(closed, block.place.capacity, std::uint8_t{1});
    apply_closed(rule, step, block, closed);
    keep_known(known, closed, !rule.closed || rule.include, out, block.place.capacity);
    if (rule.coin >= 0) {
      const std::uint8_t* coins = block.column(coins_[static_cast<std::size_t>(rule.coin) / 8]);
      for (std::uint32_t i = 0; i < n; ++i)
        out[i] = static_cast<std::uint8_t>(out[i] | (coins[i] >> rule.coin % 8 & 1 & (known[i] == 0)));
    }
  }
  if (rule.channel_members == 0) return;
  const std::uint16_t* members = block.column(shared_->members);
  for (std::uint32_t i = 0; i < n; ++i)
    out[i] = static_cast<std::uint8_t>(out[i] & ((members[i] & rule.channel_members) != 0));
}

void Targeting::find_eligible(std::size_t campaign, std::int32_t step, const BlockView& block,
                              std::uint8_t* out) const {
  find(campaign, step, false, block, out);
}

void Targeting::find_meant(std::size_t campaign, std::int32_t step, const BlockView& block, std::uint8_t* out) const {
  find(campaign, step, true, block, out);
}

}  // namespace populace
