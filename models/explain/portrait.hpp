// Who a consumer is: his traits as they were drawn, and where he stands now, for `populace explain`. Reads columns
// only.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "models/market.hpp"
#include "sim/population/population.hpp"

namespace populace {

struct Fact {
  std::string topic;            // "media habit"
  std::string name;             // "tv"; may be empty
  std::optional<double> value;  // a number with its unit in words, or
  std::string words;            // the unit, or the fact itself
};

// What he is for life.
std::vector<Fact> traits_of(const Market& market, DrawKey key, const BlockView& block, std::uint32_t place);
// What changes: stages, memory of brands, brands he knows.
std::vector<Fact> state_of(const Market& market, const BlockView& block, std::uint32_t place);

struct ConsumerPlace {
  std::size_t block;
  std::uint32_t place;
};
// Where a consumer is kept; nothing if nobody has this id.
std::optional<ConsumerPlace> find_consumer(const Places& places, std::uint64_t id);

}  // namespace populace
