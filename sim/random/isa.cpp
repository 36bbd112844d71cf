#include "sim/random/isa.hpp"

#include <hwy/highway.h>

#include <stdexcept>
#include <utility>

namespace populace {
namespace {

constexpr std::pair<const char*, std::int64_t> kNames[] = {
    {"baseline", HWY_EMU128}, {"avx2", HWY_AVX2}, {"avx512", HWY_AVX3}, {"neon", HWY_NEON}};

// The one target that is forced, or 0.
std::int64_t& forced() {
  static std::int64_t target = 0;
  return target;
}

}  // namespace

std::vector<std::string> available_isas() {
  hwy::SetSupportedTargetsForTest(0);
  std::vector<std::string> names;
  for (const auto& [name, target] : kNames)
    if (hwy::SupportedTargets() & HWY_TARGETS & target) names.emplace_back(name);
  hwy::SetSupportedTargetsForTest(forced());
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
  std::int64_t wanted = 0;
  for (const std::string& available : available_isas()) {
    known += (known.empty() ? "" : ", ") + available;
    for (const auto& [known_name, target] : kNames)
      if (available == name && name == known_name) wanted = target;
  }
  if (wanted == 0 && !name.empty())
    throw std::invalid_argument("instruction set \"" + std::string(name) + "\" is not one of: " + known);
  forced() = wanted;
  hwy::SetSupportedTargetsForTest(wanted);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

}  // namespace populace
