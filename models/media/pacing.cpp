#include "models/media/pacing.hpp"

#include <algorithm>

#include "sim/random/exact_math.hpp"

namespace populace {

CappedMean capped_poisson(double mean, std::int64_t room) {
  if (room == kNoCap) return {mean, 1};
  // E[min(N, r)] = sum over k = 1…r of P(N >= k); its derivative is P(N <= r - 1).
  double term = exact_exp(-mean), below = term, value = 0, slope = 0;
  for (std::int64_t k = 1; k <= room; ++k) {
    value += 1 - below;
    slope = below;
    term *= mean / static_cast<double>(k);
    below += term;
  }
  return {value, slope};
}

double solve_pressure(const std::vector<PacingBin>& bins, bool bernoulli, double wanted) {
  if (wanted <= 0) return 0;
  double slots = 0;
  for (const PacingBin& bin : bins)
    if (bin.room != 0) slots += bin.slots * static_cast<double>(bin.consumers);
  if (slots <= 0) return 0;
  double pressure = std::min(1.0, wanted / slots);
  constexpr int kMostSteps = 30;
  for (int step = 0; step < kMostSteps; ++step) {
    double value = 0, slope = 0;
    for (const PacingBin& bin : bins) {
      const double mean = bin.slots * pressure, n = static_cast<double>(bin.consumers);
      const CappedMean contacts =
          bernoulli ? CappedMean{std::min(1.0, mean), mean < 1 ? 1.0 : 0.0} : capped_poisson(mean, bin.room);
      const bool none = bin.room == 0;
      value += none ? 0 : n * contacts.value;
      slope += none ? 0 : n * contacts.slope * bin.slots;
    }
    const double missing = wanted - value;
    if (missing <= 1e-6 * wanted || pressure >= 1 || slope <= 0) break;
    pressure = std::min(1.0, pressure + missing / slope);
  }
  return pressure;
}

}  // namespace populace
