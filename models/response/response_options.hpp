// How contacts build stocks and what the stocks act on.
#pragma once
#include <string>

#include "sim/base/fields.hpp"

namespace populace {

// One stock A of a brand in one consumer's mind. Utility reads the concave G (1 - exp(-A / G)), G = saturation.
struct StockOptions {
  double retention_per_week = 0;    // lambda: share of the stock left after a week
  double saturation = 0;            // G, in units of the stock; 0: linear
  double utility = 1;               // utility per unit of the (concave) stock
  std::string acts_on = "utility";  // "utility", "consideration", "hazard" or "nothing": one path only
  void visit(FieldVisitor& visitor);
};

struct ResponseOptions {
  // "continuous": contacts spread over the step, day and week steps agree; "discrete": A <- lambda A + E, read at once.
  std::string carryover = "continuous";
  StockOptions slow{.93, 0, 1, "utility"};
  StockOptions fast{.30, 0, 1, "utility"};
  void visit(FieldVisitor& visitor);
};

}  // namespace populace
