#include "scenarios/compare/compare_arms.hpp"

#include <algorithm>
#include <map>

namespace populace {
namespace {

std::size_t number_of(const std::string& name, const Arm& arm) {
  const MeasureRegistry& registry = arm.market->registry();
  return static_cast<std::size_t>(registry.find_kpi(name) - registry.kpis().data());
}

std::vector<double> values_of(const std::string& name, const Arm& arm) {
  const std::size_t kpi = number_of(name, arm);
  std::vector<double> values;
  for (const KpiValues& replication : arm.values) values.push_back(replication.values.at(kpi));
  return values;
}

// Mean over replications below what the figure needs to be taken at its word; money alone is no event (NaN).
bool has_few_events(const std::string& name, const Arm& arm) {
  const std::size_t kpi = number_of(name, arm);
  double sum = 0;
  for (const KpiValues& replication : arm.values) sum += replication.simulated.at(kpi);
  return sum < arm.market->registry().kpis()[kpi].minimum_events * static_cast<double>(arm.values.size());
}

ComparedFigure compared(std::span<const Arm> arms, const std::string& name, const Comparison& comparison) {
  ComparedFigure figure;
  figure.kpi = arms.front().market->registry().find_kpi(name);
  std::vector<std::vector<double>> by_arm;
  for (const Arm& arm : arms) by_arm.push_back(values_of(name, arm));
  std::vector<double> p_values;
  for (const ArmPair& pair : comparison.pairs) {
    figure.by_pair.push_back(difference_of(by_arm[pair.first], by_arm[pair.second], comparison.pair_level));
    p_values.push_back(figure.by_pair.back().p_value);
  }
  figure.p_holm = holm_adjusted(p_values);
  return figure;
}

}  // namespace

std::vector<ArmPair> pairs_of(std::size_t n_arms, bool all_pairs) {
  std::vector<ArmPair> pairs;
  for (std::size_t first = 0; first < (all_pairs ? n_arms : 1); ++first)
    for (std::size_t second = first + 1; second < n_arms; ++second) pairs.push_back({first, second});
  return pairs;
}

std::vector<FigureOfArms> figures_of(std::span<const Arm> arms) {
  std::vector<FigureOfArms> figures;
  std::map<std::string, std::size_t> at;
  for (std::size_t a = 0; a < arms.size(); ++a) {
    for (const Kpi& kpi : arms[a].market->registry().kpis()) {
      const auto [found, is_new] = at.emplace(kpi.name(), figures.size());
      if (is_new) figures.push_back({kpi.name(), {}});
      figures[found->second].arms.push_back(a);
    }
  }
  return figures;
}

bool ComparedFigure::noticeable() const {
  return std::any_of(by_pair.begin(), by_pair.end(), [](const FigureDifference& pair) { return pair.noticeable(); });
}

Comparison compare_arms(std::span<const Arm> arms, std::vector<ArmPair> pairs, double level) {
  Comparison comparison;
  comparison.level = level;
  comparison.pair_level = simultaneous_level(level, pairs.size());
  comparison.replications = static_cast<int>(arms.front().values.size());
  comparison.pairs = std::move(pairs);
  for (FigureOfArms& figure : figures_of(arms)) {
    if (figure.arms.size() < arms.size()) {
      comparison.of_some_arms.push_back(std::move(figure));
      continue;
    }
    comparison.figures.push_back(compared(arms, figure.name, comparison));
    if (std::any_of(arms.begin(), arms.end(), [&](const Arm& arm) { return has_few_events(figure.name, arm); }))
      comparison.of_few_events.push_back(figure.name);
  }
  return comparison;
}

}  // namespace populace
