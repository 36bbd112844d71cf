// Delivery of push media: what a campaign bought becomes contacts of consumers.
//
// At the start of a step the ledger tells how many contacts to buy, pacing how hard to press; campaigns on one channel
// compete for its slots: pressures that sum above 1 are scaled down to 1. Each eligible consumer then meets a number of
// contacts by one uniform a campaign and step. Caps cut it: a campaign's own by min; a channel's by keeping a random
// subset of its contacts, keyed by names, so the order of declaration never matters. Realised contacts are billed.
// Units: contacts of simulated consumers; habits in slots a week. Source: NBD exposure model, see
// docs/methods/delivery.md.
#pragma once
#include <cstdint>
#include <vector>

#include "models/media/channel_plan.hpp"
#include "models/media/contact_kernels.hpp"
#include "models/media/cross_cap.hpp"
#include "models/media/ledger.hpp"
#include "models/media/media_kernels.hpp"
#include "models/media/pacing.hpp"
#include "models/media/reach_overlap.hpp"
#include "models/population/traits.hpp"
#include "models/rows.hpp"
#include "models/scratch.hpp"
#include "models/world/market_options.hpp"
#include "sim/engine/measures.hpp"

namespace populace {

struct DeliveryState {
  LedgerState ledger;
  std::vector<std::int64_t> contacts_before, clicks_before;  // of the last step that ran, by campaign, for CPC
  std::vector<std::int64_t> habits;                          // consumers by cell, habit and code
  std::vector<std::int64_t> rooms;                           // consumers by cell, rolling cap, class of habit and room
  // Consumers whom the next step's target lets through, by cell, campaign with a target and code of habit (or class of
  // habit and room of its rolling cap); of a search campaign: those, and all.
  std::vector<std::int64_t> targets;
  std::vector<std::int64_t> frequency;  // consumers by cell, campaign with 1+ … 10+ contacts since its start
  std::vector<std::int64_t> queries;    // of the last step, by campaign (search)
  void save(ByteWriter& out) const;
  void load(ByteReader& in);
};

// Of one step; made at its start.
struct DeliveryPlan {
  std::vector<float> rate;                 // by campaign: slot chance x weeks a step; 0: does not run
  std::vector<double> pressure;            // by campaign: chance that a slot (or query) shows it
  std::vector<DrawStream> contact, click;  // by campaign
};

class Targeting;

class Delivery {
 public:
  Delivery(const MarketOptions& options, const Traits& traits, const Targeting& targeting, Layout& layout,
           MeasureRegistry& registry, InternalSlots& internal);

  DeliveryState make_state(std::size_t n_cells) const;
  void build(const BlockView& block, std::int64_t* row) const;
  void begin(DeliveryState& state, std::span<const std::int64_t> rows, std::size_t row_size) const;
  void begin_step(const DeliveryState& state, DeliveryPlan& plan, DrawKey key, std::int32_t step) const;
  // Contacts of the block with every campaign that runs, after caps.
  void run(const DeliveryPlan& plan, DrawKey key, std::int32_t step, const BlockView& block, BlockScratch& scratch,
           std::int64_t* row) const;
  // Counts contacts of push campaigns, or of search campaigns once all queries of the step are done.
  void tally(const DeliveryPlan& plan, bool search, std::int32_t step, const BlockView& block, BlockScratch& scratch,
             std::int64_t* row) const;
  // scratch.channel_contacts[channel]: contacts of the step on a channel with campaigns of a brand.
  void gather_channel(const DeliveryPlan& plan, std::size_t channel, const std::string& brand, const BlockView& block,
                      BlockScratch& scratch) const;
  // At the very end of a block's step, when nothing changes any more: who is eligible in `next_step`, for its pacing.
  void gather_targets(std::int32_t next_step, const BlockView& block, BlockScratch& scratch, std::int64_t* row) const;
  // Counts reach over channels, in the last step.
  void count_overlap(bool last, const BlockView& block, std::int64_t* row) const;
  void end_step(DeliveryState& state, std::int32_t step, std::span<std::int64_t> rows, std::size_t row_size,
                std::span<std::int64_t> totals) const;

  const Ledger& ledger() const { return ledger_; }
  bool eligible(std::size_t campaign, std::size_t cell) const { return eligible_[campaign][cell] != 0; }
  bool is_search(std::size_t campaign) const { return options_->channels[channel_[campaign]].kind == "search"; }
  bool active(const DeliveryPlan& plan, std::size_t campaign, std::size_t cell) const {
    return plan.rate[campaign] != 0 && eligible(campaign, cell);
  }
  // Whether a campaign that is active in this block may reach the consumer at a place.
  bool reaches(std::size_t campaign, std::size_t place, const BlockScratch& scratch) const;
  // Share of a cell's consumers whom the target of a search campaign lets through.
  double eligible_share(const DeliveryState& state, std::size_t campaign, std::size_t cell) const;
  // A row in the journey of the consumer at a place, if he is in the sample.
  void record_clicks(std::size_t campaign, std::uint32_t place, std::int64_t clicks, BlockScratch& scratch) const;
  std::size_t impressions_slot() const { return impressions_; }
  std::size_t clicks_slot() const { return clicks_; }
  std::size_t queries_slot(std::size_t campaign) const { return internal_->at(queries_) + campaign; }

