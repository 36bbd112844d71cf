#include "scenarios/compare/compare.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "scenarios/describe/parameters.hpp"
#include "scenarios/experiment/arms.hpp"

namespace populace {
namespace {

std::vector<PairOfPlans> pairs_of(std::size_t n, bool every_pair) {
  std::vector<PairOfPlans> pairs;
  for (std::size_t a = 0; a < (every_pair ? n : 1); ++a)
    for (std::size_t b = a + 1; b < n; ++b) pairs.push_back({a, b});
  return pairs;
}

// Values of a figure by plan, replication by replication; fewer plans where some have none.
std::vector<std::vector<double>> values_of(const std::vector<Arm>& arms, const std::string& name) {
  std::vector<std::vector<double>> values;
  for (const Arm& arm : arms) {
    const std::vector<Kpi>& kpis = arm.market->registry().kpis();
    const auto kpi = std::find_if(kpis.begin(), kpis.end(), [&](const Kpi& k) { return k.name() == name; });
    if (kpi == kpis.end()) continue;
    std::vector<double>& mine = values.emplace_back();
    for (const KpiValues& replication : arm.values)
      mine.push_back(replication.values[static_cast<std::size_t>(kpi - kpis.begin())]);
  }
  return values;
}

// Names of all figures, in the order of the first plan that has them.
std::vector<const Kpi*> all_figures(const std::vector<Arm>& arms) {
  std::vector<const Kpi*> all;
  for (const Arm& arm : arms)
    for (const Kpi& kpi : arm.market->registry().kpis())
      if (std::none_of(all.begin(), all.end(), [&](const Kpi* k) { return k->name() == kpi.name(); }))
        all.push_back(&kpi);
  return all;
}

}  // namespace

std::vector<KeyDifference> differences(const std::vector<ComparedPlan>& plans) {
  std::vector<KeyDifference> all;
  std::map<std::string, std::size_t> at;
  for (std::size_t p = 0; p < plans.size(); ++p)
    for (const Parameter& parameter : parameters_of(plans[p].loaded)) {
      const auto [found, is_new] = at.emplace(parameter.path, all.size());
      if (is_new) all.push_back({parameter.path, std::vector<std::string>(plans.size())});
      all[found->second].values[p] = parameter.value;
    }
  std::erase_if(all, [](const KeyDifference& key) {
    return key.path == "scenario.title" || key.path == "scenario.question" ||
           std::all_of(key.values.begin(), key.values.end(),
                       [&](const std::string& value) { return value == key.values.front(); });
  });
  return all;
}

bool compare_plans(const std::vector<ComparedPlan>& plans, int replications, bool every_pair, const Threads& threads,
                   const std::atomic<bool>& cancelled, const std::function<void()>& after_step, Comparison& out) {
  std::vector<Arm> arms;
  for (const ComparedPlan& plan : plans) {
    MarketOptions options = plan.loaded.market;
    options.run.seed = plans.front().loaded.market.run.seed;
    arms.push_back(make_arm(plan.name, options));
  }
  ArmsHooks hooks;
  hooks.after_step = after_step;
  if (!run_arms(arms, {0, replications, false}, threads, cancelled, hooks)) return false;
  out.pairs = pairs_of(arms.size(), every_pair);
  out.level = 1 - .05 / static_cast<double>(out.pairs.size());
  out.replications = replications;
  for (const Kpi* kpi : all_figures(arms)) {
    const std::vector<std::vector<double>> values = values_of(arms, kpi->name());
    if (values.size() < arms.size()) {
      out.figures_of_some.push_back(kpi->name());
      continue;
    }
    ComparedFigure figure{kpi->name(), kpi->unit, kpi->group, {}, {}};
    std::vector<double> p;
    for (const PairOfPlans& pair : out.pairs) {
      figure.pairs.push_back(judge_pair(values[pair.first], values[pair.second], out.level));
      p.push_back(std::isfinite(figure.pairs.back().p_value) ? figure.pairs.back().p_value : 1);
    }
    figure.adjusted_p = holm(p);
    out.figures.push_back(std::move(figure));
  }
  return true;
}

}  // namespace populace
