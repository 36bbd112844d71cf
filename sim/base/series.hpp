// A value over time: a constant, or points (week, value) joined by straight lines and held flat outside them.
// Weeks count from the start of the counted horizon; the warm-up has negative weeks.
#pragma once
#include <utility>
#include <vector>

namespace populace {

struct Series {
  double constant = 0;                            // used when there are no points
  std::vector<std::pair<double, double>> points;  // (week, value), weeks strictly increasing

  Series() = default;
  Series(double value) : constant(value) {}  // NOLINT(google-explicit-constructor): a number is a series

  double at(double week) const {
    if (points.empty()) return constant;
    if (week <= points.front().first) return points.front().second;
    for (std::size_t i = 1; i < points.size(); ++i) {
      if (week > points[i].first) continue;
      const auto& [w0, v0] = points[i - 1];
      const auto& [w1, v1] = points[i];
      return v0 + (v1 - v0) * (week - w0) / (w1 - w0);
    }
    return points.back().second;
  }
};

}  // namespace populace
