// Keyed permutations of many values at once, on the best instruction set of the machine: bit for bit those of
// permutation.hpp.
#pragma once
#include <cstddef>
#include <cstdint>

#include "sim/network/permutation.hpp"

namespace populace {

// Values, each in a domain of its own; arrays have room for `count` rounded up to 16, which is written.
struct PermutationTask {
  std::uint32_t *x, *n, *tweak, *low, *rows;
  std::size_t count = 0;
  void add(std::uint32_t value, const FeistelDomain& domain) {
    x[count] = value;
    n[count] = domain.n;
    tweak[count] = domain.tweak;
    low[count] = static_cast<std::uint32_t>(domain.low);
    rows[count++] = domain.rows;
  }
};

// Replaces x[i] by its permuted value.
void permute_all(const FeistelKey& key, PermutationTask& task);
void unpermute_all(const FeistelKey& key, PermutationTask& task);

}  // namespace populace
