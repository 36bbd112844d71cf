#include "scenarios/sensitivity/sensitivity.hpp"

#include <fmt/format.h>

#include <cmath>
#include <mutex>

#include "scenarios/experiment/arms.hpp"
#include "sim/parallel/parallel.hpp"
#include "sim/random/sobol.hpp"

namespace populace {
namespace {

std::vector<DesignPoint> design_of(const SensitivityPlan& plan, std::size_t n_priors, std::uint32_t seed) {
  if (plan.morris) return morris_design(n_priors, plan.n, plan.levels, seed);
  SobolSequence sequence(2 * n_priors);
  std::vector<DesignPoint> base;
  for (std::size_t j = 0; j < plan.n; ++j) base.push_back(sequence.next());
  return saltelli_design(base);
}

// Morris's grid reaches to 0 and 1, where many distributions have no end: its levels stand for the middle of as many
// parts of equal probability.
std::vector<std::string> overrides_at(const SensitivityPlan& plan, const std::vector<Prior>& priors,
                                      const DesignPoint& point) {
  std::vector<std::string> overrides;
  const auto levels = static_cast<double>(plan.levels);
  for (std::size_t i = 0; i < priors.size(); ++i) {
    const double u = plan.morris ? (.5 + point[i] * (levels - 1)) / levels : point[i];
    overrides.push_back(fmt::format("{}={:.17g}", priors[i].path, quantile(priors[i], u)));
  }
  return overrides;
}

double mean_of(const std::vector<KpiValues>& values, std::size_t kpi) {
  double sum = 0;
  for (const KpiValues& replication : values) sum += replication.values[kpi];
  return sum / static_cast<double>(values.size());
}

}  // namespace

std::size_t design_size(const SensitivityPlan& plan, std::size_t n_priors) {
  return plan.n * (plan.morris ? n_priors + 1 : n_priors + 2);
}

bool run_sensitivity(const Reload& reload, const SensitivityPlan& plan, const std::vector<std::string>& figures,
                     const Threads& threads, const std::atomic<bool>& cancelled,
                     const std::function<void()>& after_step, SensitivityReport& report) {
  const LoadedScenario centre = reload({});
  report.priors = centre.priors;
  const auto seed = static_cast<std::uint32_t>(centre.market.run.seed);
  const std::vector<DesignPoint> design = design_of(plan, report.priors.size(), seed);
  report.points = design.size();
  std::vector<std::vector<double>> outputs(figures.size(), std::vector<double>(design.size()));
  std::mutex mutex;
  std::atomic<bool> stopped{false};
  threads.for_each(design.size(), [&](std::size_t p) {
    if (stopped) return;
    const Threads alone(1);  // a point is one piece of work: all threads are busy with points
    try {
      std::vector<Arm> arm;
      arm.push_back(make_arm("point", reload(overrides_at(plan, report.priors, design[p])).market));
      ArmsHooks hooks;
      hooks.after_step = after_step;
      if (!run_arms(arm, {0, plan.replications, false}, alone, cancelled, hooks)) {
        stopped = true;
        return;
      }
      const std::vector<Kpi>& kpis = arm[0].market->registry().kpis();
      for (std::size_t f = 0; f < figures.size(); ++f)
        for (std::size_t k = 0; k < kpis.size(); ++k)
          if (kpis[k].name() == figures[f]) outputs[f][p] = mean_of(arm[0].values, k);
    } catch (const ScenarioErrors& errors) {
      const std::lock_guard lock(mutex);
      report.refused = errors.what();
      stopped = true;
    }
  });
  if (!report.refused.empty()) return true;
  if (stopped) return false;
  const Market market(centre.market);
  for (std::size_t f = 0; f < figures.size(); ++f) {
    SensitiveFigure figure;
    figure.name = figures[f];
    figure.unit = market.registry().find_kpi(figures[f])->unit;
    const SampleMoments moments = sample_moments(outputs[f]);
    figure.mean = moments.mean;
    figure.sd = std::sqrt(moments.variance);
    const bool moves = moments.variance > 0 && std::isfinite(moments.variance);
    if (moves && !plan.morris) figure.indices = sobol_indices(outputs[f], report.priors.size(), seed);
    if (moves && plan.morris) figure.effects = morris_effects(design, outputs[f], report.priors.size());
    report.figures.push_back(std::move(figure));
  }
  return true;
}

}  // namespace populace
