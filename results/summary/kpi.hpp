// Key figures of a run:  factor * sum(numerator) / sum(denominator)
// where flows are summed over all steps and cells, stocks over cells at the last step, and every sum is taken in the
// market's units: people count market_size / consumers each, micros are 1e-6 of the currency. A zero denominator makes
// the figure absent (NaN), never 0.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "results/summary/interval.hpp"
#include "sim/engine/measures.hpp"
#include "sim/engine/record.hpp"

namespace populace {

// What one counted unit means in the market: value = counter * weight / divisor. Two numbers, so that amounts of money
// print as the decimals they are.
struct Scale {
  double weight = 1;
  double divisor = 1;
  double factor() const { return weight / divisor; }
  double operator()(double counter) const { return counter * weight / divisor; }
};
Scale scale_of(Count count, const RunInfo& info);

double evaluate(const Kpi& kpi, const MeasureRegistry& registry, const RunInfo& info, const ReplicationRecord& record);

// Simulated people and acts behind the numerator, unscaled; NaN when it counts money only.
double simulated_count(const Kpi& kpi, const MeasureRegistry& registry, const RunInfo& info,
                       const ReplicationRecord& record);

// All figures of one replication, in the registry's order: all that must be kept of a record that has been written.
struct KpiValues {
  int replication = 0;
  std::vector<double> values;
  std::vector<double> simulated;
};
KpiValues evaluate_all(const MeasureRegistry& registry, const RunInfo& info, const ReplicationRecord& record);

struct KpiSummary {
  const Kpi* kpi = nullptr;            // in the registry
  std::vector<double> by_replication;  // NaN where absent
  Interval interval{};                 // over the replications in which it is present
  double simulated_count = 0;          // mean per replication; NaN when the numerator counts money only
};

struct Summary {
  double level = .95;
  std::vector<int> replications;  // increasing; the order of by_replication
  std::vector<KpiSummary> kpis;
  std::vector<std::string> warnings;
};

// The order of `replications` does not matter. The registry must outlive the summary.
Summary summarise(const MeasureRegistry& registry, const RunInfo& info, std::span<const KpiValues> replications,
                  double level = .95);
Summary summarise(const MeasureRegistry& registry, const RunInfo& info, std::span<const ReplicationRecord> replications,
                  double level = .95);

}  // namespace populace
