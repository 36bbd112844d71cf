// [machine.NAME.view.VIEW.group.GROUP]: stages of a machine, grouped as a strategist speaks of them.
#pragma once
#include <string>
#include <vector>

#include "sim/base/fields.hpp"

namespace populace {

struct ViewGroupOptions {
  std::string name;
  std::vector<std::string> stages;
  void visit(FieldVisitor& visitor);
};

struct ViewOptions {
  std::string name;
  std::vector<ViewGroupOptions> groups;
  void visit(FieldVisitor& visitor);
};

// The two views of the relationship ladder: AIPL, and potential, new and old customers.
std::vector<ViewOptions> ladder_views();

}  // namespace populace
