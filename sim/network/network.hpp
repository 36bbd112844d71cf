// Who talks to whom, computed from ids: no edge is stored, and j is a contact of i exactly if i is one of j.
//
//   strong ties   a circle in keyed order within the community of a consumer: places ±1, ±2, … (clustering of a circle
//                 of k ties: 3 (k - 2) / (4 (k - 1)); Watts & Strogatz 1998, doi:10.1038/30918)
//   weak ties     one random pairing of the region or of the population a tie: i and j are paired when the keyed
//                 permutation of the tie sends them to 2m and 2m + 1. Where the number is odd one has no partner.
//
// Strong and weak ties together are the small world with added shortcuts (Newman & Watts 1999,
// doi:10.1016/S0375-9601(99)00757-4). Consumers are named by their rank: cells one after another, without padding.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "sim/network/contact_kernels.hpp"

namespace populace {

struct NetworkShape {
  enum class Within { kCell, kRegion, kPopulation };
  Within community = Within::kCell;    // communities are cut from it
  std::uint32_t community_people = 0;  // 0: it is one community
  std::uint32_t strong_ties = 0;       // even
  std::uint32_t weak_ties = 0;
  Within weak_reach = Within::kPopulation;  // region or population
};

class Network {
 public:
  static constexpr std::uint32_t kNobody = kNobodyMet;

  // Cells are regions x segments; at most 2^32 - 1 consumers.
  Network(std::span<const std::int64_t> consumers_by_cell, std::size_t cells_per_region, const NetworkShape& shape);
  NetworkKeys make_keys(std::uint64_t key) const;
  const NetworkShape& shape() const { return shape_; }
  std::uint32_t n_ties() const { return shape_.strong_ties + shape_.weak_ties; }
  std::uint32_t n_consumers() const { return ranges_[2].front().n; }
  // Contact of a consumer of the cell over a tie, or kNobody. Strong ties come first; tie 2k of i to j is tie 2k + 1 of
  // j to i, and a weak tie has the same number at both ends.
  std::uint32_t contact(const NetworkKeys& keys, std::size_t cell, std::uint32_t rank, std::uint32_t tie) const;
  // The same for many consumers of a cell at once, whose ranks are first_rank + places[k]; arrays have room for count
  // rounded up to 16.
  void contacts(const NetworkKeys& keys, std::size_t cell, const std::uint32_t* ties, std::uint32_t first_rank,
                const std::uint32_t* places, std::uint32_t count, std::uint32_t* out) const;

 private:
  const RankRange& range(NetworkShape::Within within, std::size_t cell) const;
  CommunityCut cut(const RankRange& whole) const;
  RankRange community(const RankRange& whole, std::uint32_t offset) const;
  // The range whose order is mixed before a circle is laid through it, and the circle through a place of it.
  RankRange mixed_range(std::size_t cell, std::uint32_t rank) const;
  std::uint32_t neighbour(const RankRange& mixed, std::uint32_t place, std::uint32_t tie) const;

  NetworkShape shape_;
  std::size_t cells_per_region_;
  std::vector<RankRange> ranges_[3];  // by Within: of cells, regions, the population
};

}  // namespace populace
