#include "sim/random/isa.hpp"

#include <hwy/highway.h>

#include <stdexcept>
#include <utility>

namespace populace {
namespace {

constexpr std::pair<const char*, std::int64_t> kNames[] = {
    {"baseline", HWY_EMU128}, {"avx2", HWY_AVX2}, {"avx512", HWY_AVX3}, {"neon", HWY_NEON}};

}  // namespace

std::vector<std::string> available_isas() {
  hwy::SetSupportedTargetsForTest(0);
  std::vector<std::string> names;
  for (const auto& [name, target] : kNames)
    if (hwy::SupportedTargets() & HWY_TARGETS & target) names.emplace_back(name);
  return names;
}

std::string isa_in_use() {
  // Targets are ordered by their bits: the lowest is the best.
  const std::int64_t usable = hwy::SupportedTargets() & HWY_TARGETS;
  const std::int64_t best = usable & -usable;
  for (const auto& [name, target] : kNames)
    if (target == best) return name;
  return "unknown";
}

void force_isa(std::string_view name) {
  std::string known;
  for (const std::string& available : available_isas()) {
    known += (known.empty() ? "" : ", ") + available;
    if (available != name) continue;
    for (const auto& [known_name, target] : kNames)
      if (name == known_name) hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    return;
  }
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  if (!name.empty())
    throw std::invalid_argument("instruction set \"" + std::string(name) + "\" is not one of: " + known);
}

}  // namespace populace
