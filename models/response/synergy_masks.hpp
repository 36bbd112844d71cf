// How many key messages and channels the memory of a consumer tells apart.
#pragma once
#include <cstddef>

namespace populace {

inline constexpr std::size_t kMostKeyMessages = 16;      // of all brands together
inline constexpr std::size_t kMostMessageChannels = 16;  // that carry one

}  // namespace populace
