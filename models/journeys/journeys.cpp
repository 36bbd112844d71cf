#include "models/journeys/journeys.hpp"

#include <algorithm>
#include <iterator>
#include <string>

#include "models/names.hpp"

namespace populace {

Journeys::Journeys(const MarketOptions& options, const Stages& stages, const Delivery& delivery,
                   const Rotation& rotation, MeasureRegistry& registry)
    : options_(&options), stages_(&stages), delivery_(&delivery), rotation_(&rotation) {
  sample_.focal_brand = options.run.focal_brand;
  if (stages.rungs() >= 0) sample_.rungs = stages.options(static_cast<std::size_t>(stages.rungs())).name;
  register_tables(registry);
}

void Journeys::register_tables(MeasureRegistry& registry) {
  JourneyTable touches{.name = "touches", .long_name = "contacts of a consumer with a campaign in a step, after caps"};
  std::vector<std::string> creatives, rungs;
  for (const CampaignOptions& campaign : options_->campaigns) {
    brand_.push_back(static_cast<std::int16_t>(index_of(options_->brands, campaign.brand)));
    channel_.push_back(static_cast<std::int16_t>(index_of(options_->channels, campaign.channel)));
    first_creative_.push_back(static_cast<std::int16_t>(creatives.size()));
    for (const CreativeOptions& creative : campaign.creatives) creatives.push_back(creative.name);
  }
  if (stages_->rungs() >= 0) rungs = stages_->options(static_cast<std::size_t>(stages_->rungs())).stages;
  touches.codes[0] = {"channel", "", "medium", names_of(options_->channels)};
  touches.codes[1] = {"campaign", "", "campaign", names_of(options_->campaigns)};
  touches.codes[2] = {"creative", "", "creative that was shown, where there are any", creatives};
  touches.codes[3] = {"rung", "", "rung of the consumer when he met it", rungs};
  touches.codes[4] = {"brand", "", "brand of the campaign", names_of(options_->brands)};
  touches.count = {"contacts", "contacts", "contacts of the step"};
  touches.reals[0] = {"attention", "1", "what one of these contacts counts for"};
  touches_ = registry.add(std::move(touches));
  JourneyTable events{.name = "events", .long_name = "events of a consumer to which a stage machine may answer"};
  events.codes[0] = {"event", "", "what happened", {std::begin(kEventNames), std::end(kEventNames)}};
  events_ = registry.add(std::move(events));
}

void Journeys::sample(const Places& places, std::int64_t n) {
  sample_.consumers.clear();
  sample_.cells.clear();
  parts_.clear();
  const std::int64_t all = places.n_consumers();
  n = std::min(n, all);
  const DrawKey key{static_cast<std::uint32_t>(options_->run.seed), kFixedPopulation};
  auto block = places.blocks().begin();
  for (std::int64_t k = 0; k < n; ++k) {
    const auto begin = k * all / n, end = (k + 1) * all / n;
    const double u = unit_double(draw_word(key, reason(Purpose::kJourneySample, 0u), static_cast<std::uint64_t>(k)));
    const std::int64_t rank = begin + static_cast<std::int64_t>(u * static_cast<double>(end - begin));
    while (rank >= block->first_rank + block->n) ++block;
    if (parts_.empty() || parts_.back().first_tile != block->first_tile)
      parts_.push_back({block->first_tile, static_cast<std::uint32_t>(k), {}});
    parts_.back().places.push_back(static_cast<std::uint32_t>(rank - block->first_rank));
    sample_.consumers.push_back(std::int64_t{block->first_tile} * kTileSize + parts_.back().places.back());
    sample_.cells.push_back(block->cell);
  }
}

std::unique_ptr<JourneyLog> Journeys::make_log() const {
  if (!enabled()) return nullptr;
  auto log = std::make_unique<JourneyLog>();
  log->by_block.resize(parts_.size());
  return log;
}

double Journeys::most_bytes() const {
  const double steps = static_cast<double>(options_->run.weeks) * options_->run.steps_per_week();
  return static_cast<double>(sample_.consumers.size()) * steps * static_cast<double>(options_->campaigns.size() + 1) *
         sizeof(JourneyRow);
}

void Journeys::open(JourneyLog* log, std::int32_t step, const BlockView& block, BlockScratch& scratch) const {
  scratch.journeys = nullptr;
  scratch.watched.places.clear();
  if (log != nullptr && step >= 0) {
    const auto part = std::lower_bound(parts_.begin(), parts_.end(), block.place.first_tile,
                                       [](const Part& p, std::uint32_t tile) { return p.first_tile < tile; });
    if (part != parts_.end() && part->first_tile == block.place.first_tile) {
      scratch.pen.open(log->by_block[static_cast<std::size_t>(part - parts_.begin())], step, kBlockSize, part->places,
                       part->first_person);
      scratch.journeys = &scratch.pen;
      scratch.watched.places = part->places;
    }
  }
  if (scratch.trace != nullptr && (scratch.journeys == nullptr || !scratch.pen.has(scratch.trace->place)))
    scratch.watched.places.push_back(scratch.trace->place);
}

void Journeys::touches(const DeliveryPlan& plan, const ResponsePlan& response, bool search, std::int32_t step,
                       const BlockView& block, BlockScratch& scratch) const {
  if (scratch.journeys == nullptr) return;
  const std::uint8_t* rung =
      stages_->rungs() >= 0 ? block.column(stages_->column(static_cast<std::size_t>(stages_->rungs()))) : nullptr;
  for (std::size_t c = 0; c < options_->campaigns.size(); ++c) {
    if (delivery_->is_search(c) != search || !delivery_->active(plan, c, block.place.cell)) continue;
    const double attention =
        options_->channels[static_cast<std::size_t>(channel_[c])].attention_prob * response.effect[c];
    const int shown = rotation_->shown(c, step);
    for (const std::uint32_t place : scratch.journeys->places()) {
      const std::uint8_t contacts = scratch.contacts[c][place];
      if (contacts == 0) continue;
      JourneyRow row;
      row.table = touches_;
      row.codes = {channel_[c], static_cast<std::int16_t>(c),
                   static_cast<std::int16_t>(shown < 0 ? -1 : first_creative_[c] + shown),
                   static_cast<std::int16_t>(rung != nullptr ? rung[place] : -1), brand_[c]};
      row.count = contacts;
      row.reals[0] = attention * (response.weighed[c] != 0 ? static_cast<double>(scratch.weight[c][place]) : 1.);
      scratch.journeys->add(place, row);
    }
  }
}

void Journeys::events(BlockScratch& scratch) const {
  if (scratch.journeys == nullptr) return;
  for (const PlaceEvent& happened : scratch.events) {
    JourneyRow row;
    row.table = events_;
    row.codes[0] = static_cast<std::int16_t>(happened.event);
    row.occasion = static_cast<std::uint8_t>(happened.occasion);
    scratch.journeys->add(happened.place, row);
  }
}

std::vector<JourneyRow> Journeys::take(JourneyLog& log) const {
  std::vector<JourneyRow> all;
  std::size_t n = 0;
  for (const auto& rows : log.by_block) n += rows.size();
  all.reserve(n);
  for (std::vector<JourneyRow>& rows : log.by_block) {
    // Within a block rows stand by step; of one person they keep their order.
    std::stable_sort(rows.begin(), rows.end(),
                     [](const JourneyRow& a, const JourneyRow& b) { return a.person < b.person; });
    all.insert(all.end(), rows.begin(), rows.end());
    std::vector<JourneyRow>().swap(rows);
  }
  return all;
}

}  // namespace populace
