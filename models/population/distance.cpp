// Distance of a consumer to the nearest own store: d ~ exponential with mean `store_distance_km` of the region, in km.
// Stores placed at random in a plane would give a Rayleigh law; towns make short and very long ways more common.
// Source: assumed.
#include <algorithm>

#include "models/outlets/outlet_distance.hpp"
#include "models/population/traits.hpp"

namespace populace {

bool needs_distance(const MarketOptions& options) {
  const bool by_source = options.information.enabled &&
                         std::any_of(options.sources.begin(), options.sources.end(), [](const SourceOptions& source) {
                           return source.enabled && source.max_distance_km > 0;
                         });
  return by_source || outlets_need_distance(options) ||
         std::any_of(options.campaigns.begin(), options.campaigns.end(), [](const CampaignOptions& campaign) {
           return campaign.target.enabled && campaign.target.max_distance_km > 0;
         });
}

void Traits::plan_distance(const MarketOptions& options, Layout& layout) {
  distance_ = layout.add<std::uint8_t>("distance");
  for (const RegionOptions& region : options.regions)
    distance_km_.push_back(region.store_distance_km > 0 ? gamma_trait(1, region.store_distance_km) : constant_trait(0));
}

}  // namespace populace
