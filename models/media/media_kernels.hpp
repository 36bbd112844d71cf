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

inline constexpr std::size_t kFrequencies = 10;  // 1+, 2+, …, 10+

// Contacts of one campaign in the step, where they are remembered, and what they come to.
struct CountTask {
  const std::uint8_t* contacts = nullptr;
  std::uint8_t* since_start = nullptr;  // contacts since the flight began, which stop at 255
  std::uint8_t* reached = nullptr;      // bit by channel that has reached the consumer
  std::uint8_t bit = 0;
  std::uint8_t* sum = nullptr;  // of the channel, stopping at 255; may be nullptr
  bool first = false;           // of the channel: begins the sum
};
struct ContactCount {
  std::int64_t contacts = 0, new_reach = 0;  // consumers whose bit is new
  std::int64_t at_least[kFrequencies] = {};  // consumers with 1+, 2+, … 10+ contacts in the step
  std::int64_t crossed[kFrequencies] = {};   // who came to have so many since the flight began
};
ContactCount count_contacts(const CountTask& task, std::uint32_t capacity);
// Sum of contacts, and how many consumers had any.
std::int64_t sum_contacts(const std::uint8_t* contacts, std::uint32_t capacity);
std::int64_t count_met(const std::uint8_t* contacts, std::uint32_t capacity);
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
// Contacts of the step that a plan of so many in the window still wanted, in sum; met[i] += now[i], at most 255.
std::int64_t fill_plan(const std::uint8_t* now, std::uint8_t planned, std::uint8_t* met, std::uint32_t capacity);
// Of those whom the plan means (meant[i] = 1, else 0): how many they are, and how many met less than planned.
struct PlanGap {
  std::int64_t meant = 0, gap = 0;
};
PlanGap find_gap(const std::uint8_t* meant, const std::uint8_t* met, std::uint8_t planned, std::uint32_t capacity);
// sum[i] += contacts[i], stopping at 255.
void add_contacts(const std::uint8_t* contacts, std::uint8_t* sum, std::uint32_t capacity);

}  // namespace populace
