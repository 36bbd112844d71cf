// [event.NAME]: festivals, hot topics, seasons. Within its weeks an event multiplies need, the attention that contacts
// get, and the price of media, for the regions and segments that it concerns.
#pragma once
#include <string>
#include <vector>

#include "sim/base/fields.hpp"

namespace populace {

struct WorldEventOptions {
  std::string name;
  bool enabled = true;
  double start_week = 0;   // inclusive
  double end_week = 0;     // exclusive
  double every_weeks = 0;  // comes again after so many weeks; 0: once
  double need_factor = 1, attention_factor = 1, media_price_factor = 1;
  std::vector<std::string> segments, regions;  // empty: all
  void visit(FieldVisitor& visitor);
};

// Weeks in which a channel delivers nothing.
struct OutageOptions {
  double start_week = 0;  // inclusive
  double end_week = 0;    // exclusive
  void visit(FieldVisitor& visitor);
};

}  // namespace populace
