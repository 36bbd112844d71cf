#include "scenarios/validate/units.hpp"

namespace populace {

// By how a key ends, the first that fits; what has no unit is a pure number: 1.
std::string unit_of(std::string_view key, const std::string& currency) {
  struct Ending {
    std::string_view ending, unit;
  };
  static constexpr Ending kEndings[] = {{"prob_per_week", "chance a week"},
                                        {"_per_week", "a week"},
                                        {"weeks", "weeks"},
                                        {"week", "week"},
                                        {"_days", "days"},
                                        {"_hours", "hours"},
                                        {"_seconds", "seconds"},
                                        {"minutes_per_slot", "minutes a slot"},
                                        {"slots_low", "slots a week"},
                                        {"slots_high", "slots a week"},
                                        {"utility_per_km", "utility a km"},
                                        {"friction_per_km", "friction a km"},
                                        {"utility_per_day", "utility a day"},
                                        {"units_per_depth", "units a unit of depth"},
                                        {"_km", "km"},
                                        {"utility", "utility"},
                                        {"utility_loss", "utility"},
                                        {"price_slope", "utility a relative price"},
                                        {"share", "share"},
                                        {"prob", "chance"},
                                        {"voice", "chance"},
                                        {"trust", "chance"},
                                        {"_people", "people"},
                                        {"consumers", "consumers"},
                                        {"replications", "runs"},
                                        {"_impressions", "impressions"},
                                        {"contacts", "contacts"},
                                        {"exposures", "contacts"},
                                        {"_ties", "contacts"},
                                        {"_units", "units"},
                                        {"_points", "points"},
                                        {"_reviews", "reviews"},
                                        {"_rating", "stars"},
                                        {"_factor", "times"},
                                        {"_intervals", "intervals"},
                                        {"elasticity", "% a %"},
                                        {"_cv", "of the mean"}};
  if (key.ends_with("_money")) return currency;
  for (const auto& [ending, unit] : kEndings)
    if (key.ends_with(ending)) return std::string(unit);
  return "1";
}

}  // namespace populace
