#include "models/word_of_mouth/word_of_mouth.hpp"

#include <algorithm>

#include "models/names.hpp"
#include "models/stages/toss_kernels.hpp"
#include "sim/random/batch.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {

WordOfMouth::WordOfMouth(const MarketOptions& options, const Traits& traits, const Stages& stages,
                         SharedColumns& shared, Layout& layout, MeasureRegistry& registry)
    : options_(&options),
      stages_(&stages),
      traits_(&traits),
      consumers_(consumers_by_cell(options)),
      referral_(options, stages, layout, registry),
      tools_(options, stages, layout, registry),
      sellers_(options, stages, layout, registry),
      reviews_(options, shared, registry) {
  const bool in_person = options.word_of_mouth.over_network() || !options.influencers.empty();
  if (!enabled() && !in_person) return;
  heard_ = registry.add({.name = "heard",
                         .unit = "people",
                         .long_name = "people to whom somebody recommended the focal brand in the step",
                         .dims = {}});
  if (enabled()) machine_ = stages.machine(options.word_of_mouth.machine);
  if (!in_person) return;
  hearing_ = std::make_unique<Hearing>(options, stages, heard_, shared, layout, registry);
  influencers_ = std::make_unique<Influencers>(options, traits, hearing_.get(), registry);
  if (options.word_of_mouth.over_network())
    talk_ = std::make_unique<Talk>(options, traits, stages, shared, TalkParts{hearing_.get(), &referral_, &tools_},
                                   registry);
}

double WordOfMouth::dense_words(std::int32_t step) const {
  return (enabled() ? 1 : 0) + (influencers_ ? influencers_->n_posting(step) : 0) + sellers_.dense_words() +
         tools_.dense_words(step);
}

WordOfMouthState WordOfMouth::make_state(std::size_t n_cells) const {
  return {reviews_.make_state(), sellers_.make_state(n_cells)};
}

void WordOfMouth::build(DrawKey key, const BlockView& block, std::vector<std::uint32_t>& words,
                        std::int64_t* row) const {
  referral_.build(block);
  tools_.build(block);
  sellers_.build(key, block, words, row);
  if (hearing_) hearing_->build(block);
  if (talk_) talk_->publish(block, nullptr);
}

void WordOfMouth::begin(WordOfMouthState& state, std::span<const std::int64_t> rows, std::size_t row_size) const {
  sellers_.begin(state.sellers, rows, row_size);
}

void WordOfMouth::begin_step(const StagesState& stages, const WordOfMouthState& state, WordOfMouthPlan& plan,
                             DrawKey key, std::int32_t step) const {
  plan.talk = 0;
  if (influencers_) influencers_->begin_step(plan.influencers, key, step);
  sellers_.begin_step(state.sellers, consumers_, plan.sellers);
  reviews_.begin_step(state.reviews, plan.reviews);
  if (!enabled()) return;
  const MachineOptions& machine = stages_->options(machine_);
  for (std::size_t s = 0; s < machine.stages.size(); ++s)
    plan.talk += options_->word_of_mouth.voice.of(machine.stages[s]) * stages_->share(stages, machine_, s);
  if (talk_) return talk_->begin_step(plan.over_contacts, key, step);
  plan.hear_prob = static_cast<float>(
      -exact_expm1(-options_->word_of_mouth.contacts_per_week * plan.talk * options_->run.weeks_per_step()));
  plan.stream = make_stream(key, reason(Purpose::kHear, machine.name, step));
}

void WordOfMouth::begin_block(const BlockView& block, BlockScratch& scratch) const {
  if (hearing_) std::fill_n(scratch.has_heard.data(), block.place.capacity, std::uint8_t{0});
  if (hearing_ || sellers_.any() || tools_.any())
    std::fill_n(scratch.publish_flags.data(), block.place.capacity, std::uint8_t{0});
}

void WordOfMouth::at_occasion(const WordOfMouthPlan& plan, DrawKey key, std::int32_t step, std::uint32_t occasion,
                              const BlockView& block, BlockScratch& scratch, std::int64_t* row) const {
  if (hearing_) hearing_->at_occasion(step, block, scratch);
  reviews_.at_occasion(plan.reviews, key, step, occasion, block, scratch, row);
  sellers_.at_occasion(plan.sellers, traits_->key(key), block, scratch);
  referral_.at_occasion(step, block, scratch);
  tools_.at_occasion(step, block, scratch);
}

void WordOfMouth::at_order(DrawKey key, std::int32_t step, std::uint32_t occasion, double focal_price,
                           const BlockView& block, BlockScratch& scratch, std::int64_t* row) const {
  referral_.at_order(step, block, scratch, row);
  tools_.at_order(step, block, scratch, row);
  sellers_.at_order(key, step, occasion, focal_price, block, scratch, row);
}

void WordOfMouth::after_order(DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block,
                              BlockScratch& scratch, std::int64_t* row) const {
  reviews_.after(key, step, occasion, block, scratch, row);
}

void WordOfMouth::run(const WordOfMouthPlan& plan, DrawKey key, std::int32_t step, const BlockView& block,
                      BlockScratch& scratch, std::int64_t* row) const {
  if (influencers_) influencers_->run(plan.influencers, key, step, block, scratch, row);
  if (talk_)
    talk_->run(plan.over_contacts, key, step, block, scratch, row);
  else
    run_mixed(plan, block, scratch, row);
  tools_.run(key, step, block, scratch, row);
  sellers_.run(key, step, block, scratch, row);
}

void WordOfMouth::run_mixed(const WordOfMouthPlan& plan, const BlockView& block, BlockScratch& scratch,
                            std::int64_t* row) const {
  if (!enabled() || plan.hear_prob <= 0) return;
  const bool listens = stages_->listens(Event::kHeard);
  const std::uint32_t n =
      toss(plan.stream, block.place.first_tile, block.place.n, plan.hear_prob, listens ? scratch.list.places : nullptr);
  row[heard_] += n;
  if (Trace* trace = scratch.trace) {
    const double u = unit_float(split_word_at(plan.stream, block.place.first_tile, trace->place));
    if (u < plan.hear_prob)
      trace->note("word of mouth", "", "somebody recommends the brand", {{"chance", plan.hear_prob}, {"draw", u}});
    else
      trace->missed("word of mouth", "", "nobody recommends the brand", {{"chance", plan.hear_prob}, {"draw", u}});
  }
  for (std::uint32_t k = 0; listens && k < n; ++k)
    scratch.events.push_back({scratch.list.places[k], static_cast<std::uint32_t>(Event::kHeard), 0});
}

void WordOfMouth::publish(const BlockView& block, BlockScratch& scratch) const {
  if (talk_) talk_->publish(block, scratch.publish_flags.data());
}

void WordOfMouth::end_step(WordOfMouthState& state, std::int32_t step, std::span<std::int64_t> rows,
                           std::size_t row_size, std::span<std::int64_t> totals) const {
  if (influencers_) influencers_->end_step(step, totals);
  reviews_.end_step(state.reviews, rows, row_size, totals);
  referral_.end_step(rows, row_size);
  tools_.end_step(rows, row_size);
  sellers_.end_step(state.sellers, rows, row_size);
}

}  // namespace populace
