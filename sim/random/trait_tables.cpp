#include "sim/random/trait_tables.hpp"

namespace populace {

TraitTable gamma_trait(double shape, double mean) { return {gamma_codes(shape, mean)}; }
TraitTable lognormal_trait(double mu, double sigma) { return {lognormal_codes(mu, sigma)}; }
TraitTable uniform_trait(double low, double high) { return {uniform_codes(low, high)}; }
TraitTable beta_trait(double a, double b) { return {beta_codes(a, b)}; }
TraitTable normal_trait(double mu, double sigma) { return {normal_codes(mu, sigma)}; }
TraitTable constant_trait(double value) { return {constant_codes(value)}; }

double mean_of(const TraitTable& table) {
  double mean = 0;
  for (int code = 1; code <= 255; ++code) mean += code_probs()[code] * static_cast<double>(table.value[code]);
  return mean;
}

}  // namespace populace
