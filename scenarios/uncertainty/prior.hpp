// A coefficient that is known by a mean and a spread: { mean = 0.9, sd = 0.02, distribution = "beta" } in place of a
// number. A run uses the mean; parameter draws use
//
//   value of draw d = Q(u),  u keyed by seed, draw and key path, so that plans share the draws of what they share
//
// Q is the quantile function of the distribution with that mean and standard deviation: beta (default where the key is
// a share), log_normal (where it is not negative), normal, cut off at the range of the key (elsewhere), or uniform.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "sim/base/fields.hpp"

namespace populace {

struct Prior {
  std::string path;
  double mean = 0, sd = 0;
  std::string distribution;
  Range range;  // of the key
};

// The distribution that is taken where none is named.
std::string default_distribution(Range range);
// What is wrong with it, or nothing.
std::string fault_of(const Prior& prior);
double quantile(const Prior& prior, double u);

// "key.path=value" for every prior, of draw `draw`.
std::vector<std::string> draw_priors(const std::vector<Prior>& priors, std::uint32_t seed, std::uint32_t draw);

}  // namespace populace
