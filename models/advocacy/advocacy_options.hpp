// People who speak or sell for the brand: influencers, customers who refer, sellers on commission (group leaders,
// agents, fans, employees), and interactive tools that spread from hand to hand.
#pragma once
#include <cstdint>
#include <string>

#include "sim/base/fields.hpp"

namespace populace {

inline constexpr std::size_t kMaxSellers = 8, kMaxTools = 8;  // bits of their columns

// [influencer.NAME]
struct InfluencerOptions {
  std::string name;
  bool enabled = true;
  PerName followers_share = .01;  // by segment
  double posts_per_week = 1;
  double start_week = 0, end_week = 1e9;
  double see_prob = .2;  // of a follower, a post
  double trust = .3;     // of who saw one in the step
  double post_money = 0, fee_money = 0;
  void visit(FieldVisitor& visitor);
};

// [referral]
struct ReferralOptions {
  bool enabled = false;
  PerName invite_prob = 0;  // by stage of the contact: that a conversation with him is an invitation
  PerName accept_prob = 1;  // by stage of who is invited
  double valid_weeks = 8;
  double friend_utility = 0, friend_discount_share = 0;
  double reward_money = 0;
  void visit(FieldVisitor& visitor);
};

// [seller.NAME]: a kind of people who sell.
struct SellerOptions {
  std::string name;
  bool enabled = true;
  PerName initial_share = 0;     // by segment
  PerName recruit_per_week = 0;  // by stage
  double leave_per_week = 0;
  double reach_people = 0;  // whom a seller can serve
  double voice = 0;         // chance that a conversation with one is a recommendation
  double utility = 0;       // of the focal brand where a seller is within reach
  double order_share = 1;   // of the orders there that go through him
  double discount_share = 0, commission_share = 0;
  double pay_money_per_week = 0;
  void visit(FieldVisitor& visitor);
};

// [tool.NAME]: a wheel, a quiz, a contest, sharing to unlock.
struct ToolOptions {
  std::string name;
  bool enabled = true;
  double start_week = 0, end_week = 1e9;
  PerName find_per_week = 0;  // by stage
  PerName task_prob = 1;      // by stage: does what entering takes
  double invite_voice = 0;    // chance that a conversation with one who has just entered shows it
  bool purchase_enters = false;
  double entry_utility = 0;  // of the focal brand while a purchase would enter
  double coupon_utility = 0, coupon_discount_share = 0, coupon_weeks = 4;
  double prize_money = 0, invite_money = 0;  // an entrant; an entrant who was invited, to who invited
  void visit(FieldVisitor& visitor);
};

}  // namespace populace
