// Scarce sends: what a message to members is worth when their channel carries more than its quota.
//
//   factor = [min(n, q) + w max(0, n - q)] / n      n sends of the week, q the quota, w the worth of a send above it
//
// It is the mean over the sends of a week, so their order does not matter; 1 up to the quota. Source: seed document M22
// (each send has an opportunity cost); w assumed.
#pragma once
#include <algorithm>

namespace populace {

inline double scarce_send_factor(double sends_per_week, double quota_per_week, double excess_worth) {
  if (sends_per_week <= quota_per_week) return 1;
  return (quota_per_week + excess_worth * (sends_per_week - quota_per_week)) / sends_per_week;
}

}  // namespace populace
