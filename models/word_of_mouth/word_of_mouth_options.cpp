#include "models/word_of_mouth/word_of_mouth_options.hpp"

namespace populace {
namespace {

void visit_ties(WordOfMouthOptions& o, FieldVisitor& v) {
  v.choice({"network",
            "mixed: everybody hears of everybody by the shares of stages; complete: every contact is anybody; "
            "small_world: contacts of a community and strangers; circle: one community of the whole population"},
           o.network, {"mixed", "complete", "small_world", "circle"});
  v.choice({"community", "small_world: where communities are cut from; cell: a segment of a region"}, o.community,
           {"cell", "region", "population"});
  v.integer({"community_people", "small_world: consumers of a community; 0: cell, region or population are one each",
             "Dunbar 1992, doi:10.1016/0047-2484(92)90081-J"},
            o.community_people, {0, 4e9});
  v.integer({"strong_ties", "contacts of a consumer within his community, even"}, o.strong_ties, {0, 1000});
  v.integer({"weak_ties", "contacts of a consumer anywhere"}, o.weak_ties, {0, 1000});
  v.choice({"weak_reach", "where weak ties lead"}, o.weak_reach, {"population", "region"});
  v.number({"strong_talk_share", "share of conversations over strong ties, where there are both"}, o.strong_talk_share,
           kShare);
  v.number({"strong_trust", "chance to believe what a strong tie says"}, o.strong_trust, kShare);
  v.number({"weak_trust", "chance to believe what a weak tie says"}, o.weak_trust, kShare);
  v.per_name({"sociability", "conversations of a consumer of a segment, relative to contacts_per_week"}, o.sociability,
             "segment", {0, 100});
  v.per_name({"listening", "conversations of a consumer in a stage, relative to contacts_per_week"}, o.listening,
             "stage", {0, 100});
}

}  // namespace

void WordOfMouthOptions::visit(FieldVisitor& v) {
  v.name({"machine", "stage machine whose stages talk; default: none"}, machine, "machine");
  v.per_name({"voice", "chance that a contact in this stage recommends, by stage"}, voice, "stage", kShare);
  v.number({"contacts_per_week", "conversations of a consumer a week about the category"}, contacts_per_week,
           kNotNegative);
  v.number({"utility", "utility of the focal brand per unit of talk (share of recommending contacts) above base_talk"},
           utility, kAny);
  v.number({"base_talk", "talk under the base plan"}, base_talk, kNotNegative);
  visit_ties(*this, v);
  v.per_name({"negative_voice", "over contacts: chance that a contact in this stage warns, by stage"}, negative_voice,
             "stage", kShare);
  v.number({"disappointed_voice", "over contacts: chance that a contact disappointed by the focal brand warns"},
           disappointed_voice, kShare);
  v.number({"disappointed_below", "satisfaction (-1 to 1) below which a consumer is disappointed"}, disappointed_below,
           {-1, 1});
  v.number({"positive_utility", "utility of the focal brand right after a believed recommendation"}, positive_utility,
           {-4, 4});
  v.number({"negative_utility", "utility of the focal brand right after a believed warning"}, negative_utility,
           {-4, 0});
  v.number({"memory_weeks", "time constant of these effects"}, memory_weeks,
           {.low = 0, .high = 1000, .low_open = true});
  v.number({"forward_prob", "over contacts: chance that who believed a recommendation passes it on in the next step"},
           forward_prob, kShare);
  v.number({"forward_voice", "over contacts: chance that a conversation with one who passes it on recommends"},
           forward_voice, kShare);
  v.number({"need_prob",
            "chance that a believed recommendation awakens a need for the category, which is an occasion in the next "
            "step",
            "seed document M1; value assumed"},
           need_prob, kShare);
}

}  // namespace populace
