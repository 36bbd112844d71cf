// Columns that one mechanism owns and others read. The owner fills its entry when the market is made; a reader keeps a
// pointer to the whole and asks at run time, so the order in which mechanisms are made does not matter.
#pragma once
#include <cstdint>

#include "sim/population/layout.hpp"

namespace populace {

inline constexpr std::uint8_t kInformedEnough = 255;

struct SharedColumns {
  Column<std::uint8_t> distance;   // code of the km to the nearest own store: Traits::distance_km (traits)
  Column<std::uint16_t> resolved;  // bit by walled garden: the brand can join the consumer's identity there (targeting)
  Column<std::uint16_t> members;   // bit by owned channel (private_domain)
  Column<std::uint16_t> aware;     // bit by brand that is known (choice)
  Column<std::uint8_t> episode;    // stage of the purchase episode: EpisodeStage (episode)
  Column<std::uint8_t> episode_involvement;  // 255 v at its need (episode)
  Column<std::uint8_t> information;  // gathered in the open episode, in sixteenths, or kInformedEnough (sources)
  Column<std::uint16_t> found;       // bit by brand that the information speaks of (sources)
  Column<std::uint16_t> last_focal;  // step of the last focal purchase + 1 + kPurchaseStepOffset; 0: never (after)
  Column<std::uint16_t> last_four;   // brand + 1 of the last four category purchases, 4 bits each (after)
  Column<std::uint8_t> cued;         // 1: a recommendation of the last step awakens a need (word_of_mouth)
  Column<std::int8_t> satisfaction;  // with the focal brand, -127 … 127 (experience)
};

}  // namespace populace
