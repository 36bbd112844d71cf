#include "models/media/cross_cap.hpp"

#include <algorithm>

#include "models/media/hypergeometric.hpp"
#include "models/media/media_kernels.hpp"
#include "models/names.hpp"
#include "models/targeting/targeting.hpp"
#include "sim/random/batch.hpp"

namespace populace {

CrossCap::CrossCap(const MarketOptions& options, const Targeting& targeting, const Traits& traits, Layout& layout)
    : options_(&options), targeting_(&targeting), domain_(options.campaigns.size(), 0) {
  const CrossCapOptions& cap = options.cross_cap;
  if (!cap.enabled) return;
  exposures_ = cap.exposures;
  window_ = std::clamp(static_cast<int>(cap.weeks / options.run.weeks_per_step() + .5), 1, 8);
  for (std::size_t c = 0; c < options.campaigns.size(); ++c) {
    const CampaignOptions& campaign = options.campaigns[c];
    const std::size_t channel = index_of(options.channels, campaign.channel);
    const bool listed = cap.channels.empty() ||
                        std::find(cap.channels.begin(), cap.channels.end(), campaign.channel) != cap.channels.end();
    if (!listed || campaign.brand != options.run.focal_brand || options.channels[channel].kind == "search") continue;
    campaigns_.emplace_back(name_hash(campaign.name), c);
    domain_[c] = targeting.domain_of_channel(channel);
    domains_.push_back(domain_[c]);
    any_habit_ = traits.habits()[traits.habit_of_channel(channel)].code;
  }
  std::sort(campaigns_.begin(), campaigns_.end());
  std::sort(domains_.begin(), domains_.end());
  domains_.erase(std::unique(domains_.begin(), domains_.end()), domains_.end());
  for (std::size_t k = 0; window_ > 1 && k < domains_.size(); ++k)
    history_.push_back(layout.add<std::uint32_t>("cross_cap_" + std::to_string(domains_[k])));
}

void CrossCap::register_measures(MeasureRegistry& registry) {
  if (!enabled()) return;
  withheld_ = registry.add({.name = "withheld_contacts",
                            .unit = "contacts",
                            .long_name = "contacts that the cap over channels did not let happen",
                            .dims = {"campaign"}});
  over_frequency_ = registry.add({.name = "over_frequency_contacts",
                                  .unit = "contacts",
                                  .long_name = "contacts beyond the cap over channels, of people not recognised there",
                                  .dims = {}});
}

void CrossCap::sum_contacts(const BlockView& block, BlockScratch& scratch, std::size_t domain,
                            std::uint8_t* sum) const {
  std::fill_n(sum, block.place.capacity, std::uint8_t{0});
  for (const auto& [hash, c] : scratch.turns)
    if (domain == kEveryDomain || domain_[c] == domain)
      add_contacts(scratch.contacts[c].data(), sum, block.place.capacity);
}

// Contacts in earlier steps of the window, in the domains of a mask.
std::int64_t CrossCap::used(const BlockView& block, std::size_t place, std::uint32_t domains) const {
  std::int64_t sum = 0;
  for (std::size_t k = 0; k < history_.size(); ++k) {
    if ((domains >> domains_[k] & 1) == 0) continue;
    for (std::uint32_t history = block.column(history_[k])[place]; history != 0; history >>= 4) sum += history & 15;
  }
  return sum;
}

// Places that may have met too much: over all domains together they are above the cap.
void CrossCap::list_above(const BlockView& block, BlockScratch& scratch) const {
  std::uint8_t* sum = scratch.moved.data();
  sum_contacts(block, scratch, kEveryDomain, sum);
  PlaceList& list = scratch.list;
  const std::uint32_t n =
      find_above(sum, static_cast<std::uint8_t>(window_ > 1 ? 0 : exposures_), block.place.capacity, list.places);
  list.n = 0;
  for (std::uint32_t k = 0; k < n; ++k)
    if (sum[list.places[k]] + used(block, list.places[k], ~0u) > exposures_) list.add(list.places[k]);
}

// Room and contacts not decided yet of every place in the list, by group: 0 for all domains where he is known, else
// the domain.
void CrossCap::make_room(const BlockView& block, BlockScratch& scratch) const {
  const PlaceList& list = scratch.list;
  const std::size_t n_groups = targeting_->n_domains();
  scratch.cross_room.resize(kBlockSize * n_groups);
  scratch.cross_left.resize(kBlockSize * n_groups);
  for (std::uint32_t k = 0; k < list.n; ++k) {
    const std::uint32_t i = list.places[k], known = targeting_->known_domains(block, i);
    scratch.considered[k] = known;
    for (std::size_t g = 0; g < n_groups; ++g) {
      const std::int64_t met_before = used(block, i, g == 0 ? known : 1u << g);
      scratch.cross_room[k * n_groups + g] =
          static_cast<std::int32_t>(std::max<std::int64_t>(0, exposures_ - met_before));
      scratch.cross_left[k * n_groups + g] = 0;
    }
    for (const auto& [hash, c] : scratch.turns) {
      const std::size_t g = (known >> domain_[c] & 1) != 0 ? 0 : domain_[c];
      scratch.cross_left[k * n_groups + g] += scratch.contacts[c][i];
    }
  }
}

void CrossCap::cut(DrawKey key, std::int32_t step, const BlockView& block, BlockScratch& scratch,
                   std::int64_t* row) const {
  const PlaceList& list = scratch.list;
  const std::size_t n_groups = targeting_->n_domains();
  for (const auto& [hash, c] : scratch.turns) {
    draw_words_at(make_stream(key, reason(Purpose::kCrossCap, hash, step)), block.place.first_tile, list.places, list.n,
                  scratch.list_words);
    for (std::uint32_t k = 0; k < list.n; ++k) {
      const std::size_t g = (scratch.considered[k] >> domain_[c] & 1) != 0 ? 0 : domain_[c];
      std::int32_t &room = scratch.cross_room[k * n_groups + g], &left = scratch.cross_left[k * n_groups + g];
      std::uint8_t& met = scratch.contacts[c][list.places[k]];
      if (met == 0) continue;
      const double u = unit_double(scratch.list_words[k]);
      const std::int64_t kept = draw_marked(left, met, std::min(room, left), u);
      if (Trace* trace = scratch.trace; trace != nullptr && trace->place == list.places[k] && kept < met)
        trace->note("cross cap", options_->campaigns[c].name,
                    std::to_string(kept) + " of " + std::to_string(met) + " contacts stay",
                    {{"room", room}, {"contacts with the brand", left}, {"draw", u}});
      left -= met;
      room -= static_cast<std::int32_t>(kept);
      row[withheld_ + c] += met - kept;
      met = static_cast<std::uint8_t>(kept);
    }
  }
}

void CrossCap::count_excess(const BlockView& block, BlockScratch& scratch, std::int64_t* row) const {
  std::uint8_t* sum = scratch.moved.data();
  sum_contacts(block, scratch, kEveryDomain, sum);
  const PlaceList& list = scratch.list;  // nobody else can be above the cap
  for (std::uint32_t k = 0; k < list.n; ++k) {
    const std::int64_t room = std::max<std::int64_t>(0, exposures_ - used(block, list.places[k], ~0u));
    row[over_frequency_] += std::max<std::int64_t>(0, sum[list.places[k]] - room);
  }
}

void CrossCap::remember(const BlockView& block, BlockScratch& scratch) const {
  const auto mask = static_cast<std::uint32_t>((std::uint64_t{1} << (4 * (window_ - 1))) - 1);
  for (std::size_t k = 0; k < history_.size(); ++k) {
    sum_contacts(block, scratch, domains_[k], scratch.moved.data());
    shift_history(scratch.moved.data(), block.column(any_habit_), block.column(history_[k]), mask,
                  static_cast<std::uint8_t>(exposures_), block.place.capacity, scratch.leaps);
  }
}

void CrossCap::run(DrawKey key, std::int32_t step, const BlockView& block, BlockScratch& scratch,
                   std::int64_t* row) const {
  if (!scratch.turns.empty()) {
    list_above(block, scratch);
    if (scratch.list.n > 0) {
      make_room(block, scratch);
      cut(key, step, block, scratch, row);
      count_excess(block, scratch, row);
    }
  }
  if (window_ > 1) remember(block, scratch);
}

}  // namespace populace
