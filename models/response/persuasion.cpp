#include "models/response/persuasion.hpp"

#include <algorithm>

#include "models/names.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {
namespace {

constexpr std::string_view kMessages[] = {"curiosity", "persuasion", "offer", "care"};

}  // namespace

Persuasion::Persuasion(const MarketOptions& options, const Traits& traits, const Response& response,
                       const Stages& stages, const Rotation& rotation, const SharedColumns& shared, Layout& layout)
    : options_(&options),
      traits_(&traits),
      response_(&response),
      stages_(&stages),
      rotation_(&rotation),
      shared_(&shared),
      focal_(index_of(options.brands, options.run.focal_brand)) {
  const MessageOptions& message = options.response.message;
  const PerName* rows[] = {&message.curiosity, &message.persuasion, &message.offer, &message.care};
  if (message.enabled && stages.rungs() >= 0) {
    const std::vector<std::string>& names = stages.options(static_cast<std::size_t>(stages.rungs())).stages;
    for (std::size_t type = 0; type < matrix_.size(); ++type)
      for (std::size_t s = 0; s < names.size(); ++s) matrix_[type].of[s] = static_cast<float>(rows[type]->of(names[s]));
  }
  for (const CampaignOptions& campaign : options.campaigns) brand_.push_back(index_of(options.brands, campaign.brand));
  channel_bit_.resize(options.campaigns.size());
  message_.resize(options.campaigns.size());
  if (options.response.synergy.enabled) plan_messages(layout);
  if (!options.response.aversion.enabled) return;
  for (std::size_t s = 0; s < response.n_stocks(); ++s)
    load_.push_back(layout.add<float>("ad_load_" + options.brands[response.brand_of_stock(s)].name));
  const double dt = options.run.weeks_per_step(), lost = -exact_expm1(-dt / options.response.aversion.memory_weeks);
  keep_ = static_cast<float>(1 - lost);
  gain_ = static_cast<float>(lost / dt);
}

void Persuasion::plan_messages(Layout& layout) {
  std::vector<std::string> channels;
  for (std::size_t c = 0; c < options_->campaigns.size(); ++c) {
    const CampaignOptions& campaign = options_->campaigns[c];
    for (const CreativeOptions& creative : campaign.creatives) {
      if (!creative.enabled || creative.key_message.empty() ||
          options_->channels[index_of(options_->channels, campaign.channel)].kind == "search") {
        message_[c].push_back(-1);
        continue;
      }
      auto channel = std::find(channels.begin(), channels.end(), campaign.channel);
      if (channel == channels.end()) channel = channels.insert(channels.end(), campaign.channel);
      channel_bit_[c] = static_cast<std::uint16_t>(1u << (channel - channels.begin()));
      const auto same = [&](const KeyMessage& m) { return m.brand == brand_[c] && m.name == creative.key_message; };
      auto known = std::find_if(messages_.begin(), messages_.end(), same);
      if (known == messages_.end()) {
        const std::string name = campaign.brand + "_" + creative.key_message;
        known = messages_.insert(messages_.end(), KeyMessage{brand_[c], creative.key_message,
                                                             layout.add<std::uint16_t>("channels_lately_" + name),
                                                             layout.add<std::uint16_t>("channels_before_" + name)});
      }
      message_[c].push_back(static_cast<int>(known - messages_.begin()));
    }
  }
  expects(messages_.size() <= kMostKeyMessages && channels.size() <= kMostMessageChannels,
          "key messages and channels that can be told apart");
  const double steps = options_->response.synergy.window_weeks / options_->run.weeks_per_step();
  half_steps_ = steps < 1.5 ? 0 : static_cast<std::int32_t>(steps / 2 + .5);
}

bool Persuasion::weighs(std::size_t campaign) const {
  const ResponseOptions& o = options_->response;
  if (o.aversion.enabled) return true;
  const std::vector<CreativeOptions>& creatives = options_->campaigns[campaign].creatives;
  return std::any_of(creatives.begin(), creatives.end(), [&](const CreativeOptions& creative) {
    return creative.enabled && (by_stage(campaign, creative) != nullptr || o.style.enabled ||
                                (o.synergy.enabled && !creative.key_message.empty()));
  });
}

