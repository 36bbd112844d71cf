// Owned channels: who is a member.
#pragma once
#include <cstdint>
#include <vector>

#include "models/population/traits.hpp"
#include "models/shared_columns.hpp"
#include "models/world/market_options.hpp"
#include "sim/engine/measures.hpp"

namespace populace {

class PrivateDomain {
 public:
  PrivateDomain(const MarketOptions& options, SharedColumns& shared, Layout& layout);
  // Members at the beginning, by a draw for each owned channel.
  void build(DrawKey key, const BlockView& block, std::vector<std::uint32_t>& words) const;

 private:
  const MarketOptions* options_;
  Column<std::uint16_t> members_;
};

}  // namespace populace