 private:
  struct Cap {
    std::int64_t room = kNoCap;
    int window = 1;                 // steps
    Column<std::uint32_t> history;  // contacts of earlier steps of the window, 4 bits each, where window > 1
    std::size_t rolling = 0;        // number among rolling caps
  };
  static constexpr std::size_t kClasses = 32, kRooms = 16;  // of the histogram of rolling caps
  Cap make_cap(const CapOptions& options, const std::string& name, Layout& layout);
  std::int64_t room_of(const Cap& cap, const BlockView& block, std::size_t place) const;
  // What slots offered the traced consumer, and what caps and targets left of it.
  void tell_contacts(std::size_t campaign, const ContactTask& task, const BlockView& block, Trace& trace) const;
  void tell_kept(const DeliveryPlan& plan, const BlockView& block, BlockScratch& scratch) const;
  void tell_clicks(std::size_t campaign, std::uint32_t place, std::int64_t clicks, std::size_t k,
                   BlockScratch& scratch) const;
  std::vector<PacingBin> pacing_bins(const DeliveryState& state, std::size_t campaign) const;
  void add_bins(const DeliveryState& state, std::size_t campaign, std::size_t first_cell, std::size_t end_cell,
                double weight, std::vector<PacingBin>& bins) const;
  const Cap& pacing_cap(std::size_t campaign) const;
  void plan_targets(InternalSlots& internal);
  void plan_region_weights();
  void find_eligible(const DeliveryPlan& plan, std::int32_t step, const BlockView& block, BlockScratch& scratch) const;
  void keep_eligible(std::size_t campaign, const BlockView& block, BlockScratch& scratch) const;
  void cap_across(const DeliveryPlan& plan, DrawKey key, std::int32_t step, const BlockView& block,
                  BlockScratch& scratch, std::int64_t* row) const;
  void count_off_target(std::size_t campaign, const BlockView& block, BlockScratch& scratch, std::int64_t* row) const;
  double wanted_contacts(const DeliveryState& state, std::size_t campaign, std::int32_t step) const;
  void register_measures(MeasureRegistry& registry);
  void cap_campaign(const Cap& cap, const BlockView& block, std::uint8_t* contacts) const;
  void cap_channel(std::size_t channel, const DeliveryPlan& plan, DrawKey key, std::int32_t step,
                   const BlockView& block, BlockScratch& scratch, std::int64_t* row) const;
  void cut_to_room(std::size_t channel, const DeliveryPlan& plan, DrawKey key, std::int32_t step,
                   const BlockView& block, BlockScratch& scratch) const;
  void remember(const Cap& cap, std::size_t habit, const BlockView& block, const std::uint8_t* contacts,
                BlockScratch& scratch, std::int64_t* row) const;
  bool remembers(const Cap& cap, std::size_t campaign, std::int32_t step) const;
  void draw_clicks(std::size_t campaign, const DeliveryPlan& plan, const BlockView& block, BlockScratch& scratch,
                   std::int64_t* row) const;

  const MarketOptions* options_;
  const Traits* traits_;
  const Targeting* targeting_;
  const InternalSlots* internal_;
  Ledger ledger_;
  double dt_;
  std::vector<std::size_t> channel_;                  // of campaign
  std::vector<std::vector<char>> eligible_;           // campaign x cell
  std::vector<std::vector<std::size_t>> on_channel_;  // campaigns of a channel
  std::vector<Cap> campaign_cap_, channel_cap_;
  std::size_t n_rolling_ = 0;
  CrossCap cross_cap_;
  ChannelPlan channel_plan_;
  ReachOverlap reach_overlap_;
  std::vector<std::vector<float>> region_weight_;  // campaign x region, the largest 1; empty: the same everywhere
  std::vector<std::size_t> target_at_;             // of campaign, within the histograms of targets
  std::size_t target_size_ = 0;
  std::vector<Column<std::uint8_t>> since_start_;  // contacts since the flight began, by campaign
  std::vector<Column<std::uint8_t>> reached_;  // channels that have reached the consumer in the horizon, eight a column
  std::size_t impressions_ = 0, weekly_ = 0, frequency_ = 0, clicks_ = 0, channel_reach_ = 0, new_reach_ = 0,
              off_target_ = 0;                                                  // slots
  std::size_t spend_ = 0, unspent_ = 0, bonus_ = 0;                             // of totals
  std::size_t habit_hist_ = 0, room_hist_ = 0, queries_ = 0, target_hist_ = 0;  // internal
  std::uint8_t clicks_table_ = 0;                                               // of journeys
};

}  // namespace populace
