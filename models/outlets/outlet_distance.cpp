#include "models/outlets/outlet_distance.hpp"

#include <algorithm>

#include "models/names.hpp"

namespace populace {

bool goes_by_distance(const MarketOptions& options, const OutletOptions& outlet) {
  if (!outlet.enabled || outlet.distance_factor <= 0) return false;
  if (outlet.radius_km > 0 || (outlet.physical() && options.retail.distance_utility_per_km > 0)) return true;
  if (outlet.path.empty()) return false;
  const PathOptions& path = options.paths[index_of(options.paths, outlet.path)];
  return std::any_of(path.steps.begin(), path.steps.end(), [&](const PathStepOptions& step) {
    return path.has(step) && (step.friction_per_km > 0 || step.max_km > 0);
  });
}

bool outlets_need_distance(const MarketOptions& options) {
  return options.has_outlets() &&
         std::any_of(options.regions.begin(), options.regions.end(),
                     [](const RegionOptions& region) { return region.store_distance_km > 0; }) &&
         std::any_of(options.outlets.begin(), options.outlets.end(),
                     [&](const OutletOptions& outlet) { return goes_by_distance(options, outlet); });
}

}  // namespace populace
