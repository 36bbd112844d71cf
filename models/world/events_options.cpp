#include "models/world/events_options.hpp"

namespace populace {

void WorldEventOptions::visit(FieldVisitor& v) {
  constexpr Range kFactor{0, 100};
  v.flag({"enabled", "the event happens"}, enabled);
  v.number({"start_week", "first week, counted from 0"}, start_week, kNotNegative);
  v.number({"end_week", "week before which it ends"}, end_week, kPositive);
  v.number({"every_weeks", "it comes again after so many weeks; 0: it comes once"}, every_weeks, kNotNegative);
  v.number({"need_factor", "opportunities to buy in the category relative to other weeks"}, need_factor, kFactor);
  v.number({"attention_factor", "attention that a contact with the focal brand gets relative to other weeks",
            "timing by festivals and hot topics: seed document 003, line 131; value assumed"},
           attention_factor, kFactor);
  v.number({"media_price_factor", "price of media relative to other weeks"}, media_price_factor,
           {.low = 0, .high = 100, .low_open = true});
  v.names({"segments", "segments that it concerns; default: all"}, segments, "segment");
  v.names({"regions", "regions that it concerns; default: all"}, regions, "region");
}

void OutageOptions::visit(FieldVisitor& v) {
  v.number({"start_week", "first week without the channel, counted from 0"}, start_week, kNotNegative);
  v.number({"end_week", "week before which it is back"}, end_week, kPositive);
}

}  // namespace populace
