#include "models/targeting/targeting_options.hpp"

#include <algorithm>

namespace populace {

void TargetOptions::visit(FieldVisitor& v) {
  v.flag({"enabled", "false: the whole table is set aside"}, enabled);
  v.number({"max_distance_km", "at most so far from the nearest own store; 0: any distance"}, max_distance_km,
           kNotNegative);
  v.names({"members_of", "members of any of these owned channels"}, members_of, "owned");
  v.names({"rungs", "stages of the focal machine; the brand sees them of people it knows"}, rungs, "stage");
  v.names({"episode", "stages of the purchase episode; the brand sees them of people it knows"}, episode,
          "episode stage");
  v.numbers({"since_purchase_weeks",
             "[low, high]: weeks since the last purchase of the focal brand; the brand sees it of people it knows"},
            since_purchase_weeks, kNotNegative);
  v.numbers({"since_purchase_intervals",
             "[low, high]: the same, in the mean intervals between purchases of the consumer himself: his purchase "
             "cycle; the brand sees it of people it knows"},
            since_purchase_intervals, kNotNegative);
  v.choice({"unknown", "people whom the brand does not know, where a condition needs knowledge"}, unknown,
           {"exclude", "include"});
  v.number({"lookalike_leak_prob", "chance that an unknown person who does not qualify is reached all the same"},
           lookalike_leak_prob, kShare);
}

bool GardenOptions::knows_anybody() const {
  return !anonymous && (match_prob.all > 0 || std::any_of(match_prob.by_name.begin(), match_prob.by_name.end(),
                                                          [](const auto& segment) { return segment.second > 0; }));
}

void GardenOptions::visit(FieldVisitor& v) {
  v.names({"channels", "its channels"}, channels, "channel");
  v.per_name({"match_prob", "chance that the brand can join a consumer's identity here with its own"}, match_prob,
             "segment", kShare);
  v.flag({"anonymous", "the channels tell nobody apart, as a poster does: neither identities nor members are known"},
         anonymous);
}

void IdentityOptions::visit(FieldVisitor& v) {
  v.flag({"enabled", "false: gardens have no walls, and everybody is known everywhere"}, enabled);
  v.flag({"common_entrance",
          "all gardens share one entrance (search of the desktop era), which joins a consumer's "
          "identity in all of them or in none"},
         common_entrance);
  v.per_name(
      {"entrance_match_prob", "common entrance: chance that it joins a consumer's identity; replaces match_prob"},
      entrance_match_prob, "segment", kShare);
}

void CrossCapOptions::visit(FieldVisitor& v) {
  v.flag({"enabled", "cap contacts with the focal brand over channels together"}, enabled);
  v.integer({"exposures", "most contacts of one consumer in the window, over all its channels"}, exposures, {1, 15});
  v.number({"weeks", "length of the rolling window"}, weeks, {.low = 0, .high = 8, .low_open = true});
  v.names({"channels", "channels under the cap; default: all push channels"}, channels, "channel");
}

void ReachOverlapOptions::visit(FieldVisitor& v) {
  v.flag({"enabled", "count who was reached by which two channels"}, enabled);
}

}  // namespace populace
