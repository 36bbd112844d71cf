#include "sim/network/network.hpp"

#include <algorithm>
#include <numeric>

#include "sim/base/contracts.hpp"
#include "sim/network/permutation_kernels.hpp"

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
  NetworkKeys keys{make_feistel_key(key, 0), {}};
  for (std::uint32_t tie = 0; tie < shape_.weak_ties; ++tie) keys.pairing.push_back(make_feistel_key(key, tie + 1));
  return keys;
}

const Network::Range& Network::range(NetworkShape::Within within, std::size_t cell) const {
  if (within == NetworkShape::Within::kCell) return ranges_[0][cell];
  return within == NetworkShape::Within::kRegion ? ranges_[1][cell / cells_per_region_] : ranges_[2].front();
}

Network::Cut Network::cut(const Range& whole) const {
  const std::uint32_t size = shape_.community_people;
  return size == 0 || whole.n < 2 * size ? Cut{whole.n, 0} : Cut{size, whole.n / size - 1};
}

Network::Range Network::community(const Range& whole, std::uint32_t offset) const {
  const Cut at = cut(whole);
  const std::uint32_t c = std::min(offset / at.size, at.last);
  return {whole.first + c * at.size, c == at.last ? whole.n - c * at.size : at.size};
}

// Neighbours of a cell are alike, so its communities stay neighbours in memory; wider ranges mix segments first.
Network::Range Network::mixed_range(std::size_t cell, std::uint32_t rank) const {
  const Range& whole = range(shape_.community, cell);
  return shape_.community == NetworkShape::Within::kCell ? community(whole, rank - whole.first) : whole;
}

std::uint32_t Network::neighbour(const Range& mixed, std::uint32_t place, std::uint32_t tie) const {
  const Range circle =
      shape_.community == NetworkShape::Within::kCell ? Range{0, mixed.n} : community({0, mixed.n}, place);
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
  const Range at = strong ? mixed_range(cell, rank) : range(shape_.weak_reach, cell);
  const FeistelKey& key = strong ? keys.circle : keys.pairing[tie - shape_.strong_ties];
  const FeistelDomain domain(at.n, at.first);
  const std::uint32_t place = permuted(key, domain, rank - at.first);
  const std::uint32_t other = strong ? neighbour(at, place, tie) : place ^ 1u;
  return other < at.n ? at.first + unpermuted(key, domain, other) : kNobody;
}

void Network::circle_contacts(const NetworkKeys& keys, std::size_t cell, const std::uint32_t* ties,
                              std::uint32_t* ranks, std::size_t count, ContactScratch& scratch) const {
  PermutationTask task{scratch.x, scratch.n, scratch.tweak, scratch.low, scratch.rows};
  std::size_t n_asked = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    scratch.item[n_asked] = i;
    n_asked += ties[i] < shape_.strong_ties;
  }
  const Range& whole = range(shape_.community, cell);
  const Cut at = shape_.community == NetworkShape::Within::kCell ? cut(whole) : Cut{whole.n, 0};
  const FeistelDomain usual(at.size, 0), last(whole.n - at.last * at.size, 0);
  for (std::size_t k = 0; k < n_asked; ++k) {
    const std::uint32_t offset = ranks[scratch.item[k]] - whole.first, c = std::min(offset / at.size, at.last);
    FeistelDomain domain = c == at.last ? last : usual;
    scratch.first[k] = whole.first + c * at.size;
    domain.tweak = scratch.first[k] * kFeistelM2;
    task.add(offset - c * at.size, domain);
  }
  permute_all(keys.circle, task);
  for (std::size_t k = 0; k < task.count; ++k) {
    const std::uint32_t other = neighbour({scratch.first[k], scratch.n[k]}, scratch.x[k], ties[scratch.item[k]]);
    if (other == kNobody) scratch.first[k] = kNobody;
    scratch.x[k] = other == kNobody ? 0 : other;
  }
  unpermute_all(keys.circle, task);
  for (std::size_t k = 0; k < task.count; ++k)
    ranks[scratch.item[k]] = scratch.first[k] == kNobody ? kNobody : scratch.first[k] + scratch.x[k];
}

void Network::paired_contacts(const NetworkKeys& keys, std::size_t cell, std::uint32_t tie, const std::uint32_t* ties,
                              std::uint32_t* ranks, std::size_t count, ContactScratch& scratch) const {
  const Range& reach = range(shape_.weak_reach, cell);
  const FeistelDomain domain(reach.n, reach.first);
  PermutationTask task{scratch.x, scratch.n, scratch.tweak, scratch.low, scratch.rows};
  std::size_t n_asked = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    scratch.item[n_asked] = i;
    n_asked += ties[i] == tie;
  }
  for (std::size_t k = 0; k < n_asked; ++k) task.add(ranks[scratch.item[k]] - reach.first, domain);
  permute_all(keys.pairing[tie - shape_.strong_ties], task);
  for (std::size_t k = 0; k < task.count; ++k) {
    const std::uint32_t partner = scratch.x[k] ^ 1u;
    scratch.first[k] = partner < reach.n ? reach.first : kNobody;
    scratch.x[k] = partner < reach.n ? partner : 0;
  }
  unpermute_all(keys.pairing[tie - shape_.strong_ties], task);
  for (std::size_t k = 0; k < task.count; ++k)
    ranks[scratch.item[k]] = scratch.first[k] == kNobody ? kNobody : scratch.first[k] + scratch.x[k];
}

void Network::contacts(const NetworkKeys& keys, std::size_t cell, const std::uint32_t* ties, std::uint32_t* ranks,
                       std::size_t count, ContactScratch& scratch) const {
  if (shape_.strong_ties > 0) circle_contacts(keys, cell, ties, ranks, count, scratch);
  for (std::uint32_t tie = shape_.strong_ties; tie < n_ties(); ++tie)
    paired_contacts(keys, cell, tie, ties, ranks, count, scratch);
}

}  // namespace populace
