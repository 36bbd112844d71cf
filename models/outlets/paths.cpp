#include "models/outlets/paths.hpp"

#include <algorithm>

#include "models/names.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {

Paths::Paths(const MarketOptions& options, const Traits& traits) : options_(&options) {
  if (options.retail.mismatch_friction > 0) mismatch_ = name_at("mismatch");
  for (const OutletOptions& outlet : options.outlets) {
    std::vector<Step>& steps = steps_.emplace_back();
    recorded_.push_back(1);
    if (!outlet.enabled || outlet.path.empty()) continue;
    const PathOptions& path = options.paths[index_of(options.paths, outlet.path)];
    recorded_.back() = path.recorded;
    for (const PathStepOptions& step : path.steps)
      if (path.has(step)) steps.push_back(compile(outlet, step, traits));
  }
}

int Paths::name_at(const std::string& name) {
  const auto at = std::find(names_.begin(), names_.end(), name);
  if (at == names_.end()) {
    names_.push_back(name);
    return static_cast<int>(names_.size()) - 1;
  }
  return static_cast<int>(at - names_.begin());
}

Paths::Step Paths::compile(const OutletOptions& outlet, const PathStepOptions& step, const Traits& traits) {
  Step compiled;
  compiled.name = name_at(step.name);
  compiled.index = name_hash(step.name);
  const bool eased = outlet.connected && (step.kind == "redirect" || step.kind == "redeem");
  compiled.go = 1 - step.friction * (eased ? options_->retail.connected_friction_share : 1);
  if (step.kind == "payment")
    for (const SegmentOptions& segment : options_->segments)
      compiled.known.push_back(step.known_share.of(segment.name));
  if (!traits.distance().exists() || (step.friction_per_km <= 0 && step.max_km <= 0)) return compiled;
  for (std::size_t r = 0; r < options_->regions.size(); ++r) {
    DistanceTable& table = compiled.by_distance.emplace_back();
    for (std::size_t code = 0; code < table.size(); ++code) {
      const double km = outlet.distance_factor * static_cast<double>(traits.distance_km(r).value[code]);
      const bool too_far = step.max_km > 0 && km > step.max_km;
      table[code] = too_far ? 0 : static_cast<float>(exact_exp(-step.friction_per_km * km));
    }
  }
  return compiled;
}

int Paths::walk(std::size_t outlet, double mismatch, const Walker& walker, double& completed) const {
  completed = 1 - mismatch;
  if (mismatch_ >= 0 && walker.u >= completed) return mismatch_;
  for (const Step& step : steps_[outlet]) {
    const auto knows = [&] {
      const DrawReason why = reason(Purpose::kPayment, step.index);
      return unit_double(draw_word(walker.population, why, walker.id)) < step.known[walker.segment];
    };
    if (!step.known.empty() && knows()) continue;
    completed *= step.go;
    if (!step.by_distance.empty()) completed *= static_cast<double>(step.by_distance[walker.region][walker.distance]);
    if (walker.u >= completed) return step.name;
  }
  return -1;
}

}  // namespace populace
