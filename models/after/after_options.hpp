// What follows a purchase of the focal brand.
#pragma once
#include "sim/base/fields.hpp"

namespace populace {

struct SatisfactionOptions {
  double satisfied_prob = .8;      // a purchase of the focal brand satisfies
  double disappointed_prob = .05;  // or disappoints; else nothing is felt
  double lapse_intervals = 3;      // no focal purchase for so many personal intervals is a lapse
  void visit(FieldVisitor& visitor);
};

}  // namespace populace
