#include "models/sources/sources_options.hpp"

namespace populace {

void SourceOptions::visit(FieldVisitor& v) {
  constexpr std::string_view source = "seed documents S26, M3; value assumed";
  v.flag({"enabled", "false: nobody consults it"}, enabled);
  v.choice({"kind",
            "what it is: a search engine is the common entrance, a store may be too far, a website of the focal brand "
            "is visited",
            source},
           kind,
           {"search_engine", "reviews", "social", "influencer", "official_account", "store", "friends", "website"});
  v.per_name({"consult_prob",
              "chance that somebody of involvement 1 consults it in a week of search, or at a purchase made at once, "
              "by segment",
              source},
             consult_prob, "segment", kShare);
  v.number({"involvement_effect", "share of that chance that goes as involvement falls from 1 to 0", source},
           involvement_effect, kShare);
  v.number({"information", "information that a consultation gives", source}, information, {0, 15});
  v.per_name({"presence_prob", "chance that a consultation finds a brand, by brand", source}, presence_prob, "brand",
             kShare);
  v.number({"max_distance_km", "only people so near an own store can consult it; 0: everybody"}, max_distance_km,
           kNotNegative);
  v.name({"owned", "official_account: the owned channel whose account it is; its members alone consult it", source},
         owned, "owned");
  v.name({"influencer", "influencer: who it is; his followers alone look, and find the focal brand if he has posted",
          source},
         influencer, "influencer");
  v.number({"recent_weeks", "influencer: how long after a post the focal brand is found with him", source},
           recent_weeks, kNotNegative);
  v.flag({"live",
          "reviews, friends: the focal brand is found by what is written and said of it in the market (reviews.*, "
          "word_of_mouth.*)",
          source},
         live);
  v.number(
      {"half_reviews", "live reviews: reviews in force with which the focal brand is found half of the time", source},
      half_reviews, kNotNegative);
}

void SourcesOptions::visit(FieldVisitor& v) {
  constexpr std::string_view source = "seed documents S26, M3; value assumed";
  constexpr std::string_view islands = "seed document S46 (common entrance and islands); value assumed";
  v.flag({"enabled", "people consult sources before they choose", source}, enabled);
  v.number({"threshold_low", "information that is enough at involvement 0", source}, threshold_low, {0, 15});
  v.number({"threshold_high", "information that is enough at involvement 1", source}, threshold_high, {0, 15});
  v.number({"utility", "what it adds to a brand's utility at the decision that it was found", source}, utility,
           {-20, 20});
  v.flag({"common_entrance", "a search engine leads to the other sources, and none of them costs a search of its own",
          islands},
         common_entrance);
  v.number(
      {"lead_prob", "common entrance: chance that whoever consults a search engine is led to another source", islands},
      lead_prob, kShare);
  v.number({"island_cost", "without a common entrance: chance to stop after each source consulted in a step", islands},
           island_cost, kShare);
}

}  // namespace populace
