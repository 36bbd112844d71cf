#include "results/summary/relative_precision.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

#include "sim/base/contracts.hpp"

namespace populace {

RelativePrecisionRule::RelativePrecisionRule(const PrecisionTarget& target) : target_(target) {
  expects(target.relative_error > 0.0 && target.relative_error < 1.0, "relative error lies between 0 and 1");
  expects(target.level > 0.0 && target.level < 1.0, "the level of an interval lies between 0 and 1");
  expects(target.minimum_replications >= 2, "a spread needs two replications");
  expects(target.maximum_replications >= target.minimum_replications, "maximum replications >= minimum replications");
}

bool RelativePrecisionRule::add(double value) {
  expects(!stopped(), "no replication is added after the rule has stopped");
  if (!std::isfinite(value)) {
    throw std::invalid_argument("replication " + std::to_string(values_.size()) + ": value " + std::to_string(value) +
                                " is not a finite number, so its relative precision is undefined; choose a figure that "
                                "every replication defines");
  }
  values_.push_back(value);
  met_ = replications() >= target_.minimum_replications && relative_half_width() <= permitted_half_width();
  return stopped();
}

double RelativePrecisionRule::relative_half_width() const {
  constexpr double kUnknown = std::numeric_limits<double>::infinity();
  if (replications() < 2) return kUnknown;
  const Interval now = interval();
  if (now.mean == 0.0) return kUnknown;
  return (now.high - now.low) / 2.0 / std::fabs(now.mean);
}

int RelativePrecisionRule::expected_replications() const {
  const double excess = relative_half_width() / permitted_half_width();
  const double forecast = std::ceil(replications() * excess * excess);
  const int least = std::max(target_.minimum_replications, replications());
  if (!(forecast < target_.maximum_replications)) return target_.maximum_replications;
  return std::max(least, static_cast<int>(forecast));
}

}  // namespace populace
