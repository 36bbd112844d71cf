// Delivery within a block: contacts, caps, clicks and what is counted of them.
#include <algorithm>

#include "models/media/count_kernels.hpp"
#include "models/media/delivery.hpp"
#include "models/media/hypergeometric.hpp"
#include "models/names.hpp"
#include "models/targeting/targeting.hpp"
#include "sim/random/batch.hpp"

namespace populace {
void Delivery::run(const DeliveryPlan& plan, DrawKey key, std::int32_t step, const BlockView& block,
                   BlockScratch& scratch, std::int64_t* row) const {
  const std::uint32_t cell = block.place.cell, capacity = block.place.capacity;
  find_eligible(plan, step, block, scratch);
  std::size_t n_active = 0, n_drawn = 0;
  for (std::size_t c = 0; c < channel_.size(); ++c) n_active += !is_search(c) && active(plan, c, cell);
  for (std::size_t c = 0; c < channel_.size(); ++c) {
    if (is_search(c) || !active(plan, c, cell)) continue;
    ContactTask task;
    task.stream = plan.contact[c];
    const Traits::Habit& habit = traits_->habits()[traits_->habit_of_channel(channel_[c])];
    task.slots = block.column(habit.slots);
    task.unit = habit.unit[cell % options_->segments.size()];
    task.rate = plan.rate[c];
    if (!region_weight_[c].empty()) task.rate *= region_weight_[c][cell / options_->segments.size()];
    task.bernoulli = options_->channels[channel_[c]].exposure == "bernoulli";
    task.contacts = scratch.contacts[c].data();
    const std::size_t from = block.ahead.size() * n_drawn / n_active;
    task.ahead = block.ahead.subspan(from, block.ahead.size() * ++n_drawn / n_active - from);
    draw_contacts(task, block.place.first_tile, capacity);
    if (scratch.trace != nullptr) tell_contacts(c, task, block, *scratch.trace);
    if (targeting_->applies(c)) keep_eligible(c, block, scratch);
    if (campaign_cap_[c].room != kNoCap) cap_campaign(campaign_cap_[c], block, scratch.contacts[c].data());
  }
  for (std::size_t channel = 0; channel < on_channel_.size(); ++channel)
    if (channel_cap_[channel].room != kNoCap && options_->channels[channel].kind != "search")
      cap_channel(channel, plan, key, step, block, scratch, row);
  if (cross_cap_.enabled()) cap_across(plan, key, step, block, scratch, row);
  for (std::size_t c = 0; c < channel_.size(); ++c) {
    if (is_search(c)) continue;
    const bool runs = active(plan, c, cell);
    std::uint8_t* contacts = scratch.contacts[c].data();
    if (campaign_cap_[c].window > 1 && remembers(campaign_cap_[c], c, step)) {
      if (!runs) std::fill_n(contacts, capacity, std::uint8_t{0});
      remember(campaign_cap_[c], traits_->habit_of_channel(channel_[c]), block, contacts, scratch, row);
    }
    if (runs && options_->channels[channel_[c]].click_prob > 0) draw_clicks(c, plan, block, scratch, row);
  }
  tally(plan, false, step, block, scratch, row);
  if (scratch.trace != nullptr) tell_kept(plan, block, scratch);
}

// Whether a campaign has run within the window of its cap, so that somebody may remember it.
bool Delivery::remembers(const Cap& cap, std::size_t campaign, std::int32_t step) const {
  for (std::int32_t s = step - cap.window + 1; s <= step; ++s)
    if (ledger_.runs(campaign, s)) return true;
  return false;
}

std::int64_t Delivery::room_of(const Cap& cap, const BlockView& block, std::size_t place) const {
  if (cap.window == 1) return cap.room;
  std::int64_t used = 0;
  for (std::uint32_t history = block.column(cap.history)[place]; history != 0; history >>= 4) used += history & 15;
  return std::max<std::int64_t>(0, cap.room - used);
}

void Delivery::cap_campaign(const Cap& cap, const BlockView& block, std::uint8_t* contacts) const {
  const auto room = static_cast<std::uint8_t>(cap.room);
  if (cap.window == 1)
    cap_contacts(contacts, room, block.place.capacity);
  else
    cap_rolling(contacts, block.column(cap.history), room, block.place.capacity);
}

void Delivery::cap_channel(std::size_t channel, const DeliveryPlan& plan, DrawKey key, std::int32_t step,
                           const BlockView& block, BlockScratch& scratch, std::int64_t* row) const {
  const Cap& cap = channel_cap_[channel];
  const std::uint32_t capacity = block.place.capacity;
  std::uint8_t* sum = scratch.moved.data();
  std::fill_n(sum, capacity, std::uint8_t{0});
  int n_running = 0;
  for (const std::size_t c : on_channel_[channel]) {
    if (!active(plan, c, block.place.cell)) continue;
    ++n_running;
    if (on_channel_[channel].size() == 1) cap_campaign(cap, block, scratch.contacts[c].data());  // nobody to share with
    add_contacts(scratch.contacts[c].data(), sum, capacity);
  }
  if (n_running > 0) {
    PlaceList& list = scratch.list;
    const std::uint32_t n_found =
        find_above(sum, static_cast<std::uint8_t>(cap.window == 1 ? cap.room : 0), capacity, list.places);
    list.n = 0;
    for (std::uint32_t k = 0; k < n_found; ++k)
      if (sum[list.places[k]] > room_of(cap, block, list.places[k])) list.add(list.places[k]);
    if (list.n > 0) cut_to_room(channel, plan, key, step, block, scratch);
  }
  if (cap.window > 1 && !cross_cap_.enabled())  // else once the cap over channels has cut, too
    remember(cap, traits_->habit_of_channel(channel), block, sum, scratch, row);
}

// Which contacts of the places in scratch.list survive a channel's cap: every subset of that size is equally likely, so
// the survivors of a campaign are hypergeometric; campaigns take their turn by the hash of their name, each with a word
// of its own.
void Delivery::cut_to_room(std::size_t channel, const DeliveryPlan& plan, DrawKey key, std::int32_t step,
                           const BlockView& block, BlockScratch& scratch) const {
  const PlaceList& list = scratch.list;
  const Cap& cap = channel_cap_[channel];
  std::uint8_t* sum = scratch.moved.data();
  std::vector<std::pair<std::uint32_t, std::size_t>>& turns = scratch.turns;
  turns.clear();
  for (const std::size_t c : on_channel_[channel])
    if (active(plan, c, block.place.cell)) turns.emplace_back(name_hash(options_->campaigns[c].name), c);
  std::sort(turns.begin(), turns.end());
  for (std::uint32_t k = 0; k < list.n; ++k) {
    const std::uint32_t i = list.places[k];
    scratch.considered[k] =
        static_cast<std::uint32_t>(room_of(cap, block, i));  // room left while campaigns take theirs
    scratch.leaps[k] = 0;                                    // contacts not decided yet
    for (const auto& [hash, c] : turns) scratch.leaps[k] += scratch.contacts[c][i];
    sum[i] = static_cast<std::uint8_t>(scratch.considered[k]);
  }
  for (const auto& [hash, c] : turns) {
    draw_words_at(make_stream(key, reason(Purpose::kContactPriority, hash, step)), block.place.first_tile, list.places,
                  list.n, scratch.list_words);
    for (std::uint32_t k = 0; k < list.n; ++k) {
      std::uint8_t& met = scratch.contacts[c][list.places[k]];
      const std::int64_t kept =
          draw_marked(scratch.leaps[k], met, scratch.considered[k], unit_double(scratch.list_words[k]));
      scratch.leaps[k] -= met;
      scratch.considered[k] -= static_cast<std::uint32_t>(kept);
      met = static_cast<std::uint8_t>(kept);
    }
  }
}

// Shifts the window of a rolling cap and counts whose room in the next step changed.
void Delivery::remember(const Cap& cap, std::size_t habit, const BlockView& block, const std::uint8_t* contacts,
                        BlockScratch& scratch, std::int64_t* row) const {
  const auto mask = static_cast<std::uint32_t>((std::uint64_t{1} << (4 * (cap.window - 1))) - 1);
  const std::uint32_t n =
      shift_history(contacts, block.column(traits_->habits()[habit].code), block.column(cap.history), mask,
                    static_cast<std::uint8_t>(cap.room), block.place.capacity, scratch.leaps);
  std::int64_t* histogram = row + internal_->at(room_hist_) + cap.rolling * kClasses * kRooms;
  for (std::uint32_t k = 0; k < n; ++k) {
    const std::uint32_t change = scratch.leaps[k], from = (change >> 11) * kRooms;  // class of the habit: code / 8
    --histogram[from + (change >> 4 & 15)];
    ++histogram[from + (change & 15)];
  }
}

// Binomial clicks by one uniform: contact after contact takes its part of what is left of the interval.
void Delivery::draw_clicks(std::size_t campaign, const DeliveryPlan& plan, const BlockView& block,
                           BlockScratch& scratch, std::int64_t* row) const {
  const double prob = options_->channels[channel_[campaign]].click_prob;
  PlaceList& list = scratch.list;
  const std::uint8_t* contacts = scratch.contacts[campaign].data();
  list.n = find_above(contacts, 0, block.place.capacity, list.places);
  draw_words_at(plan.click[campaign], block.place.first_tile, list.places, list.n, scratch.list_words);
  std::int64_t clicks = 0;
  for (std::uint32_t k = 0; k < list.n; ++k) {
    double u = unit_double(scratch.list_words[k]);
    const std::int64_t before = clicks;
    for (std::uint8_t contact = 0; contact < contacts[list.places[k]]; ++contact) {
      const bool clicked = u < prob;
      clicks += clicked;
      if (clicked && options_->visits.enabled)
        scratch.clicks.push_back({list.places[k], static_cast<std::uint32_t>(campaign), contact});
      u = clicked ? u / prob : (u - prob) / (1 - prob);
    }
    if (scratch.watches(list.places[k])) tell_clicks(campaign, list.places[k], clicks - before, k, scratch);
  }
  row[clicks_ + campaign] += clicks;
}

void Delivery::tally(const DeliveryPlan& plan, bool search, std::int32_t step, const BlockView& block,
                     BlockScratch& scratch, std::int64_t* row) const {
  const std::uint32_t capacity = block.place.capacity;
  for (std::size_t channel = 0; channel < on_channel_.size(); ++channel) {
    if ((options_->channels[channel].kind == "search") != search) continue;
    int n_running = 0;
    std::int64_t reach = 0;
    std::uint8_t* sum = scratch.moved.data();
    const bool several = on_channel_[channel].size() > 1;
    for (const std::size_t c : on_channel_[channel]) {
      if (!active(plan, c, block.place.cell)) continue;
      const std::uint8_t* contacts = scratch.contacts[c].data();
      if (step < 0) {  // nothing of the warm-up is remembered
        row[impressions_ + c] += sum_contacts(contacts, capacity);
        continue;
      }
      const ContactCount count =
          count_contacts({contacts, block.column(since_start_[c]), block.column(reached_[channel / 8]),
                          static_cast<std::uint8_t>(1u << channel % 8), several ? sum : nullptr, n_running++ == 0},
                         capacity);
      row[impressions_ + c] += count.contacts;
      row[new_reach_ + channel] += count.new_reach;
      if (targeting_->can_miss(c)) count_off_target(c, block, scratch, row);
      for (std::size_t k = 0; k < kFrequencies; ++k) {
        row[weekly_ + c * kFrequencies + k] += count.at_least[k];
        row[frequency_ + c * kFrequencies + k] += count.crossed[k];
      }
      reach = count.at_least[0];
    }
    if (n_running > 1) reach = count_met(sum, capacity);
    row[channel_reach_ + channel] += reach;
    if (step < 0 || !channel_plan_.watches(channel)) continue;
    gather_channel(plan, channel, options_->run.focal_brand, block, scratch);
    channel_plan_.count(channel, eligible_, step, block, scratch, row);
  }
}

void Delivery::gather_channel(const DeliveryPlan& plan, std::size_t channel, const std::string& brand,
                              const BlockView& block, BlockScratch& scratch) const {
  std::uint8_t* sum = scratch.channel_contacts[channel].data();
  std::fill_n(sum, block.place.capacity, std::uint8_t{0});
  for (const std::size_t c : on_channel_[channel])
    if (active(plan, c, block.place.cell) && options_->campaigns[c].brand == brand)
      add_contacts(scratch.contacts[c].data(), sum, block.place.capacity);
}

}  // namespace populace
