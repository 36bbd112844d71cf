#include "models/ladder_views/ladder_views_options.hpp"

#include "models/option_lists.hpp"

namespace populace {

void ViewGroupOptions::visit(FieldVisitor& v) {
  v.names({"stages", "stages that belong to the group", "the author"}, stages, "stage");
}

void ViewOptions::visit(FieldVisitor& v) { visit_named(v, {"group", "groups of stages"}, "group", groups); }

std::vector<ViewOptions> ladder_views() {
  return {{"aipl",
           {{"awareness", {"discovered", "aware"}},
            {"interest", {"considering"}},
            {"purchase", {"chosen", "purchased"}},
            {"loyalty", {"satisfied", "loyal", "advocate"}}}},
          {"customers",
           {{"potential", {"discovered", "aware", "considering", "chosen"}},
            {"new", {"purchased", "satisfied"}},
            {"old", {"loyal", "advocate"}}}}};
}

}  // namespace populace
