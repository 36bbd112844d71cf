// Lists and sums over the members of owned channels: bit o of a consumer's mask is membership of channel o. Arrays have
// room for a vector beyond the capacity; places without a consumer are no members and have no contacts.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

namespace populace {

inline std::uint16_t bit_of(std::size_t channel) { return static_cast<std::uint16_t>(1u << channel); }

// Places of members of any of the channels in a mask, in order; returns how many.
std::uint32_t find_members(const std::uint16_t* members, std::uint16_t any_of, std::uint32_t capacity,
                           std::uint32_t* places);

// Contacts of campaigns that bring members to a channel, each for its hazard.
struct JoinTerm {
  const std::uint8_t* contacts;
  float hazard;
};
struct JoinTask {
  std::span<const JoinTerm> terms;
  const std::uint16_t *members = nullptr, *before = nullptr;  // now, and at the beginning of the step
  std::size_t bit = 0;
};
// Places of non-members with a hazard above 0, and their hazards; returns how many.
std::uint32_t find_joinable(const JoinTask& task, std::uint32_t capacity, std::uint32_t* places, float* hazards);

// The asset cube of a block.
struct AssetSums {
  std::int64_t known = 0;    // consumers
  std::int64_t kinds = 0;    // kinds of data joined, over them
  std::int64_t related = 0;  // known consumers with a relationship
  std::int64_t since = 0;    // codes of its beginning, summed over them
};
// Members without a beginning get that of `now`. Masks may be nullptr.
AssetSums sum_assets(const std::uint16_t* members, const std::uint16_t* resolved, std::uint16_t* since,
                     std::uint16_t now, std::uint32_t capacity);

}  // namespace populace
