#include "tests/steps/step_figures.hpp"

#include <fmt/format.h>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

#include "tests/engine/market_run.hpp"
#include "tests/support/zscore.hpp"

namespace populace {
namespace {

// Bounds of the base market (docs/methods/steps.md).
const std::vector<StepBound>& base_bounds() {
  static const std::vector<StepBound> bounds{{"*.unspent", 0},  // what is left of the last contact's price
                                             {"ladder.*.entries_per_week", .35},
                                             {"ladder.*", .10},
                                             {"c*.reach_3", .06},
                                             {"channel.query.*", .04},  // paced on the queries of the step before
                                             {"campaign.words.*", .04},
                                             {"channel.*", .01},
                                             {"campaign.*", .01},
                                             {"*", .015}};
  return bounds;
}

double sum_of(const Market& market, const ReplicationRecord& record, const std::string& name) {
  const Measure& measure = market.registry().measure(name);
  double sum = 0;
  for (const std::int64_t value : Counters(market, record).dataset(measure)) sum += static_cast<double>(value);
  return sum;
}

StepFigure figure_of(const std::vector<double>& values) {
  const auto n = static_cast<double>(values.size());
  double sum = 0, squares = 0;
  for (const double value : values) sum += value;
  for (const double value : values) squares += (value - sum / n) * (value - sum / n);
  return {"measure", sum / n, std::sqrt(squares / (n - 1) / n), sum / n};
}

const StepBound* first_fit(const std::vector<StepBound>& bounds, const std::string& name) {
  for (const StepBound& bound : bounds)
    if (fits(bound.figure, name)) return &bound;
  return nullptr;
}

}  // namespace

StepFigures step_figures(const std::string& file, const StepSize& size, const std::string& step,
                         std::vector<std::string> settings, const std::vector<std::string>& measures) {
  settings.insert(settings.begin(),
                  {"scenario.step=" + step, "scenario.consumers=" + size.consumers, "scenario.weeks=" + size.weeks,
                   "scenario.replications=" + size.replications, "channel.feed.cap.weeks=1"});
  const Market market(load_options(file, settings));
  const std::vector<ReplicationRecord> records = run_records(market, {2, 2, 0});
  StepFigures figures;
  for (const KpiSummary& kpi : summarise(market.registry(), run_info(market), records).kpis)
    if (kpi.interval.n == static_cast<int>(records.size()))
      figures[kpi.kpi->name()] = {kpi.kpi->group, kpi.interval.mean, kpi.interval.standard_error, kpi.simulated_count};
  for (const std::string& name : measures) {
    std::vector<double> values;
    for (const ReplicationRecord& record : records) values.push_back(sum_of(market, record, name));
    figures["measure." + name] = figure_of(values);
  }
  return figures;
}

bool fits(const std::string& pattern, const std::string& name) {
  const std::size_t star = pattern.find('*');
  if (star == std::string::npos) return pattern == name;
  if (name.compare(0, star, pattern, 0, star) != 0) return false;
  const std::string rest = pattern.substr(star + 1);
  for (std::size_t at = star; at <= name.size(); ++at)
    if (fits(rest, name.substr(at))) return true;
  return false;
}

double StepDifference::off() const { return std::abs(share) / (bound + noise); }

std::string StepDifference::text() const {
  return fmt::format("{}: {:.6g} by weeks, {:.6g} by days: {:+.2f} %, bound {:.3g} %, noise {:.2f} %", name, week, day,
                     100 * share, 100 * bound, 100 * noise);
}

std::vector<StepDifference> step_differences(const StepFigures& week, const StepFigures& day, int replications,
                                             const std::vector<StepBound>& bounds) {
  const double tail = boost::math::cdf(boost::math::normal(), -kBoundHundredChecks);
  const double t = -boost::math::quantile(boost::math::students_t(2. * replications - 2), tail);
  std::vector<StepDifference> list;
  for (const auto& [name, a] : week) {
    const auto other = day.find(name);
    if (other == day.end() || a.mean == 0 || a.count < 100) continue;
    const StepBound* own = first_fit(bounds, name);
    const double bound = (own != nullptr ? own : first_fit(base_bounds(), name))->share;
    if (bound == 0) continue;
    StepDifference difference{name, a.group, a.mean, other->second.mean};
    difference.bound = bound;
    difference.own = own;
    difference.share = difference.day / difference.week - 1;
    difference.noise = t * std::hypot(a.standard_error, other->second.standard_error) / std::abs(a.mean);
    list.push_back(difference);
  }
  return list;
}

}  // namespace populace
