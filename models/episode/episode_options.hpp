// The purchase episode: need, search, evaluate, decide, after. See docs/methods/episode.md.
#pragma once
#include "sim/base/fields.hpp"

namespace populace {

// [episode]
struct EpisodeOptions {
  bool enabled = false;
  double extended_from_involvement = .5;  // at an occasion: below it a purchase is made at once
  PerName need_weeks = 0;                 // mean stay at involvement 1, by segment; 0: passed within the step
  PerName search_weeks = 2;
  PerName evaluate_weeks = 1;
  PerName decide_weeks = 0;
  PerName after_weeks = 2;
  double dwell_involvement = .5;      // how far the stay shrinks with involvement: stay x (1 - d (1 - v))
  PerName give_up_prob_per_week = 0;  // of an open episode, by segment
  PerName completion_prob = .8;       // of an intention: nothing stands in its way
  PerName routine_completion_prob = 1;
  bool contacts_by_stage = true;  // count contacts by the stage of whoever meets them
  void visit(FieldVisitor& visitor);
};

}  // namespace populace
