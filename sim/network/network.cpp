#include "sim/network/network.hpp"

#include <algorithm>
#include <numeric>

#include "sim/base/contracts.hpp"

namespace populace {

Network::Network(std::span<const std::int64_t> consumers_by_cell, std::size_t cells_per_region,
                 const NetworkShape& shape)
    : shape_(shape), cells_per_region_(cells_per_region) {
  const std::int64_t all = std::accumulate(consumers_by_cell.begin(), consumers_by_cell.end(), std::int64_t{0});
  expects(all < std::int64_t{kNobody}, "ranks of consumers fit 32 bits");
  expects(shape.strong_ties % 2 == 0, "a circle has as many ties to the left as to the right");
  std::uint32_t first = 0;
  for (std::size_t cell = 0; cell < consumers_by_cell.size(); ++cell) {
    const auto n = static_cast<std::uint32_t>(consumers_by_cell[cell]);
    ranges_[0].push_back({first, n});
    if (cell % cells_per_region == 0) ranges_[1].push_back({first, 0});
    ranges_[1].back().n += n;
    first += n;
  }
  ranges_[2].push_back({0, first});
}

NetworkKeys Network::make_keys(std::uint64_t key) const {
  NetworkKeys keys;
  for (std::uint32_t number = 0; number <= shape_.weak_ties; ++number) {
    keys.of.push_back(make_feistel_key(key, number));
    for (int r = 0; number < NetworkKeys::kFew && r < kFeistelRounds; ++r)
      keys.few[r][number] = keys.of.back().round[r];
  }
  return keys;
}

const RankRange& Network::range(NetworkShape::Within within, std::size_t cell) const {
  if (within == NetworkShape::Within::kCell) return ranges_[0][cell];
  return within == NetworkShape::Within::kRegion ? ranges_[1][cell / cells_per_region_] : ranges_[2].front();
}

CommunityCut Network::cut(const RankRange& whole) const {
  const std::uint32_t size = shape_.community_people;
  return size == 0 || whole.n < 2 * size ? CommunityCut{whole.n, 0} : CommunityCut{size, whole.n / size - 1};
}

RankRange Network::community(const RankRange& whole, std::uint32_t offset) const {
  const CommunityCut at = cut(whole);
  const std::uint32_t c = std::min(offset / at.size, at.last);
  return {whole.first + c * at.size, c == at.last ? whole.n - c * at.size : at.size};
}

// Neighbours of a cell are alike, so its communities stay neighbours in memory; wider ranges mix segments first.
RankRange Network::mixed_range(std::size_t cell, std::uint32_t rank) const {
  const RankRange& whole = range(shape_.community, cell);
  return shape_.community == NetworkShape::Within::kCell ? community(whole, rank - whole.first) : whole;
}

std::uint32_t Network::neighbour(const RankRange& mixed, std::uint32_t place, std::uint32_t tie) const {
  const RankRange circle =
      shape_.community == NetworkShape::Within::kCell ? RankRange{0, mixed.n} : community({0, mixed.n}, place);
  std::uint32_t hops = tie / 2 + 1;
  if (hops >= circle.n) [[unlikely]] {
    hops %= circle.n;
    if (hops == 0) return kNobody;
  }
  const std::uint32_t other = place - circle.first + (tie % 2 == 0 ? hops : circle.n - hops);
  return circle.first + (other >= circle.n ? other - circle.n : other);
}

std::uint32_t Network::contact(const NetworkKeys& keys, std::size_t cell, std::uint32_t rank, std::uint32_t tie) const {
  const bool strong = tie < shape_.strong_ties;
  const RankRange at = strong ? mixed_range(cell, rank) : range(shape_.weak_reach, cell);
  const FeistelKey& key = keys.of[strong ? 0 : tie - shape_.strong_ties + 1];
  const FeistelDomain domain(at.n, at.first);
  const std::uint32_t place = permuted(key, domain, rank - at.first);
  const std::uint32_t other = strong ? neighbour(at, place, tie) : place ^ 1u;
  return other < at.n ? at.first + unpermuted(key, domain, other) : kNobody;
}

void Network::contacts(const NetworkKeys& keys, std::size_t cell, const std::uint32_t* ties, std::uint32_t first_rank,
                       const std::uint32_t* places, std::uint32_t count, std::uint32_t* out) const {
  const RankRange& whole = range(shape_.community, cell);
  const bool within_cell = shape_.community == NetworkShape::Within::kCell;
  const CommunityCut all{whole.n, 0}, communities = cut(whole);
  find_contacts({.keys = &keys,
                 .strong_ties = shape_.strong_ties,
                 .whole = whole,
                 .reach = range(shape_.weak_reach, cell),
                 .mixed = within_cell ? communities : all,
                 .circle = within_cell ? all : communities,
                 .ties = ties,
                 .places = places,
                 .first_rank = first_rank,
                 .contacts = out,
                 .count = count});
}

}  // namespace populace
