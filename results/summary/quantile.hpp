// Quantiles of a sample, type 7 of Hyndman & Fan (1996), the default of R, NumPy and spreadsheets:
//     h = (n-1) p,  Q = x[floor h] + (h - floor h) (x[floor h + 1] - x[floor h])  on the sorted values, counted from 0.
#pragma once
#include <span>
#include <vector>

namespace populace {

// NaN for an empty sample. Throws std::invalid_argument when a value is NaN; `prob` in [0, 1].
double quantile(std::span<const double> values, double prob);

// Several quantiles of one sample, sorted once.
std::vector<double> quantiles(std::span<const double> values, std::span<const double> probs);

}  // namespace populace
