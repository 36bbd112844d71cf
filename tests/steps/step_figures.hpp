// Figures of the same scenario in steps of a week and of a day, and how far they are apart.
#pragma once
#include <map>
#include <string>
#include <vector>

namespace populace {

struct StepSize {
  std::string consumers, weeks, replications;
};

// A key figure, or the sum of a counter over cells and steps ("measure.NAME").
struct StepFigure {
  std::string group;
  double mean = 0, standard_error = 0;
  double count = 0;  // simulated acts behind it; NaN for money
};
using StepFigures = std::map<std::string, StepFigure>;

// Figures without a value in some replication are left out.
StepFigures step_figures(const std::string& file, const StepSize& size, const std::string& step,
                         std::vector<std::string> settings, const std::vector<std::string>& measures = {});

// How far days may be from weeks, as a share of the figure. The first entry that fits a name counts; "*" fits any part
// of it. 0: not compared.
struct StepBound {
  std::string figure;
  double share;
};

struct StepDifference {
  std::string name, group;
  double week = 0, day = 0;
  double share = 0;  // day / week - 1
  double noise = 0;  // what chance explains of it
  double bound = 0;
  const StepBound* own = nullptr;  // the entry of the scenario that set the bound
  // In units of what is allowed.
  double off() const;
  std::string text() const;
};

// Whether a name fits a pattern with "*".
bool fits(const std::string& pattern, const std::string& name);

// Of all figures that can be judged: `bounds` first, then those of the base market.
std::vector<StepDifference> step_differences(const StepFigures& week, const StepFigures& day, int replications,
                                             const std::vector<StepBound>& bounds = {});

}  // namespace populace
