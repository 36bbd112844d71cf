// For every mask of eight lanes, the order that puts the lanes of the mask first: 4 bits each, the first lane lowest.
#pragma once
#include <cstdint>
#include <initializer_list>

namespace populace {

struct LaneOrders {
  std::uint32_t of[256];
};

constexpr LaneOrders make_lane_orders() {
  LaneOrders orders{};
  for (std::uint32_t mask = 0; mask < 256; ++mask) {
    int at = 0;
    for (const std::uint32_t wanted : {1u, 0u})
      for (std::uint32_t lane = 0; lane < 8; ++lane)
        if ((mask >> lane & 1) == wanted) orders.of[mask] |= lane << (4 * at++);
  }
  return orders;
}

inline constexpr LaneOrders kLaneOrders = make_lane_orders();

}  // namespace populace
