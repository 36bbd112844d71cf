// Figures of arms that ran the same replications, compared pair by pair: each arm with the first, or each with each.
//
// Several comparisons of one figure are a family: intervals hold together (Bonferroni) and p values are adjusted (Holm)
// over the pairs, figure by figure. Over figures nothing is adjusted.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "results/summary/figure_difference.hpp"
#include "scenarios/experiment/arms.hpp"

namespace populace {

struct ArmPair {
  std::size_t first = 0, second = 0;  // second - first
};
std::vector<ArmPair> pairs_of(std::size_t n_arms, bool all_pairs);

struct FigureOfArms {
  std::string name;
  std::vector<std::size_t> arms;  // that have it
};
// In order of appearance.
std::vector<FigureOfArms> figures_of(std::span<const Arm> arms);

struct ComparedFigure {
  const Kpi* kpi = nullptr;               // in the first arm's registry
  std::vector<FigureDifference> by_pair;  // in the order of the pairs
  std::vector<double> p_holm;
  bool noticeable() const;  // in any pair
};

struct Comparison {
  double level = .95;       // that all intervals of a figure hold together
  double pair_level = .95;  // of each interval
  int replications = 0;
  std::vector<ArmPair> pairs;
  std::vector<ComparedFigure> figures;     // that all arms have
  std::vector<FigureOfArms> of_some_arms;  // that not all have
  std::vector<std::string> of_few_events;  // of all arms, but with fewer simulated events in one than Kpi asks for
};

// The arms must outlive the comparison.
Comparison compare_arms(std::span<const Arm> arms, std::vector<ArmPair> pairs, double level = .95);

}  // namespace populace
