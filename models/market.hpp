// The market as the engine sees it: consumers with traits, media, brands and stages, composed of one mechanism a file.
// step.cpp reads as the contract does: what happens in a step, in order.
#pragma once
#include <memory>

#include "models/after/after.hpp"
#include "models/choice/choice.hpp"
#include "models/choice/habit.hpp"
#include "models/choice/impulse.hpp"
#include "models/choice/price_judgement.hpp"
#include "models/choice/reaction.hpp"
#include "models/episode/episode.hpp"
#include "models/experience/experience.hpp"
#include "models/journeys/journeys.hpp"
#include "models/ladder_views/ladder_views.hpp"
#include "models/media/delivery.hpp"
#include "models/need/cues.hpp"
#include "models/need/need.hpp"
#include "models/need/stage_purchase.hpp"
#include "models/outlets/outlets.hpp"
#include "models/population/traits.hpp"
#include "models/private_domain/assets.hpp"
#include "models/private_domain/informed_service.hpp"
#include "models/private_domain/private_domain.hpp"
#include "models/promotion/household_stock.hpp"
#include "models/promotion/promotions.hpp"
#include "models/response/response.hpp"
#include "models/response/weighing.hpp"
#include "models/search/search.hpp"
#include "models/shared_columns.hpp"
#include "models/sources/sources.hpp"
#include "models/stages/stages.hpp"
#include "models/targeting/targeting.hpp"
#include "models/visits/visits.hpp"
#include "models/word_of_mouth/word_of_mouth.hpp"
#include "models/world/market_options.hpp"
#include "models/world/shocks.hpp"
#include "sim/engine/model.hpp"
#include "sim/engine/record.hpp"

namespace populace {

// State first, then what is made of it for one step.
struct MarketGlobals final : Globals {
  DrawKey key;
  ShocksState shocks;
  DeliveryState delivery;
  StagesState stages;
  CrisesState crises;
  EpisodeState episode;
  SearchState search;
  ReactionState reactions;
  PromotionState promotions;
  HouseholdStockState household_stock;
  OutletsState outlets;
  WordOfMouthState word_of_mouth;
  PrivateDomainState private_domain;
  AssetsState assets;

  DeliveryPlan delivery_plan;
  ResponsePlan response_plan;
  NeedPlan need_plan;
  VisitsPlan visits_plan;
  ChoicePlan choice_plan;
  ExperiencePlan experience_plan;
  ReactionPlan reaction_plan;
  PromotionPlan promotion_plan;
  OutletsPlan outlets_plan;
  WordOfMouthPlan talk_plan;
  StagesPlan stages_plan;
  StagePurchasePlan purchase_plan;
  std::vector<double> price;             // by brand
  std::unique_ptr<JourneyLog> journeys;  // rows recorded so far; usually none
  PrivateDomainPlan private_plan;

  void save(ByteWriter& out) const override;
  void load(ByteReader& in) override;
};

class Market final : public Model {
 public:
  // Options must be complete and valid (scenarios/ sees to both).
  explicit Market(MarketOptions options);

  const MarketOptions& options() const { return options_; }
  const MeasureRegistry& registry() const override { return registry_; }
  const Layout& layout() const override { return layout_; }
  const Places& places() const override { return places_; }
  std::size_t n_cells() const override { return n_cells_; }
  bool publishes() const override { return options_.word_of_mouth.over_network(); }
  std::size_t row_size() const override { return internal_.row_size(); }
  std::int32_t first_step() const override { return first_step_; }
  std::int32_t end_step_number() const override { return end_step_; }
  std::unique_ptr<Scratch> make_scratch() const override;
  std::unique_ptr<Globals> make_globals(DrawKey key) const override;
  void build_block(DrawKey key, BlockView block, Scratch& scratch, std::int64_t* row) const override;
  void begin(Globals& globals, std::span<const std::int64_t> built) const override;
  void begin_step(Globals& globals, StepInfo step) const override;
  void run_block(const Globals& globals, StepInfo step, BlockView block, Scratch& scratch,
                 std::int64_t* row) const override;
  void end_step(Globals& globals, StepInfo step, std::span<std::int64_t> cells,
                std::span<std::int64_t> totals) const override;
  std::vector<JourneyRow> take_journeys(Globals& globals) const override;

