// Contacts of a block once drawn: caps, rolling windows, sums; by vectors of consumers.
#pragma once
#include <cstddef>
#include <cstdint>

namespace populace {

// out[i] = table[codes[i]], of 256 entries.
void look_up(const std::uint8_t* codes, const float* table, float* out, std::uint32_t capacity);
// contacts = min(contacts, room).
void cap_contacts(std::uint8_t* contacts, std::uint8_t room, std::uint32_t capacity);
// contacts = min(contacts, what is left of `room` after the nibbles of history).
void cap_rolling(std::uint8_t* contacts, const std::uint32_t* history, std::uint8_t room, std::uint32_t capacity);
// Places where contacts > room; returns how many.
std::uint32_t find_above(const std::uint8_t* contacts, std::uint8_t room, std::uint32_t capacity,
                         std::uint32_t* places);
// history = (history << 4 | min(contacts, 15)) & mask. Where the room that is left changes, appends code << 8 | old
// room << 4 | new room.
std::uint32_t shift_history(const std::uint8_t* contacts, const std::uint8_t* codes, std::uint32_t* history,
                            std::uint32_t mask, std::uint8_t room, std::uint32_t capacity, std::uint32_t* changes);
// sum[i] += contacts[i], stopping at 255.
void add_contacts(const std::uint8_t* contacts, std::uint8_t* sum, std::uint32_t capacity);

}  // namespace populace
