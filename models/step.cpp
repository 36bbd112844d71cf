// One step of the market, in the order of the contract. Everything a consumer reads of others is last step's value.
#include <algorithm>

#include "models/market.hpp"
#include "models/names.hpp"
#include "models/need/occasion_list.hpp"

namespace populace {
namespace {

// What mechanisms of the occasion add to or overwrite: nothing yet, one unit at the full price, nowhere in particular.
void begin_occasion(BlockScratch& scratch) {
  const std::uint32_t n = scratch.list.n;
  for (auto& deviation : scratch.deviation) std::fill_n(deviation.data(), n, 0.0f);
  std::fill_n(scratch.units.data(), n, std::uint8_t{1});
  std::fill_n(scratch.paid_share.data(), n, 1.0f);
  std::fill_n(scratch.outlet.data(), n, std::int8_t{-1});
  std::fill_n(scratch.informed.data(), n, 0u);
}

}  // namespace

// Before the blocks: the world, what media must deliver, and what everybody will read of everybody.
void Market::begin_step(Globals& globals, StepInfo step) const {
  auto& g = static_cast<MarketGlobals&>(globals);
  const std::vector<double> shock = shocks_.begin_step(g.shocks, g.key, step.number, first_step_);
  delivery_->begin_step(g.delivery, g.delivery_plan, g.key, step.number);
  weighing_->begin_step(step.number, g.response_plan);
  word_of_mouth_->begin_step(g.stages, g.word_of_mouth, g.talk_plan, g.key, step.number);
  if (visits_) visits_->begin_step(g.visits_plan, g.key, step.number);
  if (need_) need_->begin_step(g.need_plan, shock, g.key, step.number);
  set_prices(g, step.number);
  if (choice_) choice_->begin_step(g.choice_plan, g.talk_plan.talk, g.price, g.reaction_plan.pressure, step.number);
  if (experience_) experience_->begin_step(g.crises, g.experience_plan, g.key, step.number);
  if (outlets_) outlets_->begin_step(g.outlets, g.outlets_plan, step.number);
  const double week = step.number * options_.run.weeks_per_step();
  const BrandOptions& focal = options_.brands[index_of(options_.brands, options_.run.focal_brand)];
  CommonDrivers common;
  common.talk = g.talk_plan.talk;
  common.price = focal.base_price_money > 0 ? focal.price_money.at(week) / focal.base_price_money - 1 : 0;
  stages_->begin_step(g.stages, g.stages_plan, common, g.key, step.number);
  stage_purchase_->begin_step(g.purchase_plan, focal.price_money.at(week), g.key, step.number);
  private_domain_->begin_step(g.private_domain, g.private_plan, g.key, step.number);
}

// List prices of the step, with what rivals answer to the focal brand's price and share, and promotions on them.
void Market::set_prices(MarketGlobals& g, std::int32_t step) const {
  const double week = step * options_.run.weeks_per_step();
  g.price.clear();
  for (const BrandOptions& brand : options_.brands) g.price.push_back(brand.price_money.at(week));
  if (!need_) return;
  if (promotions_->any()) promotions_->planner().begin_step(g.promotions, g.promotion_plan, g.price, step);
  if (!reactions_->enabled()) return;
  const std::size_t focal = choice_->focal();
  const double depth = promotions_->any() ? promotions_->planner().public_depth(g.promotion_plan, focal) : 0,
               base = options_.brands[focal].base_price_money;
  reactions_->begin_step(g.reactions, g.reaction_plan, base > 0 ? 1 - g.price[focal] * (1 - depth) / base : 0);
  for (std::size_t b = 0; b < g.price.size(); ++b) g.price[b] *= g.reaction_plan.price_factor[b];
  if (promotions_->any()) promotions_->planner().begin_step(g.promotions, g.promotion_plan, g.price, step);
}

// The trace, while its consumer is in the block.
Trace* Market::trace_in(const BlockView& block, std::int32_t step) const {
  if (trace_ == nullptr) return nullptr;
  const std::uint64_t first = std::uint64_t{block.place.first_tile} * kTileSize;
  if (trace_->consumer < first || trace_->consumer >= first + block.place.n) return nullptr;
  trace_->step = step;
  trace_->place = static_cast<std::uint32_t>(trace_->consumer - first);
  return trace_;
}

void Market::run_block(const Globals& globals, StepInfo step, BlockView block, Scratch& scratch_base,
                       std::int64_t* row) const {
  const auto& g = static_cast<const MarketGlobals&>(globals);
  auto& scratch = static_cast<BlockScratch&>(scratch_base);
  scratch.events.clear();
  scratch.clicks.clear();
  scratch.has_attention = false;
  word_of_mouth_->begin_block(block, scratch);
  scratch.trace = trace_in(block, step.number);
  journeys_->open(g.journeys.get(), step.number, block, scratch);

  if (experience_) experience_->begin_block(g.experience_plan, block, scratch, row);
  meet_media(g, step, block, scratch, row);
  journeys_->touches(g.delivery_plan, g.response_plan, false, step.number, block, scratch);
  buy(g, step, block, scratch, row);
  if (visits_) visits_->run(g.visits_plan, g.key, step.number, block, scratch, row);
  if (search_->enabled()) journeys_->touches(g.delivery_plan, g.response_plan, true, step.number, block, scratch);
  for (std::size_t channel = 0; channel < options_.channels.size(); ++channel)  // after all queries are done
    if (stages_->needs_channel(channel))
      delivery_->gather_channel(g.delivery_plan, channel, options_.run.focal_brand, block, scratch);
  word_of_mouth_->run(g.talk_plan, g.key, step.number, block, scratch, row);
  private_domain_->settle(g.private_plan, g.delivery_plan, block, scratch, row);
  assets_->count(step.number, block, row);
  journeys_->events(scratch);
  stages_->run(g.stages_plan, g.key, step.number, block, scratch, row);
  stage_purchase_->run(g.purchase_plan, block, scratch, row);
  word_of_mouth_->publish(block, scratch);
  delivery_->count_overlap(step.last, block, row);
  delivery_->gather_targets(step.number + 1, block, scratch, row);  // last: nothing changes after it
}

// Delivery, attention and response.
void Market::meet_media(const MarketGlobals& g, StepInfo step, const BlockView& block, BlockScratch& scratch,
                        std::int64_t* row) const {
  delivery_->run(g.delivery_plan, g.key, step.number, block, scratch, row);
  private_domain_->send(g.private_plan, step.number, block, scratch, row);
  weighing_->run(g.response_plan, g.delivery_plan, step.number, block, scratch, row);
  response_->run(g.response_plan, g.delivery_plan, *delivery_, block, scratch);
  if (episode_) episode_->count_contacts(g.delivery_plan, *delivery_, block, scratch, row);
}

// The occasions in scratch.list: the search, what differs over people and promotions, the choice, what becomes of the
// order, and what is remembered of it.
void Market::decide(const MarketGlobals& g, OccasionAt at, const BlockView& block, BlockScratch& scratch,
                    std::int64_t* row) const {
  const std::uint16_t* bought = block.column(after_->bought());
  private_domain_->at_occasion(block, scratch);
  informed_service_->at_occasion(block, scratch, row);
  search_->run(g.search, g.delivery_plan, *choice_, at.key, at.step, at.occasion, block, scratch, row);
  choice_->look_up_slopes(block, scratch);
  impulse_->run(at.key, at.step, at.occasion, block, scratch, row);
  habit_->run(block, scratch);
  promotions_->offer(g.promotion_plan, g.choice_plan, at, block, bought, scratch, row);
  price_judgement_->run(g.choice_plan, block, scratch);
  experience_->at_occasion(g.experience_plan, g.choice_plan, block, scratch);
  word_of_mouth_->at_occasion(g.talk_plan, at.key, at.step, at.occasion, block, scratch, row);
  outlets_->reach(g.outlets_plan, at.key, at.step, at.occasion, block, scratch, row);
  choice_->run(g.choice_plan, at.key, at.step, at.occasion, block, scratch, row);
  if (!scratch.offers && promotions_->any())  // nothing was noticed: all is bought anyway
    std::copy_n(scratch.chosen.data(), scratch.list.n, scratch.chosen_without.data());
  search_->attribute(scratch, row);
  complete(g, at, block, scratch, row);
  impulse_->count(scratch, row);
}

// From what is chosen in scratch.chosen to completed orders, and what is remembered of them.
void Market::complete(const MarketGlobals& g, OccasionAt at, const BlockView& block, BlockScratch& scratch,
                      std::int64_t* row) const {
  promotions_->reserve(g.promotion_plan, at, block, scratch);
  promotions_->draw_to_outlets(g.promotion_plan, scratch);
  outlets_->run(g.outlets_plan, at.key, at.step, at.occasion, block, scratch, row);
  promotions_->settle(g.promotion_plan, at, g.price, block, block.column(after_->bought()), scratch, row);
  word_of_mouth_->at_order(at.key, at.step, at.occasion, g.price[choice_->focal()], block, scratch, row);
  outlets_->book(g.outlets_plan, g.price, at.occasion, block, scratch, row);
  household_stock_->keep(block, scratch, row);
  after_->run(at.key, at.step, at.occasion, block, choice_->aware(), g.price, scratch, row);
  assets_->after_orders(g.price, at.step, block, scratch, row);
  informed_service_->after_orders(at.key, at.step, at.occasion, block, scratch, row);
  private_domain_->after_orders(at.key, at.step, at.occasion, block, scratch, row);
  word_of_mouth_->after_order(at.key, at.step, at.occasion, block, scratch, row);
  habit_->learn(block, scratch, row);
  price_judgement_->learn(g.choice_plan, block, scratch);
  experience_->after_purchase(g.experience_plan, at.key, at.step, at.occasion, block, scratch, row);
}

// On the way of extended purchases: sources are consulted, and who asks a search engine meets ads there.
void Market::look_around(const MarketGlobals& g, StepInfo step, const BlockView& block, BlockScratch& scratch,
                         std::int64_t* row) const {
  sources_->search({{word_of_mouth_.get(), &g.talk_plan}, {g.key, step.number, kQueryOccasion}}, block, scratch, row);
  if (scratch.list.n == 0 || !search_->listens()) return;
  begin_occasion(scratch);
  search_->run(g.search, g.delivery_plan, *choice_, g.key, step.number, kQueryOccasion, block, scratch, row);
  sources_->keep_informed(block, scratch);
}

// Need, search, choice and what follows, occasion after occasion.
void Market::buy(const MarketGlobals& g, StepInfo step, const BlockView& block, BlockScratch& scratch,
                 std::int64_t* row) const {
  if (!need_) return;
  search_->clear(g.delivery_plan, block, scratch);
  promotions_->begin_block(g.promotion_plan, *delivery_, g.delivery_plan, g.key, step.number, block, scratch, row);
  PlaceList& list = scratch.list;
  const Voices voices{word_of_mouth_.get(), &g.talk_plan};
  take_up_orders(g, step, block, scratch, row);
  if (episode_) {
    if (sources_) look_around(g, step, block, scratch, row);
    episode_->advance(g.key, step.number, block, scratch, row);
    begin_occasion(scratch);
    std::fill_n(scratch.occasions_left, list.n, std::uint8_t{0});  // these are no opportunities, reminded of or not
    if (sources_) sources_->recall(voices, block, scratch, row);
    if (list.n > 0) decide(g, {g.key, step.number, kEpisodeOccasion}, block, scratch, row);
  }
  need_->run(g.need_plan, block, scratch);
  if (cues_->any() || private_domain_->adds_occasions()) index_occasions(block.place.n, scratch);
  cues_->run(g.response_plan, g.delivery_plan, g.key, step.number, block, scratch, row);
  private_domain_->add_occasions(g.private_plan, g.need_plan, block, scratch, row);
  after_->drop_absent(step.number, block, scratch);
  for (std::uint32_t occasion = 0; list.n > 0; ++occasion) {
    household_stock_->meet(g.key, step.number, occasion, block, scratch, row);
    begin_occasion(scratch);
    traits_->involved().at_occasion(g.key, step.number, occasion, block, scratch);
    if (episode_) episode_->sift(g.key, step.number, occasion, block, scratch, row);
    if (sources_) sources_->at_occasion({voices, {g.key, step.number, occasion}, true}, block, scratch, row);
    decide(g, {g.key, step.number, occasion}, block, scratch, row);
    if (episode_) {
      list.n = scratch.waiting.n;
      std::copy_n(scratch.waiting.places, list.n, list.places);
    }
    std::uint32_t kept = 0;
    const std::uint8_t* rate = block.column(traits_->need_code());
    for (std::uint32_t k = 0; k < list.n; ++k) {
      if (--scratch.occasions_left[k] == 0 || rate[list.places[k]] == 0) continue;  // done, or has left the category
      list.places[kept] = list.places[k];
      scratch.occasions_left[kept++] = scratch.occasions_left[k];
    }
    list.n = kept;
    household_stock_->rejoin(scratch);
  }
  if (search_->enabled()) delivery_->tally(g.delivery_plan, true, step.number, block, scratch, row);
  after_->find_lapsed(step.number, block, scratch);
  after_->count_panel(step.number, step.last, block, row);
  experience_->end_block(block, row);
  outlets_->count_open(block, row);
}

// Abandoned orders come back as an occasion of its own, already decided.
void Market::take_up_orders(const MarketGlobals& g, StepInfo step, const BlockView& block, BlockScratch& scratch,
                            std::int64_t* row) const {
  if (!outlets_->take_up(g.key, step.number, block, scratch, row)) return;
  begin_occasion(scratch);
  scratch.offers = false;
  std::fill_n(scratch.chosen_without.data(), scratch.list.n, static_cast<std::int32_t>(choice_->focal()));
  traits_->involved().at_occasion(g.key, step.number, kReturnOccasion, block, scratch);
  word_of_mouth_->at_occasion(g.talk_plan, g.key, step.number, kReturnOccasion, block, scratch, row);
  outlets_->reach(g.outlets_plan, g.key, step.number, kReturnOccasion, block, scratch, row);
  complete(g, {g.key, step.number, kReturnOccasion}, block, scratch, row);
}

void Market::end_step(Globals& globals, StepInfo step, std::span<std::int64_t> cells,
                      std::span<std::int64_t> totals) const {
  auto& g = static_cast<MarketGlobals&>(globals);
  const std::vector<std::int64_t> consumers = consumers_by_cell(options_);
  for (std::size_t cell = 0; cell < n_cells_; ++cell) cells[cell * row_size() + consumers_slot_] = consumers[cell];
  delivery_->end_step(g.delivery, step.number, cells, row_size(), totals);
  search_->end_step(g.search, step.number, totals);
  if (after_) {
    after_->end_step(g.price, cells, row_size());
    promotions_->end_step(g.promotions, step.number, cells, row_size(), g.price);
    household_stock_->end_step(g.household_stock, cells, row_size());
    reactions_->end_step(g.reactions, g.reaction_plan, cells, row_size(), totals);
  }
  if (experience_) experience_->end_step(g.crises, step.number, cells, row_size(), totals);
  if (outlets_) outlets_->end_step(g.outlets, step.number, cells, row_size(), totals);
  stage_purchase_->end_step(g.price[index_of(options_.brands, options_.run.focal_brand)], cells, row_size());
  stages_->end_step(g.stages, cells, row_size());
  if (episode_) episode_->end_step(g.episode, cells, row_size());
  word_of_mouth_->end_step(g.word_of_mouth, step.number, cells, row_size(), totals);
  ladder_views_->end_step(cells, row_size());
  private_domain_->end_step(g.private_domain, cells, row_size(), totals);
  assets_->end_step(g.assets, step.number, cells, row_size(), totals);
}

}  // namespace populace
