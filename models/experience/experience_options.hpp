// What a consumer feels after a purchase of the focal brand and what the brand does about it: experience, care,
// cross-selling, crises. Satisfaction is on a scale from -1 to 1.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "sim/base/fields.hpp"

namespace populace {

inline constexpr std::size_t kMaxCrises = 8;  // bits of the column of who has heard
inline constexpr std::size_t kAspects = 3;
inline constexpr std::size_t kService = 1, kDelivery = 2;  // numbers of aspects
inline constexpr std::string_view kAspectNames[kAspects] = {"product", "service", "delivery"};

// [experience.product], [experience.service], [experience.delivery]: what a purchase shows of the brand.
struct AspectOptions {
  double weight = 1;    // relative to the other aspects
  Series quality = .4;  // mean over purchases, in units of satisfaction
  double sd = .5;       // over purchases
  void visit(FieldVisitor& visitor);
};

struct ExperienceOptions {
  bool enabled = false;
  AspectOptions aspects[kAspects] = {{.5, .4, .5}, {.3, .4, .5}, {.2, .4, .5}};
  double delivery_loss_per_day = 0;  // quality of delivery lost for each day until the goods come
  // Expectation.
  double expectation = 0;                // before advertising and price
  double expectation_per_goodwill = .1;  // per unit of slow goodwill as read, above its base
  double expectation_per_price = .5;     // per unit of relative price paid
  // Appraisal.
  double tolerance_low = .6;    // gap that is not noticed at no involvement
  double tolerance_high = .1;   // and at full involvement
  double loss_weight = 1.5;     // of a gap below expectation, against one above
  double learning_share = .5;   // of the way to the new experience that satisfaction goes
  double half_life_weeks = 52;  // of satisfaction; 0: it stays
  // Effects.
  double repeat_utility = 1;            // of the focal brand per unit of satisfaction
  double defection_utility = 2;         // lost per unit of dissatisfaction
  double trust_pressure_damping = .5;   // share of rivals' advertising that full trust takes away
  double trust_price_damping = .3;      // share of the weight of price that full trust takes away
  double recommend_prob = .2;           // that a satisfied purchase of a loyal consumer makes him recommend
  double recommend_satisfaction = .25;  // satisfaction from which he does
  bool needs_loyalty() const {
    return enabled && (trust_pressure_damping > 0 || trust_price_damping > 0 || recommend_prob > 0);
  }
  void visit(FieldVisitor& visitor);
};

// [care]: what is done for customers after a purchase.
struct CareOptions {
  bool enabled = false;
  std::string known = "customers";  // who can be addressed: "customers", "members" or "identified"
  double message_prob = .5;         // that a purchase is followed by a message of care
  double message_money = .1;        // cost of one
  double message_lift = .03;        // share of the way to full satisfaction
  double recovery_prob = .5;        // that a disappointment is noticed and taken up
  double recovery_money = 10;       // cost of one
  double success_prob = .7;         // that it succeeds
  double recovery_lift = .4;        // share of the way to full satisfaction when it does
  void visit(FieldVisitor& visitor);
};

// [cross_selling]: one more item at an order of a known consumer.
struct CrossSellingOptions {
  bool enabled = false;
  std::string known = "customers";
  double offer_prob = 1;          // that an order is answered with an offer
  double accept_prob = .1;        // that it is taken, at satisfaction 0
  double satisfaction_gain = .5;  // relative, per unit of satisfaction
  double price_money = 0;
  double margin_share = .3;
  void visit(FieldVisitor& visitor);
};

// [crisis.NAME]: bad news of a brand.
struct CrisisOptions {
  std::string name;
  bool enabled = true;
  std::string brand;                 // default: the focal brand
  double week = 0;                   // in which it breaks out
  PerName aware_share = .2;          // share who hear of it then, by segment
  std::vector<std::string> regions;  // where; empty: everywhere
  double spread_per_week = 0;        // rate of hearing per share who know, at full strength
  double utility_loss = 1;           // of the brand for who knows, at full strength
  double satisfaction_loss = .3;     // of who hears, at full strength; focal brand only
  double half_life_weeks = 8;        // of its strength; 0: it stays
  double reply_week = -1;            // of the brand's answer; below 0: none
  double reply_strength = .5;        // share of what is left that the answer takes away
  double reply_money = 0;            // what it costs
  bool replied() const { return reply_week >= 0; }
  void visit(FieldVisitor& visitor);
};

}  // namespace populace
