// Writes the rows of sampled consumers while their block is at work; who is not in the sample costs a look-up. A block
// has a pen only where somebody of it is sampled, so that the cost elsewhere is one test of a pointer.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/engine/journeys.hpp"

namespace populace {

class JourneyPen {
 public:
  // For a block with sampled consumers at `places`, who are numbers first_person, … of the sample.
  void open(std::vector<JourneyRow>& rows, std::int32_t step, std::size_t block_size,
            std::span<const std::uint32_t> places, std::uint32_t first_person) {
    person_at_.assign(block_size, -1);
    for (std::size_t k = 0; k < places.size(); ++k) person_at_[places[k]] = static_cast<std::int64_t>(first_person + k);
    places_ = places;
    rows_ = &rows;
    step_ = step;
  }
  bool has(std::uint32_t place) const { return person_at_[place] >= 0; }
  std::span<const std::uint32_t> places() const { return places_; }
  // `row` says its table, codes, count and reals.
  void add(std::uint32_t place, JourneyRow row) {
    if (!has(place)) return;
    row.person = static_cast<std::uint32_t>(person_at_[place]);
    row.step = step_;
    rows_->push_back(row);
  }

 private:
  std::vector<std::int64_t> person_at_;  // by place; -1: not sampled
  std::span<const std::uint32_t> places_;
  std::vector<JourneyRow>* rows_ = nullptr;
  std::int32_t step_ = 0;
};

// Whom a block must look after: the traced consumer and those of the sample; usually nobody.
struct WatchedPlaces {
  std::vector<std::uint32_t> places;
  std::vector<std::uint8_t> stage, moved;  // of them, before a group of moves
};

}  // namespace populace
