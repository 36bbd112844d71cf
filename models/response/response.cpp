#include "models/response/response.hpp"

#include <algorithm>

#include "models/names.hpp"
#include "models/private_domain/private_domain.hpp"
#include "models/stages/stages.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {

namespace {

bool listens_to_forgotten(const MarketOptions& options) {
  for (const MachineOptions& machine : options.machines)
    for (const MoveOptions& move : machine.moves)
      if (move.event == kEventNames[static_cast<std::size_t>(Event::kForgotten)]) return true;
  return false;
}

}  // namespace

CarryOver carry_over(double retention_per_week, double dt, bool continuous) {
  if (retention_per_week <= 0) return {0, 0, 0, 1};  // nothing is kept: what is met acts in its own step
  const double delta = -exact_log(retention_per_week) * dt, keep = exact_exp(-delta);
  if (!continuous) return {static_cast<float>(keep), 1, static_cast<float>(keep), 1};
  const double mean = -exact_expm1(-delta) / delta;
  return {static_cast<float>(keep), static_cast<float>(mean), static_cast<float>(mean),
          static_cast<float>((1 - mean) / delta)};
}

Response::Response(const MarketOptions& options, bool needs_attention, Layout& layout)
    : options_(&options),
      focal_(index_of(options.brands, options.run.focal_brand)),
      needs_attention_(needs_attention),
      reports_forgotten_(options.response.forgotten_below > 0 && listens_to_forgotten(options)) {
  const bool continuous = options.response.carryover == "continuous";
  const double dt = options.run.weeks_per_step();
  slow_carry_ = carry_over(options.response.slow.retention_per_week, dt, continuous);
  fast_carry_ = carry_over(options.response.fast.retention_per_week, dt, continuous);
  for (const CampaignOptions& campaign : options.campaigns) {
    brand_.push_back(index_of(options.brands, campaign.brand));
    channel_.push_back(index_of(options.channels, campaign.channel));
  }
  for (const OwnedOptions& owned : options.owned)
    send_.push_back({owned.sticky_level() * owned.slow_effect, owned.ad_share * owned.fast_effect});
  for (std::size_t b = 0; b < options.brands.size(); ++b) {
    const BrandOptions& brand = options.brands[b];
    const bool advertises = std::find(brand_.begin(), brand_.end(), b) != brand_.end();
    const bool sends = b == focal_ && sends_build_stocks(options);
    if (!advertises && !brand.individual && !sends) continue;
    brands_.push_back(b);
    slow_.push_back(options.response.slow.acts_on != "nothing" ? layout.add<float>("slow_" + brand.name)
                                                               : Column<float>{});
    fast_.push_back(options.response.fast.acts_on != "nothing" ? layout.add<float>("fast_" + brand.name)
                                                               : Column<float>{});
  }
}

int Response::stock_of_brand(std::size_t brand) const {
  const auto at = std::find(brands_.begin(), brands_.end(), brand);
  return at == brands_.end() ? -1 : static_cast<int>(at - brands_.begin());
}

void Response::build(const BlockView& block) const {
  for (std::size_t s = 0; s < brands_.size(); ++s) {
    const BrandOptions& brand = options_->brands[brands_[s]];
    if (slow_[s].exists()) std::fill_n(block.column(slow_[s]), block.place.n, static_cast<float>(brand.slow_goodwill));
    if (fast_[s].exists())
      std::fill_n(block.column(fast_[s]), block.place.n, static_cast<float>(brand.fast_activation));
  }
}

