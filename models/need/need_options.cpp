#include "models/need/need_options.hpp"

namespace populace {

void NeedOptions::visit(FieldVisitor& v) {
  constexpr std::string_view source = "Ehrenberg 1959, doi:10.2307/2985810 (form); value assumed";
  v.flag({"enabled", "consumers have opportunities to buy in the category"}, enabled);
  v.per_name({"opportunities_per_week", "mean category opportunities of a person a week, by segment", source},
             opportunities_per_week, "segment", kNotNegative);
  v.number({"shape", "shape of the gamma over consumers", source}, shape, {.02, 50});
  v.series({"season", "multiplier of opportunities over the weeks"}, season, kNotNegative);
}

void DropoutOptions::visit(FieldVisitor& v) {
  constexpr std::string_view source = "Fader, Hardie & Lee 2005, doi:10.1287/mksc.1040.0098 (form)";
  v.flag({"enabled", "consumers may leave the category after a repeat purchase"}, enabled);
  v.number({"a", "first parameter of the beta distribution of the chance to leave", source}, a, {.05, 100});
  v.number({"b", "second parameter of the beta distribution of the chance to leave", source}, b, {.05, 100});
}

void StagePurchaseOptions::visit(FieldVisitor& v) {
  v.name({"machine", "stage machine whose stages buy; default: none"}, machine, "machine");
  v.per_name({"order_prob_per_week", "chance that a consumer in this stage orders one unit in a week"},
             order_prob_per_week, "stage", kShare);
}

}  // namespace populace
