// Contacts computed from ids: undirected, of the promised number, never oneself, clustered as a circle is.
#include "sim/network/network.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <memory>
#include <numeric>
#include <set>

using namespace populace;

namespace {

using Within = NetworkShape::Within;

struct Town {
  std::vector<std::int64_t> cells{1001, 1, 640, 0, 77, 2281};  // 3 regions x 2 segments
  NetworkShape shape;
  std::uint64_t key = 9;
  Network network() const { return {cells, 2, shape}; }
  std::vector<std::size_t> cell_of() const {
    std::vector<std::size_t> out;
    for (std::size_t c = 0; c < cells.size(); ++c) out.insert(out.end(), static_cast<std::size_t>(cells[c]), c);
    return out;
  }
};

// Contacts of everybody, with repetitions.
std::vector<std::vector<std::uint32_t>> contacts(const Town& town) {
  const Network network = town.network();
  const NetworkKeys keys = network.make_keys(town.key);
  const std::vector<std::size_t> cell = town.cell_of();
  std::vector<std::vector<std::uint32_t>> all(cell.size());
  for (std::uint32_t i = 0; i < all.size(); ++i)
    for (std::uint32_t tie = 0; tie < network.n_ties(); ++tie)
      if (const std::uint32_t j = network.contact(keys, cell[i], i, tie); j != Network::kNobody) all[i].push_back(j);
  return all;
}

Town town_of(Within community, std::uint32_t people, std::uint32_t strong, std::uint32_t weak,
             Within reach = Within::kPopulation) {
  Town town;
  town.shape = {community, people, strong, weak, reach};
  return town;
}

// Share of pairs of contacts of a consumer who are contacts of each other.
double clustering(const std::vector<std::vector<std::uint32_t>>& all) {
  double closed = 0, pairs = 0;
  for (const auto& mine : all) {
    const std::set<std::uint32_t> distinct(mine.begin(), mine.end());
    for (const std::uint32_t a : distinct)
      for (const std::uint32_t b : distinct) {
        if (a >= b) continue;
        ++pairs;
        closed += std::find(all[a].begin(), all[a].end(), b) != all[a].end() ? 1 : 0;
      }
  }
  return closed / pairs;
}

}  // namespace

