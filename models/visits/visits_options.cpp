#include "models/visits/visits_options.hpp"

namespace populace {

void VisitOptions::visit(FieldVisitor& v) {
  constexpr std::string_view form =
      "Johnson, Lewis & Nubbemeyer 2017, doi:10.2139/ssrn.2701578 (visitors that ads bring convert less); value "
      "assumed";
  v.flag({"enabled", "people visit the focal brand, of their own accord or by a click"}, enabled);
  v.per_name({"organic_per_week", "visits of a person a week of his own accord, mean by segment"}, organic_per_week,
             "segment", kNotNegative);
  v.number({"intent_shape",
            "shape of the gamma of intent over people (mean 1), on which their own visits and what a visit leads to "
            "depend; 0: everybody the same",
            form},
           intent_shape, {0, 1000});
  v.number({"landing_prob", "chance that a click arrives as a visit"}, landing_prob, kShare);
  v.number({"convert_prob", "chance that a visit of somebody of intent 1 converts (an enquiry, a lead, a booking)"},
           convert_prob, kShare);
  v.number({"in_market_factor", "factor on intent and own visits from need to decide of a purchase episode"},
           in_market_factor, {1, 1000});
  v.number({"slow_effect", "what a visit adds to slow goodwill of the focal brand"}, slow_effect, kAny);
  v.number({"fast_effect", "what a visit adds to fast activation of the focal brand"}, fast_effect, kAny);
}

}  // namespace populace
