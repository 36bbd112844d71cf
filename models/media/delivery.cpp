#include "models/media/delivery.hpp"

#include <algorithm>

#include "models/media/count_kernels.hpp"
#include "models/names.hpp"
#include "models/targeting/targeting.hpp"
#include "sim/random/batch.hpp"

namespace populace {
namespace {

bool listed(const std::vector<std::string>& names, const std::string& name) {
  return names.empty() || std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

void DeliveryState::save(ByteWriter& out) const {
  ledger.save(out);
  for (const auto* values : {&contacts_before, &clicks_before, &habits, &rooms, &targets, &frequency, &queries})
    out.put(*values);
}

void DeliveryState::load(ByteReader& in) {
  ledger.load(in);
  for (auto* values : {&contacts_before, &clicks_before, &habits, &rooms, &targets, &frequency, &queries})
    in.get(*values);
}

Delivery::Delivery(const MarketOptions& options, const Traits& traits, const Targeting& targeting, Layout& layout,
                   MeasureRegistry& registry, InternalSlots& internal)
    : options_(&options),
      traits_(&traits),
      targeting_(&targeting),
      internal_(&internal),
      ledger_(options),
      dt_(options.run.weeks_per_step()),
      on_channel_(options.channels.size()),
      cross_cap_(options, targeting, traits, layout),
      channel_plan_(options, targeting, ledger_, layout),
      reach_overlap_(options) {
  for (const ChannelOptions& channel : options.channels)
    channel_cap_.push_back(make_cap(channel.cap, "cap_" + channel.name, layout));
  for (std::size_t c = 0; c < options.campaigns.size(); ++c) {
    const CampaignOptions& campaign = options.campaigns[c];
    channel_.push_back(index_of(options.channels, campaign.channel));
    on_channel_[channel_[c]].push_back(c);
    std::vector<char>& eligible = eligible_.emplace_back();
    for (const RegionOptions& region : options.regions)
      for (const SegmentOptions& segment : options.segments)
        eligible.push_back(listed(campaign.regions, region.name) && listed(campaign.segments, segment.name));
    campaign_cap_.push_back(make_cap(campaign.cap, "cap_" + campaign.name, layout));
    since_start_.push_back(layout.add<std::uint8_t>("contacts_" + campaign.name));
  }
  for (std::size_t c = 0; !options.campaigns.empty() && c < options.channels.size(); c += 8)
    reached_.push_back(layout.add<std::uint8_t>("reached_by_" + std::to_string(c / 8)));
  if (!options.campaigns.empty()) register_measures(registry);
  habit_hist_ = internal.add(traits.habits().size() * 256);
  room_hist_ = internal.add(n_rolling_ * kClasses * kRooms);
  queries_ = internal.add(options.campaigns.size());
  plan_targets(internal);
  plan_region_weights();
}

void Delivery::register_measures(MeasureRegistry& registry) {
  registry.add_dimension("channel", names_of(options_->channels));
  registry.add_dimension("campaign", names_of(options_->campaigns));
  registry.add_dimension("frequency", {"1+", "2+", "3+", "4+", "5+", "6+", "7+", "8+", "9+", "10+"});
  const std::string& money = options_->run.currency;
  impressions_ = registry.add({.name = "impressions",
                               .unit = "contacts",
                               .long_name = "contacts with the campaign in the step",
                               .dims = {"campaign"}});
  weekly_ = registry.add({.name = "reach_in_step",
                          .unit = "people",
                          .long_name = "people with at least so many contacts in the step",
                          .dims = {"campaign", "frequency"}});
  frequency_ = registry.add({.name = "reach_since_start",
                             .unit = "people",
                             .long_name = "people with at least so many contacts since the campaign began",
                             .kind = Timing::kStock,
                             .dims = {"campaign", "frequency"}});
  clicks_ = registry.add(
      {.name = "clicks", .unit = "clicks", .long_name = "clicks on the campaign in the step", .dims = {"campaign"}});
  channel_reach_ = registry.add({.name = "channel_reach_in_step",
                                 .unit = "people",
                                 .long_name = "people with a contact on the channel in the step",
                                 .dims = {"channel"}});
  new_reach_ = registry.add({.name = "channel_new_reach",
                             .unit = "people",
                             .long_name = "people reached by the channel for the first time",
                             .dims = {"channel"}});
  spend_ = registry.add({.name = "spend",
                         .unit = money,
                         .long_name = "money spent in the step",
                         .level = Level::kTotal,
                         .count = Count::kMicros,
                         .dims = {"campaign"}});
  unspent_ = registry.add({.name = "unspent",
                           .unit = money,
                           .long_name = "budget not spent up to the end of the step",
                           .level = Level::kTotal,
                           .kind = Timing::kStock,
                           .count = Count::kMicros,
                           .dims = {"campaign"}});
  bonus_ = registry.add({.name = "bonus",
                         .unit = money,
                         .long_name = "value delivered beyond the budget in the step",
                         .level = Level::kTotal,
                         .count = Count::kMicros,
                         .dims = {"campaign"}});
  JourneyTable clicks{.name = "clicks", .long_name = "clicks of a consumer on a campaign in a step"};
  clicks.codes[0] = {"campaign", "", "campaign", names_of(options_->campaigns)};
  clicks.count = {"clicks", "clicks", "clicks of the step"};
  clicks_table_ = registry.add(std::move(clicks));
  cross_cap_.register_measures(registry);
  channel_plan_.register_measures(registry);
  reach_overlap_.register_measures(*options_, registry);
  bool misses = false;
  for (std::size_t c = 0; c < channel_.size(); ++c) misses = misses || targeting_->can_miss(c);
  if (misses)
    off_target_ = registry.add({.name = "off_target_contacts",
                                .unit = "contacts",
                                .long_name = "contacts with people whom the campaign's target does not mean",
                                .dims = {"campaign"}});
}

Delivery::Cap Delivery::make_cap(const CapOptions& options, const std::string& name, Layout& layout) {
  Cap cap;
  if (!options.enabled()) return cap;
  cap.room = options.exposures;
  cap.window = std::clamp(static_cast<int>(options.weeks / dt_ + .5), 1, 8);
  if (cap.window > 1) {
    cap.history = layout.add<std::uint32_t>(name);
    cap.rolling = n_rolling_++;
  }
  return cap;
}

DeliveryState Delivery::make_state(std::size_t n_cells) const {
  const std::size_t n = options_->campaigns.size();
  DeliveryState state;
  state.ledger = ledger_.start();
  state.contacts_before.resize(n);
  state.clicks_before.resize(n);
  state.habits.resize(n_cells * traits_->habits().size() * 256);
  state.rooms.resize(n_cells * n_rolling_ * kClasses * kRooms);
  state.targets.resize(n_cells * target_size_);
  state.frequency.resize(n_cells * n * kFrequencies);
  state.queries.resize(n);
  return state;
}

void Delivery::build(const BlockView& block, std::int64_t* row) const {
  const std::size_t n_habits = traits_->habits().size();
  for (std::size_t k = 0; k < n_habits; ++k) {
    const std::uint8_t* codes = block.column(traits_->habits()[k].code);
    std::int64_t* histogram = row + internal_->at(habit_hist_) + k * 256;
    for (std::uint32_t i = 0; i < block.place.n; ++i) ++histogram[codes[i]];
  }
  // Everybody starts with all the room that a rolling cap gives; later only changes are counted.
  const auto full_room = [&](const Cap& cap, std::size_t habit) {
    if (cap.window == 1) return;
    const std::uint8_t* codes = block.column(traits_->habits()[habit].code);
    std::int64_t* histogram = row + internal_->at(room_hist_) + cap.rolling * kClasses * kRooms;
    for (std::uint32_t i = 0; i < block.place.n; ++i)
      ++histogram[codes[i] / 8 * kRooms + static_cast<std::size_t>(cap.room)];
  };
  for (std::size_t c = 0; c < channel_.size(); ++c)
    if (!is_search(c)) full_room(campaign_cap_[c], traits_->habit_of_channel(channel_[c]));
  for (std::size_t c = 0; c < channel_cap_.size(); ++c)
    if (options_->channels[c].kind != "search") full_room(channel_cap_[c], traits_->habit_of_channel(c));
}

void Delivery::begin(DeliveryState& state, std::span<const std::int64_t> rows, std::size_t row_size) const {
  const std::size_t n_habits = traits_->habits().size() * 256, n_rooms = n_rolling_ * kClasses * kRooms;
  for (std::size_t cell = 0; cell * row_size < rows.size(); ++cell) {
    const std::int64_t* row = rows.data() + cell * row_size;
    std::copy_n(row + internal_->at(habit_hist_), n_habits, state.habits.data() + cell * n_habits);
    std::copy_n(row + internal_->at(room_hist_), n_rooms, state.rooms.data() + cell * n_rooms);
    std::copy_n(row + internal_->at(target_hist_), target_size_, state.targets.data() + cell * target_size_);
  }
}

double Delivery::wanted_contacts(const DeliveryState& state, std::size_t campaign, std::int32_t step) const {
  const double units = ledger_.wanted_units(state.ledger, campaign, step);
  if (options_->campaigns[campaign].buy != "cpc") return units;
  double click_rate = options_->channels[channel_[campaign]].click_prob;
  if (state.contacts_before[campaign] > 0 && state.clicks_before[campaign] > 0)
    click_rate =
        static_cast<double>(state.clicks_before[campaign]) / static_cast<double>(state.contacts_before[campaign]);
  return units / click_rate;
}

void Delivery::begin_step(const DeliveryState& state, DeliveryPlan& plan, DrawKey key, std::int32_t step) const {
  const std::size_t n = channel_.size();
  plan.rate.assign(n, 0);
  plan.pressure.assign(n, 0);
  plan.contact.resize(n);
  plan.click.resize(n);
  std::vector<double> on_channel(options_->channels.size(), 0);
  for (std::size_t c = 0; c < n; ++c) {
    if (!ledger_.runs(c, step)) continue;
    const CampaignOptions& campaign = options_->campaigns[c];
    const bool bernoulli = options_->channels[channel_[c]].exposure == "bernoulli";
    if (is_search(c)) {
      const auto queries = static_cast<double>(state.queries[c]);
      plan.pressure[c] = queries > 0 ? std::min(1.0, wanted_contacts(state, c, step) / queries) : 1;
    } else if (campaign.buy == "probability") {
      plan.pressure[c] = campaign.delivery_prob;
    } else {
      plan.pressure[c] = solve_pressure(pacing_bins(state, c), bernoulli, wanted_contacts(state, c, step));
    }
    if (!is_search(c)) on_channel[channel_[c]] += plan.pressure[c];
    plan.contact[c] = make_stream(key, reason(is_search(c) ? Purpose::kQuery : Purpose::kContact, campaign.name, step));
    plan.click[c] = make_stream(key, reason(Purpose::kClick, campaign.name, step));
  }
  for (std::size_t c = 0; c < n; ++c) {
    if (!is_search(c)) plan.pressure[c] /= std::max(1.0, on_channel[channel_[c]]);
    plan.rate[c] = static_cast<float>(plan.pressure[c] * dt_);
  }
}

void Delivery::end_step(DeliveryState& state, std::int32_t step, std::span<std::int64_t> rows, std::size_t row_size,
                        std::span<std::int64_t> totals) const {
  const std::size_t n = channel_.size(), n_rooms = n_rolling_ * kClasses * kRooms;
  if (n == 0) return;
  std::vector<std::int64_t> contacts(n), clicks(n), queries(n);
  for (std::size_t cell = 0; cell * row_size < rows.size(); ++cell) {
    std::int64_t* row = rows.data() + cell * row_size;
    std::copy_n(row + internal_->at(target_hist_), target_size_, state.targets.data() + cell * target_size_);
    for (std::size_t i = 0; i < n_rooms; ++i) state.rooms[cell * n_rooms + i] += row[internal_->at(room_hist_) + i];
    for (std::size_t c = 0; c < n; ++c) {
      contacts[c] += row[impressions_ + c];
      clicks[c] += row[clicks_ + c];
      queries[c] += row[queries_slot(c)];
      // Blocks count who crossed a frequency; the measure is who has it.
      for (std::size_t k = 0; k < kFrequencies; ++k)
        row[frequency_ + c * kFrequencies + k] = state.frequency[(cell * n + c) * kFrequencies + k] +=
            row[frequency_ + c * kFrequencies + k];
    }
  }
  for (std::size_t c = 0; c < n; ++c) {
    if (ledger_.runs(c, step)) {
      state.contacts_before[c] = contacts[c];
      state.clicks_before[c] = clicks[c];
    }
    state.queries[c] = queries[c];
    const bool by_click = options_->campaigns[c].buy == "cpc";
    const Ledger::Booking booking = ledger_.book(state.ledger, c, step, by_click ? clicks[c] : contacts[c]);
    totals[spend_ + c] = booking.spend;
    totals[bonus_ + c] = booking.bonus;
    totals[unspent_ + c] = ledger_.budget(c) - state.ledger.spent[c];
  }
  channel_plan_.end_step(impressions_, spend_, rows, row_size, totals);
}

}  // namespace populace
