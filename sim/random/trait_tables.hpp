#pragma once

// Traits by code: the 256 values that a consumer's one-byte score stands for, ready for a vector gather. Codes, bins
// and accuracy are those of quantile_table.hpp: value[0] = 0 ("none"), value[code] = E[X | bin], so the mean is exact.

#include "sim/random/quantile_table.hpp"

namespace populace {

struct TraitTable {
  alignas(64) CodeValues value{};
};

// Units are those of the mean. Shape in [0.001, 10000]; variance = mean^2 / shape.
TraitTable gamma_trait(double shape, double mean);
// exp(mu + sigma Z): median e^mu, mean e^(mu + sigma^2/2).
TraitTable lognormal_trait(double mu, double sigma);
TraitTable uniform_trait(double low, double high);
TraitTable beta_trait(double a, double b);
TraitTable normal_trait(double mu, double sigma);
// The same value for every code but 0.
TraitTable constant_trait(double value);

// Mean over consumers with independent N(0,1) scores.
double mean_of(const TraitTable& table);

}  // namespace populace
