// Reproducible uniform and normal values for tests of statistics: the 64-bit Mersenne twister, whose words the standard
// fixes, and the normal quantile; independent of the engine's own draws.
#pragma once
#include <boost/math/special_functions/erf.hpp>
#include <cstdint>
#include <numbers>
#include <random>
#include <vector>

namespace populace {

class TestSample {
 public:
  explicit TestSample(std::uint64_t seed) : words_(seed) {}

  double uniform() { return (static_cast<double>(words_() >> 11) + 0.5) * 0x1p-53; }
  double normal() { return -std::numbers::sqrt2 * boost::math::erfc_inv(2.0 * uniform()); }

  std::vector<double> normals(int n) {
    std::vector<double> values;
    for (int i = 0; i < n; ++i) values.push_back(normal());
    return values;
  }

 private:
  std::mt19937_64 words_;
};

}  // namespace populace
