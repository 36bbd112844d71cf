#include "models/search/organic_options.hpp"

namespace populace {

void OrganicOptions::visit(FieldVisitor& v) {
  constexpr std::string_view source = "seed documents S35, M36 (almost no cost, effect after a lag); value assumed";
  v.flag({"enabled", "false: the brand is not among the unpaid results"}, enabled);
  v.name({"channel", "search channel on which it is listed"}, channel, "channel");
  v.name({"brand", "whom it leads to; default: the focal brand"}, brand, "brand");
  v.choice({"query_kind", "queries that show it: for the category, or for the brand's name"}, query_kind,
           {"generic", "branded"});
  v.number({"click_prob", "chance that a query ends with a click on it, at full strength and where no ad was clicked"},
           click_prob, kShare);
  v.number({"effect", "effect of a click relative to the channel's"}, effect, kNotNegative);
  v.number({"start_strength", "strength (rank) at the beginning, 0 to 1", source}, start_strength, kShare);
  v.series({"effort_money_per_week", "money spent on content and rank, of the whole market", source},
           effort_money_per_week, kNotNegative);
  v.number({"half_effort_money_per_week", "effort that leads to strength .5 in the long run", source},
           half_effort_money_per_week, kPositive);
  v.number({"lag_weeks", "time in which strength closes 63 % of its gap to what the effort leads to", source},
           lag_weeks, kNotNegative);
}

}  // namespace populace
