#include "models/media/reach_overlap.hpp"

#include <bit>
#include <string>

#include "models/names.hpp"

namespace populace {

void ReachOverlap::register_measures(const MarketOptions& options, MeasureRegistry& registry) {
  if (!enabled_) return;
  std::vector<std::string> numbers;
  for (std::size_t k = 1; k <= n_channels_; ++k) numbers.push_back(std::to_string(k) + "+");
  registry.add_dimension("other_channel", names_of(options.channels));
  registry.add_dimension("channels_met", numbers);
  both_ = registry.add({.name = "reached_by_both",
                        .unit = "people",
                        .long_name = "people reached by both channels in the horizon, counted in the last step",
                        .kind = Timing::kStock,
                        .dims = {"channel", "other_channel"}});
  by_number_ = registry.add({.name = "reached_by_number",
                             .unit = "people",
                             .long_name = "people reached by at least so many channels, counted in the last step",
                             .kind = Timing::kStock,
                             .dims = {"channels_met"}});
}

void ReachOverlap::count(const std::vector<Column<std::uint8_t>>& reached, const BlockView& block,
                         std::int64_t* row) const {
  for (std::uint32_t i = 0; i < block.place.n; ++i) {
    std::uint32_t mask = 0;
    for (std::size_t k = 0; k < reached.size(); ++k)
      mask |= static_cast<std::uint32_t>(block.column(reached[k])[i]) << 8 * k;
    for (int k = 0; k < std::popcount(mask); ++k) ++row[by_number_ + static_cast<std::size_t>(k)];
    for (std::uint32_t left = mask; left != 0; left &= left - 1) {
      const auto a = static_cast<std::size_t>(std::countr_zero(left));
      for (std::uint32_t other = mask; other != 0; other &= other - 1)
        ++row[both_ + a * n_channels_ + static_cast<std::size_t>(std::countr_zero(other))];
    }
  }
}

}  // namespace populace