  // Words of the generator that a consumer needs in this step whatever happens to him: one for each campaign that runs,
  // each group of hazards or matrices, need, talk and buying by stage. For the floor of the benchmarks.
  double dense_words(std::int32_t step) const;
  // Tells the life of one consumer into `trace` from now on; nullptr: of nobody. For one replication at a time.
  void follow(Trace* trace) { trace_ = trace; }
  // Records the journeys of this many consumers in replications started from now on.
  void record_journeys(std::int64_t consumers) { journeys_->sample(places_, consumers); }
  const Journeys& journeys() const { return *journeys_; }
  const Stages& stages() const { return *stages_; }
  const SharedColumns& shared() const { return shared_; }
  const Response& response() const { return *response_; }
  const Traits& traits() const { return *traits_; }
  const Choice* choice() const { return choice_.get(); }  // null where nobody buys

 private:
  Trace* trace_in(const BlockView& block, std::int32_t step) const;
  void meet_media(const MarketGlobals& globals, StepInfo step, const BlockView& block, BlockScratch& scratch,
                  std::int64_t* row) const;
  void look_around(const MarketGlobals& globals, StepInfo step, const BlockView& block, BlockScratch& scratch,
                   std::int64_t* row) const;
  void set_prices(MarketGlobals& globals, std::int32_t step) const;
  void complete(const MarketGlobals& globals, OccasionAt at, const BlockView& block, BlockScratch& scratch,
                std::int64_t* row) const;
  void decide(const MarketGlobals& globals, OccasionAt at, const BlockView& block, BlockScratch& scratch,
              std::int64_t* row) const;
  void buy(const MarketGlobals& globals, StepInfo step, const BlockView& block, BlockScratch& scratch,
           std::int64_t* row) const;
  void take_up_orders(const MarketGlobals& globals, StepInfo step, const BlockView& block, BlockScratch& scratch,
                      std::int64_t* row) const;

  MarketOptions options_;
  Layout layout_;
  MeasureRegistry registry_;
  InternalSlots internal_;
  SharedColumns shared_;
  std::size_t n_cells_;
  std::int32_t first_step_, end_step_;
  Places places_;
  std::unique_ptr<Traits> traits_;
  std::unique_ptr<Response> response_;
  std::unique_ptr<Stages> stages_;
  std::unique_ptr<Targeting> targeting_;
  std::unique_ptr<Delivery> delivery_;
  std::unique_ptr<Weighing> weighing_;
  std::unique_ptr<Search> search_;
  std::unique_ptr<Need> need_;
  std::unique_ptr<Cues> cues_;
  std::unique_ptr<Episode> episode_;  // none where purchases take no time
  std::unique_ptr<Sources> sources_;  // none where nobody consults any
  std::unique_ptr<Choice> choice_;
  std::unique_ptr<Habit> habit_;
  std::unique_ptr<Impulse> impulse_;
  std::unique_ptr<PriceJudgement> price_judgement_;
  std::unique_ptr<Reactions> reactions_;
  std::unique_ptr<HouseholdStock> household_stock_;
  std::unique_ptr<Promotions> promotions_;
  std::unique_ptr<Outlets> outlets_;
  std::unique_ptr<After> after_;
  std::unique_ptr<Experience> experience_;
  std::unique_ptr<Visits> visits_;  // none where nobody visits
  std::unique_ptr<WordOfMouth> word_of_mouth_;
  std::unique_ptr<StagePurchase> stage_purchase_;
  std::unique_ptr<PrivateDomain> private_domain_;
  std::unique_ptr<Journeys> journeys_;
  std::unique_ptr<InformedService> informed_service_;
  std::unique_ptr<Assets> assets_;
  std::unique_ptr<LadderViews> ladder_views_;
  Shocks shocks_;
  std::size_t consumers_slot_ = 0;
  Trace* trace_ = nullptr;
};

// Facts of a run of this market, recorded from absolute step `first_step` on.
RunInfo run_info(const Market& market, std::int32_t first_step = 0);

}  // namespace populace
