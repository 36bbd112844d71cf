#include "models/targeting/targeting_options.hpp"

namespace populace {

void TargetOptions::visit(FieldVisitor& v) {
  v.flag({"enabled", "false: the whole table is set aside"}, enabled);
  v.number({"max_distance_km", "at most so far from the nearest own store; 0: any distance"}, max_distance_km,
           kNotNegative);
}

}  // namespace populace
