// What a contact counts for, over the places of a block: wear of themes, memory of key messages and channels, ads met
// lately, and their product. The equations stand in attention.hpp and persuasion.hpp. Arrays have room for a vector
// beyond the capacity; places without a consumer have no contacts.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

#include "models/response/synergy_masks.hpp"
#include "models/stages/stage_kernels.hpp"

namespace populace {

using ContactColumns = std::span<const std::uint8_t* const>;  // contacts of several campaigns, to be added up

// Wear of one theme.
struct WearTask {
  ContactColumns contacts;           // with the theme
  std::uint16_t* in_mind = nullptr;  // column of short floats
  float* factor = nullptr;           // out
  const float* peak_rate = nullptr;  // 1 / P_i by place; nullptr: the middle one for all
  float middle_rate = 0, keep = 1, lowest = 0, wear_in_rate = 0;
};
void wear_out(const WearTask& task, std::uint32_t capacity);

// The same for a theme that is not shown: in_mind[i] *= keep.
void forget(std::uint16_t* in_mind, float keep, std::uint32_t capacity);

// lately[i] |= bit where there are contacts.
void mark_channel(const std::uint8_t* contacts, std::uint16_t bit, std::uint16_t* lately, std::uint32_t capacity);

// Synergy of every key message of one brand.
struct SynergyTask {
  struct Message {
    const std::uint16_t *lately = nullptr, *before = nullptr;  // masks of channels
    float* synergy = nullptr;                                  // out
  };
  Message messages[kMostKeyMessages];
  std::size_t n_messages = 0;
  StageTable consistency = {};  // by key messages met, less one
  float per_channel = 0, cap = 0;
};
void find_synergy(const SynergyTask& task, std::uint32_t capacity);

// Contacts a week with one brand, and the effect under them.
struct LoadTask {
  ContactColumns contacts;
  float* load = nullptr;                        // column
  float* effect = nullptr;                      // out
  const std::int8_t* satisfaction = nullptr;    // or nobody has any
  float keep = 1, gain = 0;                     // of the running mean
  float per_contact = 0, tolerated_effect = 0;  // the effect falls by per_contact load - tolerated_effect
  float dissatisfaction = 0, lowest = 0;        // by unit of satisfaction below 0
};
void carry_load(const LoadTask& task, std::uint32_t capacity);

// Product of all that weighs contacts of one campaign; what is nullptr weighs nothing.
struct WeightTask {
  const std::uint8_t* contacts = nullptr;
  float* weight = nullptr;               // out
  const std::uint16_t* share = nullptr;  // of attention, in units
  float share_unit = 0;
  const float* wear = nullptr;
  const std::uint8_t* stage = nullptr;
  const StageTable* by_stage = nullptr;
  const std::uint8_t* rational = nullptr;  // weighs base + slope rational
  float base = 1, slope = 0;
  const float *synergy = nullptr, *load = nullptr;
};
// Returns the sum over places of contacts x weight in 1/1024 of a contact, each rounded towards 0.
std::int64_t weigh_contacts_of(const WeightTask& task, std::uint32_t capacity);

}  // namespace populace
