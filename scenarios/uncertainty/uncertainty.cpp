#include "scenarios/uncertainty/uncertainty.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "scenarios/experiment/arms.hpp"

namespace populace {
namespace {

// Values of the figures, draw by draw, replication by replication.
using ByDraw = std::vector<std::vector<double>>;

struct Collected {
  std::map<std::string, ByDraw> values;
  void add(const Arm& arm) {
    const std::vector<Kpi>& kpis = arm.market->registry().kpis();
    for (std::size_t k = 0; k < kpis.size(); ++k) {
      std::vector<double> row;
      for (const KpiValues& replication : arm.values) row.push_back(replication.values[k]);
      values[kpis[k].name()].push_back(std::move(row));
    }
  }
  // Whether a figure is there in every replication of every draw.
  bool whole(const std::string& name, std::size_t n_draws) const {
    const auto found = values.find(name);
    if (found == values.end() || found->second.size() != n_draws) return false;
    for (const auto& draw : found->second)
      if (std::any_of(draw.begin(), draw.end(), [](double x) { return !std::isfinite(x); })) return false;
    return true;
  }
};

ByDraw difference(const ByDraw& a, const ByDraw& b) {
  ByDraw out = a;
  for (std::size_t d = 0; d < a.size(); ++d)
    for (std::size_t r = 0; r < a[d].size(); ++r) out[d][r] -= b[d][r];
  return out;
}

// The priors of both plans, each once.
std::vector<Prior> all_priors(const std::vector<Prior>& plan, const std::vector<Prior>& other) {
  std::vector<Prior> all = plan;
  for (const Prior& prior : other)
    if (std::none_of(all.begin(), all.end(), [&](const Prior& p) { return p.path == prior.path; }))
      all.push_back(prior);
  return all;
}

std::string listed(const std::vector<std::string>& overrides) {
  std::string text;
  for (const std::string& one : overrides) text += fmt::format(" --set '{}'", one);
  return text;
}

}  // namespace

bool run_uncertainty(const Reload& plan, const Reload& other, const UncertaintyPlan& how, const Threads& threads,
                     const std::atomic<bool>& cancelled, const std::function<void()>& after_step,
                     UncertaintyReport& report) {
  const LoadedScenario mine = plan({});
  const std::vector<Prior> theirs = other ? other({}).priors : std::vector<Prior>{};
  const auto seed = static_cast<std::uint32_t>(mine.market.run.seed);
  const Market named(mine.market);
  report.priors = all_priors(mine.priors, theirs);
  report.against = static_cast<bool>(other);
  Collected of_plan, of_other;
  int drawn = 0;
  for (int d = 0; d < how.draws; ++d) {
    const std::vector<std::string> own = draw_priors(mine.priors, seed, static_cast<std::uint32_t>(d)),
                                   others = draw_priors(theirs, seed, static_cast<std::uint32_t>(d));
    std::vector<Arm> arms;
    try {
      arms.push_back(make_arm("plan", plan(own).market));
      if (other) arms.push_back(make_arm("other", other(others).market));
    } catch (const ScenarioErrors& errors) {
      report.refused.push_back({d, errors.what(), listed(own)});
      continue;
    }
    ArmsHooks hooks;
    hooks.after_step = after_step;
    if (!run_arms(arms, {0, how.replications, false}, threads, cancelled, hooks)) return false;
    of_plan.add(arms[0]);
    if (other) of_other.add(arms[1]);
    ++drawn;
  }
  report.draws = drawn;
  report.replications = how.replications;
  if (drawn < 2) return true;
  for (const Kpi& kpi : named.registry().kpis()) {
    const std::string name = kpi.name();
    if (!of_plan.whole(name, static_cast<std::size_t>(drawn))) continue;
    if (other && !of_other.whole(name, static_cast<std::size_t>(drawn))) continue;
    UncertainFigure figure{name, kpi.unit, components(of_plan.values[name]), {}, {}};
    if (other) {
      figure.of_other = components(of_other.values[name]);
      figure.difference = components(difference(of_plan.values[name], of_other.values[name]));
    }
    report.figures.push_back(std::move(figure));
  }
  return true;
}

}  // namespace populace