// What contacts of this step add to a stock of a brand, campaign by campaign.
void Response::gather_terms(std::size_t stock, const ResponsePlan& response, const DeliveryPlan& plan,
                            const Delivery& delivery, const BlockView& block, BlockScratch& scratch) const {
  scratch.terms.clear();
  scratch.attention_terms.clear();
  for (std::size_t c = 0; c < brand_.size(); ++c) {
    const ChannelOptions& channel = options_->channels[channel_[c]];
    if (brand_[c] != brands_[stock] || plan.rate[c] == 0 || channel.kind == "search" ||
        !delivery.eligible(c, block.place.cell))
      continue;
    const CampaignOptions& campaign = options_->campaigns[c];
    const double event = brand_[c] == focal_ ? response.event_in(block.place.cell) : 1;
    const double strength = campaign.effect * channel.attention_prob * response.effect[c] * event;
    const BrandSplit split = brand_split(campaign);
    const float* weight = response.weighed[c] != 0 ? scratch.weight[c].data() : nullptr;
    scratch.terms.push_back({scratch.contacts[c].data(),
                             static_cast<float>(strength * channel.slow_effect * split.slow),
                             static_cast<float>(strength * channel.fast_effect * split.fast), weight});
    if (channel.attention_prob > 0)
      scratch.attention_terms.push_back({scratch.contacts[c].data(),
                                         static_cast<float>(channel.attention_prob * response.effect[c] * event), 1,
                                         weight});
  }
  for (std::size_t o = 0; brands_[stock] == focal_ && o < response.sends.size(); ++o) {
    if (response.sends[o] == 0) continue;
    const double event = response.event_in(block.place.cell);
    const std::uint8_t* seen = scratch.seen_sends[o].data();
    scratch.terms.push_back(
        {seen, static_cast<float>(send_[o].slow * event), static_cast<float>(send_[o].fast * event)});
    scratch.attention_terms.push_back({seen, static_cast<float>(event), 1});
  }
}

void Response::run(const ResponsePlan& response, const DeliveryPlan& plan, const Delivery& delivery,
                   const BlockView& block, BlockScratch& scratch) const {
  for (std::size_t s = 0; s < brands_.size(); ++s) {
    gather_terms(s, response, plan, delivery, block, scratch);
    StockTask task;
    task.terms = scratch.terms.data();
    task.n_terms = scratch.terms.size();
    task.slow_carry = slow_carry_;
    task.fast_carry = fast_carry_;
    if (slow_[s].exists()) task.slow = block.column(slow_[s]);
    if (fast_[s].exists()) task.fast = block.column(fast_[s]);
    task.slow_read = scratch.slow_read[s].data();
    task.fast_read = scratch.fast_read[s].data();
    const bool watched = reports_forgotten_ && brands_[s] == focal_ && task.slow != nullptr;
    if (watched) mark_remembered(task.slow, block, scratch);
    if (task.slow != nullptr || task.fast != nullptr) update_stocks(task, block.place.capacity);
    if (watched) report_forgotten(task.slow, block, scratch);
    if (!needs_attention_ || brands_[s] != focal_) continue;
    scratch.has_attention = !scratch.attention_terms.empty();
    if (scratch.has_attention)
      weigh_contacts(scratch.attention_terms.data(), scratch.attention_terms.size(), scratch.attention.data(),
                     scratch.contacts_met.data(), block.place.capacity);
  }
}

void Response::mark_remembered(const float* slow, const BlockView& block, BlockScratch& scratch) const {
  const auto least = static_cast<float>(options_->response.forgotten_below);
  for (std::uint32_t i = 0; i < block.place.n; ++i) scratch.moved[i] = slow[i] >= least;
}

void Response::report_forgotten(const float* slow, const BlockView& block, BlockScratch& scratch) const {
  const auto least = static_cast<float>(options_->response.forgotten_below);
  for (std::uint32_t i = 0; i < block.place.n; ++i) {
    if (scratch.moved[i] == 0 || slow[i] >= least) continue;
    scratch.events.push_back({i, static_cast<std::uint32_t>(Event::kForgotten)});
    if (Trace* t = scratch.trace; t != nullptr && t->place == i)
      t->note("response", options_->run.focal_brand, "forgotten", {{"slow goodwill", slow[i]}, {"threshold", least}});
  }
}

}  // namespace populace
