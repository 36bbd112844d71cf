#include "models/population/population_options.hpp"

namespace populace {

void RegionOptions::visit(FieldVisitor& v) {
  v.number({"share", "share of all consumers who live here; shares of all regions sum to 1"}, share, kShare);
}

void SegmentOptions::visit(FieldVisitor& v) {
  v.number({"share", "share of the consumers of every region; shares of all segments sum to 1"}, share, kShare);
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
