#include "tests/support/oracles_adstock.hpp"

#include <cmath>
#include <stdexcept>

namespace populace::oracles {

std::vector<double> geometric_adstock(std::span<const double> effects, double retention) {
  // Summed as the definition has it, not as a recursion, so that it shares no step with the code it judges.
  std::vector<double> stock(effects.size(), 0.0);
  for (std::size_t t = 0; t < effects.size(); ++t) {
    for (std::size_t s = 0; s <= t; ++s) stock[t] += std::pow(retention, static_cast<double>(s)) * effects[t - s];
  }
  return stock;
}

double half_life_steps(double retention) { return std::log(0.5) / std::log(retention); }

StepAverageStock step_average_adstock(std::span<const double> effects, double retention, double initial) {
  if (!(retention > 0.0 && retention < 1.0)) {
    throw std::invalid_argument("step_average_adstock: the retention lies strictly between 0 and 1");
  }
  const double decay = -std::log(retention);
  const double averaged = -std::expm1(-decay) / decay;
  StepAverageStock stock;
  double level = initial;
  for (const double effect : effects) {
    stock.read.push_back(level * averaged + effect * (1.0 - averaged) / decay);
    level = retention * level + effect * averaged;
    stock.kept.push_back(level);
  }
  return stock;
}

}  // namespace populace::oracles
