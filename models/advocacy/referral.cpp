#include "models/advocacy/referral.hpp"

#include <algorithm>

#include "models/after/after.hpp"
#include "models/names.hpp"
#include "sim/base/units.hpp"

namespace populace {

Referral::Referral(const MarketOptions& options, const Stages& stages, Layout& layout, MeasureRegistry& registry)
    : options_(&options), stages_(&stages), focal_(index_of(options.brands, options.run.focal_brand)) {
  if (!enabled()) return;
  machine_ = stages.machine(options.word_of_mouth.machine);
  const std::vector<std::string>& names = stages.options(machine_).stages;
  for (std::size_t s = 0; s < names.size(); ++s) {
    invite_prob_[s] = options.referral.invite_prob.of(names[s]);
    accept_prob_[s] = options.referral.accept_prob.of(names[s]);
  }
  valid_steps_ =
      std::max(1, static_cast<std::int32_t>(options.referral.valid_weeks * options.run.steps_per_week() + .5));
  invited_ = layout.add<std::uint16_t>("invited");
  invitations_ = registry.add({.name = "referral_invitations",
                               .unit = "people",
                               .long_name = "people who accepted an invitation of a contact",
                               .dims = {}});
  orders_ = registry.add({.name = "referral_orders",
                          .unit = "orders",
                          .long_name = "orders of the focal brand by who held an invitation",
                          .dims = {}});
  rewards_ = registry.add({.name = "referral_rewards",
                           .unit = options.run.currency,
                           .long_name = "money paid to who invited",
                           .count = Count::kMicrosPerConsumer,
                           .dims = {}});
  const std::string& brand = options.run.focal_brand;
  const KpiTerm orders{"referral_orders", {0}}, rewards{"referral_rewards", {0}};
  registry.add(
      Kpi{"referral", brand, "invited", "people", "people who accepted", {{"referral_invitations", {0}}}, {}, 1, 0});
  registry.add(Kpi{"referral", brand, "orders", "orders", "orders with an invitation", {orders}, {}, 1, 0});
  registry.add(Kpi{"referral", brand, "rewards", options.run.currency, "rewards paid", {rewards}, {}, 1, 0});
}

void Referral::build(const BlockView& block) const {
  if (enabled()) std::fill_n(block.column(invited_), block.place.capacity, std::uint16_t{0});
}

void Referral::invite(const Moment& moment, std::uint8_t byte, const BlockView& block, std::uint32_t place,
                      BlockScratch& scratch, std::int64_t* row) const {
  const double prob =
      invite_prob_[byte & kPublishedStage] * accept_prob_[block.column(stages_->column(machine_))[place]];
  const std::uint64_t id = std::uint64_t{block.place.first_tile} * kTileSize + place;
  const double u = unit_double(draw_word(moment.key, reason(Purpose::kRefer, 0u, moment.step, moment.occasion), id));
  if (u >= prob) return;
  block.column(invited_)[place] = static_cast<std::uint16_t>(moment.step + 1 + kPurchaseStepOffset);
  ++row[invitations_];
  if (scratch.trace != nullptr && scratch.trace->place == place)
    scratch.trace->note("referral", "", "accepts an invitation", {{"chance", prob}, {"draw", u}});
}

bool Referral::holds(std::int32_t step, const BlockView& block, std::uint32_t place) const {
  const std::uint16_t invited = block.column(invited_)[place];
  return invited != 0 && step + 1 + kPurchaseStepOffset - invited <= valid_steps_;
}

void Referral::at_occasion(std::int32_t step, const BlockView& block, BlockScratch& scratch) const {
  if (!enabled() || options_->referral.friend_utility == 0) return;
  for (std::uint32_t k = 0; k < scratch.list.n; ++k)
    if (holds(step, block, scratch.list.places[k]))
      scratch.deviation[focal_][k] += static_cast<float>(options_->referral.friend_utility);
}

void Referral::at_order(std::int32_t step, const BlockView& block, BlockScratch& scratch, std::int64_t* row) const {
  if (!enabled()) return;
  const auto paid = static_cast<float>(1 - options_->referral.friend_discount_share);
  for (std::uint32_t k = 0; k < scratch.list.n; ++k) {
    const std::uint32_t place = scratch.list.places[k];
    if (scratch.chosen[k] != static_cast<std::int32_t>(focal_) || !holds(step, block, place)) continue;
    scratch.paid_share[k] *= paid;
    block.column(invited_)[place] = 0;
    ++row[orders_];
    if (scratch.trace != nullptr && scratch.trace->place == place)
      scratch.trace->note("referral", options_->run.focal_brand, "orders with an invitation",
                          {{"share of the price paid", scratch.paid_share[k]}});
  }
}

void Referral::end_step(std::span<std::int64_t> rows, std::size_t row_size) const {
  if (!enabled()) return;
  const Micros reward = to_micros(options_->referral.reward_money);
  for (std::size_t at = 0; at < rows.size(); at += row_size) rows[at + rewards_] = rows[at + orders_] * reward;
}

}  // namespace populace
