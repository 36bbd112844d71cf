#include "models/market.hpp"

#include <algorithm>

#include "models/contribution.hpp"
#include "models/kpis.hpp"
#include "models/names.hpp"

namespace populace {

void MarketGlobals::save(ByteWriter& out) const {
  shocks.save(out);
  delivery.save(out);
  stages.save(out);
  crises.save(out);
  episode.save(out);
  search.save(out);
  reactions.save(out);
  promotions.save(out);
  household_stock.save(out);
  outlets.save(out);
  word_of_mouth.save(out);
  private_domain.save(out);
  assets.save(out);
}

void MarketGlobals::load(ByteReader& in) {
  shocks.load(in);
  delivery.load(in);
  stages.load(in);
  crises.load(in);
  episode.load(in);
  search.load(in);
  reactions.load(in);
  promotions.load(in);
  household_stock.load(in);
  outlets.load(in);
  word_of_mouth.load(in);
  private_domain.load(in);
  assets.load(in);
}

Market::Market(MarketOptions options)
    : options_(std::move(options)),
      n_cells_(options_.regions.size() * options_.segments.size()),
      first_step_(static_cast<std::int32_t>(-options_.run.warmup_weeks * options_.run.steps_per_week())),
      end_step_(static_cast<std::int32_t>(options_.run.weeks * options_.run.steps_per_week())),
      places_(consumers_by_cell(options_)),
      shocks_(options_) {
  registry_.add_dimension("brand", names_of(options_.brands));
  consumers_slot_ = registry_.add(
      {.name = "consumers", .unit = "people", .long_name = "people in the market", .kind = Timing::kStock, .dims = {}});
  traits_ = std::make_unique<Traits>(options_, layout_);
  shared_.distance = traits_->distance();
  const bool notices =
      std::any_of(options_.machines.begin(), options_.machines.end(), [](const MachineOptions& machine) {
        return std::any_of(machine.moves.begin(), machine.moves.end(), [](const MoveOptions& move) {
          return move.event == "noticed" || move.scaled_by == "attention" ||
                 std::any_of(move.drivers.begin(), move.drivers.end(),
                             [](const auto& driver) { return driver.first == "attention"; });
        });
      });
  response_ = std::make_unique<Response>(options_, notices, layout_);
  stages_ = std::make_unique<Stages>(options_, *traits_, *response_, layout_, registry_);
  targeting_ = std::make_unique<Targeting>(options_, *traits_, *stages_, shared_, layout_);
  delivery_ = std::make_unique<Delivery>(options_, *traits_, *targeting_, layout_, registry_, internal_);
  weighing_ =
      std::make_unique<Weighing>(options_, *traits_, *response_, *stages_, *delivery_, shared_, layout_, registry_);
  if (options_.need.enabled) {
    need_ = std::make_unique<Need>(options_, *traits_);
    if (options_.episode.enabled) episode_ = std::make_unique<Episode>(options_, *traits_, shared_, layout_, registry_);
    if (options_.information.enabled)
      sources_ = std::make_unique<Sources>(options_, *traits_, *stages_, shared_, layout_, registry_);
    choice_ = std::make_unique<Choice>(options_, *traits_, *response_, *stages_, layout_, registry_);
    shared_.aware = choice_->aware();
    outlets_ = std::make_unique<Outlets>(options_, *traits_, *stages_, shared_, layout_, registry_);
    after_ = std::make_unique<After>(options_, *traits_, *stages_, shared_, layout_, registry_);
    habit_ = std::make_unique<Habit>(options_, layout_, registry_);
    impulse_ = std::make_unique<Impulse>(options_, registry_);
    price_judgement_ = std::make_unique<PriceJudgement>(options_, *traits_, layout_);
    reactions_ = std::make_unique<Reactions>(options_, registry_);
    household_stock_ = std::make_unique<HouseholdStock>(options_, layout_, registry_);
    promotions_ = std::make_unique<Promotions>(options_, consumers_by_cell(options_), shared_, *household_stock_,
                                               layout_, registry_);
    experience_ = std::make_unique<Experience>(options_, *traits_, *response_, *stages_, shared_, layout_, registry_);
  }
  search_ = std::make_unique<Search>(options_, *delivery_, *response_, *weighing_, episode_.get(), shared_, registry_);
  if (options_.visits.enabled)
    visits_ = std::make_unique<Visits>(options_, *response_, *stages_, shared_, layout_, registry_);
  word_of_mouth_ = std::make_unique<WordOfMouth>(options_, *traits_, *stages_, shared_, layout_, registry_);
  if (need_) cues_ = std::make_unique<Cues>(options_, *traits_, *delivery_, shared_, registry_);
  private_domain_ =
      std::make_unique<PrivateDomain>(options_, *traits_, *stages_, *delivery_, shared_, layout_, registry_);
  informed_service_ = std::make_unique<InformedService>(options_, *stages_, shared_, registry_);
  assets_ = std::make_unique<Assets>(options_, shared_, layout_, registry_);
  ladder_views_ = std::make_unique<LadderViews>(options_, *stages_, registry_);
  stage_purchase_ = std::make_unique<StagePurchase>(options_, *stages_, registry_);
  journeys_ = std::make_unique<Journeys>(options_, *stages_, *delivery_, weighing_->rotation(), registry_);
  internal_.place(registry_.cell_slots());
  add_kpis(options_, *stages_, registry_);
  weighing_->add_kpis(registry_);
  if (experience_) experience_->add_kpis(registry_);
  if (episode_) episode_->add_kpis(registry_);
  if (sources_) sources_->add_kpis(registry_);
  if (cues_) cues_->add_kpis(registry_);
  search_->add_kpis(registry_);
  if (visits_) visits_->add_kpis(registry_);
  if (outlets_) outlets_->add_kpis(registry_);
  ladder_views_->add_kpis(registry_);
  private_domain_->add_kpis(registry_);
  informed_service_->add_kpis(registry_);
  assets_->add_kpis(registry_);
  add_contribution_kpis(options_, registry_);
}

std::unique_ptr<Scratch> Market::make_scratch() const {
  auto scratch = std::make_unique<BlockScratch>();
  const std::size_t n_brands = options_.brands.size(), n_stocks = response_->n_stocks();
  scratch->contacts.resize(options_.campaigns.size());
  if (targeting_->any()) {
    scratch->eligible.resize(options_.campaigns.size());
    scratch->meant.resize(options_.campaigns.size());
  }
  scratch->slow_read.resize(n_stocks);
  scratch->fast_read.resize(n_stocks);
  scratch->slow_listed.resize(n_stocks);
  scratch->fast_listed.resize(n_stocks);
  scratch->channel_contacts.resize(options_.channels.size());
  scratch->log_taste.resize(n_brands);
  scratch->deviation.resize(n_brands);
  scratch->race_words.resize(n_brands);
  weighing_->prepare(*scratch);
  search_->prepare(*scratch);
  if (sources_) sources_->prepare(*scratch);
  if (promotions_) promotions_->prepare(*scratch);
  if (outlets_) outlets_->prepare(*scratch);
  private_domain_->prepare(*scratch);
  return scratch;
}

std::unique_ptr<Globals> Market::make_globals(DrawKey key) const {
  auto globals = std::make_unique<MarketGlobals>();
  globals->key = key;
  globals->shocks = shocks_.make_state(key, first_step_);
  globals->delivery = delivery_->make_state(n_cells_);
  globals->stages = stages_->make_state(n_cells_);
  if (experience_) globals->crises = experience_->make_state(n_cells_);
  globals->search = search_->make_state();
  if (episode_) globals->episode = episode_->make_state(n_cells_);
  if (need_) {
    globals->reactions = reactions_->make_state();
    globals->promotions = promotions_->planner().make_state();
    globals->household_stock = household_stock_->make_state(n_cells_);
  }
  globals->journeys = journeys_->make_log();
  if (outlets_) globals->outlets = outlets_->make_state();
  globals->word_of_mouth = word_of_mouth_->make_state(n_cells_);
  globals->private_domain = private_domain_->make_state(n_cells_);
  return globals;
}

void Market::build_block(DrawKey key, BlockView block, Scratch& scratch, std::int64_t* row) const {
  auto& block_scratch = static_cast<BlockScratch&>(scratch);
  auto& words = block_scratch.words;
  key = traits_->key(key);
  row[consumers_slot_] += block.place.n;
  traits_->build(key, block, words);
  response_->build(block);
  stages_->build(block, places_.n_consumers(), row);
  delivery_->build(block, row);
  weighing_->build(block);
  if (episode_) episode_->build(block, row);
  if (sources_) sources_->build(block);
  if (visits_) visits_->build(key, block, words);
  if (choice_) choice_->build(key, block, words);
  if (outlets_) outlets_->build(block);
  if (after_) after_->build(key, block, words);
  if (experience_) experience_->build(block);
  if (need_) {
    habit_->build(block);
    price_judgement_->build(block);
    household_stock_->build(block);
    promotions_->build(block);
  }
  targeting_->build(key, block, words);
  private_domain_->build(key, block, words, row);
  assets_->build(first_step_, block);
  word_of_mouth_->build(key, block, words, row);
  delivery_->gather_targets(first_step_, block, block_scratch, row);  // once all that targets read is there
}

void Market::begin(Globals& globals, std::span<const std::int64_t> built) const {
  auto& g = static_cast<MarketGlobals&>(globals);
  stages_->begin(g.stages, built, row_size());
  private_domain_->begin(g.private_domain, built, row_size());
  delivery_->begin(g.delivery, built, row_size());
  if (episode_) episode_->begin(g.episode, built, row_size());
  word_of_mouth_->begin(g.word_of_mouth, built, row_size());
  if (!need_ || !search_->enabled()) return;
  std::vector<double> opportunities;
  for (std::size_t cell = 0; cell < n_cells_; ++cell)
    opportunities.push_back(static_cast<double>(built[cell * row_size() + consumers_slot_]) *
                            need_->mean_per_step(cell % options_.segments.size()));
  search_->begin(g.delivery, opportunities);
}

std::vector<JourneyRow> Market::take_journeys(Globals& globals) const {
  JourneyLog* log = static_cast<MarketGlobals&>(globals).journeys.get();
  return log != nullptr ? journeys_->take(*log) : std::vector<JourneyRow>{};
}

double Market::dense_words(std::int32_t step) const {
  double words = 0;
  std::vector<double> share;  // of consumers, by cell
  for (const RegionOptions& region : options_.regions)
    for (const SegmentOptions& segment : options_.segments) share.push_back(region.share * segment.share);
  for (std::size_t c = 0; c < options_.campaigns.size(); ++c)
    for (std::size_t cell = 0; cell < n_cells_; ++cell)
      if (!delivery_->is_search(c) && delivery_->ledger().runs(c, step) && delivery_->eligible(c, cell))
        words += share[cell];
  words += stages_->n_draws();
  if (need_) words += 1;
  if (visits_) words += 1;
  words += word_of_mouth_->dense_words(step);
  words += private_domain_->n_draws();
  if (stage_purchase_->enabled()) words += 1;
  if (experience_) words += experience_->n_draws(step);
  return words;
}

RunInfo run_info(const Market& market, std::int32_t first_step) {
  const RunOptions& run = market.options().run;
  RunInfo info;
  info.title = run.title;
  info.currency = run.currency;
  info.start_date = run.start_date;
  info.step_days = run.step == "day" ? 1 : 7;
  info.first_step = first_step;
  info.n_steps = market.end_step_number() - first_step;
  info.consumers = run.consumers;
  info.market_size_people = run.market_size_people;
  info.seed = static_cast<std::uint32_t>(run.seed);
  info.population = run.population;
  for (const RegionOptions& region : market.options().regions) info.regions.push_back(region.name);
  for (const SegmentOptions& segment : market.options().segments) info.segments.push_back(segment.name);
  info.consumers_by_cell = consumers_by_cell(market.options());
  info.journeys = market.journeys().who();
  return info;
}

}  // namespace populace
