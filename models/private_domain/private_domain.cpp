#include "models/private_domain/private_domain.hpp"

#include <algorithm>

#include "models/names.hpp"
#include "models/purposes.hpp"
#include "sim/random/batch.hpp"

namespace populace {

PrivateDomain::PrivateDomain(const MarketOptions& options, SharedColumns& shared, Layout& layout) : options_(&options) {
  if (!options.owns_channels()) return;
  shared.members = members_ = layout.add<std::uint16_t>("members");
}

void PrivateDomain::build(DrawKey key, const BlockView& block, std::vector<std::uint32_t>& words) const {
  if (!members_.exists()) return;
  std::uint16_t* members = block.column(members_);
  std::fill_n(members, block.place.n, std::uint16_t{0});
  const std::string& segment = options_->segments[block.place.cell % options_->segments.size()].name;
  for (std::size_t o = 0; o < options_->owned.size(); ++o) {
    const double share = options_->owned[o].initial_share.of(segment);
    if (share <= 0) continue;
    words.resize(block.place.capacity);
    draw_words(make_stream(key, reason(Purpose::kMember, options_->owned[o].name)), block.place.first_tile,
               block.place.capacity / kTileSize, words.data());
    for (std::uint32_t i = 0; i < block.place.n; ++i)
      if (unit_double(words[i]) < share) members[i] = static_cast<std::uint16_t>(members[i] | 1u << o);
  }
}

}  // namespace populace
