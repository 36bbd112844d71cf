// Working memory of one block: nothing in it outlives the block's step.
#pragma once
#include <cstdint>
#include <utility>
#include <vector>

#include "models/journeys/pen.hpp"
#include "models/private_domain/member_kernels.hpp"
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

// Purchases of the focal brand at an occasion: who, at which place of the list of occasions, and what became of it.
struct FocalPurchases {
  PlaceList list;
  PlaceArray<std::uint32_t> occasion;  // k of scratch.list
  PlaceArray<float> quality;           // experienced
  PlaceArray<std::int8_t> outcome;     // 1 satisfied, -1 disappointed, 0 nothing felt
};

// A click at a query of occasion k of the list; an order of that brand is counted in a slot.
struct QueryClick {
  std::uint32_t k;
  std::size_t brand, slot;
};

struct BlockScratch final : Scratch {
  std::vector<std::uint32_t> words;                 // draws, in bulk
  std::vector<PlaceArray<std::uint8_t>> contacts;   // of this step, by campaign
  PlaceArray<float> attention, contacts_met;        // contacts with the focal brand, weighted by attention and plain
  PlaceArray<float> attention_left, contacts_left;  // of them, what a machine has not used yet
  std::vector<const std::uint8_t*> columns;         // contacts of several campaigns, to be added up
  std::vector<PlaceArray<float>> weight;            // of a contact, by campaign; empty unless something weighs contacts
  std::vector<PlaceArray<float>> wear;              // effect of a contact with a theme, by theme
  std::vector<PlaceArray<float>> load;              // effect under the number of contacts with a brand, by stock
  std::vector<PlaceArray<float>> synergy;           // effect by key message
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
  alignas(64) float occasion_scores[kBlockSize + 16];
  std::uint8_t occasions_left[kBlockSize + 16];  // opportunities of the places in list
  // Of the occasions in list, by brand (or by stock).
  std::vector<PlaceArray<float>> log_taste, deviation, slow_listed, fast_listed;
  std::vector<PlaceArray<std::uint32_t>> race_words;
  std::vector<PlaceArray<std::uint32_t>> source_words;  // by source
  std::vector<PlaceArray<std::uint8_t>> asked;          // by listing: 1 a query, 2 and its ad was clicked
  std::vector<QueryClick> query_clicks;                 // of the occasions in list
  std::vector<PlaceEvent> clicks;      // of the step, on campaigns and after them listings, where visits follow
  PlaceArray<std::uint32_t> informed;  // bit by brand that information makes known and considered
  PlaceList waiting;                   // needs of this round, while the routine ones among them are settled
  PlaceArray<std::uint32_t> buy_words;
  PlaceArray<std::uint8_t> tie_kind;         // of a conversation, by place in list: 0 strong, 1 weak
  PlaceArray<std::uint32_t> voice_words;     // what is said in a conversation, by place in list
  PlaceList notable;                         // conversations of list in which something is said, by place in list
  PlaceArray<std::uint8_t> publish_flags;    // what the consumer shows others besides his stage, by place
  PlaceArray<float> cue_hazard, cue_unused;  // of a need by contacts; what the same kernel sums besides
  std::vector<std::size_t> cue_campaigns;    // those that may awaken it
  PlaceArray<std::uint8_t> sellers_near;     // bit by kind of seller within reach, by place in list
  PlaceArray<std::uint8_t> has_heard;        // a recommendation in this step, where somebody talked
  PlaceArray<float> involvement;             // at the occasion, where something reads it
  PlaceArray<std::uint32_t> considered;      // bit by brand
  PlaceArray<float> price_slope;
  PlaceArray<std::int32_t> chosen;                   // brand, or -1
  PlaceArray<std::uint8_t> units;                    // bought at the occasion if a brand is
  PlaceArray<float> paid_share;                      // of the list price
  PlaceArray<std::int8_t> outlet;                    // where, or -1
  PlaceArray<std::uint8_t> impulse;                  // decided on the spot, where something asks
  bool offers = false;                               // any promotion is noticed at these occasions; then:
  std::vector<PlaceArray<float>> offer, seen_depth;  // utility that promotions add, and the price cut, by brand
  PlaceArray<std::uint32_t> promotions;              // noticed, bit by promotion
  PlaceArray<std::int32_t> chosen_without;           // what would have been chosen without promotions
  std::vector<std::int64_t> promotion_room;          // units left for the block, by promotion
  PlaceList at_home;                                 // occasions met from the household's stock,
  std::uint8_t at_home_left[kBlockSize + 16];        // and how many of them are left
  std::vector<PlaceArray<float>> outlet_weight, outlet_race;  // of the occasions in list, by outlet; empty without
  PlaceArray<std::uint8_t> tried;                             // the goods, before deciding: outlet + 1
  std::vector<PlaceArray<std::uint8_t>> eligible, meant;      // 0 or 1, by campaign, where any campaign has a target
  PlaceArray<std::uint8_t> mask, mask_of_campaign;
  std::vector<std::int32_t> cross_room, cross_left;  // of the places in list, by group of domains
  // Owned channels: sends seen in the step; who was a member before it; place in list + 1; bit by channel whose
  // reminder makes an occasion.
  std::vector<PlaceArray<std::uint8_t>> seen_sends;
  PlaceArray<std::uint16_t> members_before, list_at, reminded_now;
  std::vector<JoinTerm> join_terms;
  FocalPurchases purchases;
  Trace* trace = nullptr;          // of a consumer of this block, whose life is told; usually none
  JourneyPen* journeys = nullptr;  // writes rows of sampled consumers of this block; usually none
  JourneyPen pen;                  // which it is then
  WatchedPlaces watched;           // of this block: the traced consumer and those of the sample
  bool traces(std::uint32_t place) const { return trace != nullptr && trace->place == place; }
  bool watches(std::uint32_t place) const { return traces(place) || (journeys != nullptr && journeys->has(place)); }
};

}  // namespace populace
