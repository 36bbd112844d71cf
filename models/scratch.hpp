// Working memory of one block: nothing in it outlives the block's step.
#pragma once
#include <cstdint>
#include <utility>
#include <vector>

#include "models/response/stock_kernels.hpp"
#include "models/stages/stage_kernels.hpp"
#include "models/trace.hpp"
#include "sim/engine/model.hpp"
#include "sim/population/population.hpp"

namespace populace {

// One value a place, with room for a vector beyond the end.
template <class T>
struct alignas(64) PlaceArray {
  T values[kBlockSize + 16];
  T& operator[](std::size_t i) { return values[i]; }
  T* data() { return values; }
};

// Places of a block that something rare happened to.
struct PlaceList {
  alignas(64) std::uint32_t places[kBlockSize + 16];
  std::uint32_t n = 0;
  void add(std::uint32_t place) { places[n++] = place; }
};

// Event e happened to the consumer at a place.
struct PlaceEvent {
  std::uint32_t place;
  std::uint32_t event;
  std::uint32_t occasion = 0;  // of the step
};

struct BlockScratch final : Scratch {
  std::vector<std::uint32_t> words;                 // draws, in bulk
  std::vector<PlaceArray<std::uint8_t>> contacts;   // of this step, by campaign
  PlaceArray<float> attention, contacts_met;        // contacts with the focal brand, weighted by attention and plain
  PlaceArray<float> attention_left, contacts_left;  // of them, what a machine has not used yet
  std::vector<PlaceArray<float>> weight;            // of a contact, by campaign; empty unless something weighs contacts
  std::vector<PlaceArray<float>> wear;              // effect of a contact with a theme, by theme
  std::vector<PlaceArray<float>> load;              // effect under the number of contacts with a brand, by stock
  std::vector<PlaceArray<float>> synergy;           // effect by key message
  std::vector<PlaceArray<float>> slots;             // a week, by habit, where several campaigns read it
  bool has_attention = false;                       // any campaign of the focal brand ran in this block and step
  std::vector<DoseTerm> terms, attention_terms;
  std::vector<PlaceArray<float>> slow_read, fast_read;       // stocks as read in this step, by stock
  std::vector<std::pair<std::uint32_t, std::size_t>> turns;  // campaigns by the hash of their name
  PlaceArray<std::uint8_t> moved;  // has moved in a machine in this step; before that, sums of contacts
  PlaceList list, next_list;
  alignas(64) std::uint32_t leaps[kBlockSize + 16];
  std::vector<PlaceArray<std::uint8_t>> channel_contacts;  // with the focal brand, by channel, where a driver listens
  alignas(64) std::uint32_t list_words[kBlockSize + 16];
  std::vector<HazardSlot> hazard_slots;  // of the group of moves at work, bound to this block
  std::vector<DriverTerm> driver_terms;
  std::vector<PlaceEvent> events;  // in order of occurrence
  alignas(64) float occasion_uniform[kBlockSize + 16];
  std::uint8_t occasions_left[kBlockSize + 16];  // opportunities of the places in list
  // Of the occasions in list, by brand (or by stock).
  std::vector<PlaceArray<float>> log_taste, deviation, slow_listed, fast_listed;
  std::vector<PlaceArray<std::uint32_t>> race_words;
  PlaceArray<std::uint32_t> buy_words;
  PlaceArray<float> involvement;         // at the occasion, where something reads it
  PlaceArray<std::uint32_t> considered;  // bit by brand
  PlaceArray<float> price_slope;
  PlaceArray<std::int32_t> chosen;                        // brand, or -1
  PlaceArray<std::uint8_t> units;                         // bought at the occasion if a brand is
  PlaceArray<float> paid_share;                           // of the list price
  PlaceArray<std::int8_t> outlet;                         // where, or -1
  PlaceArray<std::uint8_t> impulse;                       // decided on the spot, where something asks
  bool offers = false;                                    // any promotion is noticed at these occasions; then:
  std::vector<PlaceArray<float>> offer, seen_depth;       // utility that promotions add, and the price cut, by brand
  PlaceArray<std::uint32_t> promotions;                   // noticed, bit by promotion
  PlaceArray<std::int32_t> chosen_without;                // what would have been chosen without promotions
  std::vector<std::int64_t> promotion_room;               // units left for the block, by promotion
  PlaceList at_home;                                      // occasions met from the household's stock,
  std::uint8_t at_home_left[kBlockSize + 16];             // and how many of them are left
  std::vector<PlaceArray<std::uint8_t>> eligible, meant;  // 0 or 1, by campaign, where any campaign has a target
  PlaceArray<std::uint8_t> mask, mask_of_campaign;
  std::vector<std::int32_t> cross_room, cross_left;  // of the places in list, by group of domains
  Trace* trace = nullptr;                            // of a consumer of this block, whose life is told; usually none
};

}  // namespace populace
