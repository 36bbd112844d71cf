// Occasions of a step that come on top of those by chance: scratch.list grows by them, each consumer standing in it
// once.
#pragma once
#include <algorithm>
#include <cstdint>

#include "models/scratch.hpp"

namespace populace {

// Where everybody of the block stands in scratch.list; before the first occasion is added.
inline void index_occasions(std::uint32_t n_places, BlockScratch& scratch) {
  std::fill_n(scratch.list_at.data(), n_places, std::uint16_t{0});
  for (std::uint32_t k = 0; k < scratch.list.n; ++k)
    scratch.list_at[scratch.list.places[k]] = static_cast<std::uint16_t>(k + 1);
}

inline void add_occasions_at(std::uint32_t place, std::uint32_t n, BlockScratch& scratch) {
  PlaceList& list = scratch.list;
  if (scratch.list_at[place] == 0) {
    scratch.occasions_left[list.n] = 0;
    list.add(place);
    scratch.list_at[place] = static_cast<std::uint16_t>(list.n);
  }
  std::uint8_t& left = scratch.occasions_left[scratch.list_at[place] - 1u];
  left = static_cast<std::uint8_t>(std::min(255u, left + n));
}

}  // namespace populace
