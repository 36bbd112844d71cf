// Owned channels and what a brand does with what it knows: members, sends, reminders, informed service, and the cube of
// consumer assets. Rates are a week, chances are of one act, money is of one person.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "sim/base/fields.hpp"

namespace populace {

inline constexpr std::size_t kMaxOwned = 16;  // bits of the column of memberships

// Sent once after a purchase, when the time since it comes near the member's own interval between purchases.
struct ReminderOptions {
  bool enabled = false;
  double at_intervals = 1;      // personal purchase intervals after the last focal purchase
  double width_intervals = .3;  // standard deviation of the timing that still fits
  double occasion_prob = .3;    // chance that a seen reminder of perfect timing makes an occasion to buy
  double utility = .3;          // of the focal brand at that occasion
  double stickiness_gain = .2;  // added to the level to which stickiness grows, times the fit of the timing
  void visit(FieldVisitor& visitor);
};

struct OwnedOptions {
  std::string name;
  PerName initial_share = 0;  // by segment: members at the beginning
  double initial_weeks = 0;   // how long they have been members by then
  // Joining.
  double purchase_prob = 0;   // at an order of the focal brand, wherever
  double scan_prob = 0;       // at an order of it in a store
  PerName game_per_week = 0;  // by segment: through quizzes and games
  PerName qr_per_week = 0;    // by segment: codes met where people are anyway
  double qr_prob = .02;       // chance to scan a code that gives no discount
  double qr_discount_share = 0;
  double qr_discount_lift = 10;  // of the chance to scan, per unit of discount share
  bool verified = false;
  double findable_people = 500;  // members from which a verified account is found by search
  PerName search_per_week = 0;   // by segment: who looks for it and follows once it is found
  double fission_per_week = 0;   // rate per unit of worth and of the share of members among everybody
  PerName contact_prob = 0;      // by channel: chance that a contact of the focal brand there makes a member
  PerName cross_per_week = 0;    // by owned channel: members of it that come over
  // Leaving.
  double leave_per_week = .005;
  double ad_leave_prob = .02;  // of one send that is nothing but an ad
  double tolerated_per_week = 3;
  double excess_leave_prob = .02;  // of one send beyond those tolerated
  // Sends.
  double sends_per_week = 0;
  double quota_per_week = 0;  // 0: as many as wanted
  double open_prob = .2;
  double excess_open_share = .3;  // of that chance, for a send beyond those tolerated
  double worth = .5;              // of content to members, 0 to 1
  double ad_share = .5;           // of sends that are pure ads
  double slow_effect = .05;       // of a seen send of content of worth 1, on slow goodwill
  double fast_effect = .05;       // of a seen ad, on fast activation
  // Stickiness s grows to worth x (1 - ad_share).
  double stickiness_weeks = 26;
  double sticky_hold_share = .8;  // of the rate of leaving that s = 1 takes away
  double sticky_open_lift = 1;    // of the chance to see a send, at s = 1
  // What membership does to buying.
  double utility = 0;
  double sticky_utility = 0;
  double opportunity_lift = 0;
  ReminderOptions reminder;
  // Money.
  double send_money = 0, join_money = 0, qr_discount_money = 0, upkeep_money_per_week = 0;

  double delivered_per_week() const {
    return quota_per_week > 0 && sends_per_week > quota_per_week ? quota_per_week : sends_per_week;
  }
  double sticky_level() const { return worth * (1 - ad_share); }
  void visit(FieldVisitor& visitor);
};

// [private_domain]: the switch of all owned channels.
struct PrivateDomainOptions {
  bool enabled = true;
  void visit(FieldVisitor& visitor);
};

// [informed_service]: whoever serves a known consumer sees his portrait.
struct InformedServiceOptions {
  bool enabled = false;
  double utility = .5;              // of the focal brand at an occasion of a known consumer
  double data_kind_utility = .1;    // more for each kind of data joined beyond the first
  std::vector<std::string> stages;  // rungs where it helps; default: considering and chosen, or everywhere
  double leap_prob = .1;            // that an order served so reports "served"
  double data_kind_leap_prob = .02;
  void visit(FieldVisitor& visitor);
};

// [assets]: the cube of consumer assets is counted.
struct AssetsOptions {
  bool enabled = false;
  void visit(FieldVisitor& visitor);
};

}  // namespace populace
