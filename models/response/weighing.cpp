#include "models/response/weighing.hpp"

#include <algorithm>

#include "models/attention/weight_kernels.hpp"
#include "models/names.hpp"
#include "models/private_domain/private_domain.hpp"

namespace populace {

Weighing::Weighing(const MarketOptions& options, const Traits& traits, const Response& response, const Stages& stages,
                   const Delivery& delivery, const SharedColumns& shared, Layout& layout, MeasureRegistry& registry)
    : options_(&options),
      delivery_(&delivery),
      rotation_(options),
      attention_(options, traits, rotation_, layout),
      persuasion_(options, traits, response, stages, rotation_, shared, layout),
      events_(options) {
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
  const std::size_t n_cells = options_->regions.size() * options_->segments.size();
  plan.sends.clear();
  for (std::size_t o = 0; options_->owns_channels() && o < options_->owned.size(); ++o)
    plan.sends.push_back(sends_in_step(options_->owned[o], options_->run.weeks_per_step(), step) > 0);
  plan.event.clear();
  for (std::size_t cell = 0; cell < n_cells && events_.any(); ++cell)
    plan.event.push_back(events_.attention(step, cell));
}

float Weighing::at_query(std::size_t campaign, std::int32_t step, const BlockView& block, std::uint32_t place) const {
  const float effect = persuasion_.at_query(campaign, step, block, place);
  if (!events_.any() || options_->campaigns[campaign].brand != options_->run.focal_brand) return effect;
  return effect * static_cast<float>(events_.attention(step, block.place.cell));
}

void Weighing::run(const ResponsePlan& response, const DeliveryPlan& plan, std::int32_t step, const BlockView& block,
                   BlockScratch& scratch, std::int64_t* row) const {
  if (!any_) return;
  attention_.run(plan, *delivery_, step, block, scratch);
  persuasion_.run(plan, *delivery_, step, block, scratch);
  const std::uint32_t capacity = block.place.capacity;
  for (std::size_t c = 0; c < weighed_.size(); ++c) {
    if (weighed_[c] == 0 || !delivery_->active(plan, c, block.place.cell)) continue;
    WeightTask task;
    task.contacts = scratch.contacts[c].data();
    task.weight = scratch.weight[c].data();
    attention_.weigh(c, step, block, scratch, task);
    persuasion_.weigh(c, step, block, scratch, task);
    const auto sum = static_cast<double>(weigh_contacts_of(task, capacity));
    persuasion_.tell(c, step, block, scratch);
    const double event =
        options_->campaigns[c].brand == options_->run.focal_brand ? response.event_in(block.place.cell) : 1;
    row[effective_ + c] += static_cast<std::int64_t>(sum * (1e6 / 1024) * response.effect[c] * event);
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
