// What a plan is worth when its coefficients are known by priors only: every draw of the parameters is a market of its
// own, which runs the same replications (results/summary/components.hpp tells the two apart). Two plans share the draws
// of what they share, so that "A beats B in so many draws" is about the plans.
#pragma once
#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "results/summary/components.hpp"
#include "scenarios/scenario.hpp"

namespace populace {

class Threads;
class Market;

// Gives a plan with overrides beside those that it was loaded with.
using Reload = std::function<LoadedScenario(const std::vector<std::string>&)>;

struct UncertaintyPlan {
  int draws = 40, replications = 4;
};

struct UncertainFigure {
  std::string name, unit;
  Components of_plan, of_other, difference;  // plan less other; `of_plan` alone without another
};

// A draw that the rules of the scenario refuse.
struct RefusedDraw {
  int draw;
  std::string message, overrides;
};

struct UncertaintyReport {
  std::vector<Prior> priors;
  int draws = 0, replications = 0;
  bool against = false;
  std::vector<UncertainFigure> figures;  // those that exist in every run
  std::vector<RefusedDraw> refused;
};

// `other` may be empty. Figures are those that both plans have. False when `cancelled` was seen.
bool run_uncertainty(const Reload& plan, const Reload& other, const UncertaintyPlan& how, const Threads& threads,
                     const std::atomic<bool>& cancelled, const std::function<void()>& after_step,
                     UncertaintyReport& report);

}  // namespace populace
