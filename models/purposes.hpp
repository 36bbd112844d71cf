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
  kDropoutProb = 24,     // personal chance to leave
  kDropout = 25,         // the coin
  kStagePurchase = 26,   // buying by stage
  kDemandShock = 27,     // by region
  kDistance = 30,        // km to the nearest own store
  kResolved = 31,        // identity is joined, by walled garden
  kEntrance = 32,        // the common entrance joins it
  kLookalike = 33,       // looks like a target to those who do not know, by campaign
  kCrossCap = 34,        // which contacts survive the cap over channels, by campaign
  kSituation = 40,       // flag of an occasion, by flag
  kRoute = 41,           // weight of the rational route in the first purchase
  kRouteAnew = 42,       // and in the purchase after an occasion
  kItem = 43,            // own part of an item of the questionnaire, by item
  kEpisodeMove = 44,     // gives an open episode up, or moves on
  kIntention = 45,       // nothing stands between intention and choice
  kConsult = 46,         // consults a source, by source
  kNextIsland = 47,      // how many islands are visited in a step
  kFindBrand = 48,       // a brand is found in a source, by "source/brand"
  kSharedQuery = 49,     // a query that a listing and campaigns share, by listing
  kTies = 50,            // who is whose contact: key of the network
  kConversation = 51,    // conversations in a step
  kTie = 52,             // with whom, and what is said and believed, by conversation
  kForward = 54,         // passes on what he believes, by who said it
  kReadReviews = 55,     // reads reviews at an occasion
  kWriteReview = 56,     // writes one after an order
  kFollow = 57,          // follows an influencer, by influencer
  kSeePost = 58,         // sees and believes his posts, by influencer
  kRefer = 59,           // a conversation is an invitation, and accepted
  kSeller = 60,          // sells from the beginning, by kind of seller
  kSellerReach = 61,     // has a seller within reach, by kind
  kSellerOrder = 62,     // an order goes through the seller, by kind
  kRecruit = 63,         // begins to sell, by kind
  kSellerLeave = 64,     // stops selling, by kind
  kFindTool = 65,        // meets an interactive tool and enters, by tool
  kToolInvite = 66,      // enters by a contact's invitation, by tool
  kExperience = 70,      // what a purchase shows, by aspect
  kRecommend = 71,       // a satisfied and loyal consumer recommends
  kCare = 72,            // a message of care after a purchase
  kRecover = 73,         // a disappointment is taken up
  kRecoverWell = 74,     // and made good
  kCrossSell = 75,       // one more item at an order
  kCrisis = 76,          // hears of a crisis as it breaks out, by crisis
  kCrisisTalk = 77,      // hears of it from others, by crisis
  kMember = 85,          // is a member at the start, by owned channel
  kJoin = 86,            // joins in a step, by owned channel
  kJoinByContact = 87,   // joins because of contacts, by owned channel
  kJoinByOrder = 88,     // joins at an order, by owned channel
  kLeave = 89,           // leaves, by owned channel
  kSee = 90,             // sees a send, by owned channel
  kMemberNeed = 91,      // additional opportunities of members, by owned channel
  kRemind = 92,          // a reminder is seen and makes an occasion, by owned channel
  kServe = 93,           // informed service after an order
  kListingClick = 94,    // a click on a listing
  kVisitIntent = 95,     // of the visitor, for life
  kOwnVisit = 96,        // visits of one's own accord, 1: in addition, in an episode
  kConvert = 97,         // of such a visit
  kVisitByClick = 98,    // a click arrives, and converts, by campaign or listing
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
  kOutletRace = 110,     // exponential race among outlets, by outlet
  kOutletTaste = 111,    // lasting taste, by outlet
  kTrust = 112,          // trust that a consumer asks of an outlet
  kHour = 113,           // time of an occasion within opening hours
  kTrial = 114,          // tries the goods before he decides, by outlet
  kStock = 115,          // finds it in stock, by outlet
  kPath = 116,           // step at which an order is abandoned
  kPayment = 117,        // has a way to pay, by step
  kWinBack = 118,        // is reminded of an abandoned order and returns
  kJourneySample = 120,  // who of each equal part of the consumers is recorded
  kCue = 121,            // contacts with ads awaken a need
  kHeardCue = 122,       // a believed recommendation awakens one, by who said it
  kAskFriend = 123,      // whom a seeker asks, and what is said, by source
  kPrior = 124,          // a coefficient with a prior, by key path; the draw stands in place of the replication
};

}  // namespace populace
