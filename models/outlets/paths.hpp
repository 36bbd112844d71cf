// From the outlet to the completed order: steps, each with a friction.
//
//   P(completed) = (1 - m) prod over steps of (1 - f_s)
//   redeem:   1 - f = (1 - friction) e^(-friction_per_km d) within max_km, else 0;  d = distance factor x distance
//   payment:  f = 0 for the share known of consumers, the same ones for life
//   m = mismatch_friction x (highest - lowest price factor of outlets that work)
//
// A closed loop has no steps of kind redirect and redeem; connected outlets keep a share of their friction. One uniform
// u an occasion decides where the order is abandoned: at the first step at which the product falls to u or below. So
// less friction anywhere never loses an order. Source: seed documents M64, M65, M67, M68, H55, H61 (form and
// direction); values assumed.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "models/population/traits.hpp"
#include "models/world/market_options.hpp"

namespace populace {

using DistanceTable = std::array<float, 256>;  // by code of the distance

// Who walks a path, and from which draws.
struct Walker {
  DrawKey population;  // of lasting draws
  std::uint64_t id = 0;
  std::size_t region = 0, segment = 0;
  std::uint8_t distance = 0;  // code
  double u = 0;               // uniform of the occasion
};

class Paths {
 public:
  Paths(const MarketOptions& options, const Traits& traits);

  // Names of steps of all paths, in the order in which they first stand in a path, and of what is no step of any.
  const std::vector<std::string>& step_names() const { return names_; }
  // Step at which the order is abandoned, as position in step_names(), or -1. `completed` becomes the chance of coming
  // to the end, or as far as the walk went.
  int walk(std::size_t outlet, double mismatch, const Walker& walker, double& completed) const;
  bool recorded(std::size_t outlet) const { return recorded_[outlet]; }

 private:
  struct Step {
    int name = 0;
    double go = 1;                           // chance to go on
    std::vector<DistanceTable> by_distance;  // times this, by region; empty: nothing
    std::vector<double> known;               // by segment; empty: nobody is exempt
    std::uint32_t index = 0;                 // of draws
  };
  int name_at(const std::string& name);
  Step compile(const OutletOptions& outlet, const PathStepOptions& step, const Traits& traits);

  const MarketOptions* options_;
  std::vector<std::string> names_;
  std::vector<std::vector<Step>> steps_;  // by outlet
  std::vector<char> recorded_;
  int mismatch_ = -1;
};

}  // namespace populace
