#include "models/creative/rotation.hpp"

#include <algorithm>

#include "models/names.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {
namespace {

double relative_length(const CreativeOptions& creative, const ChannelOptions& channel) {
  return creative.length_seconds > 0 ? creative.length_seconds / channel.usual_length_seconds : 1;
}

double power(double base, double exponent) { return base == 1 ? 1 : exact_exp(exponent * exact_log(base)); }

}  // namespace

Rotation::Rotation(const MarketOptions& options)
    : options_(&options),
      steps_per_week_(options.run.steps_per_week()),
      warmup_weeks_(static_cast<std::int32_t>(options.run.warmup_weeks)),
      weeks_(static_cast<std::int32_t>(options.run.weeks)) {
  for (const CampaignOptions& campaign : options.campaigns) {
    const ChannelOptions& channel = options.channels[index_of(options.channels, campaign.channel)];
    shown_.push_back(plan(campaign));
    std::vector<double>& effect = effect_.emplace_back();
    for (const CreativeOptions& creative : campaign.creatives)
      effect.push_back(creative.form_fit * power(relative_length(creative, channel), channel.length_effect));
    double price = 0, weeks = 0;
    for (std::size_t w = static_cast<std::size_t>(warmup_weeks_); w < shown_.back().size(); ++w, ++weeks) {
      const int shown = shown_.back()[w];
      price += shown < 0 ? 1
                         : power(relative_length(campaign.creatives[static_cast<std::size_t>(shown)], channel),
                                 channel.length_cost);
    }
    price_.push_back(weeks > 0 ? price / weeks : 1);
  }
}

std::vector<std::int8_t> Rotation::plan(const CampaignOptions& campaign) const {
  std::vector<std::int8_t> shown;
  const std::size_t n = campaign.creatives.size();
  std::vector<double> credit(n, 0);
  for (std::int32_t week = -warmup_weeks_; n > 0 && week < weeks_; ++week) {
    const auto may = [&](const CreativeOptions& creative) {
      const double at = std::max(week, 0);
      return creative.enabled && creative.start_week <= at && (creative.end_week <= 0 || at < creative.end_week);
    };
    double total = 0;
    for (const CreativeOptions& creative : campaign.creatives) total += may(creative) ? creative.rotation_share : 0;
    int best = -1;
    for (std::size_t i = 0; i < n; ++i) {
      if (!may(campaign.creatives[i])) continue;
      credit[i] += campaign.creatives[i].rotation_share / total;
      if (best < 0) best = static_cast<int>(i);
      const auto b = static_cast<std::size_t>(best);
      const double lead = credit[i] - credit[b];
      if (lead > 1e-9 ||
          (lead > -1e-9 && name_hash(campaign.creatives[i].name) < name_hash(campaign.creatives[b].name)))
        best = static_cast<int>(i);
    }
    if (best >= 0) credit[static_cast<std::size_t>(best)] -= 1;
    shown.push_back(static_cast<std::int8_t>(best));
  }
  return shown;
}

std::size_t Rotation::week(std::int32_t step) const {
  return static_cast<std::size_t>((step + warmup_weeks_ * steps_per_week_) / steps_per_week_);
}

int Rotation::shown(std::size_t campaign, std::int32_t step) const {
  const std::vector<std::int8_t>& shown = shown_[campaign];
  return shown.empty() ? -1 : shown[std::min(week(step), shown.size() - 1)];
}

const CreativeOptions* Rotation::creative(std::size_t campaign, std::int32_t step) const {
  const int number = shown(campaign, step);
  return number < 0 ? nullptr : &options_->campaigns[campaign].creatives[static_cast<std::size_t>(number)];
}

double Rotation::effect(std::size_t campaign, std::int32_t step) const {
  const int number = shown(campaign, step);
  return number < 0 ? 1 : effect_[campaign][static_cast<std::size_t>(number)];
}

std::string Rotation::theme(std::size_t campaign, int creative) const {
  const CampaignOptions& c = options_->campaigns[campaign];
  if (creative < 0) return c.name;
  const CreativeOptions& shown = c.creatives[static_cast<std::size_t>(creative)];
  return shown.theme.empty() ? c.name + "/" + shown.name : shown.theme;
}

}  // namespace populace
