#include "models/outlets/outlets_options.hpp"

#include "models/option_lists.hpp"

namespace populace {
namespace {

void visit_access(OutletOptions& o, FieldVisitor& v) {
  v.choice({"kind", "stores, partner stores and group leaders are gone to; the others are online"}, o.kind,
           {"own_site", "app", "mini_program", "marketplace", "store", "partner_store", "group_leader"});
  v.flag({"enabled", "false: as if it were not declared"}, o.enabled);
  v.names({"brands",
           "brands sold here; default: the focal brand in outlets of its own (own_site, app, mini_program, "
           "store), all brands elsewhere"},
          o.brands, "brand");
  v.name({"path", "steps to a completed order; default: none, every order is completed"}, o.path, "path");
  v.per_name({"taste", "utility of buying here, relative to another outlet"}, o.taste, "segment", kAny);
  v.number({"service_quality", "added to experience.service.quality for orders completed here",
            "seed document S56; value assumed"},
           o.service_quality, {-10, 10});
  v.per_name({"member_utility",
              "utility of buying here more for members of an owned channel: the mall that knows the "
              "store's members, the store that the mall sends its members to",
              "seed documents M69, M70; value assumed"},
             o.member_utility, "owned", kAny);
  v.number({"radius_km", "nobody farther away buys here; 0: any distance",
            "3 km of a community mini-store: seed document 004, line 75; value assumed"},
           o.radius_km, kNotNegative);
  v.number({"distance_factor", "distance to it relative to that to the nearest own store"}, o.distance_factor,
           {0, 100});
  v.number({"open_share", "share of occasions within its opening hours; hours of outlets are nested"}, o.open_share,
           kShare);
  v.number({"trust", "trust in what cannot be seen and tried here: 1 as in a store, 0 none",
            "seed document M77; value assumed"},
           o.trust, kShare);
  v.series({"delivery_days", "days from the order to the goods"}, o.delivery_days, {0, 365});
}

void visit_offer(OutletOptions& o, FieldVisitor& v) {
  v.series({"price_factor", "price here relative to the price of the brand: 1 same price, else free pricing",
            "seed documents S95, S96; value assumed"},
           o.price_factor, {.low = 0, .high = 10, .low_open = true});
  v.number({"trial_prob", "chance that an occasion within its radius and hours begins with a trial here"}, o.trial_prob,
           kShare);
  v.number({"trial_utility", "utility that a trial adds to the focal brand, times outlets.visibility",
            "seed documents M78, H72; value assumed"},
           o.trial_utility, kAny);
  v.series({"service_level_share", "chance that what is wanted is in stock"}, o.service_level_share, kShare);
  v.per_name({"units_per_week", "supply a week, of the whole market, by region; 0: no limit"}, o.units_per_week,
             "region", {0, 1e12});
  v.flag({"connected", "till, orders and stock are shared with the other connected outlets",
          "connected till: seed document S96"},
         o.connected);
  v.number({"order_money", "cost of one order (packing, delivery, till)"}, o.order_money, kNotNegative);
  v.number({"fee_share", "commission and fees, as share of revenue here"}, o.fee_share, kShare);
  v.number({"setup_money", "cost before week 0, of the whole market"}, o.setup_money, {0, 9e12});
  v.number({"upkeep_money_per_week", "rent and staff a week, of the whole market"}, o.upkeep_money_per_week, {0, 1e9});
  visit_list(v, {"outage", "weeks without it"}, o.outages);
}

}  // namespace

void PathStepOptions::visit(FieldVisitor& v) {
  v.choice({"kind",
            "redirect: to another platform; redeem: what was ordered online is fetched or redeemed elsewhere; payment: "
            "a way to pay that not everybody has"},
           kind, {"plain", "redirect", "redeem", "payment"});
  v.number({"friction", "chance that who reaches this step gives up at it", "seed document M64; value assumed"},
           friction, kShare);
  v.number({"friction_per_km", "redeem: the chance to go on falls by e^(-this x km)"}, friction_per_km, {0, 100});
  v.number({"max_km", "redeem: nobody goes farther; 0: any distance"}, max_km, kNotNegative);
  v.per_name({"known_share", "payment: share of consumers who have this way to pay, for whom it has no friction"},
             known_share, "segment", kShare);
}

void PathOptions::visit(FieldVisitor& v) {
  v.flag({"closed_loop", "all happens in one place: steps of kind redirect and redeem fall away",
          "seed documents S85, M65"},
         closed_loop);
  v.flag({"recorded", "the brand knows who abandoned an order here, and can remind him", "seed document M65"},
         recorded);
  visit_named(v, {"step", "in the order of the file"}, "path step", steps);
}

void OutletOptions::visit(FieldVisitor& v) {
  visit_access(*this, v);
  visit_offer(*this, v);
}

void WinBackOptions::visit(FieldVisitor& v) {
  v.flag({"enabled", "remind those who abandoned an order of the focal brand"}, enabled);
  v.number({"weeks", "weeks for which they are reminded"}, weeks, {.low = 0, .high = 52, .low_open = true});
  v.number({"reminder_prob_per_week", "chance to be reminded in a week"}, reminder_prob_per_week, kShare);
  v.number({"return_prob", "chance that a reminder brings the order back to the beginning of the path"}, return_prob,
           kShare);
  v.number({"reminder_money", "cost of one reminder"}, reminder_money, kNotNegative);
}

void OutletsOptions::visit(FieldVisitor& v) {
  constexpr std::string_view trust = "seed document M77; value assumed";
  v.flag({"enabled", "what is chosen is bought in an outlet"}, enabled);
  v.number({"distance_utility_per_km", "utility that a km takes from an outlet that is gone to"},
           distance_utility_per_km, {0, 100});
  v.number({"delay_utility_per_day", "utility that a day of delivery takes from an outlet"}, delay_utility_per_day,
           {0, 100});
  v.number({"price_utility", "utility that an outlet loses per unit of its price relative to the brand's price"},
           price_utility, kNotNegative);
  v.number({"taste_sigma", "standard deviation over consumers of their lasting utility of an outlet"}, taste_sigma,
           {0, 10});
  v.per_name({"distrust_share", "share of consumers who ask for a trust of their own, uniform between 0 and 1", trust},
             distrust_share, "segment", kShare);
  v.number({"doubt_utility", "utility that an outlet loses with those who ask for more trust than it has", trust},
           doubt_utility, {0, 50});
  v.number({"visibility", "how much of these goods shows itself at a trial, 0 to 1"}, visibility, kShare);
  v.number({"access_utility",
            "utility of a brand per unit of the inclusive value of its outlets above base_access: 0 none, 1 as among "
            "outlets"},
           access_utility, kShare);
  v.number({"base_access", "inclusive value of a brand's outlets under the base plan"}, base_access, kAny);
  v.number({"mismatch_friction",
            "friction at the beginning of each path per unit of difference between the highest and the lowest price "
            "factor of outlets",
            "seed document M68; value assumed"},
           mismatch_friction, kNotNegative);
  v.number({"connected_friction_share", "friction of redirect and redeem steps left in connected outlets"},
           connected_friction_share, kShare);
  v.table({"win_back", "reminders of abandoned orders"}, [this](FieldVisitor& t) { win_back.visit(t); });
}

}  // namespace populace
