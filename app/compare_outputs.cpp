// A comparison for programs: one JSON object, and a long table of differences.
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/compare_command.hpp"

namespace populace {
namespace {

using Json = nlohmann::ordered_json;

Json number_or_null(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json facts_of(const CompareReport& report) {
  const Comparison& comparison = report.comparison;
  return {{"consumers", report.info.consumers},
          {"market_size", report.info.market_size_people},
          {"currency", report.info.currency},
          {"start_date", report.info.start_date},
          {"step_days", report.info.step_days},
          {"steps", report.info.n_steps},
          {"replications", comparison.replications},
          {"seed", report.info.seed},
          {"pairing", "common random numbers"},
          {"comparisons", comparison.pairs.size()},
          {"level", comparison.level},
          {"interval_level", comparison.pair_level},
          {"interval_label", "simulation error"},
          {"multiplicity", "Bonferroni intervals and Holm p values over the comparisons of a figure"}};
}

Json changed_of(const CompareReport& report) {
  Json list = Json::array();
  for (const ChangedKey& key : report.changed) {
    Json values = Json::object();
    for (std::size_t a = 0; a < report.arms.size(); ++a)
      values[report.arms[a].label] = key.values[a].empty() ? Json(nullptr) : Json(key.values[a]);
    list.push_back({{"path", key.path}, {"given", key.given}, {"values", std::move(values)}});
  }
  return list;
}

Json difference_in(const FigureDifference& d, double p_holm) {
  return {{"mean_a", number_or_null(d.first_mean)},
          {"mean_b", number_or_null(d.second_mean)},
          {"difference", number_or_null(d.difference.mean)},
          {"standard_error", number_or_null(d.difference.standard_error)},
          {"low", number_or_null(d.difference.low)},
          {"high", number_or_null(d.difference.high)},
          {"relative", number_or_null(d.relative)},
          {"probability", number_or_null(d.probability)},
          {"p_value", number_or_null(d.p_value)},
          {"p_holm", number_or_null(p_holm)},
          {"variance_reduction", number_or_null(d.variance_reduction)},
          {"n", d.n}};
}

Json comparison_of(const CompareReport& report, std::size_t pair) {
  const ArmPair& arms = report.comparison.pairs[pair];
  Json kpis = Json::object();
  for (const ComparedFigure& figure : report.comparison.figures) {
    Json one = {{"group", figure.kpi->group},
                {"row", figure.kpi->row},
                {"column", figure.kpi->column},
                {"unit", figure.kpi->unit},
                {"long_name", figure.kpi->long_name}};
    one.update(difference_in(figure.by_pair[pair], figure.p_holm[pair]));
    kpis[figure.kpi->name()] = std::move(one);
  }
  return {{"a", report.arms[arms.first].label}, {"b", report.arms[arms.second].label}, {"kpis", std::move(kpis)}};
}

std::string csv_number(double value) { return std::isnan(value) ? "" : fmt::format("{}", value); }

}  // namespace

std::string as_json(const CompareReport& report) {
  Json out;
  out["comparison"] = facts_of(report);
  out["arms"] = Json::array();
  for (const ArmTitle& arm : report.arms)
    out["arms"].push_back({{"label", arm.label}, {"name", arm.name}, {"title", arm.title}});
  out["changed"] = changed_of(report);
  out["comparisons"] = Json::array();
  for (std::size_t pair = 0; pair < report.comparison.pairs.size(); ++pair)
    out["comparisons"].push_back(comparison_of(report, pair));
  out["of_some_arms"] = Json::object();
  for (const FigureOfArms& figure : report.comparison.of_some_arms) {
    Json having = Json::array();
    for (const std::size_t arm : figure.arms) having.push_back(report.arms[arm].label);
    out["of_some_arms"][figure.name] = std::move(having);
  }
  out["of_few_events"] = report.comparison.of_few_events;
  out["notes"] = report.notes;
  out["output"] = report.output.empty() ? Json(nullptr) : Json(report.output.string());
  return out.dump(2) + "\n";
}

void write_differences(const CompareReport& report, Table& table) {
  table.print(
      "against,arm,kpi,unit,mean_a,mean_b,difference,low,high,relative,probability,p_holm,variance_reduction,n\n");
  for (std::size_t pair = 0; pair < report.comparison.pairs.size(); ++pair) {
    const ArmPair& arms = report.comparison.pairs[pair];
    for (const ComparedFigure& figure : report.comparison.figures) {
      const FigureDifference& d = figure.by_pair[pair];
      table.print("{},{},{},{}", csv_field(report.arms[arms.first].name), csv_field(report.arms[arms.second].name),
                  csv_field(figure.kpi->name()), csv_field(figure.kpi->unit));
      for (const double value : {d.first_mean, d.second_mean, d.difference.mean, d.difference.low, d.difference.high,
                                 d.relative, d.probability, figure.p_holm[pair], d.variance_reduction})
        table.print(",{}", csv_number(value));
      table.print(",{}\n", d.n);
    }
  }
  table.commit();
}

}  // namespace populace
