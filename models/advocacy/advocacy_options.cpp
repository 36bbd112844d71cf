#include "models/advocacy/advocacy_options.hpp"

namespace populace {

void InfluencerOptions::visit(FieldVisitor& v) {
  v.flag({"enabled", "false sets the influencer aside"}, enabled);
  v.per_name({"followers_share", "share of consumers who follow, for life"}, followers_share, "segment", kShare);
  v.number({"posts_per_week", "posts about the focal brand a week"}, posts_per_week, {0, 100});
  v.number({"start_week", "first week of posts"}, start_week, {0, 1e9});
  v.number({"end_week", "week before which the last post comes"}, end_week, {0, 1e9});
  v.number({"see_prob", "chance that a follower sees a post"}, see_prob, kShare);
  v.number({"trust", "chance that a follower who saw posts in a step believes them"}, trust, kShare);
  v.number({"post_money", "paid for a post"}, post_money, kNotNegative);
  v.number({"fee_money", "paid once, with the first post"}, fee_money, kNotNegative);
}

void ReferralOptions::visit(FieldVisitor& v) {
  v.flag({"enabled", "customers invite contacts, and are rewarded when these buy"}, enabled);
  v.per_name({"invite_prob", "chance that a conversation with a contact in this stage is an invitation"}, invite_prob,
             "stage", kShare);
  v.per_name({"accept_prob", "chance that an invited consumer in this stage accepts"}, accept_prob, "stage", kShare);
  v.number({"valid_weeks", "how long an invitation holds"}, valid_weeks, {.low = 0, .high = 1000, .low_open = true});
  v.number({"friend_utility", "utility of the focal brand for who holds an invitation"}, friend_utility, kAny);
  v.number({"friend_discount_share", "discount of the order of who holds one, as share of the price"},
           friend_discount_share, kShare);
  v.number({"reward_money", "paid to who invited, for an order"}, reward_money, kNotNegative);
}

void SellerOptions::visit(FieldVisitor& v) {
  v.flag({"enabled", "false sets these sellers aside"}, enabled);
  v.per_name({"initial_share", "share of consumers who sell from the beginning (employees)"}, initial_share, "segment",
             kShare);
  v.per_name({"recruit_per_week", "rate at which consumers in a stage become sellers"}, recruit_per_week, "stage",
             {0, 100});
  v.number({"leave_per_week", "rate at which a seller gives up"}, leave_per_week, {0, 100});
  v.number({"reach_people", "consumers of his cell whom a seller can serve"}, reach_people, kNotNegative);
  v.number({"voice", "chance that a conversation with a seller is a recommendation"}, voice, kShare);
  v.number({"utility", "utility of the focal brand where a seller is within reach"}, utility, kAny);
  v.number({"order_share", "share of the orders there that go through the seller"}, order_share, kShare);
  v.number({"discount_share", "group or friends' price: discount of these orders, as share of the price"},
           discount_share, kShare);
  v.number({"commission_share", "commission, as share of the price paid"}, commission_share, kShare);
  v.number({"pay_money_per_week", "paid to every seller a week"}, pay_money_per_week, kNotNegative);
}

void ToolOptions::visit(FieldVisitor& v) {
  v.flag({"enabled", "false sets the tool aside"}, enabled);
  v.number({"start_week", "first week"}, start_week, {0, 1e9});
  v.number({"end_week", "week before which it ends"}, end_week, {0, 1e9});
  v.per_name({"find_per_week", "rate at which a consumer in a stage meets the tool by himself"}, find_per_week, "stage",
             {0, 100});
  v.per_name({"task_prob", "chance that a consumer in a stage does what entering takes"}, task_prob, "stage", kShare);
  v.number({"invite_voice", "chance that a conversation with one who entered in the last step shows the tool"},
           invite_voice, kShare);
  v.flag({"purchase_enters", "an order of the focal brand enters"}, purchase_enters);
  v.number({"entry_utility", "utility of the focal brand for who has not entered yet, where a purchase enters"},
           entry_utility, kAny);
  v.number({"coupon_utility", "utility of the focal brand for who holds an entrant's coupon"}, coupon_utility, kAny);
  v.number({"coupon_discount_share", "discount of the coupon, as share of the price"}, coupon_discount_share, kShare);
  v.number({"coupon_weeks", "how long it holds"}, coupon_weeks, {.low = 0, .high = 1000, .low_open = true});
  v.number({"prize_money", "prizes and costs, an entrant"}, prize_money, kNotNegative);
  v.number({"invite_money", "paid to who invited, an invited entrant"}, invite_money, kNotNegative);
}

}  // namespace populace
