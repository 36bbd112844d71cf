// Which of the uncertain coefficients a figure hangs on: the inputs are the priors of a scenario, and a point u of the
// unit cube is the market with each coefficient at its quantile u_i (scenarios/uncertainty/prior.hpp). Every point runs
// the same replications (common random numbers), and its output is the mean of a figure over them.
#pragma once
#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "results/summary/sensitivity.hpp"
#include "scenarios/uncertainty/uncertainty.hpp"

namespace populace {

struct SensitivityPlan {
  bool morris = false;     // else Sobol indices
  std::size_t n = 64;      // paths, or rows of the base design
  std::size_t levels = 4;  // of Morris's grid
  int replications = 2;
};

struct SensitiveFigure {
  std::string name, unit;
  double mean = 0, sd = 0;            // over the design
  std::vector<SobolIndex> indices;    // by prior
  std::vector<MorrisEffect> effects;  // by prior, over the whole range of its quantiles
};

struct SensitivityReport {
  std::vector<Prior> priors;
  std::size_t points = 0;
  std::vector<SensitiveFigure> figures;
  std::string refused;  // a point that breaks a rule of the scenario: nothing was run
};

std::size_t design_size(const SensitivityPlan& plan, std::size_t n_priors);

// `figures` are those wanted. False when `cancelled` was seen.
bool run_sensitivity(const Reload& reload, const SensitivityPlan& plan, const std::vector<std::string>& figures,
                     const Threads& threads, const std::atomic<bool>& cancelled,
                     const std::function<void()>& after_step, SensitivityReport& report);

}  // namespace populace