TEST_CASE("keyed permutations hit every value once and are undone by their inverse") {
  const FeistelKey key = make_feistel_key(5, 3);
  for (const std::uint32_t n : {1u, 2u, 3u, 4u, 5u, 63u, 64u, 65u, 1000u, 4096u, 70'001u}) {
    const FeistelDomain domain(n, 17);
    std::vector<char> hit(n);
    for (std::uint32_t x = 0; x < n; ++x) {
      const std::uint32_t y = permuted(key, domain, x);
      REQUIRE(y < n);
      REQUIRE(hit[y]++ == 0);
      REQUIRE(unpermuted(key, domain, y) == x);
    }
  }
  const FeistelDomain large(4'000'000'000u, 1);
  for (std::uint32_t x = 0; x < 4'000'000'000u - 7'654'321u; x += 7'654'321u)
    REQUIRE(unpermuted(key, large, permuted(key, large, x)) == x);
}

// Position of 0 under many keys is uniform: chi-square with n - 1 degrees of freedom, mean n - 1, sd sqrt(2 (n - 1)).
TEST_CASE("a keyed permutation sends a place anywhere alike") {
  constexpr std::uint32_t kPlaces = 150, kKeys = 30'000;
  for (const std::uint32_t from : {0u, 77u}) {
    std::vector<int> hits(kPlaces);
    for (std::uint32_t k = 0; k < kKeys; ++k) ++hits[permuted(make_feistel_key(k, 1), FeistelDomain(kPlaces, 0), from)];
    double chi2 = 0;
    const double expected = double{kKeys} / kPlaces;
    for (const int h : hits) chi2 += (h - expected) * (h - expected) / expected;
    CHECK(std::fabs(chi2 - (kPlaces - 1)) / std::sqrt(2. * (kPlaces - 1)) < 3.9);
  }
}

TEST_CASE("ties are undirected, tie by tie, and lead to nobody himself") {
  for (const Within community : {Within::kCell, Within::kRegion, Within::kPopulation})
    for (const std::uint32_t people : {0u, 2u, 3u, 50u, 150u})
      for (const Within reach : {Within::kRegion, Within::kPopulation}) {
        const Town town = town_of(community, people, 6, 3, reach);
        const Network network = town.network();
        const NetworkKeys keys = network.make_keys(town.key);
        const std::vector<std::size_t> cell = town.cell_of();
        for (std::uint32_t i = 0; i < cell.size(); ++i)
          for (std::uint32_t tie = 0; tie < network.n_ties(); ++tie) {
            const std::uint32_t j = network.contact(keys, cell[i], i, tie);
            if (j == Network::kNobody) continue;
            REQUIRE(j < cell.size());
            REQUIRE(j != i);
            REQUIRE(network.contact(keys, cell[j], j, tie < 6 ? tie ^ 1u : tie) == i);
            if (tie < 6 && community == Within::kCell) REQUIRE(cell[i] == cell[j]);
            if ((tie < 6 && community == Within::kRegion) || (tie >= 6 && reach == Within::kRegion))
              REQUIRE(cell[i] / 2 == cell[j] / 2);
          }
      }
}

TEST_CASE("contacts of many at once are those of each alone") {
  for (const Within community : {Within::kCell, Within::kRegion, Within::kPopulation})
    for (const std::uint32_t people : {0u, 3u, 50u})
      for (const std::uint32_t weak_ties : {2u, 20u}) {  // keys in registers, and from memory
        const Town town = town_of(community, people, 8, weak_ties, Within::kRegion);
        const Network network = town.network();
        const NetworkKeys keys = network.make_keys(town.key);
        std::uint32_t first = 0;
        for (std::size_t cell = 0; cell < town.cells.size(); ++cell) {
          const auto n = static_cast<std::uint32_t>(std::min<std::int64_t>(town.cells[cell], 2043));
          std::vector<std::uint32_t> ties(n + 16), places(n + 16), together(n + 16), alone;
          for (std::uint32_t i = 0; i < n; ++i) {
            ties[i] = (i * 7 + i / 5) % network.n_ties();
            places[i] = i;
            alone.push_back(network.contact(keys, cell, first + i, ties[i]));
          }
          network.contacts(keys, cell, ties.data(), first, places.data(), n, together.data());
          together.resize(n);
          REQUIRE(together == alone);
          first += static_cast<std::uint32_t>(town.cells[cell]);
        }
      }
}

TEST_CASE("everybody has all his ties but the odd one out of a pairing") {
  const Town town = town_of(Within::kRegion, 50, 4, 3);
  const auto all = contacts(town);  // 4,000 consumers: even, so pairings leave nobody out
  REQUIRE(all.size() == 4000);
  for (const auto& mine : all) CHECK(mine.size() == 7);
  Town odd = town;
  odd.cells[0] -= 1;
  const auto fewer = contacts(odd);
  std::size_t missing = 0;
  for (const auto& mine : fewer) missing += 7 - mine.size();
  CHECK(missing == 3);
}

// Watts & Strogatz 1998: 3 (k - 2) / (4 (k - 1)) on a circle of k ties. Control: the same number of random ties.
TEST_CASE("a circle is clustered as its formula says, and random ties are not") {
  const auto circle = contacts(town_of(Within::kPopulation, 0, 6, 0));
  CHECK(clustering(circle) == Approx(3. * 4 / (4. * 5)));
  const auto small_world = contacts(town_of(Within::kCell, 150, 6, 2));
  CHECK(clustering(small_world) > .25);
  CHECK(clustering(contacts(town_of(Within::kCell, 150, 0, 6))) < .02);
}

// Shortest paths from one consumer: on the circle n / (2 k) on average, short in a small world.
TEST_CASE("a few weak ties make the world small") {
  const auto mean_distance = [](const std::vector<std::vector<std::uint32_t>>& all) {
    std::vector<int> distance(all.size(), -1);
    std::vector<std::uint32_t> queue{0};
    distance[0] = 0;
    for (std::size_t at = 0; at < queue.size(); ++at)
      for (const std::uint32_t j : all[queue[at]])
        if (distance[j] < 0) {
          distance[j] = distance[queue[at]] + 1;
          queue.push_back(j);
        }
    CHECK(queue.size() == all.size());
    return std::accumulate(distance.begin(), distance.end(), 0.) / static_cast<double>(all.size());
  };
  CHECK(mean_distance(contacts(town_of(Within::kPopulation, 0, 6, 0))) == Approx(4000. / 12).epsilon(.01));
  CHECK(mean_distance(contacts(town_of(Within::kPopulation, 0, 6, 1))) < 12);
  CHECK(mean_distance(contacts(town_of(Within::kCell, 150, 6, 2))) < 8);
}

TEST_CASE("another replication has other contacts") {
  Town a = town_of(Within::kCell, 150, 6, 2), b = a;
  b.key = 10;
  const auto one = contacts(a), two = contacts(b);
  std::size_t same = 0;
  for (std::size_t i = 0; i < one.size(); ++i) same += one[i] == two[i];
  CHECK(same < one.size() / 100);
}
