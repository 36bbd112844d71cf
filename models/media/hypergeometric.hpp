// Which contacts survive a cap, by number.
#pragma once
#include <cstdint>

namespace populace {

// Number of marked among `taken` drawn without replacement from `all`, of which `marked` are marked: hypergeometric, by
// inversion of one uniform.
std::int64_t draw_marked(std::int64_t all, std::int64_t marked, std::int64_t taken, double u);

}  // namespace populace
