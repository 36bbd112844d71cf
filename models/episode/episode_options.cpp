#include "models/episode/episode_options.hpp"

namespace populace {

void EpisodeOptions::visit(FieldVisitor& v) {
  constexpr std::string_view source = "seed document S26 (stages); value assumed";
  constexpr std::string_view obstacles = "seed document M5 (intention is not purchase); value assumed";
  v.flag({"enabled", "involving purchases take a way through stages before they are made", source}, enabled);
  v.number({"extended_from_involvement",
            "involvement at the occasion from which a purchase is extended; below, it is made at once", source},
           extended_from_involvement, kShare);
  const auto weeks = [&](std::string_view key, std::string_view doc, PerName& value) {
    v.per_name({key, doc, source}, value, "segment", {0, 520});
  };
  weeks("need_weeks", "mean stay in need at involvement 1, by segment; 0: passed within a step", need_weeks);
  weeks("search_weeks", "mean stay in search at involvement 1, unless information ends it earlier", search_weeks);
  weeks("evaluate_weeks", "mean stay in evaluate at involvement 1", evaluate_weeks);
  weeks("decide_weeks", "mean stay in decide, between intention and purchase, at involvement 1", decide_weeks);
  weeks("after_weeks", "mean stay in after at involvement 1", after_weeks);
  v.number({"dwell_involvement", "share of a stay that goes as involvement falls from 1 to 0", source},
           dwell_involvement, kShare);
  v.per_name({"give_up_prob_per_week", "chance that an open episode is given up in a week, by segment", obstacles},
             give_up_prob_per_week, "segment", {.low = 0, .high = 1, .high_open = true});
  v.per_name(
      {"completion_prob", "chance that nothing stands between the intention and the choice, by segment", obstacles},
      completion_prob, "segment", kShare);
  v.per_name({"routine_completion_prob", "the same of a purchase that is made at once, by segment", obstacles},
             routine_completion_prob, "segment", kShare);
  v.flag({"contacts_by_stage", "count contacts with campaigns by the stage of whoever meets them"}, contacts_by_stage);
}

}  // namespace populace
