#include "models/population/population_options.hpp"

namespace populace {

void RegionOptions::visit(FieldVisitor& v) {
  v.number({"share", "share of all consumers who live here; shares of all regions sum to 1"}, share, kShare);
  v.number({"store_distance_km", "mean distance to the nearest own store, exponential; 0: everybody lives beside one"},
           store_distance_km, {0, 20'000});
}

void SegmentOptions::visit(FieldVisitor& v) {
  v.number({"share", "share of the consumers of every region; shares of all segments sum to 1"}, share, kShare);
}

void SituationOptions::visit(FieldVisitor& v) {
  constexpr std::string_view source = "seed documents S63, S65, M85, M86, M89; values assumed";
  v.flag({"enabled", "occasions to buy differ in what they mean to the buyer"}, enabled);
  v.per_name({"gift_share", "share of occasions that are for somebody else", source}, gift_share, "segment", kShare);
  v.per_name({"health_share", "share of occasions where health or quality of life is at stake", source}, health_share,
             "segment", kShare);
  v.per_name({"outlay_share", "share of occasions with a large outlay", source}, outlay_share, "segment", kShare);
  v.per_name({"symbolism_share", "share of occasions where others will see what was bought", source}, symbolism_share,
             "segment", kShare);
  v.number({"gift_effect", "what such an occasion adds to the logit of involvement", source}, gift_effect,
           kNotNegative);
  v.number({"health_effect", "what such an occasion adds to the logit of involvement", source}, health_effect,
           kNotNegative);
  v.number({"outlay_effect", "what such an occasion adds to the logit of involvement", source}, outlay_effect,
           kNotNegative);
  v.number({"symbolism_effect", "what such an occasion adds to the logit of involvement", source}, symbolism_effect,
           kNotNegative);
}

void InvolvementOptions::visit(FieldVisitor& v) {
  constexpr std::string_view source =
      "Laurent & Kapferer 1985, doi:10.1177/002224378502200104 (facets); values assumed";
  v.flag({"enabled", "give every consumer an involvement between 0 and 1"}, enabled);
  v.per_name({"interest", "mean of facet interest, in standard deviations", source}, interest, "segment", kAny);
  v.per_name({"pleasure", "mean of facet pleasure, in standard deviations", source}, pleasure, "segment", kAny);
  v.per_name({"sign_value", "mean of facet sign value, in standard deviations", source}, sign_value, "segment", kAny);
  v.per_name({"risk_importance", "mean of facet risk importance, in standard deviations", source}, risk_importance,
             "segment", kAny);
  v.per_name({"risk_probability", "mean of facet risk probability, in standard deviations", source}, risk_probability,
             "segment", kAny);
  v.number({"facet_correlation", "correlation of any two facets", source}, facet_correlation, kShare);
  v.numbers({"weights", "five weights of the facets in involvement, in the order of the facets above"}, weights, kAny);
  v.number({"bias", "added to the weighted sum of facets before the logistic"}, bias, kAny);
  v.numbers(
      {"product_offset",
       "what the category adds to the means of the five facets: visible, expensive, unfamiliar or technical goods",
       "seed documents M87-M89; values assumed"},
      product_offset, kAny);
  v.per_name({"ability", "most involvement that the ability to judge allows, by segment", "seed document M90"}, ability,
             "segment", kShare);
  v.per_name({"opportunity", "most involvement that time and circumstances allow, by segment", "seed document M90"},
             opportunity, "segment", kShare);
  v.table({"situation", "what an occasion to buy adds to involvement"},
          [this](FieldVisitor& t) { situation.visit(t); });
  v.number({"rational_intercept", "logit of the weight of the rational route at involvement .5"}, rational_intercept,
           kAny);
  v.number({"rational_slope", "how the logit of that weight follows the logit of involvement",
            "Petty, Cacioppo & Schumann 1983, doi:10.1086/208954 (direction)"},
           rational_slope, kNotNegative);
  v.number({"rational_sigma", "standard deviation of that logit from one purchase to the next of the same consumer",
            "seed document M4; value assumed"},
           rational_sigma, {0, 10});
  v.integer({"items_per_facet", "items of each facet in the questionnaire of `populace survey`", source},
            items_per_facet, {2, 20});
  v.number({"item_loading", "correlation of an item with its facet, before it is rounded to an answer"}, item_loading,
           kShare);
}

void ReplayOptions::visit(FieldVisitor& v) {
  v.text({"transactions_csv",
          "transaction log, columns customer_id,date: customers enter on the day of their first transaction",
          "the file's own origin"},
         transactions_csv);
  v.number({"split_weeks", "end of the first period of the conditional-trend table, in weeks from the start"},
           split_weeks, kPositive);
}

}  // namespace populace
