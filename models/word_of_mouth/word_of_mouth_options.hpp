// Fully mixed word of mouth: everybody hears of everybody, by the shares of last step.
#pragma once
#include <string>

#include "sim/base/fields.hpp"

namespace populace {

struct WordOfMouthOptions {
  std::string machine;           // whose stages talk; empty: off
  PerName voice = 0;             // by stage: how much a consumer in it talks, relative
  double contacts_per_week = 1;  // talks of a consumer a week
  double utility = 0;            // utility per unit of talk above its base
  double base_talk = 0;          // talk level of the base plan
  bool enabled() const { return !machine.empty(); }
  void visit(FieldVisitor& visitor);
};

}  // namespace populace
