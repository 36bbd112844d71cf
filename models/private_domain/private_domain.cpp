#include "models/private_domain/private_domain.hpp"

#include <algorithm>

#include "models/attention/sends.hpp"
#include "models/names.hpp"
#include "sim/base/units.hpp"
#include "sim/random/batch.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {
namespace {

constexpr double kWhole = 65535;  // code of stickiness 1

std::int64_t floor_of(double x) {
  const auto whole = static_cast<std::int64_t>(x);
  return static_cast<double>(whole) > x ? whole - 1 : whole;
}

// -ln(1 - p); a certain event takes a rate that is as good as any.
double hazard(double prob) { return -exact_log1p(-std::min(prob, 1 - 1e-12)); }

double fit_of(const ReminderOptions& reminder) {
  const double off = (reminder.at_intervals - 1) / reminder.width_intervals;
  return exact_exp(-off * off / 2);
}

}  // namespace

bool reminds(const MarketOptions& options) {
  return options.owns_channels() && options.need.enabled &&
         std::any_of(options.owned.begin(), options.owned.end(), [](const auto& o) { return o.reminder.enabled; });
}

bool sends_build_stocks(const MarketOptions& options) {
  return options.owns_channels() && std::any_of(options.owned.begin(), options.owned.end(), [](const auto& o) {
           return o.delivered_per_week() > 0 && (o.slow_effect != 0 || o.fast_effect != 0);
         });
}

// A thousandth of a send is lost to rounding before one is forgotten.
std::int64_t sends_in_step(const OwnedOptions& owned, double weeks_per_step, std::int32_t step) {
  const double a_step = owned.delivered_per_week() * weeks_per_step;
  return floor_of(a_step * (step + 1) + 1e-6) - floor_of(a_step * step + 1e-6);
}

double scarcity(const OwnedOptions& owned) {
  return scarce_send_factor(owned.delivered_per_week(), owned.tolerated_per_week, owned.excess_open_share);
}

PrivateDomain::PrivateDomain(const MarketOptions& options, const Traits& traits, const Stages& stages,
                             const Delivery& delivery, SharedColumns& shared, Layout& layout, MeasureRegistry& registry)
    : options_(&options),
      traits_(&traits),
      stages_(&stages),
      delivery_(&delivery),
      shared_(&shared),
      focal_(index_of(options.brands, options.run.focal_brand)),
      reminds_(reminds(options)) {
  if (!options.owns_channels()) return;
  shared.members = members_ = layout.add<std::uint16_t>("members");
  if (reminds_) reminded_ = layout.add<std::uint16_t>("reminded");
  const double dt = options.run.weeks_per_step();
  for (const OwnedOptions& o : options.owned) {
    Stick& stick = stick_.emplace_back();
    fit_.push_back(o.reminder.enabled ? fit_of(o.reminder) : 0);
    stick.level = static_cast<float>(kWhole * o.sticky_level());
    stick.reminded_level =
        static_cast<float>(kWhole * std::min(1.0, o.sticky_level() + o.reminder.stickiness_gain * fit_.back()));
    stick.keep = static_cast<float>(exact_exp(-dt / o.stickiness_weeks));
    if (stick.level > 0 || stick.reminded_level > 0) stick.column = layout.add<std::uint16_t>("stickiness_" + o.name);
    adds_occasions_ = adds_occasions_ || o.opportunity_lift > 0 || o.reminder.enabled;
    std::vector<double>& by_campaign = contact_hazard_.emplace_back();
    for (const CampaignOptions& campaign : options.campaigns)
      by_campaign.push_back(campaign.brand == options.run.focal_brand ? hazard(o.contact_prob.of(campaign.channel))
                                                                      : 0);
    std::vector<double>& from = cross_rate_.emplace_back();
    for (const OwnedOptions& other : options.owned)
      from.push_back(other.name == o.name ? 0 : o.cross_per_week.of(other.name) * dt);
  }
  register_measures(registry);
}

