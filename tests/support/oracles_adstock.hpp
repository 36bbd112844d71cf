// Oracle O7: what is left of past advertising. Retention lambda in (0,1) is per step; effect in the scenario's unit.
#pragma once
#include <span>
#include <vector>

namespace populace::oracles {

// A_T = sum_s lambda^s x_{T-s}: the whole of a step's effect is there at the step itself. A pulse totals 1/(1-lambda).
// Source: Broadbent (1979), J. Market Research Society 21.
std::vector<double> geometric_adstock(std::span<const double> effects, double retention);

double half_life_steps(double retention);  // ln .5 / ln lambda

// The same stock in continuous time, its effect E flowing in evenly over the step; d = -ln lambda:
//     read (average over the step)   A0 (1 - e^-d)/d + E [1 - (1 - e^-d)/d] / d
//     kept (at the end of the step)  lambda A0 + E (1 - lambda)/d.
// Seven day steps of E/7 at lambda^(1/7) keep what one week step of E keeps, and their mean read is the week's read.
// A pulse read over all time totals E/d, where geometric_adstock has E/(1-lambda).
struct StepAverageStock {
  std::vector<double> read;
  std::vector<double> kept;
};
StepAverageStock step_average_adstock(std::span<const double> effects, double retention, double initial = 0.0);

}  // namespace populace::oracles
