// Over which tie a conversation is held, by vectors of conversations.
#pragma once
#include <cstdint>

namespace populace {

struct TieChoice {
  float strong_share = 0;  // of conversations
  std::uint32_t strong_ties = 0, weak_ties = 0;
};

// From one word each, in place: the tie, strong ones first, any of its kind with the same chance; kind[k] is 0 for a
// strong one and 1 for a weak one. Arrays have room for a vector beyond n.
void choose_ties(const TieChoice& choice, std::uint32_t* words, std::uint8_t* kind, std::uint32_t n);

}  // namespace populace