void PrivateDomain::register_measures(MeasureRegistry& registry) {
  registry.add_dimension("owned", names_of(options_->owned));
  registry.add_dimension("join_cause", {kJoinCauses.begin(), kJoinCauses.end()});
  const auto flow = [&](const char* name, const char* unit, const char* text) {
    return registry.add({.name = name, .unit = unit, .long_name = text, .dims = {"owned"}});
  };
  member_slot_ = registry.add({.name = "members",
                               .unit = "people",
                               .long_name = "members of the owned channel at the end of the step",
                               .kind = Timing::kStock,
                               .dims = {"owned"}});
  joins_ = registry.add({.name = "joins",
                         .unit = "people",
                         .long_name = "people who became members in the step, by cause",
                         .dims = {"owned", "join_cause"}});
  leaves_ = flow("leaves", "people", "members who left in the step");
  sends_ = flow("sends", "messages", "messages sent to members in the step");
  seen_ = flow("sends_seen", "messages", "of these, those that were seen");
  if (reminds_) {
    reminders_ = flow("reminders", "messages", "reminders sent after purchases");
    reminder_occasions_ = flow("reminder_occasions", "occasions", "occasions to buy that a reminder made");
  }
  stickiness_ = registry.add({.name = "stickiness",
                              .unit = "1",
                              .long_name = "sum of the stickiness of members at the end of the step",
                              .kind = Timing::kStock,
                              .count = Count::kMicrosPerConsumer,
                              .dims = {"owned"}});
  if (options_->need.enabled) {
    member_orders_ = flow("member_orders", "units", "units of the focal brand bought by members");
    added_ = flow("member_occasions", "occasions", "occasions to buy that membership added");
  }
  cost_ = registry.add({.name = "owned_cost",
                        .unit = options_->run.currency,
                        .long_name = "cost of sends, new members, discounts of codes and upkeep",
                        .level = Level::kTotal,
                        .count = Count::kMicros,
                        .dims = {"owned"}});
}

void PrivateDomain::prepare(BlockScratch& scratch) const {
  if (enabled()) scratch.seen_sends.resize(options_->owned.size());
}

PrivateDomainState PrivateDomain::make_state(std::size_t n_cells) const {
  return {std::vector<std::int64_t>(enabled() ? n_cells * options_->owned.size() : 0)};
}

void PrivateDomain::build(DrawKey key, const BlockView& block, std::vector<std::uint32_t>& words,
                          std::int64_t* row) const {
  if (!enabled()) return;
  std::uint16_t* members = block.column(members_);
  std::fill_n(members, block.place.n, std::uint16_t{0});
  for (const Stick& stick : stick_)
    if (stick.column.exists()) std::fill_n(block.column(stick.column), block.place.n, std::uint16_t{0});
  const std::string& segment = options_->segments[block.place.cell % options_->segments.size()].name;
  for (std::size_t o = 0; o < options_->owned.size(); ++o) {
    const OwnedOptions& owned = options_->owned[o];
    const double share = owned.initial_share.of(segment);
    if (share <= 0) continue;
    words.resize(block.place.capacity);
    draw_words(make_stream(key, reason(Purpose::kMember, owned.name)), block.place.first_tile,
               block.place.capacity / kTileSize, words.data());
    const double grown = -exact_expm1(-owned.initial_weeks / owned.stickiness_weeks);
    for (std::uint32_t i = 0; i < block.place.n; ++i) {
      if (unit_double(words[i]) >= share) continue;
      members[i] = static_cast<std::uint16_t>(members[i] | 1u << o);
      ++row[member_slot_ + o];
      if (stick_[o].column.exists())
        block.column(stick_[o].column)[i] =
            static_cast<std::uint16_t>(static_cast<double>(stick_[o].level) * grown + .5);
    }
  }
}

void PrivateDomain::begin(PrivateDomainState& state, std::span<const std::int64_t> rows, std::size_t row_size) const {
  const std::size_t n = enabled() ? options_->owned.size() : 0;
  for (std::size_t cell = 0; n > 0 && cell * row_size < rows.size(); ++cell)
    std::copy_n(rows.data() + cell * row_size + member_slot_, n, state.members.data() + cell * n);
}

