#include "models/world/events.hpp"

#include <algorithm>

namespace populace {
namespace {

bool listed(const std::vector<std::string>& names, const std::string& name) {
  return names.empty() || std::find(names.begin(), names.end(), name) != names.end();
}

double overlap(double a_start, double a_end, double b_start, double b_end) {
  return std::max(0.0, std::min(a_end, b_end) - std::max(a_start, b_start));
}

}  // namespace

WorldEvents::WorldEvents(const MarketOptions& options) : options_(&options) {
  for (const WorldEventOptions& o : options.events) {
    if (!o.enabled) continue;
    Event& event = events_.emplace_back();
    event.start = o.start_week;
    event.length = o.end_week - o.start_week;
    event.every = o.every_weeks;
    event.need = o.need_factor;
    event.attention = o.attention_factor;
    event.media_price = o.media_price_factor;
    for (const RegionOptions& region : options.regions)
      for (const SegmentOptions& segment : options.segments)
        event.cells.push_back(listed(o.regions, region.name) && listed(o.segments, segment.name));
  }
}

double WorldEvents::share_of_step(const Event& event, std::int32_t step) const {
  const double dt = options_->run.weeks_per_step(), start = step * dt, end = start + dt;
  if (end <= event.start) return 0;
  if (event.every <= 0) return overlap(start, end, event.start, event.start + event.length) / dt;
  double weeks = 0;
  const auto last = static_cast<std::int64_t>((end - event.start) / event.every);
  for (std::int64_t k = std::max<std::int64_t>(0, last - static_cast<std::int64_t>(dt / event.every) - 2); k <= last;
       ++k) {
    const double from = event.start + static_cast<double>(k) * event.every;
    weeks += overlap(start, end, from, from + event.length);
  }
  return std::min(1.0, weeks / dt);
}

double WorldEvents::factor(double Event::*which, std::int32_t step, std::size_t cell) const {
  double product = 1;
  for (const Event& event : events_)
    if (event.*which != 1 && event.cells[cell] != 0) product *= 1 + (event.*which - 1) * share_of_step(event, step);
  return product;
}

double WorldEvents::media_price(std::int32_t step, const CampaignOptions& campaign) const {
  double people = 0, sum = 0;
  for (std::size_t r = 0, cell = 0; r < options_->regions.size(); ++r)
    for (std::size_t s = 0; s < options_->segments.size(); ++s, ++cell) {
      const RegionOptions& region = options_->regions[r];
      const SegmentOptions& segment = options_->segments[s];
      if (!listed(campaign.regions, region.name) || !listed(campaign.segments, segment.name)) continue;
      people += region.share * segment.share;
      sum += region.share * segment.share * factor(&Event::media_price, step, cell);
    }
  return people > 0 ? sum / people : 1;
}

bool is_out(const ChannelOptions& channel, std::int32_t step, double weeks_per_step) {
  const double start = step * weeks_per_step;
  double out = 0;
  for (const OutageOptions& outage : channel.outages)
    out += overlap(start, start + weeks_per_step, outage.start_week, outage.end_week);
  return out >= weeks_per_step / 2 - 1e-9;
}

}  // namespace populace
