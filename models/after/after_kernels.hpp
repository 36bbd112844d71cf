// Who may have lapsed, by vectors of consumers.
#pragma once
#include <cstdint>

namespace populace {

// Places of those who bought last before `before`: 0 < last < before. Arrays reach to the end of a tile. Returns how
// many.
std::uint32_t find_bought_before(const std::uint16_t* last, std::uint16_t before, std::uint32_t n,
                                 std::uint32_t* places);

}  // namespace populace
