#include "models/media/hypergeometric.hpp"

#include <algorithm>

namespace populace {

std::int64_t draw_marked(std::int64_t all, std::int64_t marked, std::int64_t taken, double u) {
  const std::int64_t least = std::max<std::int64_t>(0, taken - (all - marked)), most = std::min(marked, taken);
  double weight = 1, total = 1;  // weights relative to the least number, by the ratio of successive terms
  const auto ratio = [&](std::int64_t k) {
    return static_cast<double>((marked - k) * (taken - k)) /
           static_cast<double>((k + 1) * (all - marked - taken + k + 1));
  };
  for (std::int64_t k = least; k < most; ++k) total += weight *= ratio(k);
  weight = 1;
  double cumulated = 1;
  std::int64_t k = least;
  while (k < most && u * total >= cumulated) {
    weight *= ratio(k++);
    cumulated += weight;
  }
  return k;
}

}  // namespace populace
