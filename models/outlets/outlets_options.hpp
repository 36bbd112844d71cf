// Where what was chosen is bought, and the path of steps from there to a completed order.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "models/world/events_options.hpp"
#include "sim/base/fields.hpp"

namespace populace {

inline constexpr std::size_t kMaxOutlets = 16, kMaxPathSteps = 16, kMaxStepNames = 32;

// One step of a path; who reaches it gives up there with chance `friction`.
struct PathStepOptions {
  std::string name;
  std::string kind = "plain";  // "plain", "redirect", "redeem" or "payment"
  double friction = 0;
  double friction_per_km = 0;  // redeem: the chance to go on falls by e^(-this x km)
  double max_km = 0;           // redeem: nobody goes farther; 0: any distance
  PerName known_share = 0;     // payment: consumers who have this way to pay, for whom it has no friction, by segment
  void visit(FieldVisitor& visitor);
};

// [path.NAME]: steps in the order of the file.
struct PathOptions {
  std::string name;
  bool closed_loop = false;  // all in one place: steps of kind redirect and redeem fall away
  bool recorded = true;      // the brand knows of orders abandoned here
  std::vector<PathStepOptions> steps;
  void visit(FieldVisitor& visitor);
  // Whether a step is there at all.
  bool has(const PathStepOptions& step) const {
    return !closed_loop || (step.kind != "redirect" && step.kind != "redeem");
  }
};

struct OutletOptions {
  std::string name;
  std::string kind = "own_site";
  bool enabled = true;
  std::vector<std::string> brands;  // carried; default: the focal brand in outlets of one's own, else all
  std::string path;                 // from here to the completed order; default: every order is completed
  PerName taste = 0;                // utility of buying here, by segment
  PerName member_utility = 0;       // more of it for members, by owned channel
  double radius_km = 0;             // service area; 0: any distance
  double distance_factor = 1;       // distance to this outlet relative to that to the nearest own store
  double open_share = 1;            // of occasions that fall into opening hours
  double trust = 1;                 // 1: as in a store, 0: nothing can be seen, tried or brought back
  Series delivery_days = 0;
  Series price_factor = 1;  // of the brand's price
  double trial_prob = 0;    // chance that a consumer within the radius tries the goods here before he decides
  double trial_utility = 0;
  double service_quality = 0;      // added to the quality of service of orders here
  Series service_level_share = 1;  // chance that what is wanted is in stock
  PerName units_per_week = 0;      // supply, of the whole market, by region; 0: no limit
  bool connected = false;          // till, orders, stock and members are shared with other connected outlets
  double order_money = 0, fee_share = 0, setup_money = 0, upkeep_money_per_week = 0;
  std::vector<OutageOptions> outages;
  void visit(FieldVisitor& visitor);
  bool physical() const { return kind == "store" || kind == "partner_store" || kind == "group_leader"; }
  bool own() const { return kind == "own_site" || kind == "app" || kind == "mini_program" || kind == "store"; }
};

// Reminders of abandoned orders of the focal brand.
struct WinBackOptions {
  bool enabled = false;
  double weeks = 4;  // for which an abandoned order is kept
  double reminder_prob_per_week = .8;
  double return_prob = .05;
  double reminder_money = 0;
  void visit(FieldVisitor& visitor);
};

// [outlets]: what is common to them.
struct OutletsOptions {
  bool enabled = true;
  double distance_utility_per_km = .1;
  double delay_utility_per_day = .05;
  double price_utility = 4.9;
  double taste_sigma = 0;
  PerName distrust_share = 0;  // by segment
  double doubt_utility = 3;
  double visibility = 1;
  double access_utility = 0;
  double base_access = 0;
  double mismatch_friction = 0;
  double connected_friction_share = .5;
  WinBackOptions win_back;
  void visit(FieldVisitor& visitor);
};

}  // namespace populace
