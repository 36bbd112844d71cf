#include "models/promotion/promotion_options.hpp"

namespace populace {
namespace {

void visit_terms(PromotionOptions& o, FieldVisitor& v) {
  v.flag({"enabled", "the promotion takes place"}, o.enabled);
  v.choice({"kind", "what is given", "seed document S99"}, o.kind,
           {std::begin(kPromotionKinds), std::end(kPromotionKinds)});
  v.names({"brands", "brands that it is for; default: the focal brand"}, o.brands, "brand");
  v.names({"segments", "segments that it is for; default: all"}, o.segments, "segment");
  v.names({"regions", "regions that it is for; default: all"}, o.regions, "region");
  v.names({"members_of", "for members of any of these owned channels; default: for everybody"}, o.members_of, "owned");
  v.texts({"outlets", "outlets where it is redeemed; default: everywhere"}, o.outlets);
  v.number({"start_week", "first week, counted from 0"}, o.start_week, kNotNegative);
  v.number({"end_week", "week before which it ends; 0: with the horizon"}, o.end_week, kNotNegative);
  v.number({"every_weeks", "it comes again after so many weeks; 0: it comes once"}, o.every_weeks, kNotNegative);
  v.number({"seen_prob", "chance that a consumer notices it at an occasion"}, o.seen_prob, kShare);
  v.number({"display_utility", "utility of the brand where it is noticed, whatever is given"}, o.display_utility, kAny);
  v.number({"units_per_depth", "kappa: an order holds 1 + Poisson(kappa x depth) units"}, o.units_per_depth, {0, 50});
  v.number({"limit_units", "most units of the whole market in one window; 0: no limit"}, o.limit_units, kNotNegative);
  v.number({"budget_money", "most money of the whole market for what is given; 0: no limit"}, o.budget_money,
           kNotNegative);
  v.number({"depth_share", "reduction of the price, as share of it"}, o.depth_share, kShare);
}

void visit_coupon(PromotionOptions& o, FieldVisitor& v) {
  v.choice({"issue_to", "who gets the coupon", "seed document M112 (a coupon for every act); value assumed"},
           o.issue_to, {"everybody", "members", "buyers", "contacts"});
  v.number({"issue_prob_per_week", "chance that a consumer, or a member, gets one in a week"}, o.issue_prob_per_week,
           kShare);
  v.number({"issue_prob", "chance that an order, or a contact, brings one"}, o.issue_prob, kShare);
  v.names({"issue_campaigns", "campaigns whose contacts bring it; default: all of the brand"}, o.issue_campaigns,
          "campaign");
  v.number({"valid_weeks", "weeks until it expires"}, o.valid_weeks, {.low = 0, .high = 250, .low_open = true});
  v.number({"carry_prob", "chance that a holder has it in mind at an occasion",
            "redemption of 2 to 13 % by kind of coupon (order of magnitude); value assumed"},
           o.carry_prob, kShare);
  v.number({"issue_money", "cost of issuing one"}, o.issue_money, kNotNegative);
}

void visit_others(PromotionOptions& o, FieldVisitor& v) {
  v.number({"gift_utility", "utility of the gift"}, o.gift_utility, kAny);
  v.number({"gift_money", "cost of the gift"}, o.gift_money, kNotNegative);
  v.integer({"reward_points", "points, one a unit bought, for a reward of depth_share"}, o.reward_points, {1, 1000});
  v.number({"progress_utility", "utility of the brand just before the reward, in proportion to the points there are",
            "Kivetz, Urminsky & Zheng 2006, doi:10.1509/jmkr.43.1.39 (goal gradient); value assumed"},
           o.progress_utility, kAny);
  v.numbers({"tier_units", "units bought in the programme from which a tier begins", "seed document M117"},
            o.tier_units, kPositive);
  v.numbers({"tier_utility", "utility of the brand in each tier", "seed document M117 (direction); value assumed"},
            o.tier_utility, kAny);
  v.number({"hours_per_week", "hours of the week in which the flash sale is open"}, o.hours_per_week,
           {.low = 0, .high = 168, .low_open = true});
  v.integer({"group_people", "buyers that a group needs"}, o.group_people, {2, 1000});
  v.number({"circle_people", "people whom a buyer can ask to join him in a week"}, o.circle_people, {0, 10'000});
  v.number({"threshold_money", "what an order must be worth to save"}, o.threshold_money, kNotNegative);
  v.number({"save_money", "what such an order saves"}, o.save_money, kNotNegative);
  v.number({"bundle_prob", "chance that a consumer would take as many units at once"}, o.bundle_prob, kShare);
  v.number({"referred_share", "share of first orders that came by a recommendation with a reward"}, o.referred_share,
           kShare);
  v.number({"reward_money", "reward of whoever recommended"}, o.reward_money, kNotNegative);
  v.number({"commission_share", "commission of whoever sold, as share of the revenue", "seed document M107"},
           o.commission_share, kShare);
}

}  // namespace

void PromotionOptions::visit(FieldVisitor& v) {
  visit_terms(*this, v);
  visit_coupon(*this, v);
  visit_others(*this, v);
}

void HouseholdStockOptions::visit(FieldVisitor& v) {
  v.flag({"enabled", "units beyond the need of an occasion are kept and used before others are bought"}, enabled);
  v.integer({"room_units", "most units that a consumer keeps"}, room_units, {1, 255});
  v.number({"consumption_lift", "further units used up, because they are there, for each unit used",
            "Ailawadi & Neslin 1998, doi:10.2307/3152036 (form); value assumed"},
           consumption_lift, kShare);
}

}  // namespace populace
