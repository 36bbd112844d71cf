// How many conversations a consumer holds, and over which ties, by vectors of talkers and of conversations.
#pragma once
#include <cstdint>
#include <vector>

#include "models/stages/toss_kernels.hpp"

namespace populace {

struct TieChoice {
  float strong_share = 0;  // of conversations
  std::uint32_t strong_ties = 0, weak_ties = 0;
};

// From one word each, in place: the tie, strong ones first, any of its kind with the same chance; kind[k] is 0 for a
// strong one and 1 for a weak one. Arrays have room for a vector beyond n.
void choose_ties(const TieChoice& choice, std::uint32_t* words, std::uint8_t* kind, std::uint32_t n);

// Conversations of those who hold any, by inversion: at_most[n] has the chance of at most n by stage, and what is held
// are 1 + the number of n >= 1 with uniform >= at_most[n]. Stages are those of the block, by place.
struct ConversationCount {
  const std::vector<StageTable>* at_most;
  const std::uint8_t* stage;
  const std::uint32_t* places;
  const float* uniform;
  std::uint8_t* count;  // out; arrays have room for a vector beyond n
};
void count_conversations(const ConversationCount& task, std::uint32_t n);

}  // namespace populace
