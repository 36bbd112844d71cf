// [promotion.NAME]: what a brand gives away to sell more, and [household_stock]: what people keep at home of it.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/fields.hpp"

namespace populace {

inline constexpr std::size_t kMostPromotions = 32;  // bits of an occasion
inline constexpr std::string_view kPromotionKinds[] = {"discount", "coupon",         "gift",     "points",    "flash",
                                                       "group",    "spend_and_save", "referral", "commission"};

struct PromotionOptions {
  std::string name;
  bool enabled = true;
  std::string kind = "discount";
  std::vector<std::string> brands;             // empty: the focal brand
  std::vector<std::string> segments, regions;  // empty: all
  std::vector<std::string> members_of;         // any of these owned channels; empty: everybody
  std::vector<std::string> outlets;            // where it is redeemed; empty: everywhere
  double start_week = 0, end_week = 0;         // end 0: the end of the horizon
  double every_weeks = 0;                      // comes again after so many weeks; 0: once
  double seen_prob = 1;                        // chance to notice it at an occasion
  double display_utility = 0;                  // where it is noticed
  double units_per_depth = 0;                  // kappa: quantity 1 + Poisson(kappa depth)
  double limit_units = 0;                      // of the market, in one window; 0: none
  double budget_money = 0;                     // of the market, for discounts and gifts; 0: none
  double depth_share = 0;                      // of the price
  // Coupons.
  std::string issue_to = "everybody";        // or "members", "buyers", "contacts"
  double issue_prob_per_week = 0;            // to everybody and to members
  double issue_prob = 0;                     // at an order, or by a contact
  std::vector<std::string> issue_campaigns;  // whose contacts issue it; empty: all of the focal brand
  double valid_weeks = 4;
  double carry_prob = .5;  // that a holder has it with him, or in mind, at an occasion
  double issue_money = 0;  // cost of one coupon
  // Gifts.
  double gift_utility = 0, gift_money = 0;
  // Points.
  std::int64_t reward_points = 10;               // units bought for one reward; the reward is depth_share of a unit
  double progress_utility = 0;                   // when the reward is near
  std::vector<double> tier_units, tier_utility;  // bought in the programme, and utility from there on
  // Flash sale.
  double hours_per_week = 168;
  // Group price.
  std::int64_t group_people = 3;
  double circle_people = 20;  // whom a buyer can ask to join him in a week
  // Spend and save.
  double threshold_money = 0, save_money = 0;
  double bundle_prob = .3;  // that a consumer would buy as much at once
  // Referral and commission: the money.
  double referred_share = 0;    // of first orders, that came by a code
  double reward_money = 0;      // to whoever recommended
  double commission_share = 0;  // of the revenue
  bool coupon() const { return kind == "coupon"; }
  bool points() const { return kind == "points"; }
  bool cuts_price() const { return kind != "gift" && kind != "commission"; }
  void visit(FieldVisitor& visitor);
};

// [household_stock]: units beyond what an occasion needs are kept, and used before anything is bought again.
struct HouseholdStockOptions {
  bool enabled = false;
  std::int64_t room_units = 12;  // most that a household keeps
  double consumption_lift = 0;   // share of further units used up because they are there
  void visit(FieldVisitor& visitor);
};

}  // namespace populace
