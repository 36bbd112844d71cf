// How contacts build stocks and what the stocks act on.
#pragma once
#include <string>

#include "sim/base/fields.hpp"

namespace populace {

// One stock A of a brand in one consumer's mind. Utility reads the concave G (1 - exp(-A / G)), G = saturation.
struct StockOptions {
  double retention_per_week = 0;    // lambda: share of the stock left after a week
  double saturation = 0;            // G, in units of the stock; 0: linear
  double utility = 1;               // utility per unit of the (concave) stock
  std::string acts_on = "utility";  // "utility", "consideration", "hazard" or "nothing": one path only
  void visit(FieldVisitor& visitor);
};

// Effect of a kind of message on a consumer at a stage of the focal machine, relative to a message that fits. Defaults
// are for the stages of preset "ladder"; stages of other names take 1 until they are named.
struct MessageOptions {
  bool enabled = false;
  PerName curiosity, persuasion, offer, care;  // by stage
  MessageOptions();
  void visit(FieldVisitor& visitor);
};

// Benefit copy persuades by the central route, emotive copy by the peripheral one.
struct StyleOptions {
  bool enabled = false;
  double mismatch_effect = .5;  // of a benefit copy on the peripheral route and of an emotive one on the central route
  void visit(FieldVisitor& visitor);
};

// One key message over several channels, or several messages that blur each other.
struct SynergyOptions {
  bool enabled = false;
  double per_channel = .15;       // more effect for each further channel that carried the same key message lately
  double inconsistency = .2;      // less for each further key message of the brand met lately
  double least_consistency = .4;  // however many they are
  double cap = 1.5;               // most that both together make of a contact
  double window_weeks = 4;        // how long a channel is remembered
  void visit(FieldVisitor& visitor);
};

// Too many contacts, or a bad experience, turn a consumer against advertising.
struct AversionOptions {
  bool enabled = false;
  double tolerated_contacts_per_week = 10;
  double per_excess = .5;        // effect lost when contacts are twice what is tolerated
  double lowest_effect = -.5;    // however many they are
  double memory_weeks = 1;       // of the running mean of contacts
  double dissatisfaction = 1.5;  // effect lost by who is entirely dissatisfied with the focal brand
  void visit(FieldVisitor& visitor);
};

struct ResponseOptions {
  // "continuous": contacts spread over the step, day and week steps agree; "discrete": A <- lambda A + E, read at once.
  std::string carryover = "continuous";
  StockOptions slow{.93, 0, 1, "utility"};
  StockOptions fast{.30, 0, 1, "utility"};
  MessageOptions message;
  StyleOptions style;
  SynergyOptions synergy;
  AversionOptions aversion;
  double forgotten_below = 0;  // slow goodwill of the focal brand under which it is forgotten; 0: never
  void visit(FieldVisitor& visitor);
};

}  // namespace populace
