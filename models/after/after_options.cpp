#include "models/after/after_options.hpp"

namespace populace {

void SatisfactionOptions::visit(FieldVisitor& v) {
  v.number({"satisfied_prob", "chance that a purchase of the focal brand satisfies"}, satisfied_prob, kShare);
  v.number({"disappointed_prob", "chance that it disappoints"}, disappointed_prob, kShare);
  v.number({"lapse_intervals", "lapse: no focal purchase for so many personal intervals between category purchases"},
           lapse_intervals, kPositive);
}

}  // namespace populace
