#include "models/stages/stages_options.hpp"

#include "models/option_lists.hpp"
#include "models/stages/ladder.hpp"

namespace populace {

void MoveOptions::visit(FieldVisitor& v) {
  v.choice(
      {"cause", "hazard: a rate; matrix: chances from every stage; event: something that happened to the consumer"},
      cause, {"hazard", "matrix", "event"});
  v.texts({"from", "stages that it leaves; \"*\": every stage", "the author"}, from);
  v.text({"to", "stage that it enters, or \"next\" or \"previous\" in the order of stages", "the author"}, to);
  v.integer({"order", "moves of lower order come first; hazards of equal order compete on one draw"}, order, {0, 1000});
  v.flag({"chain", "also for consumers who have moved in this step already"}, chain);
  v.number({"rate_per_week", "hazard: base rate a week"}, rate_per_week, kNotNegative);
  v.number({"prob_per_week", "hazard: base rate given as a chance p a week, rate = -ln(1 - p)"}, prob_per_week,
           {.low = 0, .high = 1, .high_open = true});
  PerName rates;
  rates.by_name = drivers;
  v.per_name({"drivers",
              "hazard: rate a week per unit of goodwill, activation, attention, exposures.CHANNEL, share.STAGE, "
              "involvement, talk or price"},
             rates, "driver", kAny);
  drivers = rates.by_name;
  v.choice({"event", "event: what must have happened"}, event, {std::begin(kEventNames), std::end(kEventNames)});
  v.number({"event_prob", "event: chance that it moves the consumer (noticed: that one noticed contact does)"},
           event_prob, kShare);
  v.matrix({"matrix", "matrix: chance a week from each stage (row) to each stage (column); rows sum to 1"}, matrix,
           kShare);
  v.text({"scaled_by", "matrix: a driver; the matrix acts with chance min(1, driver)", "the author"}, scaled_by);
}

void MachineOptions::visit(FieldVisitor& v) {
  v.choice({"preset", "stages and moves to start from: ladder is the nine-rung relationship ladder"}, preset,
           {"", "ladder"});
  if (preset == "ladder" && stages.empty()) apply_ladder(*this);
  v.texts({"stages", "names of the stages in order, at most 16", "the author"}, stages);
  v.per_name({"initial_share", "share of consumers who start in a stage; the rest start in the first"}, initial_share,
             "stage", kShare);
  visit_named(v, {"move", "moves between stages"}, "move", moves);
  v.flag({"ladder_views", "report the views of the preset ladder: aipl, and potential, new and old customers"},
         ladder_views);
  visit_named(v, {"view", "stages grouped for reports"}, "view", views);
}

int MachineOptions::stage(std::string_view stage_name) const {
  for (std::size_t i = 0; i < stages.size(); ++i)
    if (stages[i] == stage_name) return static_cast<int>(i);
  return -1;
}

}  // namespace populace
