#include "models/need/cues.hpp"

#include <algorithm>

#include "models/media/media_kernels.hpp"
#include "models/names.hpp"
#include "models/need/occasion_list.hpp"
#include "models/stages/toss_kernels.hpp"
#include "sim/random/batch.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {

Cues::Cues(const MarketOptions& options, const Traits& traits, const Delivery& delivery, const SharedColumns& shared,
           MeasureRegistry& registry)
    : options_(&options), traits_(&traits), delivery_(&delivery), shared_(&shared) {
  for (const CampaignOptions& campaign : options.campaigns) {
    channel_.push_back(index_of(options.channels, campaign.channel));
    by_ads_ = by_ads_ || campaign.need_prob > 0;
  }
  if (by_ads_)
    by_ads_slot_ = registry.add({.name = "cued_occasions",
                                 .unit = "occasions",
                                 .long_name = "needs that a contact with the campaign awakened",
                                 .dims = {"campaign"}});
  if (by_remarks())
    by_remarks_slot_ = registry.add({.name = "talk_occasions",
                                     .unit = "occasions",
                                     .long_name = "needs that a believed recommendation awakened a step before",
                                     .dims = {}});
}

double Cues::hazard(std::size_t campaign, const ResponsePlan& response, std::size_t cell) const {
  const CampaignOptions& o = options_->campaigns[campaign];
  const double event = o.brand == options_->run.focal_brand ? response.event_in(cell) : 1,
               attention = options_->channels[channel_[campaign]].attention_prob * response.effect[campaign] * event;
  return -exact_log1p(-std::min(o.need_prob * attention, 1 - 1e-9));
}

void Cues::run(const ResponsePlan& response, const DeliveryPlan& plan, DrawKey key, std::int32_t step,
               const BlockView& block, BlockScratch& scratch, std::int64_t* row) const {
  if (by_ads_) run_ads(response, plan, key, step, block, scratch, row);
  if (by_remarks()) run_remarks(block, scratch, row);
}

void Cues::run_ads(const ResponsePlan& response, const DeliveryPlan& plan, DrawKey key, std::int32_t step,
                   const BlockView& block, BlockScratch& scratch, std::int64_t* row) const {
  scratch.terms.clear();
  scratch.cue_campaigns.clear();
  for (std::size_t c = 0; c < options_->campaigns.size(); ++c) {
    if (options_->campaigns[c].need_prob <= 0 || !delivery_->active(plan, c, block.place.cell)) continue;
    const float* weight = response.weighed[c] != 0 ? scratch.weight[c].data() : nullptr;
    scratch.terms.push_back(
        {scratch.contacts[c].data(), static_cast<float>(hazard(c, response, block.place.cell)), 0, weight});
    scratch.cue_campaigns.push_back(c);
  }
  if (scratch.terms.empty()) return;
  float *sum = scratch.cue_hazard.data(), *unused = scratch.cue_unused.data();
  weigh_contacts(scratch.terms.data(), scratch.terms.size(), sum, unused, block.place.capacity);
  PlaceList& list = scratch.next_list;
  const std::uint8_t* code = block.column(traits_->need_code());
  list.n = toss_below(make_stream(key, reason(Purpose::kCue, 0u, step)), block.place.first_tile, block.place.n, sum,
                      list.places, scratch.occasion_scores);  // 1 - e^-x < x: the few who are below are looked at
  for (std::uint32_t k = 0; k < list.n; ++k) {
    const std::uint32_t i = list.places[k];
    const double u = static_cast<double>(scratch.occasion_scores[k]), hazard = static_cast<double>(sum[i]);
    const double prob = -exact_expm1(-hazard);
    if (u >= prob || code[i] == 0) continue;  // 0: has left the category
    const std::size_t c = cause(u / prob * hazard, i, scratch);
    ++row[by_ads_slot_ + c];
    add_occasions_at(i, 1, scratch);
    if (scratch.traces(i))
      scratch.trace->note("need", options_->campaigns[c].name, "a contact awakens a need",
                          {{"chance", prob}, {"draw", u}});
  }
}

std::size_t Cues::cause(double rest, std::uint32_t place, const BlockScratch& scratch) const {
  std::size_t last = scratch.cue_campaigns.front();
  for (std::size_t t = 0; t < scratch.terms.size(); ++t) {
    const DoseTerm& term = scratch.terms[t];
    const double dose = static_cast<double>(term.slow * static_cast<float>(term.contacts[place]) *
                                            (term.weight != nullptr ? term.weight[place] : 1.0f));
    if (dose > 0) last = scratch.cue_campaigns[t];
    rest -= dose;
    if (rest < 0) break;
  }
  return last;
}

// What was believed in the last step, and is used up by it.
void Cues::run_remarks(const BlockView& block, BlockScratch& scratch, std::int64_t* row) const {
  std::uint8_t* cued = block.column(shared_->cued);
  const std::uint8_t* code = block.column(traits_->need_code());
  PlaceList& list = scratch.next_list;
  list.n = find_above(cued, 0, block.place.capacity, list.places);
  for (std::uint32_t k = 0; k < list.n; ++k) {
    const std::uint32_t i = list.places[k];
    cued[i] = 0;
    if (code[i] == 0) continue;
    ++row[by_remarks_slot_];
    add_occasions_at(i, 1, scratch);
    if (scratch.traces(i)) scratch.trace->note("need", "", "what he was told awakens a need");
  }
}

void Cues::add_kpis(MeasureRegistry& registry) const {
  for (std::size_t c = 0; by_ads_ && c < options_->campaigns.size(); ++c)
    if (options_->campaigns[c].need_prob > 0)
      registry.add(Kpi{"campaign",
                       options_->campaigns[c].name,
                       "needs_awakened",
                       "occasions",
                       "needs for the category that contacts awakened",
                       {{"cued_occasions", {c}}},
                       {},
                       1,
                       0});
  if (by_remarks())
    registry.add(Kpi{"word_of_mouth",
                     "recommendations",
                     "needs_awakened",
                     "occasions",
                     "needs for the category that recommendations awakened",
                     {{"talk_occasions", {0}}},
                     {},
                     1,
                     0});
}

}  // namespace populace