// Effects of a message by stage; nullptr where it is the same at all stages.
const StageTable* Persuasion::by_stage(std::size_t campaign, const CreativeOptions& creative) const {
  if (!options_->response.message.enabled || stages_->rungs() < 0 || brand_[campaign] != focal_) return nullptr;
  const auto type = std::find(std::begin(kMessages), std::end(kMessages), creative.message);
  return type == std::end(kMessages) ? nullptr : &matrix_[static_cast<std::size_t>(type - std::begin(kMessages))];
}

Persuasion::Line Persuasion::style_of(const CreativeOptions& creative) const {
  const double mismatch = options_->response.style.mismatch_effect;
  const double argument = creative.argument_quality * (creative.style == "emotive" ? mismatch : 1),
               cue = creative.cue_quality * (creative.style == "benefit" ? mismatch : 1);
  return {static_cast<float>(cue), static_cast<float>((argument - cue) / 255)};
}

int Persuasion::message_in(std::size_t campaign, std::int32_t step) const {
  const int shown = rotation_->shown(campaign, step);
  return shown < 0 || message_[campaign].empty() ? -1 : message_[campaign][static_cast<std::size_t>(shown)];
}

void Persuasion::run(const DeliveryPlan& plan, const Delivery& delivery, std::int32_t step, const BlockView& block,
                     BlockScratch& scratch) const {
  if (!messages_.empty()) remember_channels(plan, delivery, step, block, scratch);
  for (std::size_t s = 0; s < load_.size(); ++s) count_load(s, plan, delivery, block, scratch);
}

void Persuasion::remember_channels(const DeliveryPlan& plan, const Delivery& delivery, std::int32_t step,
                                   const BlockView& block, BlockScratch& scratch) const {
  const SynergyOptions& o = options_->response.synergy;
  const std::uint32_t capacity = block.place.capacity;
  const bool turn = half_steps_ == 0 || (step % half_steps_ + half_steps_) % half_steps_ == 0;
  for (std::size_t k = 0; k < messages_.size(); ++k) {
    std::uint16_t *lately = block.column(messages_[k].lately), *before = block.column(messages_[k].before);
    if (turn) {
      if (half_steps_ > 0) std::copy_n(lately, capacity, before);
      std::fill_n(lately, capacity, std::uint16_t{0});
    }
    for (std::size_t c = 0; c < brand_.size(); ++c)
      if (message_in(c, step) == static_cast<int>(k) && delivery.active(plan, c, block.place.cell))
        mark_channel(scratch.contacts[c].data(), channel_bit_[c], lately, capacity);
  }
  SynergyTask task;
  task.per_channel = static_cast<float>(o.per_channel);
  task.cap = static_cast<float>(o.cap);
  for (std::size_t m = 0; m < kMostKeyMessages; ++m)
    task.consistency.of[m] =
        static_cast<float>(std::max(o.least_consistency, 1 - o.inconsistency * static_cast<double>(m)));
  for (std::size_t brand = 0; brand < options_->brands.size(); ++brand) {
    task.n_messages = 0;
    for (std::size_t k = 0; k < messages_.size(); ++k)
      if (messages_[k].brand == brand)
        task.messages[task.n_messages++] = {block.column(messages_[k].lately), block.column(messages_[k].before),
                                            scratch.synergy[k].data()};
    if (task.n_messages > 0) find_synergy(task, capacity);
  }
}

