// Contacts of a block with campaigns, by vectors of consumers.
//
//   Poisson:   n = number of k >= 0 with u >= F(k; mu), mu = rate h      Bernoulli: n = 1 when u < min(1, rate h)
//
// u is the consumer's one uniform of campaign and step, so that more pressure never takes a contact away. mu is held at
// 80 and u at 1 - 2^-21, where the sum of single-precision terms still ends; the mean loses less than 1e-6.
#pragma once
#include <cstddef>
#include <cstdint>

#include "sim/random/philox_rounds.hpp"

namespace populace {

struct ContactTask {
  DrawStream stream;
  const std::uint16_t* slots = nullptr;  // a week, by place, in units of `unit`
  float unit = 0;
  float rate = 0;  // chance of a slot times weeks a step
  bool bernoulli = false;
  std::uint8_t* contacts = nullptr;  // out
};
void draw_contacts(const ContactTask& task, std::uint32_t first_tile, std::uint32_t capacity);

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
