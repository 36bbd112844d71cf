// A listing among the unpaid results of a search channel. See docs/methods/search.md.
#pragma once
#include <string>

#include "sim/base/fields.hpp"

namespace populace {

// [organic.NAME]
struct OrganicOptions {
  std::string name;
  bool enabled = true;
  std::string channel;
  std::string brand;                        // default: the focal brand
  std::string query_kind = "generic";       // or "branded"
  double click_prob = .3;                   // of a query, at full strength
  double effect = 1;                        // of a click, relative to the channel's
  double start_strength = 0;                // 0 to 1
  Series effort_money_per_week = 0;         // of the whole market
  double half_effort_money_per_week = 1e4;  // effort that leads to strength .5
  double lag_weeks = 12;                    // in which strength closes 63 % of its gap
  void visit(FieldVisitor& visitor);
};

}  // namespace populace
