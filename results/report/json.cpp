#include <cmath>

#include "results/report/report.hpp"

namespace populace {
namespace {

using Json = nlohmann::ordered_json;

Json number_or_null(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json run_facts(const Report& report) {
  const RunInfo& info = report.info;
  return {{"title", info.title},
          {"currency", info.currency},
          {"start_date", info.start_date},
          {"step_days", info.step_days},
          {"first_step", info.first_step},
          {"steps", info.n_steps},
          {"consumers", info.consumers},
          {"market_size", info.market_size_people},
          {"seed", info.seed},
          {"population", info.population},
          {"replications", report.summary.replications.size()},
          {"interval_level", report.summary.level},
          {"interval_label", "simulation error"}};
}

Json figure_of(const KpiSummary& figure) {
  Json values = Json::array();
  for (const double value : figure.by_replication) values.push_back(number_or_null(value));
  const Interval& interval = figure.interval;
  return {{"group", figure.kpi->group},
          {"row", figure.kpi->row},
          {"column", figure.kpi->column},
          {"unit", figure.kpi->unit},
          {"long_name", figure.kpi->long_name},
          {"mean", number_or_null(interval.mean)},
          {"standard_error", number_or_null(interval.standard_error)},
          {"low", number_or_null(interval.low)},
          {"high", number_or_null(interval.high)},
          {"present", interval.n},
          {"simulated_count", number_or_null(figure.simulated_count)},
          {"by_replication", std::move(values)}};
}

}  // namespace

nlohmann::ordered_json to_json(const Report& report) {
  Json out;
  out["run"] = run_facts(report);
  out["replications"] = report.summary.replications;
  out["kpis"] = Json::object();
  for (const KpiSummary& figure : report.summary.kpis) out["kpis"][figure.kpi->name()] = figure_of(figure);
  out["warnings"] = report.more_warnings;
  for (const std::string& warning : report.summary.warnings) out["warnings"].push_back(warning);
  out["output"] = report.output.empty() ? Json(nullptr) : Json(report.output.string());
  return out;
}

}  // namespace populace
