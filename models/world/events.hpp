// World events: festivals, hot topics, seasons, in the weeks, segments and regions that they concern.
//
//   factor of a step = product over events of 1 + (f - 1) c,   c = share of the step that lies within the event
//
// for need (opportunities to buy), attention (what a contact with the focal brand counts for) and the price of media
// (mean over the people whom a campaign may reach). An event with every_weeks comes again and again from its first week
// on; there is none in the warm-up. Sources: timing by festivals and hot events, seed documents 003:L131 and S81;
// values assumed.
#pragma once
#include <cstdint>
#include <vector>

#include "models/world/market_options.hpp"

namespace populace {

class WorldEvents {
 public:
  explicit WorldEvents(const MarketOptions& options);

  bool any() const { return !events_.empty(); }
  double need(std::int32_t step, std::size_t cell) const { return factor(&Event::need, step, cell); }
  double attention(std::int32_t step, std::size_t cell) const { return factor(&Event::attention, step, cell); }
  double media_price(std::int32_t step, const CampaignOptions& campaign) const;

 private:
  struct Event {
    double start = 0, length = 0, every = 0;  // weeks
    double need = 1, attention = 1, media_price = 1;
    std::vector<char> cells;
  };
  double factor(double Event::*which, std::int32_t step, std::size_t cell) const;
  double share_of_step(const Event& event, std::int32_t step) const;

  const MarketOptions* options_;
  std::vector<Event> events_;
};

// Whether a step lies in one of the weeks without the channel; a step does with at least half of it.
bool is_out(const ChannelOptions& channel, std::int32_t step, double weeks_per_step);

}  // namespace populace
