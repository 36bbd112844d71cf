#include "models/word_of_mouth/hearing.hpp"

#include <algorithm>

#include "models/after/after.hpp"
#include "models/names.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {
namespace {

constexpr double kOpinionStep = 1. / 32;
constexpr std::size_t kRememberedSteps = 4096;

}  // namespace

Hearing::Hearing(const MarketOptions& options, const Stages& stages, std::size_t heard, SharedColumns& shared,
                 Layout& layout, MeasureRegistry& registry)
    : options_(&options), stages_(&stages), focal_(index_of(options.brands, options.run.focal_brand)), heard_(heard) {
  const WordOfMouthOptions& o = options.word_of_mouth;
  if (o.forward_prob > 0)
    forwards_ = registry.add({.name = "forwards",
                              .unit = "people",
                              .long_name = "people who pass a recommendation on to all who look at them next step",
                              .dims = {}});
  if (o.need_prob > 0 && options.need.enabled) shared.cued = cued_ = layout.add<std::uint8_t>("cued");
  if (!o.remembers()) return;
  opinion_ = layout.add<std::int8_t>("opinion");
  opinion_step_ = layout.add<std::uint16_t>("opinion_step");
  for (std::size_t age = 0; age < kRememberedSteps; ++age)
    retention_.push_back(
        static_cast<float>(exact_exp(-static_cast<double>(age) * options.run.weeks_per_step() / o.memory_weeks)));
}

// Nobody has heard anything.
void Hearing::build(const BlockView& block) const {
  if (cued_.exists()) std::fill_n(block.column(cued_), block.place.capacity, std::uint8_t{0});
  if (!opinion_.exists()) return;
  std::fill_n(block.column(opinion_), block.place.capacity, std::int8_t{0});
  std::fill_n(block.column(opinion_step_), block.place.capacity, std::uint16_t{0});
}

void Hearing::recommended(const Moment& moment, const BlockView& block, std::uint32_t place, BlockScratch& scratch,
                          std::int64_t* row) const {
  const WordOfMouthOptions& o = options_->word_of_mouth;
  if (opinion_.exists()) remember(moment.step, block, place, o.positive_utility);
  if (cued_.exists()) awaken(moment, block, place);
  if (stages_->keeps(Event::kHeard, scratch, place))
    scratch.events.push_back({place, static_cast<std::uint32_t>(Event::kHeard), moment.occasion});
  if (scratch.has_heard[place] == 0) ++row[heard_];
  scratch.has_heard[place] = 1;
  if (o.forward_prob <= 0 || (scratch.publish_flags[place] & kPublishedForwards) != 0) return;
  const std::uint64_t id = std::uint64_t{block.place.first_tile} * kTileSize + place;
  const DrawReason coin = reason(Purpose::kForward, moment.who, moment.step, moment.occasion);
  if (unit_double(draw_word(moment.key, coin, id)) >= o.forward_prob) return;
  scratch.publish_flags[place] |= kPublishedForwards;
  ++row[forwards_];
  if (stages_->keeps(Event::kRecommended, scratch, place))
    scratch.events.push_back({place, static_cast<std::uint32_t>(Event::kRecommended), moment.occasion});
}

void Hearing::awaken(const Moment& moment, const BlockView& block, std::uint32_t place) const {
  const std::uint64_t id = std::uint64_t{block.place.first_tile} * kTileSize + place;
  const DrawReason coin = reason(Purpose::kHeardCue, moment.who, moment.step, moment.occasion);
  if (unit_double(draw_word(moment.key, coin, id)) < options_->word_of_mouth.need_prob) block.column(cued_)[place] = 1;
}

void Hearing::warned(const Moment& moment, const BlockView& block, std::uint32_t place, BlockScratch& scratch) const {
  if (opinion_.exists()) remember(moment.step, block, place, options_->word_of_mouth.negative_utility);
  if (stages_->keeps(Event::kWarned, scratch, place))
    scratch.events.push_back({place, static_cast<std::uint32_t>(Event::kWarned), moment.occasion});
}

double Hearing::opinion(std::int32_t step, const BlockView& block, std::uint32_t place) const {
  const std::int8_t level = block.column(opinion_)[place];
  if (level == 0) return 0;
  const auto age = static_cast<std::size_t>(step + 1 + kPurchaseStepOffset - block.column(opinion_step_)[place]);
  return age < kRememberedSteps ? level * kOpinionStep * static_cast<double>(retention_[age]) : 0;
}

void Hearing::remember(std::int32_t step, const BlockView& block, std::uint32_t place, double utility) const {
  const double level = (opinion(step, block, place) + utility) / kOpinionStep;
  block.column(opinion_)[place] =
      static_cast<std::int8_t>(std::clamp(static_cast<int>(level < 0 ? level - .5 : level + .5), -127, 127));
  block.column(opinion_step_)[place] = static_cast<std::uint16_t>(step + 1 + kPurchaseStepOffset);
}

void Hearing::at_occasion(std::int32_t step, const BlockView& block, BlockScratch& scratch) const {
  if (!opinion_.exists()) return;
  for (std::uint32_t k = 0; k < scratch.list.n; ++k) {
    const std::uint32_t place = scratch.list.places[k];
    const double utility = opinion(step, block, place);
    scratch.deviation[focal_][k] += static_cast<float>(utility);
    if (utility != 0 && scratch.trace != nullptr && scratch.trace->place == place)
      scratch.trace->note("word_of_mouth", "opinion", "what was heard counts at an occasion", {{"utility", utility}});
  }
}

}  // namespace populace
