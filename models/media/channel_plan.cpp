#include "models/media/channel_plan.hpp"

#include <algorithm>

#include "models/media/count_kernels.hpp"
#include "models/names.hpp"
#include "models/targeting/targeting.hpp"

namespace populace {

ChannelPlan::ChannelPlan(const MarketOptions& options, const Targeting& targeting, const Ledger& ledger, Layout& layout)
    : options_(&options),
      targeting_(&targeting),
      ledger_(&ledger),
      end_step_(static_cast<std::int32_t>(options.run.weeks * options.run.steps_per_week())),
      campaigns_(options.channels.size()) {
  for (const ChannelOptions& channel : options.channels) {
    const double steps = channel.planned_weeks * options.run.steps_per_week();
    window_.push_back(std::max(1, static_cast<std::int32_t>(steps + .5)));
    met_.emplace_back();
    if (channel.planned_contacts == 0) continue;
    enabled_ = true;
    met_.back() = layout.add<std::uint8_t>("met_of_plan_" + channel.name);
  }
  for (std::size_t c = 0; c < options.campaigns.size(); ++c)
    if (options.campaigns[c].brand == options.run.focal_brand)
      campaigns_[index_of(options.channels, options.campaigns[c].channel)].push_back(c);
}

void ChannelPlan::register_measures(MeasureRegistry& registry) {
  if (!enabled_) return;
  useful_ = registry.add({.name = "useful_contacts",
                          .unit = "contacts",
                          .long_name = "contacts with the focal brand up to the channel's plan",
                          .dims = {"channel"}});
  overlap_ = registry.add({.name = "overlap_contacts",
                           .unit = "contacts",
                           .long_name = "contacts with the focal brand beyond the channel's plan",
                           .dims = {"channel"}});
  gap_ = registry.add({.name = "gap_people",
                       .unit = "people",
                       .long_name = "people meant by the plan who met less than planned, at the end of its window",
                       .dims = {"channel"}});
  meant_ = registry.add({.name = "planned_people",
                         .unit = "people",
                         .long_name = "people meant by the plan, at the end of its window",
                         .dims = {"channel"}});
  overlap_money_ = registry.add({.name = "overlap_spend",
                                 .unit = options_->run.currency,
                                 .long_name = "money spent on contacts beyond the channel's plan",
                                 .level = Level::kTotal,
                                 .count = Count::kMicros,
                                 .dims = {"channel"}});
}

void ChannelPlan::count(std::size_t channel, const std::vector<std::vector<char>>& eligible, std::int32_t step,
                        const BlockView& block, BlockScratch& scratch, std::int64_t* row) const {
  const auto planned = static_cast<std::uint8_t>(options_->channels[channel].planned_contacts);
  const std::uint8_t* now = scratch.channel_contacts[channel].data();
  std::uint8_t* met = block.column(met_[channel]);
  const std::int64_t all = sum_contacts(now, block.place.capacity),
                     useful = fill_plan(now, planned, met, block.place.capacity);
  row[useful_ + channel] += useful;
  row[overlap_ + channel] += all - useful;
  if ((step + 1) % window_[channel] == 0 || step + 1 == end_step_)
    close_window(channel, eligible, step, block, scratch, row);
}

bool ChannelPlan::ran(std::size_t campaign, std::int32_t first, std::int32_t last) const {
  for (std::int32_t step = first; step <= last; ++step)
    if (ledger_->runs(campaign, step)) return true;
  return false;
}

void ChannelPlan::close_window(std::size_t channel, const std::vector<std::vector<char>>& eligible, std::int32_t step,
                               const BlockView& block, BlockScratch& scratch, std::int64_t* row) const {
  const std::uint32_t n = block.place.n;
  std::uint8_t* meant = scratch.mask.data();
  std::fill_n(meant, block.place.capacity, std::uint8_t{0});
  for (const std::size_t c : campaigns_[channel]) {
    if (eligible[c][block.place.cell] == 0 || !ran(c, step - step % window_[channel], step)) continue;
    if (targeting_->applies(c)) {
      std::uint8_t* by_campaign = scratch.mask_of_campaign.data();
      targeting_->find_meant(c, step, block, by_campaign);
      for (std::uint32_t i = 0; i < n; ++i) meant[i] = static_cast<std::uint8_t>(meant[i] | by_campaign[i]);
    } else {
      std::fill_n(meant, n, std::uint8_t{1});
    }
  }
  std::uint8_t* met = block.column(met_[channel]);
  const auto planned = static_cast<std::uint8_t>(options_->channels[channel].planned_contacts);
  const PlanGap found = find_gap(meant, met, planned, block.place.capacity);
  row[meant_ + channel] += found.meant;
  row[gap_ + channel] += found.gap;
  std::fill_n(met, n, std::uint8_t{0});
}

void ChannelPlan::end_step(std::size_t impressions, std::size_t spend, std::span<const std::int64_t> rows,
                           std::size_t row_size, std::span<std::int64_t> totals) const {
  for (std::size_t channel = 0; channel < campaigns_.size() && enabled_; ++channel) {
    std::int64_t contacts = 0, overlap = 0, money = 0;
    for (std::size_t at = 0; at < rows.size(); at += row_size) {
      overlap += rows[at + overlap_ + channel];
      for (const std::size_t c : campaigns_[channel]) contacts += rows[at + impressions + c];
    }
    for (const std::size_t c : campaigns_[channel]) money += totals[spend + c];
    if (contacts > 0)  // money x overlap / contacts, whose product 64 bits may not hold
      totals[overlap_money_ + channel] = money / contacts * overlap + money % contacts * overlap / contacts;
  }
}

}  // namespace populace
