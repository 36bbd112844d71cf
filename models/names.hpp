// Index of a named option, and the keyed stream of draws that belongs to a name.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "models/purposes.hpp"
#include "sim/base/contracts.hpp"
#include "sim/base/name_hash.hpp"
#include "sim/random/philox_rounds.hpp"

namespace populace {

template <class Item>
std::size_t index_of(const std::vector<Item>& items, std::string_view name) {
  for (std::size_t i = 0; i < items.size(); ++i)
    if (items[i].name == name) return i;
  throw ContractViolation("no item named " + std::string(name));
}

template <class Item>
std::vector<std::string> names_of(const std::vector<Item>& items) {
  std::vector<std::string> names;
  for (const Item& item : items) names.push_back(item.name);
  return names;
}

inline DrawReason reason(Purpose purpose, std::uint32_t index, std::int32_t step = 0, std::uint32_t occasion = 0) {
  return {step_word(step, occasion), static_cast<std::uint32_t>(purpose), index};
}
inline DrawReason reason(Purpose purpose, std::string_view name, std::int32_t step = 0, std::uint32_t occasion = 0) {
  return reason(purpose, name_hash(name), step, occasion);
}

}  // namespace populace
