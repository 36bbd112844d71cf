// Who is in a target, over the places of a block: masks hold 0 or 1 a place, with room for a vector beyond the end.
#pragma once
#include <cstddef>
#include <cstdint>

namespace populace {

// mask[i] &= allowed[stage[i]]; stages are below 16.
void keep_stages(const std::uint8_t* stage, const std::uint8_t* allowed, std::uint8_t* mask, std::uint32_t capacity);

// known[i] = bit `garden` of resolved[i], or any of members[i], which may be nullptr.
void find_known(const std::uint16_t* resolved, std::size_t garden, const std::uint16_t* members, std::uint8_t* known,
                std::uint32_t capacity);

// mask[i] &= closed[i] where known, else `stranger`.
void keep_known(const std::uint8_t* known, const std::uint8_t* closed, bool stranger, std::uint8_t* mask,
                std::uint32_t capacity);

}  // namespace populace
