// Delivery to targets: who is eligible, what pacing must know of them, and what they meet.
#include <algorithm>

#include "models/media/delivery.hpp"
#include "models/names.hpp"
#include "models/targeting/targeting.hpp"

namespace populace {

void Delivery::plan_targets(InternalSlots& internal) {
  target_at_.assign(channel_.size(), 0);
  for (std::size_t c = 0; c < channel_.size(); ++c) {
    if (!targeting_->applies(c)) continue;
    target_at_[c] = target_size_;
    target_size_ += is_search(c) ? 2 : pacing_cap(c).window > 1 ? kClasses * kRooms : 256;
  }
  target_hist_ = internal.add(target_size_);
}

// Weights relative to the largest, so that pressure 1 is all the slots of the region pressed hardest.
void Delivery::plan_region_weights() {
  for (std::size_t c = 0; c < channel_.size(); ++c) {
    std::vector<float>& weights = region_weight_.emplace_back();
    const PerName& given = options_->campaigns[c].region_weight;
    double most = 0;
    bool equal = true;
    for (const RegionOptions& region : options_->regions) {
      most = std::max(most, given.of(region.name));
      equal = equal && given.of(region.name) == given.of(options_->regions.front().name);
    }
    if (equal) continue;
    for (const RegionOptions& region : options_->regions)
      weights.push_back(static_cast<float>(given.of(region.name) / most));
    for (std::size_t cell = 0; cell < eligible_[c].size(); ++cell)
      if (weights[cell / options_->segments.size()] == 0) eligible_[c][cell] = 0;
  }
}

// The cap by which a campaign is paced: its own, or else its channel's.
const Delivery::Cap& Delivery::pacing_cap(std::size_t campaign) const {
  return campaign_cap_[campaign].room != kNoCap ? campaign_cap_[campaign] : channel_cap_[channel_[campaign]];
}

// Consumers by slots in the step and room, over the cells that may see the campaign.
std::vector<PacingBin> Delivery::pacing_bins(const DeliveryState& state, std::size_t campaign) const {
  const std::size_t n_segments = options_->segments.size(), n_cells = eligible_[campaign].size();
  const std::vector<float>& weights = region_weight_[campaign];
  std::vector<PacingBin> bins;
  for (std::size_t segment = 0; segment < n_segments; ++segment) {
    if (weights.empty()) add_bins(state, campaign, segment, n_cells, 1, bins);
    for (std::size_t region = 0; region < weights.size(); ++region) {
      const std::size_t cell = region * n_segments + segment;
      add_bins(state, campaign, cell, cell + 1, weights[region], bins);
    }
  }
  return bins;
}

// Those of the cells of one segment from first_cell on.
void Delivery::add_bins(const DeliveryState& state, std::size_t campaign, std::size_t first_cell, std::size_t end_cell,
                        double weight, std::vector<PacingBin>& bins) const {
  const std::size_t habit = traits_->habit_of_channel(channel_[campaign]), n_segments = options_->segments.size();
  const Cap& cap = pacing_cap(campaign);
  const bool rolling = cap.room != kNoCap && cap.window > 1, targeted = targeting_->applies(campaign);
  std::int64_t consumers[256] = {}, by_room[kClasses][kRooms] = {};
  for (std::size_t cell = first_cell; cell < end_cell; cell += n_segments) {
    if (!eligible(campaign, cell)) continue;
    const std::int64_t* all = state.habits.data() + (cell * traits_->habits().size() + habit) * 256;
    const std::int64_t* target = state.targets.data() + cell * target_size_ + target_at_[campaign];
    const std::int64_t* rooms =
        targeted || !rolling ? target : state.rooms.data() + (cell * n_rolling_ + cap.rolling) * kClasses * kRooms;
    const std::int64_t* codes = targeted && !rolling ? target : all;
    for (std::size_t code = 0; code < 256; ++code) consumers[code] += codes[code];
    for (std::size_t i = 0; rolling && i < kClasses * kRooms; ++i) by_room[i / kRooms][i % kRooms] += rooms[i];
  }
  const CodeValues& slots = traits_->habits()[habit].by_segment[first_cell % n_segments].value;
  for (std::size_t k = 0; k < kClasses; ++k) {
    double sum = 0;
    std::int64_t n = 0;
    for (std::size_t code = k * 8; code < k * 8 + 8; ++code) {
      if (consumers[code] == 0 || slots[code] == 0) continue;
      if (!rolling) bins.push_back({slots[code] * dt_ * weight, cap.room, consumers[code]});
      sum += slots[code] * static_cast<double>(consumers[code]);
      n += consumers[code];
    }
    for (std::size_t room = 0; rolling && n > 0 && room < kRooms; ++room)
      if (by_room[k][room] > 0)
        bins.push_back(
            {sum / static_cast<double>(n) * dt_ * weight, static_cast<std::int64_t>(room), by_room[k][room]});
  }
}

bool Delivery::reaches(std::size_t campaign, std::size_t place, const BlockScratch& scratch) const {
  return !targeting_->applies(campaign) || scratch.eligible[campaign].values[place] != 0;
}

double Delivery::eligible_share(const DeliveryState& state, std::size_t campaign, std::size_t cell) const {
  if (!targeting_->applies(campaign)) return 1;
  const std::int64_t* target = state.targets.data() + cell * target_size_ + target_at_[campaign];
  return target[1] > 0 ? static_cast<double>(target[0]) / static_cast<double>(target[1]) : 0;
}

void Delivery::gather_targets(std::int32_t next_step, const BlockView& block, BlockScratch& scratch,
                              std::int64_t* row) const {
  for (std::size_t c = 0; c < channel_.size(); ++c) {
    if (!targeting_->applies(c) || !eligible(c, block.place.cell)) continue;
    std::uint8_t* in_target = scratch.mask.data();
    targeting_->find_eligible(c, next_step, block, in_target);
    std::int64_t* histogram = row + internal_->at(target_hist_) + target_at_[c];
    if (is_search(c)) {
      for (std::uint32_t i = 0; i < block.place.n; ++i) histogram[0] += in_target[i];
      histogram[1] += block.place.n;
      continue;
    }
    const Cap& cap = pacing_cap(c);
    const std::uint8_t* codes = block.column(traits_->habits()[traits_->habit_of_channel(channel_[c])].code);
    if (cap.window == 1) {
      for (std::uint32_t i = 0; i < block.place.n; ++i) histogram[codes[i]] += in_target[i];
      continue;
    }
    for (std::uint32_t i = 0; i < block.place.n; ++i)
      if (in_target[i] != 0) ++histogram[codes[i] / 8 * kRooms + static_cast<std::size_t>(room_of(cap, block, i))];
  }
}

void Delivery::find_eligible(const DeliveryPlan& plan, std::int32_t step, const BlockView& block,
                             BlockScratch& scratch) const {
  if (!targeting_->any()) return;
  for (std::size_t c = 0; c < channel_.size(); ++c) {
    // Queries are counted for pacing even while a search campaign rests.
    if (!targeting_->applies(c) || !(is_search(c) ? eligible(c, block.place.cell) : active(plan, c, block.place.cell)))
      continue;
    targeting_->find_eligible(c, step, block, scratch.eligible[c].data());
    if (targeting_->can_miss(c)) targeting_->find_meant(c, step, block, scratch.meant[c].data());
  }
}

// Takes the contacts of everybody else away; his draw was made all the same.
void Delivery::keep_eligible(std::size_t campaign, const BlockView& block, BlockScratch& scratch) const {
  std::uint8_t* contacts = scratch.contacts[campaign].data();
  const std::uint8_t* in_target = scratch.eligible[campaign].data();
  if (Trace* trace = scratch.trace; trace != nullptr && contacts[trace->place] > 0)
    trace->note("targeting", options_->campaigns[campaign].name,
                in_target[trace->place] != 0 ? "in the target" : "not in the target, or not known to be",
                {{"contacts that slots offered", contacts[trace->place]}});
  const std::uint32_t n = block.place.n;  // a copy: bytes that are stored might be anything
  for (std::uint32_t i = 0; i < n; ++i)
    contacts[i] = static_cast<std::uint8_t>(contacts[i] & -in_target[i]);  // all bits, or none
}

void Delivery::count_off_target(std::size_t campaign, const BlockView& block, BlockScratch& scratch,
                                std::int64_t* row) const {
  const std::uint8_t* contacts = scratch.contacts[campaign].data();
  const std::uint8_t* meant = scratch.meant[campaign].data();
  std::int64_t missed = 0;
  for (std::uint32_t i = 0; i < block.place.n; ++i) missed += contacts[i] * (1 - meant[i]);
  row[off_target_ + campaign] += missed;
}

void Delivery::cap_across(const DeliveryPlan& plan, DrawKey key, std::int32_t step, const BlockView& block,
                          BlockScratch& scratch, std::int64_t* row) const {
  scratch.turns.clear();
  for (const auto& [hash, c] : cross_cap_.campaigns())
    if (active(plan, c, block.place.cell)) scratch.turns.emplace_back(hash, c);
  cross_cap_.run(key, step, block, scratch, row);
  for (std::size_t channel = 0; channel < on_channel_.size(); ++channel) {
    const Cap& cap = channel_cap_[channel];
    if (cap.window == 1 || options_->channels[channel].kind == "search") continue;
    std::uint8_t* sum = scratch.moved.data();
    std::fill_n(sum, block.place.capacity, std::uint8_t{0});
    for (const std::size_t c : on_channel_[channel])
      if (active(plan, c, block.place.cell)) add_contacts(scratch.contacts[c].data(), sum, block.place.capacity);
    remember(cap, traits_->habit_of_channel(channel), block, sum, scratch, row);
  }
}

void Delivery::count_overlap(bool last, const BlockView& block, std::int64_t* row) const {
  if (last && reach_overlap_.enabled()) reach_overlap_.count(reached_, block, row);
}

}  // namespace populace
