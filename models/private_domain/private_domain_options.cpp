#include "models/private_domain/private_domain_options.hpp"

namespace populace {
namespace {

constexpr Range kUnitRate{0, 100};

void visit_joining(OwnedOptions& o, FieldVisitor& v) {
  v.per_name({"initial_share", "share of consumers who are members at the beginning"}, o.initial_share, "segment",
             kShare);
  v.number({"initial_weeks", "weeks for which the first members have been members by then"}, o.initial_weeks,
           {0, 1000});
  v.number({"purchase_prob", "chance that an order of the focal brand makes the buyer a member"}, o.purchase_prob,
           kShare);
  v.number({"scan_prob", "chance that an order of the focal brand in a store makes the buyer scan and join"},
           o.scan_prob, kShare);
  v.per_name({"game_per_week", "rate at which a consumer who is no member joins through a quiz or game"},
             o.game_per_week, "segment", kUnitRate);
  v.per_name({"qr_per_week", "codes that a consumer meets a week where he is anyway (hotel, airport, event)"},
             o.qr_per_week, "segment", kUnitRate);
  v.number({"qr_prob", "chance to scan a code that gives no discount"}, o.qr_prob, kShare);
  v.number({"qr_discount_share", "discount of a scanned code, as share of the price"}, o.qr_discount_share, kShare);
  v.number({"qr_discount_lift", "chance to scan grows by this multiple per unit of discount share"}, o.qr_discount_lift,
           kNotNegative);
  v.flag({"verified", "the account is verified, so that search finds it once it has members enough"}, o.verified);
  v.number({"findable_people", "members, of the whole market, from which a verified account is found",
            "500 subscribers: eLong's account, seed document 003, line 109"},
           o.findable_people, kNotNegative);
  v.per_name({"search_per_week", "rate at which a consumer looks for the account and follows, once it is found"},
             o.search_per_week, "segment", kUnitRate);
  v.number({"fission_per_week",
            "rate of joining by what members share, per unit of worth and of the share of members among everybody"},
           o.fission_per_week, kUnitRate);
  v.per_name({"contact_prob", "chance that a contact with the focal brand on a channel makes a member, by channel"},
             o.contact_prob, "channel", kShare);
  v.per_name({"cross_per_week", "rate at which members of another owned channel join this one too, by owned channel"},
             o.cross_per_week, "owned", kUnitRate);
}

void visit_leaving(OwnedOptions& o, FieldVisitor& v) {
  v.number({"leave_per_week", "rate at which a member leaves for reasons of his own"}, o.leave_per_week, kUnitRate);
  v.number({"ad_leave_prob", "chance to leave added by one send that is a pure ad"}, o.ad_leave_prob, kShare);
  v.number({"tolerated_per_week", "sends a week that nobody minds"}, o.tolerated_per_week, kNotNegative);
  v.number({"excess_leave_prob", "chance to leave added by one send beyond those tolerated"}, o.excess_leave_prob,
           kShare);
}

void visit_sends(OwnedOptions& o, FieldVisitor& v) {
  v.number({"sends_per_week", "messages sent to every member a week"}, o.sends_per_week, {0, 70});
  v.number({"quota_per_week", "most sends a week that the platform allows; 0: no limit"}, o.quota_per_week, {0, 70});
  v.number({"open_prob", "chance that a member sees a send"}, o.open_prob, kShare);
  v.number({"excess_open_share", "share of that chance that a send beyond those tolerated has",
            "each send has an opportunity cost: seed document 003, line 106; value assumed"},
           o.excess_open_share, kShare);
  v.number({"worth", "value of content to members, from 0 (copied, showing off) to 1 (useful, intimate, professional)"},
           o.worth, kShare);
  v.number({"ad_share", "share of sends that are pure ads; the others are content"}, o.ad_share, kShare);
  v.number({"slow_effect", "what a seen send of content of worth 1 adds to slow goodwill"}, o.slow_effect, kAny);
  v.number({"fast_effect", "what a seen ad adds to fast activation"}, o.fast_effect, kAny);
  v.number({"stickiness_weeks", "time constant of a member's stickiness, which grows to worth x (1 - ad_share)"},
           o.stickiness_weeks, {.low = 0, .high = 1000, .low_open = true});
  v.number({"sticky_hold_share", "share of the rate of leaving that stickiness 1 takes away"}, o.sticky_hold_share,
           kShare);
  v.number({"sticky_open_lift", "chance to see a send grows by this multiple at stickiness 1"}, o.sticky_open_lift,
           kNotNegative);
}

void visit_buying(OwnedOptions& o, FieldVisitor& v) {
  v.number({"utility", "utility of the focal brand for a member at every occasion"}, o.utility, kAny);
  v.number({"sticky_utility", "more of it at stickiness 1"}, o.sticky_utility, kAny);
  v.number({"opportunity_lift", "additional opportunities to buy of a member, relative to his own rate"},
           o.opportunity_lift, {0, 10});
  v.table({"reminder", "a message timed by the member's purchase cycle"},
          [&o](FieldVisitor& t) { o.reminder.visit(t); });
  v.number({"send_money", "cost of one send to one member"}, o.send_money, kNotNegative);
  v.number({"join_money", "cost of one new member (gift, commission)"}, o.join_money, kNotNegative);
  v.number({"qr_discount_money", "cost of the discount of one scanned code"}, o.qr_discount_money, kNotNegative);
  v.number({"upkeep_money_per_week", "cost of running the channel a week, of the whole market"},
           o.upkeep_money_per_week, {0, 1e9});
}

}  // namespace

void ReminderOptions::visit(FieldVisitor& v) {
  v.flag({"enabled", "remind members once after each purchase"}, enabled);
  v.number({"at_intervals", "when, in the member's own mean intervals between purchases"}, at_intervals,
           {.low = 0, .high = 20, .low_open = true});
  v.number({"width_intervals", "standard deviation of a timing that still fits, in intervals"}, width_intervals,
           kPositive);
  v.number({"occasion_prob", "chance that a seen reminder of perfect timing makes an occasion to buy"}, occasion_prob,
           kShare);
  v.number({"utility", "utility of the focal brand at that occasion"}, utility, kAny);
  v.number({"stickiness_gain", "added to the level to which stickiness grows, times the fit of the timing"},
           stickiness_gain, kShare);
}

void OwnedOptions::visit(FieldVisitor& v) {
  visit_joining(*this, v);
  visit_leaving(*this, v);
  visit_sends(*this, v);
  visit_buying(*this, v);
}

void PrivateDomainOptions::visit(FieldVisitor& v) {
  v.flag({"enabled", "owned channels work: members join, leave and are sent to"}, enabled);
}

void InformedServiceOptions::visit(FieldVisitor& v) {
  v.flag({"enabled", "whoever serves a consumer sees what is known of him"}, enabled);
  v.number({"utility", "utility of the focal brand at an occasion of a known consumer"}, utility, kAny);
  v.number({"data_kind_utility", "more of it for each kind of data joined beyond the first"}, data_kind_utility, kAny);
  v.names({"stages", "rungs where it helps; default: considering and chosen, or everywhere when there are none"},
          stages, "stage");
  v.number({"leap_prob", "chance that an order of a known consumer reports \"served\", which moves may answer"},
           leap_prob, kShare);
  v.number({"data_kind_leap_prob", "more of it for each kind of data joined beyond the first"}, data_kind_leap_prob,
           kShare);
}

void AssetsOptions::visit(FieldVisitor& v) {
  v.flag({"enabled", "count the cube of consumer assets: known consumers, lifetime, contribution"}, enabled);
}

}  // namespace populace