void Persuasion::count_load(std::size_t stock, const DeliveryPlan& plan, const Delivery& delivery,
                            const BlockView& block, BlockScratch& scratch) const {
  const AversionOptions& o = options_->response.aversion;
  const std::size_t brand = response_->brand_of_stock(stock);
  scratch.columns.clear();
  for (std::size_t c = 0; c < brand_.size(); ++c)
    if (brand_[c] == brand && !delivery.is_search(c) && delivery.active(plan, c, block.place.cell))
      scratch.columns.push_back(scratch.contacts[c].data());
  LoadTask task;
  task.contacts = scratch.columns;
  task.load = block.column(load_[stock]);
  task.effect = scratch.load[stock].data();
  task.keep = keep_;
  task.gain = gain_;
  task.per_contact = static_cast<float>(o.per_excess / o.tolerated_contacts_per_week);
  task.tolerated_effect = static_cast<float>(o.per_excess);
  task.lowest = static_cast<float>(o.lowest_effect);
  if (brand == focal_ && shared_->satisfaction.exists()) {
    task.satisfaction = block.column(shared_->satisfaction);
    task.dissatisfaction = static_cast<float>(o.dissatisfaction / 127);
  }
  carry_load(task, block.place.capacity);
}

void Persuasion::weigh(std::size_t campaign, std::int32_t step, const BlockView& block, BlockScratch& scratch,
                       WeightTask& task) const {
  if (const CreativeOptions* creative = rotation_->creative(campaign, step)) {
    task.by_stage = by_stage(campaign, *creative);
    if (task.by_stage != nullptr)
      task.stage = block.column(stages_->column(static_cast<std::size_t>(stages_->rungs())));
    const Line style = style_of(*creative);
    if (options_->response.style.enabled && (style.base != 1 || style.slope != 0)) {
      task.rational = block.column(traits_->involved().rational());
      task.base = style.base;
      task.slope = style.slope;
    }
  }
  const int message = message_in(campaign, step), stock = response_->stock_of_brand(brand_[campaign]);
  if (message >= 0) task.synergy = scratch.synergy[static_cast<std::size_t>(message)].data();
  if (!load_.empty() && stock >= 0) task.load = scratch.load[static_cast<std::size_t>(stock)].data();
}

void Persuasion::tell(std::size_t campaign, std::int32_t step, const BlockView& block, BlockScratch& scratch) const {
  if (scratch.trace == nullptr || scratch.contacts[campaign][scratch.trace->place] == 0) return;
  const std::uint32_t place = scratch.trace->place;
  std::vector<std::pair<std::string, double>> because{{"contacts", scratch.contacts[campaign][place]},
                                                      {"form and length", rotation_->effect(campaign, step)}};
  std::string subject = options_->campaigns[campaign].name;
  if (const CreativeOptions* creative = rotation_->creative(campaign, step)) {
    subject += "/" + creative->name;
    if (const StageTable* effects = by_stage(campaign, *creative))
      because.emplace_back(
          "message at this stage",
          effects->of[block.column(stages_->column(static_cast<std::size_t>(stages_->rungs())))[place]]);
    if (options_->response.style.enabled)
      because.emplace_back("weight of the rational route", block.column(traits_->involved().rational())[place] / 255.);
  }
  const int message = message_in(campaign, step), stock = response_->stock_of_brand(brand_[campaign]);
  if (message >= 0)
    because.emplace_back("consistency and channels", scratch.synergy[static_cast<std::size_t>(message)][place]);
  if (!load_.empty() && stock >= 0)
    because.emplace_back("aversion", scratch.load[static_cast<std::size_t>(stock)][place]);
  because.emplace_back("weight", scratch.weight[campaign][place]);
  scratch.trace->note("response", subject, "a contact counts for its weight", std::move(because));
}

float Persuasion::at_query(std::size_t campaign, std::int32_t step, const BlockView& block, std::uint32_t place) const {
  const CreativeOptions* creative = rotation_->creative(campaign, step);
  if (creative == nullptr) return 1;
  auto effect = static_cast<float>(rotation_->effect(campaign, step));
  if (const StageTable* effects = by_stage(campaign, *creative))
    effect *= effects->of[block.column(stages_->column(static_cast<std::size_t>(stages_->rungs())))[place]];
  if (!options_->response.style.enabled) return effect;
  const Line style = style_of(*creative);
  return effect * (style.base + style.slope * static_cast<float>(block.column(traits_->involved().rational())[place]));
}

}  // namespace populace
