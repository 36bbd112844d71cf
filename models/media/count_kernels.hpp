// What contacts of a block come to: sums, reach, frequencies and what a plan still lacks, by vectors of bytes. Places
// without a consumer have no contacts.
#pragma once
#include <cstddef>
#include <cstdint>

namespace populace {

inline constexpr std::size_t kFrequencies = 10;  // 1+, 2+, …, 10+

// Contacts of one campaign in the step, where they are remembered, and what they come to.
struct CountTask {
  const std::uint8_t* contacts = nullptr;
  std::uint8_t* since_start = nullptr;  // contacts since the flight began, which stop at 255
  std::uint8_t* reached = nullptr;      // bit by channel that has reached the consumer
  std::uint8_t bit = 0;
  std::uint8_t* sum = nullptr;  // of the channel, stopping at 255; may be nullptr
  bool first = false;           // of the channel: begins the sum
};
struct ContactCount {
  std::int64_t contacts = 0, new_reach = 0;  // consumers whose bit is new
  std::int64_t at_least[kFrequencies] = {};  // consumers with 1+, 2+, … 10+ contacts in the step
  std::int64_t crossed[kFrequencies] = {};   // who came to have so many since the flight began
};
ContactCount count_contacts(const CountTask& task, std::uint32_t capacity);
// Sum of contacts, and how many consumers had any.
std::int64_t sum_contacts(const std::uint8_t* contacts, std::uint32_t capacity);
std::int64_t count_met(const std::uint8_t* contacts, std::uint32_t capacity);
// Contacts of the step that a plan of so many in the window still wanted, in sum; met[i] += now[i], at most 255.
std::int64_t fill_plan(const std::uint8_t* now, std::uint8_t planned, std::uint8_t* met, std::uint32_t capacity);
// Of those whom the plan means (meant[i] = 1, else 0): how many they are, and how many met less than planned.
struct PlanGap {
  std::int64_t meant = 0, gap = 0;
};
PlanGap find_gap(const std::uint8_t* meant, const std::uint8_t* met, std::uint8_t planned, std::uint32_t capacity);
}  // namespace populace
