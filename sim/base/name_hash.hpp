// Draws of a campaign, brand or machine are keyed by its name, never by its position: adding one disturbs no other.
// FNV-1a, 32 bit (Fowler, Noll, Vo). A scenario in which two names collide is refused when it is loaded.
#pragma once
#include <cstdint>
#include <string_view>

namespace populace {

constexpr std::uint32_t name_hash(std::string_view name) {
  std::uint32_t hash = 2166136261u;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return hash;
}

}  // namespace populace
