// Random valid scenarios: a small market with a random subset of the mechanisms of tests/mechanisms over it, more
// regions, segments, brands, channels, campaigns and machines, and random values within the range of any key.
#pragma once
#include <cstdint>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "scenarios/scenario.hpp"

namespace populace {

// Uniform numbers that are the same on every system.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  double unit() { return static_cast<double>(engine_() >> 11) * 0x1p-53; }
  double between(double low, double high) { return low + (high - low) * unit(); }
  bool chance(double p) { return unit() < p; }
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(unit() * static_cast<double>(n)); }
  template <class Items>
  const auto& one_of(const Items& items) {
    return items[below(items.size())];
  }

 private:
  std::mt19937_64 engine_;
};

// A scenario and what made it: the mechanisms that it builds on, and the keys that were set at random.
struct RandomScenario {
  LoadedScenario loaded;
  std::vector<std::string> mechanisms;
  std::vector<std::string> settings;
};

// The scenario of a seed; its file is written below `folder`. Throws ScenarioErrors when the generator made a scenario
// that is refused whatever is left out: a fault of the generator.
RandomScenario random_scenario(std::uint64_t seed, const std::filesystem::path& folder);

// Random settings "key=value" of a market, of about `share` of its keys.
std::vector<std::string> random_settings(const MarketOptions& market, double share, Dice& dice);

}  // namespace populace
