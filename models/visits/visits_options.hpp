// Visits to the focal brand's own place, on the web or not. See docs/methods/visits.md.
#pragma once
#include "sim/base/fields.hpp"

namespace populace {

// [visit]
struct VisitOptions {
  bool enabled = false;
  PerName organic_per_week = .05;  // visits of a person of his own accord, mean by segment
  double intent_shape = 1.5;       // gamma of intent over people, mean 1; 0: everybody the same
  double landing_prob = .9;        // that a click arrives
  double convert_prob = .03;       // of a visit at intent 1
  double in_market_factor = 1;     // on intent and organic visits of whoever has an open purchase episode
  double slow_effect = 0;          // what a visit adds to slow goodwill
  double fast_effect = .1;         // and to fast activation
  void visit(FieldVisitor& visitor);
};

}  // namespace populace
