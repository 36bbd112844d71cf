// When consumers have an opportunity to buy in the category.
#pragma once
#include <string>

#include "sim/base/fields.hpp"

namespace populace {

// Opportunities of a consumer: Poisson with a gamma rate (Ehrenberg 1959, doi:10.2307/2985810), times season and shock.
struct NeedOptions {
  bool enabled = false;
  PerName opportunities_per_week = .36;  // mean, by segment
  double shape = .8;                     // of the gamma
  Series season = 1;                     // multiplier over time
  void visit(FieldVisitor& visitor);
};

// Chance to leave the category for good after each repeat purchase, Beta(a, b) over consumers (Fader, Hardie & Lee
// 2005, doi:10.1287/mksc.1040.0098).
struct DropoutOptions {
  bool enabled = false;
  double a = 1, b = 1;
  void visit(FieldVisitor& visitor);
};

// Buying by stage: a consumer in stage s orders one unit of the focal brand with this chance a week, after the moves.
struct StagePurchaseOptions {
  std::string machine;              // empty: off
  PerName order_prob_per_week = 0;  // by stage
  bool enabled() const { return !machine.empty(); }
  void visit(FieldVisitor& visitor);
};

}  // namespace populace
