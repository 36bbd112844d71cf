#include "models/word_of_mouth/word_of_mouth.hpp"

#include "models/names.hpp"
#include "models/stages/toss_kernels.hpp"
#include "sim/random/batch.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {

WordOfMouth::WordOfMouth(const MarketOptions& options, const Stages& stages, MeasureRegistry& registry)
    : options_(&options), stages_(&stages) {
  if (!enabled()) return;
  machine_ = stages.machine(options.word_of_mouth.machine);
  heard_ = registry.add({.name = "heard",
                         .unit = "people",
                         .long_name = "people to whom somebody recommended the focal brand in the step",
                         .dims = {}});
}

void WordOfMouth::begin_step(const StagesState& stages, WordOfMouthPlan& plan, DrawKey key, std::int32_t step) const {
  plan.talk = 0;
  if (!enabled()) return;
  const MachineOptions& machine = stages_->options(machine_);
  for (std::size_t s = 0; s < machine.stages.size(); ++s)
    plan.talk += options_->word_of_mouth.voice.of(machine.stages[s]) * stages_->share(stages, machine_, s);
  plan.hear_prob = static_cast<float>(
      -exact_expm1(-options_->word_of_mouth.contacts_per_week * plan.talk * options_->run.weeks_per_step()));
  plan.stream = make_stream(key, reason(Purpose::kHear, machine.name, step));
}

void WordOfMouth::run(const WordOfMouthPlan& plan, const BlockView& block, BlockScratch& scratch,
                      std::int64_t* row) const {
  if (!enabled() || plan.hear_prob <= 0) return;
  const bool listens = stages_->listens(Event::kHeard);
  const std::uint32_t n =
      toss(plan.stream, block.place.first_tile, block.place.n, plan.hear_prob, listens ? scratch.list.places : nullptr);
  row[heard_] += n;
  if (Trace* trace = scratch.trace) {
    const double u = unit_float(word_at(plan.stream, block.place.first_tile, trace->place));
    if (u < plan.hear_prob)
      trace->note("word of mouth", "", "somebody recommends the brand", {{"chance", plan.hear_prob}, {"draw", u}});
    else
      trace->missed("word of mouth", "", "nobody recommends the brand", {{"chance", plan.hear_prob}, {"draw", u}});
  }
  for (std::uint32_t k = 0; listens && k < n; ++k)
    scratch.events.push_back({scratch.list.places[k], static_cast<std::uint32_t>(Event::kHeard), 0});
}

}  // namespace populace
