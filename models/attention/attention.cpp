#include "models/attention/attention.hpp"

#include <algorithm>

#include "models/media/media_kernels.hpp"
#include "models/names.hpp"
#include "models/short_float.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {
namespace {

double background_share(const ChannelOptions& channel) {
  if (channel.use == "both") return channel.background_share;
  return channel.use == "background" ? 1 : 0;
}

}  // namespace

Attention::Attention(const MarketOptions& options, const Traits& traits, const Rotation& rotation, Layout& layout)
    : options_(&options), traits_(&traits), rotation_(&rotation), theme_(options.campaigns.size()) {
  const AttentionOptions& o = options.attention;
  for (const ChannelOptions& channel : options.channels) {
    const double background = background_share(channel);
    of_channel_.push_back(
        o.enabled ? (1 - background + background * o.background_attention) * (1 - channel.clutter_share) : 1);
  }
  if (o.enabled) share_ = layout.add<std::uint16_t>("attention_share");
  if (o.wear.enabled) plan_themes(layout);
  if (o.wear.recovery_weeks > 0)
    keep_ = static_cast<float>(exact_exp(-exact_log(2) * options.run.weeks_per_step() / o.wear.recovery_weeks));
  const bool involved = traits.involvement().exists();
  for (std::size_t code = 0; code < 256; ++code) {
    const double v = involved ? static_cast<double>(code) / 255 : .5;
    peak_rate_[code] = static_cast<float>(1 / (o.wear.peak_contacts * (1 + o.wear.low_involvement_gain * (1 - 2 * v))));
  }
}

void Attention::plan_themes(Layout& layout) {
  for (std::size_t c = 0; c < options_->campaigns.size(); ++c) {
    const CampaignOptions& campaign = options_->campaigns[c];
    if (options_->channels[index_of(options_->channels, campaign.channel)].kind == "search") continue;
    for (int creative = -1; creative < static_cast<int>(campaign.creatives.size()); ++creative) {
      const std::string name = rotation_->theme(c, creative);
      std::size_t t = 0;
      while (t < themes_.size() && (themes_[t].brand != campaign.brand || themes_[t].name != name)) ++t;
      // Without a creative of its own a campaign may never be met: its theme takes no memory then.
      const bool needed = creative >= 0 || campaign.creatives.empty() || shows_none(c);
      if (needed && t == themes_.size())
        themes_.push_back({campaign.brand, name, layout.add<std::uint16_t>("in_mind_" + campaign.brand + "_" + name)});
      theme_[c].push_back(needed ? static_cast<int>(t) : -1);
    }
  }
}

bool Attention::shows_none(std::size_t campaign) const {
  const RunOptions& run = options_->run;
  const auto first = static_cast<std::int32_t>(-run.warmup_weeks * run.steps_per_week()),
             end = static_cast<std::int32_t>(run.weeks * run.steps_per_week());
  for (std::int32_t step = first; step < end; ++step)
    if (rotation_->shown(campaign, step) < 0) return true;
  return false;
}

int Attention::theme_in(std::size_t campaign, std::int32_t step) const {
  return theme_[campaign].empty() ? -1
                                  : theme_[campaign][static_cast<std::size_t>(1 + rotation_->shown(campaign, step))];
}

void Attention::build(const BlockView& block) const {
  if (!share_.exists()) return;
  const std::size_t segment = block.place.cell % options_->segments.size();
  const double budget = options_->attention.minutes_per_week.of(options_->segments[segment].name);
  std::vector<double> asked(block.place.n, 0);
  for (std::size_t c = 0; c < options_->channels.size(); ++c) {
    const ChannelOptions& channel = options_->channels[c];
    if (channel.kind == "search") continue;
    const Traits::Habit& habit = traits_->habits()[traits_->habit_of_channel(c)];
    const CodeValues& slots = habit.by_segment[segment].value;
    const std::uint8_t* codes = block.column(habit.code);
    const double minutes = channel.minutes_per_slot * of_channel_[c];
    for (std::uint32_t i = 0; i < block.place.n; ++i) asked[i] += static_cast<double>(slots[codes[i]]) * minutes;
  }
  std::uint16_t* share = block.column(share_);
  for (std::uint32_t i = 0; i < block.place.n; ++i)
    share[i] = static_cast<std::uint16_t>(kWhole * (asked[i] > budget ? budget / asked[i] : 1) + .5);
}

void Attention::run(const DeliveryPlan& plan, const Delivery& delivery, std::int32_t step, const BlockView& block,
                    BlockScratch& scratch) const {
  if (themes_.empty()) return;
  const WearOptions& o = options_->attention.wear;
  const std::uint32_t capacity = block.place.capacity;
  WearTask task;
  task.keep = keep_;
  task.lowest = static_cast<float>(o.lowest_effect);
  task.wear_in_rate = o.wear_in_contacts > 0 ? static_cast<float>(1 / o.wear_in_contacts) : 0;
  task.middle_rate = peak_rate_[128];
  if (traits_->involvement().exists()) {
    look_up(block.column(traits_->involvement()), peak_rate_.data(), scratch.attention_left.data(), capacity);
    task.peak_rate = scratch.attention_left.data();
  }
  for (std::size_t t = 0; t < themes_.size(); ++t) {
    task.in_mind = block.column(themes_[t].in_mind);
    task.factor = scratch.wear[t].data();
    scratch.columns.clear();
    for (std::size_t c = 0; c < theme_.size(); ++c)
      if (theme_in(c, step) == static_cast<int>(t) && delivery.active(plan, c, block.place.cell))
        scratch.columns.push_back(scratch.contacts[c].data());
    task.contacts = scratch.columns;
    if (!scratch.columns.empty())
      wear_out(task, capacity);
    else if (keep_ < 1)
      forget(task.in_mind, keep_, capacity);
  }
}

void Attention::weigh(std::size_t campaign, std::int32_t step, const BlockView& block, BlockScratch& scratch,
                      WeightTask& task) const {
  const int theme = theme_in(campaign, step);
  if (share_.exists()) {
    task.share = block.column(share_);
    task.share_unit = 1 / kWhole;
  }
  if (theme >= 0) task.wear = scratch.wear[static_cast<std::size_t>(theme)].data();
  Trace* t = scratch.trace;
  if (t == nullptr || scratch.contacts[campaign][t->place] == 0) return;
  const double whole = options_->attention.enabled
                           ? of_channel_[index_of(options_->channels, options_->campaigns[campaign].channel)]
                           : 1;
  std::vector<std::pair<std::string, double>> because;
  if (share_.exists()) {
    because.emplace_back("attention of the medium", whole);
    because.emplace_back("share of the consumer's attention",
                         static_cast<double>(block.column(share_)[t->place]) / kWhole);
  }
  if (theme >= 0) {
    const auto at = static_cast<std::size_t>(theme);
    because.emplace_back("effect after wear", scratch.wear[at][t->place]);
    because.emplace_back("contacts in mind afterwards", float_of_short(block.column(themes_[at].in_mind)[t->place]));
  }
  if (!because.empty())
    t->note("attention", options_->campaigns[campaign].name, "contacts are noticed in part", std::move(because));
}

}  // namespace populace
