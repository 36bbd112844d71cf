#include "models/response/response_options.hpp"

namespace populace {

void StockOptions::visit(FieldVisitor& v) {
  v.number({"retention_per_week", "share of the stock that is left after a week"}, retention_per_week,
           {.low = 0, .high = 1, .high_open = true});
  v.number({"saturation", "G of the concave reading G (1 - exp(-A / G)); 0: linear"}, saturation, kNotNegative);
  v.number({"utility", "utility (or memory, when acts_on = \"consideration\") per unit of the stock as read"}, utility,
           kAny);
  v.choice(
      {"acts_on", "the one thing that this stock changes; \"hazard\": moves of stage machines name it as a driver"},
      acts_on, {"utility", "consideration", "hazard", "nothing"});
}

MessageOptions::MessageOptions() : curiosity(1), persuasion(1), offer(1), care(1) {
  const char* stages[] = {"none",      "discovered", "aware", "considering", "chosen",
                          "purchased", "satisfied",  "loyal", "advocate"};
  const double by_stage[4][9] = {{1, .8, .4, .2, .1, .1, .1, .1, .1},
                                 {.3, .6, 1, .9, .4, .2, .2, .2, .2},
                                 {0, .1, .3, .8, 1, .4, .3, .3, .3},
                                 {0, 0, .1, .1, .2, 1, 1, .9, .8}};
  PerName* types[] = {&curiosity, &persuasion, &offer, &care};
  for (std::size_t type = 0; type < 4; ++type)
    for (std::size_t s = 0; s < 9; ++s) types[type]->by_name.emplace_back(stages[s], by_stage[type][s]);
}

void MessageOptions::visit(FieldVisitor& v) {
  constexpr std::string_view source = "seed documents M10, M13 (diagonal high); values assumed";
  v.flag({"enabled", "a message works by how it fits the stage of the consumer in the focal machine"}, enabled);
  v.per_name({"curiosity", "effect of a message that arouses curiosity, by stage", source}, curiosity, "stage", kAny);
  v.per_name({"persuasion", "effect of a message that gives reasons, by stage", source}, persuasion, "stage", kAny);
  v.per_name({"offer", "effect of a promotion or more information, by stage", source}, offer, "stage", kAny);
  v.per_name({"care", "effect of service after the purchase, by stage", source}, care, "stage", kAny);
}

void StyleOptions::visit(FieldVisitor& v) {
  v.flag({"enabled", "benefit copy works on the rational route, emotive copy on the other"}, enabled);
  v.number({"mismatch_effect", "effect of a style on the route that it is not made for",
            "Petty, Cacioppo & Schumann 1983, doi:10.1086/208954 (direction); value assumed"},
           mismatch_effect, {0, 1});
}

void SynergyOptions::visit(FieldVisitor& v) {
  constexpr std::string_view source =
      "Naik & Raman 2003, doi:10.1509/jmkr.40.4.375.19385 (synergy); seed documents M15, M16, M29, M30; values assumed";
  v.flag({"enabled", "channels that carry one key message help each other; different messages blur"}, enabled);
  v.number({"per_channel", "more effect for each further channel that carried the same key message lately", source},
           per_channel, kNotNegative);
  v.number({"inconsistency", "less effect for each further key message of the brand met lately", source}, inconsistency,
           kShare);
  v.number({"least_consistency", "effect that is left however many key messages there are", source}, least_consistency,
           kShare);
  v.number({"cap", "most that consistency and channels make of a contact", source}, cap, kPositive);
  v.number({"window_weeks", "how long it is remembered that a channel carried a message", source}, window_weeks,
           {.low = 0, .high = 520, .low_open = true});
}

void AversionOptions::visit(FieldVisitor& v) {
  constexpr std::string_view source = "seed documents M26, M98, M116; values assumed";
  v.flag({"enabled", "too many contacts or a bad experience weaken advertising or turn it against the brand"}, enabled);
  v.number({"tolerated_contacts_per_week", "contacts with a brand in a week that do no harm", source},
           tolerated_contacts_per_week, kPositive);
  v.number({"per_excess", "effect lost when contacts are twice what is tolerated, and so on", source}, per_excess,
           kNotNegative);
  v.number({"lowest_effect", "effect however many contacts there are; below 0 they harm", source}, lowest_effect,
           {-10, 1});
  v.number({"memory_weeks", "memory of the running mean of contacts", source}, memory_weeks, {.05, 104});
  v.number({"dissatisfaction", "effect lost by a consumer entirely dissatisfied with the focal brand", source},
           dissatisfaction, kNotNegative);
}

void ResponseOptions::visit(FieldVisitor& v) {
  v.choice({"carryover",
            "continuous: contacts spread evenly over a step; discrete: A <- retention A + E, read after the update"},
           carryover, {"continuous", "discrete"});
  v.table({"slow", "slow goodwill: brand memory",
           "Leone 1995; Sethuraman 2011, doi:10.1509/jmkr.48.3.457 (range of retention)"},
          [this](FieldVisitor& t) { slow.visit(t); });
  v.table({"fast", "fast activation: the short effect",
           "Leone 1995; Sethuraman 2011, doi:10.1509/jmkr.48.3.457 (range of retention)"},
          [this](FieldVisitor& t) { fast.visit(t); });
  v.table({"message", "kinds of message by stage"}, [this](FieldVisitor& t) { message.visit(t); });
  v.table({"style", "styles of creatives by route"}, [this](FieldVisitor& t) { style.visit(t); });
  v.table({"synergy", "channels and key messages together"}, [this](FieldVisitor& t) { synergy.visit(t); });
  v.table({"aversion", "advertising that annoys"}, [this](FieldVisitor& t) { aversion.visit(t); });
  v.number(
      {"forgotten_below", "event \"forgotten\" comes when slow goodwill of the focal brand falls below this; 0: never"},
      forgotten_below, kNotNegative);
}

}  // namespace populace
