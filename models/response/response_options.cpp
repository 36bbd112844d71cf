#include "models/response/response_options.hpp"

namespace populace {

void StockOptions::visit(FieldVisitor& v) {
  v.number({"retention_per_week", "share of the stock that is left after a week"}, retention_per_week,
           {.low = 0, .high = 1, .high_open = true});
  v.number({"saturation", "G of the concave reading G (1 - exp(-A / G)); 0: linear"}, saturation, kNotNegative);
  v.number({"utility", "utility (or memory, when acts_on = \"consideration\") per unit of the stock as read"}, utility,
           kAny);
  v.choice(
      {"acts_on", "the one thing that this stock changes; \"hazard\": moves of stage machines name it as a driver"},
      acts_on, {"utility", "consideration", "hazard", "nothing"});
}

void ResponseOptions::visit(FieldVisitor& v) {
  v.choice({"carryover",
            "continuous: contacts spread evenly over a step; discrete: A <- retention A + E, read after the update"},
           carryover, {"continuous", "discrete"});
  v.table({"slow", "slow goodwill: brand memory",
           "Leone 1995; Sethuraman 2011, doi:10.1509/jmkr.48.3.457 (range of retention)"},
          [this](FieldVisitor& t) { slow.visit(t); });
  v.table({"fast", "fast activation: the short effect",
           "Leone 1995; Sethuraman 2011, doi:10.1509/jmkr.48.3.457 (range of retention)"},
          [this](FieldVisitor& t) { fast.visit(t); });
}

}  // namespace populace
