#include "models/response/weighing.hpp"

#include <algorithm>

#include "models/attention/weights.hpp"
#include "models/names.hpp"

namespace populace {

Weighing::Weighing(const MarketOptions& options, const Traits& traits, const Response& response, const Stages& stages,
                   const Delivery& delivery, const SharedColumns& shared, Layout& layout, MeasureRegistry& registry)
    : options_(&options),
      delivery_(&delivery),
      rotation_(options),
      attention_(options, traits, rotation_, layout),
      persuasion_(options, traits, response, stages, rotation_, shared, layout) {
  for (std::size_t c = 0; c < options.campaigns.size(); ++c) {
    channel_.push_back(index_of(options.channels, options.campaigns[c].channel));
    weighed_.push_back(!delivery.is_search(c) && (attention_.weighs(c) || persuasion_.weighs(c)));
    any_ = any_ || weighed_.back() != 0;
  }
  if (!any_) return;
  effective_ = registry.add(
      {.name = "net_contacts",
       .unit = "contacts",
       .long_name = "contacts with the campaign in the step, each for its weight; less than 0 where they do harm",
       .count = Count::kMicrosPerConsumer,
       .dims = {"campaign"}});
}

void Weighing::prepare(BlockScratch& scratch) const {
  if (!any_) return;
  scratch.weight.resize(weighed_.size());
  scratch.wear.resize(attention_.n_themes());
  scratch.synergy.resize(persuasion_.n_key_messages());
  scratch.load.resize(persuasion_.n_loads());
}

void Weighing::begin_step(std::int32_t step, ResponsePlan& plan) const {
  plan.weighed = weighed_;
  plan.effect.clear();
  for (std::size_t c = 0; c < weighed_.size(); ++c)
    plan.effect.push_back(rotation_.effect(c, step) * attention_.of_channel(channel_[c]));
}

void Weighing::run(const ResponsePlan& response, const DeliveryPlan& plan, std::int32_t step, const BlockView& block,
                   BlockScratch& scratch, std::int64_t* row) const {
  if (!any_) return;
  attention_.run(plan, *delivery_, step, block, scratch);
  persuasion_.run(plan, *delivery_, step, block, scratch);
  const std::uint32_t capacity = block.place.capacity;
  for (std::size_t c = 0; c < weighed_.size(); ++c) {
    if (weighed_[c] == 0 || !delivery_->active(plan, c, block.place.cell)) continue;
    float* weight = scratch.weight[c].data();
    std::fill_n(weight, capacity, 1.0f);
    attention_.weigh(c, step, block, scratch);
    persuasion_.weigh(c, step, block, scratch);
    const auto sum = static_cast<double>(sum_effective(scratch.contacts[c].data(), weight, capacity));
    row[effective_ + c] += static_cast<std::int64_t>(sum * (1e6 / 1024) * response.effect[c]);
  }
}

void Weighing::add_kpis(MeasureRegistry& registry) const {
  for (std::size_t c = 0; c < weighed_.size(); ++c)
    if (weighed_[c] != 0)
      registry.add(Kpi{"campaign",
                       options_->campaigns[c].name,
                       "weight",
                       "1",
                       "what a contact counted for, mean of its contacts",
                       {{"net_contacts", {c}}},
                       {{"impressions", {c}}},
                       1,
                       0});
}

}  // namespace populace
