// Contacts of many consumers of a cell at once, on the best instruction set of the machine: bit for bit those of
// Network::contact. Strong and weak ties are walked together, each lane with the keys and the range of its own tie.
#pragma once
#include <cstdint>
#include <vector>

#include "sim/network/permutation.hpp"

namespace populace {

inline constexpr std::uint32_t kNobodyMet = 0xFFFFFFFFu;

// Consumers of neighbouring ranks.
struct RankRange {
  std::uint32_t first = 0, n = 0;
};

// A range cut into communities of equal size; the last also takes what is left.
struct CommunityCut {
  std::uint32_t size = 1, last = 0;  // number of the last
};

// The network of one replication: permutation 0 orders the circles, 1 + t pairs for weak tie t.
struct NetworkKeys {
  static constexpr std::size_t kFew = 16;
  std::vector<FeistelKey> of;
  alignas(64) std::uint32_t few[kFeistelRounds][kFew] = {};  // the first of them, by round
};

struct MeetingTask {
  const NetworkKeys* keys;
  std::uint32_t strong_ties;
  RankRange whole, reach;      // where communities are cut from; where weak ties lead
  CommunityCut mixed, circle;  // before the permutation, and along the permuted order
  const std::uint32_t *ties, *places;
  std::uint32_t first_rank;  // of place 0
  std::uint32_t* contacts;   // of those at `places`
  std::uint32_t count;       // arrays have room for it rounded up to 16, which is written
};
void find_contacts(const MeetingTask& task);

}  // namespace populace
