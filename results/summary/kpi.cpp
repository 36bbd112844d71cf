#include "results/summary/kpi.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "results/report/quantity.hpp"
#include "sim/base/contracts.hpp"
#include "sim/base/units.hpp"

namespace populace {
namespace {

constexpr double kAbsent = std::numeric_limits<double>::quiet_NaN();

void add_exactly(std::int64_t& sum, std::int64_t value) {
  expects(!__builtin_add_overflow(sum, value, &sum), "a sum of counters exceeds 64 bits");
}

// Sum of the term's counters, flows over the horizon and stocks at its end.
std::int64_t count_term(const KpiTerm& term, const MeasureRegistry& registry, const RunInfo& info,
                        const ReplicationRecord& record) {
  const Measure& measure = registry.measure(term.measure);
  const bool by_cell = measure.level == Level::kCell;
  const std::vector<std::int64_t>& counters = by_cell ? record.cells : record.totals;
  const std::size_t slots = by_cell ? registry.cell_slots() : registry.total_slots();
  const std::size_t rows_per_step = by_cell ? info.regions.size() * info.segments.size() : 1;
  const std::size_t n_rows = static_cast<std::size_t>(info.n_steps) * rows_per_step;
  expects(counters.size() == n_rows * slots, "a record does not have the size of its registry");
  std::size_t row = measure.kind == Timing::kFlow || n_rows == 0 ? 0 : n_rows - rows_per_step;
  std::int64_t sum = 0;
  for (; row < n_rows; ++row)
    for (const std::size_t slot : term.slots) add_exactly(sum, counters[row * slots + measure.offset + slot]);
  return sum;
}

double value_of(const std::vector<KpiTerm>& terms, const MeasureRegistry& registry, const RunInfo& info,
                const ReplicationRecord& record) {
  double sum = 0;
  for (const KpiTerm& term : terms)
    sum += term.weight * scale_of(registry.measure(term.measure).count,
                                  info)(static_cast<double>(count_term(term, registry, info, record)));
  return sum;
}

bool counts_events(const KpiTerm& term, const MeasureRegistry& registry) {
  const Count count = registry.measure(term.measure).count;
  return count == Count::kPeople || count == Count::kPlain;
}

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

Interval interval_of_present(const std::vector<double>& values, double level) {
  std::vector<double> present;
  std::copy_if(values.begin(), values.end(), std::back_inserter(present),
               [](double value) { return !std::isnan(value); });
  return t_interval(present, level);
}

// Upwards to two digits that matter.
double rounded_up(double count) {
  const double unit = std::pow(10, std::max(0., std::floor(std::log10(count)) - 1));
  return std::ceil(count / unit) * unit;
}

std::string what_is_counted(const Kpi& kpi, const MeasureRegistry& registry) {
  for (const KpiTerm& term : kpi.numerator)
    if (counts_events(term, registry)) {
      std::string name = term.measure;
      std::replace(name.begin(), name.end(), '_', ' ');
      return name;
    }
  return "events";
}

void warn_of_few_events(const KpiSummary& figure, const MeasureRegistry& registry, const RunInfo& info,
                        std::vector<std::string>& warnings) {
  const Kpi& kpi = *figure.kpi;
  const double count = figure.simulated_count;
  if (std::isnan(count) || count >= kpi.minimum_events) return;
  const double times = count > 0 ? kpi.minimum_events / count : 10;
  warnings.push_back(fmt::format(
      "{}: {:.{}f} simulated {} a replication, fewer than {:.0f}; raise --consumers to {}{}", kpi.name(), count,
      count < 10 && count != std::floor(count) ? 1 : 0, what_is_counted(kpi, registry), kpi.minimum_events,
      with_thousands(rounded_up(static_cast<double>(info.consumers) * times)), count > 0 ? "" : " or more"));
}

void warn_of_absence(const KpiSummary& figure, std::vector<std::string>& warnings) {
  const std::size_t n = figure.by_replication.size();
  const std::size_t present = static_cast<std::size_t>(figure.interval.n);
  if (present == n || present == 0) return;
  warnings.push_back(
      fmt::format("{}: absent in {} of {} replications (nothing to divide by); its mean is over the other {}",
                  figure.kpi->name(), n - present, n, present));
}

}  // namespace

Scale scale_of(Count count, const RunInfo& info) {
  const double represented = info.market_size_people / static_cast<double>(info.consumers);
  switch (count) {
    case Count::kPeople:
      return {represented, 1};
    case Count::kMicros:
      return {1, kMicrosPerUnit};
    case Count::kMicrosPerConsumer:
      return {represented, kMicrosPerUnit};
    case Count::kPlain:
      break;
  }
  return {};
}

double evaluate(const Kpi& kpi, const MeasureRegistry& registry, const RunInfo& info, const ReplicationRecord& record) {
  const double weeks = kpi.per_week ? info.n_steps * info.step_days / 7. : 1;
  const double numerator = value_of(kpi.numerator, registry, info, record) / weeks;
  if (kpi.denominator.empty()) return kpi.factor * numerator;
  const double denominator = value_of(kpi.denominator, registry, info, record);
  return denominator == 0 ? kAbsent : kpi.factor * numerator / denominator;
}

double simulated_count(const Kpi& kpi, const MeasureRegistry& registry, const RunInfo& info,
                       const ReplicationRecord& record) {
  bool any = false;
  double sum = 0;
  for (const KpiTerm& term : kpi.numerator) {
    if (!counts_events(term, registry)) continue;
    any = true;
    sum += static_cast<double>(count_term(term, registry, info, record));
  }
  return any ? sum : kAbsent;
}

KpiValues evaluate_all(const MeasureRegistry& registry, const RunInfo& info, const ReplicationRecord& record) {
  KpiValues out{record.replication, {}, {}};
  for (const Kpi& kpi : registry.kpis()) {
    out.values.push_back(evaluate(kpi, registry, info, record));
    out.simulated.push_back(simulated_count(kpi, registry, info, record));
  }
  return out;
}

Summary summarise(const MeasureRegistry& registry, const RunInfo& info, std::span<const KpiValues> replications,
                  double level) {
  std::vector<const KpiValues*> ordered;
  for (const KpiValues& values : replications) ordered.push_back(&values);
  std::sort(ordered.begin(), ordered.end(), [](auto* a, auto* b) { return a->replication < b->replication; });

  Summary summary;
  summary.level = level;
  for (const KpiValues* values : ordered) summary.replications.push_back(values->replication);
  for (std::size_t k = 0; k < registry.kpis().size(); ++k) {
    KpiSummary figure;
    figure.kpi = &registry.kpis()[k];
    std::vector<double> simulated;
    for (const KpiValues* values : ordered) {
      figure.by_replication.push_back(values->values.at(k));
      simulated.push_back(values->simulated.at(k));
    }
    figure.interval = interval_of_present(figure.by_replication, level);
    figure.simulated_count = mean_of(simulated);
    warn_of_few_events(figure, registry, info, summary.warnings);
    warn_of_absence(figure, summary.warnings);
    summary.kpis.push_back(std::move(figure));
  }
  return summary;
}

Summary summarise(const MeasureRegistry& registry, const RunInfo& info, std::span<const ReplicationRecord> replications,
                  double level) {
  std::vector<KpiValues> values;
  for (const ReplicationRecord& record : replications) values.push_back(evaluate_all(registry, info, record));
  return summarise(registry, info, std::span<const KpiValues>(values), level);
}

}  // namespace populace
