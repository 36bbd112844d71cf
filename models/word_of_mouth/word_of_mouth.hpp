// Fully mixed word of mouth: every consumer talks with c others a week, drawn from everybody; a contact in stage s
// recommends with chance voice_s.
//
//   talk W = sum over stages of voice_s share_s (shares of last step);   P(hears in a step) = 1 - exp(-c W dt)
//
// Hearing is an event for stage machines; W is also a driver of hazards and, above its base, a term of the focal
// brand's utility. With a hazard p + q share(adopted) in its place this is the discrete Bass model (Bass 1969,
// doi:10.1287/mnsc.15.5.215).
#pragma once
#include "models/scratch.hpp"
#include "models/stages/stages.hpp"
#include "models/world/market_options.hpp"
#include "sim/engine/measures.hpp"

namespace populace {

struct WordOfMouthPlan {
  double talk = 0;
  float hear_prob = 0;
  DrawStream stream;
};

class WordOfMouth {
 public:
  WordOfMouth(const MarketOptions& options, const Stages& stages, MeasureRegistry& registry);
  bool enabled() const { return options_->word_of_mouth.enabled(); }
  void begin_step(const StagesState& stages, WordOfMouthPlan& plan, DrawKey key, std::int32_t step) const;
  void run(const WordOfMouthPlan& plan, const BlockView& block, BlockScratch& scratch, std::int64_t* row) const;

 private:
  const MarketOptions* options_;
  const Stages* stages_;
  std::size_t machine_ = 0, heard_ = 0;
};

}  // namespace populace
