// Every reason to draw, numbered once for ever: never renumber or reuse (tests/models compares with a committed list).
// A mechanism takes a range of its own, so that mechanisms made side by side do not contend for numbers. The index of a
// draw is the hash of the name it concerns (channel, campaign, brand, region, move), or 0.
#pragma once
#include <cstdint>

namespace populace {

enum class Purpose : std::uint32_t {
  kHabitCommon = 1,  // common factor of media habits
  kHabit = 2,        // own factor, by channel
  kHabitUser = 3,    // is a user at all, by channel
  kNeedRate = 4,     // category rate
  kTaste = 5,        // by brand
  kPriceSlope = 6,
  kFacetCommon = 7,       // common factor of involvement facets
  kFacet = 8,             // by facet
  kAwareness = 9,         // knows the brand at the start, by brand
  kPenetration = 10,      // had bought the brand before the start, by brand
  kContact = 11,          // contacts with a campaign in a step, by campaign
  kContactPriority = 12,  // which contacts survive a cap, by campaign
  kClick = 13,            // clicks on a campaign, by campaign
  kNotice = 14,           // lifts by noticed contacts, by machine
  kHear = 15,             // hears of the brand, by machine
  kHazard = 16,           // a group of moves of one order, by machine and order
  kEventMove = 17,        // coin of an event move, by move
  kNeed = 18,             // opportunities in a step
  kQuery = 19,            // query, contact and click on a search campaign, by campaign
  kConsider = 20,         // personal thresholds of distribution and memory, by brand
  kBuy = 21,              // buy or not
  kRace = 22,             // exponential race among brands, by brand
  kSatisfaction = 23,
  kDropoutProb = 24,    // personal chance to leave
  kDropout = 25,        // the coin
  kStagePurchase = 26,  // buying by stage
  kDemandShock = 27,    // by region
  kDistance = 30,       // km to the nearest own store
  kResolved = 31,       // identity is joined, by walled garden
  kEntrance = 32,       // the common entrance joins it
  kLookalike = 33,      // looks like a target to those who do not know, by campaign
  kCrossCap = 34,       // which contacts survive the cap over channels, by campaign
  kSituation = 40,      // flag of an occasion, by flag
  kRoute = 41,          // weight of the rational route in the first purchase
  kRouteAnew = 42,      // and in the purchase after an occasion
  kItem = 43,           // own part of an item of the questionnaire, by item
  // Private domain: 85 to 94.
  kMember = 85,         // is a member at the start, by owned channel
  kJoin = 86,           // joins in a step, by owned channel
  kJoinByContact = 87,  // joins because of contacts, by owned channel
  kJoinByOrder = 88,    // joins at an order, by owned channel
  kLeave = 89,          // leaves, by owned channel
  kSee = 90,            // sees a send, by owned channel
  kMemberNeed = 91,     // additional opportunities of members, by owned channel
  kRemind = 92,         // a reminder is seen and makes an occasion, by owned channel
  kServe = 93,          // informed service after an order
  // Promotions and what choices read beside tastes: 100 to 109.
  kPromotionSeen = 100,  // notices a promotion at an occasion, by promotion
  kCarryCoupon = 101,    // has a coupon in mind at an occasion, by promotion
  kIssueCoupon = 102,    // gets a coupon, by promotion
  kPromotionTerm = 103,  // in the hours, in a group, referred, or willing to buy a bundle, by promotion
  kQuantity = 104,       // units of an order, by promotion
  kImpulse = 105,        // decides on the spot
  kSetSize = 106,        // rounds the number of brands compared
  kHomeStock = 107,      // a need is met from what is at home
  kExtraUse = 108,       // and more is used up
  kCouponAtOrder = 109,  // an order brings a coupon, by promotion
};

}  // namespace populace
