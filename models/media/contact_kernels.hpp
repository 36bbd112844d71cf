// Contacts of a block with a campaign, by vectors of consumers.
//
//   Poisson:   n = number of k >= 0 with u >= F(k; mu), mu = rate h      Bernoulli: n = 1 when u < min(1, rate h)
//
// u is the consumer's one uniform of campaign and step, so that more pressure never takes a contact away. mu is held at
// 80 and u at 1 - 2^-21, where the sum of single-precision terms still ends; the mean loses less than 1e-6.
//
// Words are split (sim/random/draw.hpp). Most consumers meet a campaign not at all in a step, and 16 bits tell: a lower
// bound of exp(-mu) in integers sets them apart, and the sum of terms is made for the others alone, side by side.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

#include "sim/random/philox_rounds.hpp"

namespace populace {

struct ContactTask {
  DrawStream stream;
  const std::uint16_t* slots = nullptr;  // a week, by place, in units of `unit`
  float unit = 0;
  float rate = 0;  // chance of a slot times weeks a step
  bool bernoulli = false;
  std::uint8_t* contacts = nullptr;  // out
  std::span<const std::byte> ahead;  // memory that is soon needed: a tile's part is fetched while a tile is drawn
};
void draw_contacts(const ContactTask& task, std::uint32_t first_tile, std::uint32_t capacity);

}  // namespace populace
