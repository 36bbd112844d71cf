#include "tests/support/poisoned_model.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <type_traits>
#include <utility>

namespace populace {
namespace {

// SplitMix64: quick, and any two keys give streams that have nothing to do with each other.
class Words {
 public:
  explicit Words(std::uint64_t key) : state_(key) {}
  std::uint64_t next() {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
  }
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>((next() >> 32) * n >> 32); }

 private:
  std::uint64_t state_;
};

template <class T>
constexpr bool is_vector = false;
template <class T>
constexpr bool is_vector<std::vector<T>> = true;
template <class T>
constexpr bool is_place_array = false;
template <class T>
constexpr bool is_place_array<PlaceArray<T>> = true;

// How each kind of member goes bad. A kind that is not known does not compile.
class Poison {
 public:
  Poison(BlockScratch& scratch, std::uint64_t key) : scratch_(scratch), words_(key) {}

  template <class... Members>
  void spoil_all(Members&... members) {
    (spoil(members), ...);
  }

 private:
  template <class T>
  void fill(T* values, std::size_t n) {
    static_assert(std::is_trivially_copyable_v<T>, "say here how this kind of member of BlockScratch goes bad");
    auto* to = reinterpret_cast<std::byte*>(values);
    for (std::size_t left = n * sizeof(T); left > 0;) {
      const std::uint64_t word = words_.next();
      const std::size_t some = std::min(left, sizeof word);
      std::memcpy(to, &word, some);
      to += some;
      left -= some;
    }
    // Wild values lose against a bound and miss what is asked for by name, like a 1; others win or hit.
    if constexpr (std::is_arithmetic_v<T>) {
      const std::uint32_t kind = words_.below(3);
      if (kind == 0) std::generate_n(values, n, [this] { return static_cast<T>(words_.below(4)); });
      if (kind == 1 && std::is_floating_point_v<T>) std::fill_n(values, n, std::numeric_limits<T>::quiet_NaN());
    }
  }

  template <class T>
  void spoil(T& member) {
    if constexpr (is_vector<T>)
      spoil_vector(member);
    else if constexpr (is_place_array<T>)
      fill(member.data(), std::size(member.values));
    else if constexpr (std::is_array_v<T>)
      fill(member, std::size(member));
    else
      fill(&member, 1);
  }
  template <class A, class B>
  void spoil(std::pair<A, B>& pair) {
    spoil_all(pair.first, pair.second);
  }
  void spoil(bool& flag) { flag = words_.below(2) != 0; }
  // Places that a larger block could have left: they may be beyond the one at work.
  void spoil(PlaceList& list) {
    for (std::uint32_t& place : list.places) place = words_.below(kBlockSize);
    list.n = words_.below(kBlockSize + 1);
  }
  void spoil(FocalPurchases& purchases) {
    auto& [list, occasion, quality, outcome] = purchases;
    spoil_all(list, occasion, quality, outcome);
  }
  void spoil(WatchedPlaces& watched) {
    auto& [places, stage, moved] = watched;
    spoil_all(places, stage, moved);
  }
  void spoil(JourneyPen& pen) { pen = {}; }  // reached by the pointer beside it only

  // Lists that grow and shrink with the work may have any length; those that make_scratch sized are there to stay.
  template <class T>
  void spoil_vector(std::vector<T>& vector) {
    if constexpr (is_place_array<T>) {
      for (T& array : vector) spoil(array);
    } else {
      const bool sized = static_cast<const void*>(&vector) == &scratch_.promotion_room;
      if (!sized) vector.resize(words_.below(static_cast<std::uint32_t>(std::min(2 * vector.size() + 4, kLongest))));
      for (T& element : vector) spoil(element);
    }
  }

  static constexpr std::size_t kLongest = 2 * kBlockSize;
  BlockScratch& scratch_;
  Words words_;
};

}  // namespace

void poison(BlockScratch& scratch, std::uint64_t key) {
  // All members, in order. The compiler counts them: one that is new in BlockScratch must be put down here as well.
#define POPULACE_MEMBERS                                                                                               \
  words, contacts, attention, contacts_met, attention_left, contacts_left, columns, weight, wear, load, synergy,       \
      has_attention, terms, attention_terms, slow_read, fast_read, turns, moved, list, next_list, leaps,               \
      channel_contacts, list_words, hazard_slots, driver_terms, events, occasion_uniform, occasion_scores,             \
      occasions_left, log_taste, deviation, slow_listed, fast_listed, race_words, source_words, asked, query_clicks,   \
      clicks, informed, waiting, buy_words, tie_kind, voice_words, notable, publish_flags, cue_hazard, cue_unused,     \
      cue_campaigns, sellers_near, has_heard, involvement, considered, price_slope, chosen, units, paid_share, outlet, \
      impulse, offers, offer, seen_depth, promotions, chosen_without, promotion_room, at_home, at_home_left,           \
      outlet_weight, outlet_race, tried, eligible, meant, mask, mask_of_campaign, cross_room, cross_left, seen_sends,  \
      members_before, list_at, reminded_now, join_terms, purchases, trace, journeys, pen, watched
  auto& [POPULACE_MEMBERS] = scratch;
  Poison(scratch, key).spoil_all(POPULACE_MEMBERS);
#undef POPULACE_MEMBERS
}

void PoisonedModel::build_block(DrawKey key, BlockView block, Scratch& scratch, std::int64_t* row) const {
  poison(dynamic_cast<BlockScratch&>(scratch), std::uint64_t{seed_} << 32 | block.place.first_tile);
  ForwardingModel::build_block(key, block, scratch, row);
}

void PoisonedModel::run_block(const Globals& globals, StepInfo step, BlockView block, Scratch& scratch,
                              std::int64_t* row) const {
  Words by_step(std::uint64_t{seed_} << 32 | static_cast<std::uint32_t>(step.number));
  poison(dynamic_cast<BlockScratch&>(scratch), by_step.next() + block.place.first_tile);
  ForwardingModel::run_block(globals, step, block, scratch, row);
}

}  // namespace populace
