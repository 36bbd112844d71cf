// How hard to press: the chance pi that an ad slot shows a campaign, such that the expected contacts of those who may
// see it are those bought,
//
//   sum over eligible consumers of E[min(N, room)] = wanted,   N ~ Poisson(h pi dt)  or  N ~ Bernoulli(min(1, h pi
//   dt)),
//
// on an integer histogram of (habit, room under the cap), so that the answer depends on no order. The left side is
// increasing and concave in pi, so Newton's steps from pi = wanted / sum h rise to the root and never pass it.
#pragma once
#include <cstdint>
#include <vector>

namespace populace {

struct PacingBin {
  double slots = 0;       // h dt: slots in the step
  std::int64_t room = 0;  // contacts still allowed; kNoCap: any number
  std::int64_t consumers = 0;
};
inline constexpr std::int64_t kNoCap = -1;

// pi in [0, 1]; 1 when even that delivers less than wanted.
double solve_pressure(const std::vector<PacingBin>& bins, bool bernoulli, double wanted);

// E[min(N, room)] and its derivative by the mean, N ~ Poisson(mean).
struct CappedMean {
  double value, slope;
};
CappedMean capped_poisson(double mean, std::int64_t room);

}  // namespace populace
