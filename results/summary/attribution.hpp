// What rules of attribution credit to causes, from paths of touches that end in a sale or in none.
//
//   last touch, first touch   all of a path's value to one touch
//   linear                    value / number of touches to each
//   time decay                touch t steps before the sale weighs 2^(-t / half life)
//   Markov removal            paths as a chain of first order, start -> touches -> sale or none: credit in proportion
//   to
//                             1 - P(sale without the cause) / P(sale); touches of a removed cause lead to none
//   Shapley                   of v(S) = value of the paths whose causes lie in S: value / number of distinct causes
//
// All but the last two are customs. Sources: Anderl, Becker, von Wangenheim & Schumann 2016,
// doi:10.1016/j.ijresmar.2016.03.001 (Markov); Zhao, Mahboobi & Bagheri 2018, arXiv:1804.05327 (Shapley).
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace populace {

struct TouchPath {
  std::vector<std::uint16_t> causes;  // in order; never empty
  std::vector<std::int32_t> steps;    // of each touch
  std::int32_t end = 0;               // step of the sale, or of the last touch
  double value = 0;                   // of the sale; 0: none
};

enum class AttributionRule { kLastTouch, kFirstTouch, kLinear, kTimeDecay, kMarkov, kShapley };
inline constexpr std::array<std::string_view, 6> kAttributionRules = {"last_touch", "first_touch", "linear",
                                                                      "time_decay", "markov",      "shapley"};

// Value credited to each of n_causes; it sums to the value of the paths, or is zero where the chain never sells.
// `half_life` of time decay in steps.
std::vector<double> attribute(AttributionRule rule, std::span<const TouchPath> paths, std::size_t n_causes,
                              double half_life);

}  // namespace populace
