#include "models/reviews/reviews_options.hpp"

namespace populace {

void ReviewsOptions::visit(FieldVisitor& v) {
  constexpr std::string_view kMeta = "You, Vadakkepatla & Joshi 2015, doi:10.1509/jm.14.0169";
  v.flag({"enabled", "buyers of the focal brand write reviews, which others read"}, enabled);
  v.number({"satisfied_write_prob", "chance that a satisfied buyer reviews (5 stars)"}, satisfied_write_prob, kShare);
  v.number({"neutral_write_prob", "chance that a buyer who feels nothing reviews (3 stars)"}, neutral_write_prob,
           kShare);
  v.number({"disappointed_write_prob", "chance that a disappointed buyer reviews (1 star)"}, disappointed_write_prob,
           kShare);
  v.number({"initial_reviews", "reviews of the focal brand at the beginning, in the whole market"}, initial_reviews,
           kNotNegative);
  v.number({"initial_rating", "their mean, in stars"}, initial_rating, {1, 5});
  v.number({"base_reviews", "reviews in force under the base plan; 0: the initial ones"}, base_reviews, kNotNegative);
  v.number({"base_rating", "their mean, in stars; 0: the initial one"}, base_rating, {0, 5});
  v.per_name({"read_prob", "chance that reviews are read at an occasion to buy"}, read_prob, "segment", kShare);
  v.number(
      {"volume_elasticity", "utility of the focal brand per logarithm of the number of reviews, of a reader", kMeta},
      volume_elasticity, kAny);
  v.number({"valence_elasticity", "utility of the focal brand per logarithm of the mean rating, of a reader", kMeta},
           valence_elasticity, kAny);
  v.number({"memory_weeks", "time constant with which a review loses weight"}, memory_weeks,
           {.low = 0, .high = 10000, .low_open = true});
  v.number({"reward_money", "paid for a review"}, reward_money, kNotNegative);
}

}  // namespace populace
