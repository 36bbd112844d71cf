#include "models/word_of_mouth/word_of_mouth_options.hpp"

namespace populace {

void WordOfMouthOptions::visit(FieldVisitor& v) {
  v.name({"machine", "stage machine whose stages talk; default: none"}, machine, "machine");
  v.per_name({"voice", "chance that a contact in this stage recommends, by stage"}, voice, "stage", kShare);
  v.number({"contacts_per_week", "conversations of a consumer a week about the category"}, contacts_per_week,
           kNotNegative);
  v.number({"utility", "utility of the focal brand per unit of talk (share of recommending contacts) above base_talk"},
           utility, kAny);
  v.number({"base_talk", "talk under the base plan"}, base_talk, kNotNegative);
}

}  // namespace populace
