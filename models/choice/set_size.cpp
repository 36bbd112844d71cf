#include "models/choice/set_size.hpp"

#include <bit>

#include "models/names.hpp"
#include "sim/random/batch.hpp"

namespace populace {

SetSize::SetSize(const MarketOptions& options, const Traits& traits, MeasureRegistry& registry)
    : options_(&options), traits_(&traits) {
  if (!enabled()) return;
  registry.add_dimension("involvement_level", {"low", "high"});
  occasions_ = registry.add({.name = "considering_occasions",
                             .unit = "occasions",
                             .long_name = "occasions to buy, by involvement below .5 or not",
                             .dims = {"involvement_level"}});
  brands_ = registry.add({.name = "considered_brands",
                          .unit = "brands",
                          .long_name = "brands considered at them",
                          .dims = {"involvement_level"}});
  const auto kpi = [&](const char* column, const char* text, std::vector<std::size_t> slots) {
    registry.add(Kpi{"market",
                     "consideration",
                     column,
                     "1",
                     text,
                     {{"considered_brands", slots}},
                     {{"considering_occasions", slots}},
                     1,
                     0});
  };
  kpi("brands", "brands considered at an occasion", {0, 1});
  kpi("brands_low", "the same at involvement below .5", {0});
  kpi("brands_high", "the same at involvement .5 or more", {1});
}

std::uint32_t SetSize::keep_best(std::uint32_t bits, int most, std::uint32_t k, const BlockScratch& scratch) const {
  std::uint32_t kept = 0;
  for (int n = 0; n < most && bits != 0; ++n) {
    std::size_t best = 0;
    float highest = 0;
    for (std::uint32_t left = bits; left != 0; left &= left - 1) {
      const auto b = static_cast<std::size_t>(std::countr_zero(left));
      const float score = scratch.log_taste[b].values[k] + scratch.deviation[b].values[k];
      if (left != bits && score <= highest) continue;
      best = b;
      highest = score;
    }
    kept |= 1u << best;
    bits &= ~(1u << best);
  }
  return kept;
}

void SetSize::limit(DrawKey key, const BlockView& block, BlockScratch& scratch, std::uint32_t* considered) const {
  const SetSizeOptions& o = options_->choice.set_size;
  if (!o.limits()) return;
  const PlaceList& list = scratch.list;
  draw_words_at(make_stream(traits_->key(key), reason(Purpose::kSetSize, 0u)), block.place.first_tile, list.places,
                list.n, scratch.list_words);
  const double all = static_cast<double>(options_->brands.size()), low = o.at_low > 0 ? o.at_low : all,
               high = o.at_high > 0 ? o.at_high : all;
  for (std::uint32_t k = 0; k < list.n; ++k) {
    const double mean = low + (high - low) * static_cast<double>(scratch.involvement[k]);
    const auto most = static_cast<int>(mean + unit_double(scratch.list_words[k]));
    if (std::popcount(considered[k]) > most) considered[k] = keep_best(considered[k], most, k, scratch);
  }
}

void SetSize::count(const BlockScratch& scratch, std::int64_t* row) const {
  if (!enabled()) return;
  for (std::uint32_t k = 0; k < scratch.list.n; ++k) {
    const std::size_t level = scratch.involvement.values[k] >= .5f;
    ++row[occasions_ + level];
    row[brands_ + level] += std::popcount(scratch.considered.values[k]);
  }
}

}  // namespace populace