void PrivateDomain::begin_step(const PrivateDomainState& state, PrivateDomainPlan& plan, DrawKey key,
                               std::int32_t step) const {
  if (!enabled()) return;
  const RunOptions& run = options_->run;
  const double dt = run.weeks_per_step(), scale = run.market_size_people / static_cast<double>(run.consumers);
  const std::size_t n = options_->owned.size();
  plan.channels.resize(n);
  for (std::size_t o = 0; o < n; ++o) {
    const OwnedOptions& owned = options_->owned[o];
    PrivateDomainPlan::Channel& channel = plan.channels[o];
    const auto stream = [&](Purpose purpose) { return make_stream(key, reason(purpose, owned.name, step)); };
    channel.join = stream(Purpose::kJoin);
    channel.by_contact = stream(Purpose::kJoinByContact);
    channel.leave = stream(Purpose::kLeave);
    channel.see = stream(Purpose::kSee);
    channel.need = stream(Purpose::kMemberNeed);
    channel.remind = stream(Purpose::kRemind);
    channel.sends = sends_in_step(owned, dt, step);
    const double delivered = owned.delivered_per_week(), sends = static_cast<double>(channel.sends);
    const double excess = delivered > 0 ? std::max(0.0, 1 - owned.tolerated_per_week / delivered) : 0;
    channel.leave_rate = owned.leave_per_week * dt + sends * owned.ad_share * hazard(owned.ad_leave_prob) +
                         sends * excess * hazard(owned.excess_leave_prob);
    double members = 0;
    for (std::size_t at = o; at < state.members.size(); at += n) members += static_cast<double>(state.members[at]);
    const bool found = owned.verified && members * scale >= owned.findable_people;
    const double scan = std::min(1.0, owned.qr_prob * (1 + owned.qr_discount_lift * owned.qr_discount_share));
    channel.join_rate.clear();
    for (const SegmentOptions& segment : options_->segments) {
      auto& rate = channel.join_rate.emplace_back();
      rate.fill(0);
      const auto set = [&](JoinCause cause, double per_week) { rate[static_cast<std::size_t>(cause)] = per_week * dt; };
      set(JoinCause::kGame, owned.game_per_week.of(segment.name));
      set(JoinCause::kCode, owned.qr_per_week.of(segment.name) * scan);
      set(JoinCause::kSearch, found ? owned.search_per_week.of(segment.name) : 0);
      set(JoinCause::kFission, owned.fission_per_week * owned.worth * members / static_cast<double>(run.consumers));
    }
  }
}

double PrivateDomain::n_draws() const {
  const auto any = [](const PerName& rate) {
    return rate.all > 0 || std::any_of(rate.by_name.begin(), rate.by_name.end(), [](auto& r) { return r.second > 0; });
  };
  return enabled() ? static_cast<double>(std::count_if(options_->owned.begin(), options_->owned.end(),
                                                       [&](const OwnedOptions& o) {
                                                         return any(o.game_per_week) || any(o.qr_per_week) ||
                                                                any(o.search_per_week) || any(o.cross_per_week) ||
                                                                o.fission_per_week * o.worth > 0;
                                                       }))
                   : 0;
}

double PrivateDomain::stickiness(std::size_t o, const BlockView& block, std::size_t place) const {
  return stick_[o].column.exists() ? block.column(stick_[o].column)[place] / kWhole : 0;
}

void PrivateDomain::end_step(PrivateDomainState& state, std::span<std::int64_t> rows, std::size_t row_size,
                             std::span<std::int64_t> totals) const {
  if (!enabled()) return;
  const RunOptions& run = options_->run;
  const double scale = run.market_size_people / static_cast<double>(run.consumers);
  const std::size_t n = options_->owned.size(), n_causes = kJoinCauses.size();
  for (std::size_t o = 0; o < n; ++o) {
    const OwnedOptions& owned = options_->owned[o];
    std::int64_t sends = 0, joined = 0, scanned = 0;
    for (std::size_t cell = 0; cell * row_size < rows.size(); ++cell) {
      std::int64_t* row = rows.data() + cell * row_size;
      const std::int64_t* by_cause = row + joins_ + o * n_causes;
      std::int64_t joins = 0;
      for (std::size_t cause = 0; cause < n_causes; ++cause) joins += by_cause[cause];
      row[member_slot_ + o] = state.members[cell * n + o] += joins - row[leaves_ + o];
      sends += row[sends_ + o] + (reminds_ ? row[reminders_ + o] : 0);
      joined += joins;
      scanned += by_cause[static_cast<std::size_t>(JoinCause::kCode)];
    }
    totals[cost_ + o] = sends * to_micros(owned.send_money * scale) + joined * to_micros(owned.join_money * scale) +
                        scanned * to_micros(owned.qr_discount_money * scale) +
                        to_micros(owned.upkeep_money_per_week * run.weeks_per_step());
  }
}

}  // namespace populace
