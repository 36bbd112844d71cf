// Reviews: a stock that everybody can read.
#pragma once
#include "sim/base/fields.hpp"

namespace populace {

struct ReviewsOptions {
  bool enabled = false;
  double satisfied_write_prob = .04, neutral_write_prob = .01, disappointed_write_prob = .1;
  double initial_reviews = 0;                // of the whole market
  double initial_rating = 4;                 // stars
  double base_reviews = 0, base_rating = 0;  // under the base plan; 0: the initial ones
  PerName read_prob = 1;                     // by segment: at an occasion
  double volume_elasticity = .236, valence_elasticity = .417;
  double memory_weeks = 52;
  double reward_money = 0;  // paid for a review
  void visit(FieldVisitor& visitor);
};

}  // namespace populace
