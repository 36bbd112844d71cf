// Plan uncertainty in words, as JSON and as a table.
#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "app/uncertainty_command.hpp"
#include "results/export/table.hpp"
#include "results/report/quantity.hpp"
#include "scenarios/describe/text.hpp"

namespace populace {
namespace {

using Json = nlohmann::ordered_json;

std::string simulation(const Components& of, const std::string& unit) {
  return format_quantity(of.simulation.mean, (of.simulation.high - of.simulation.low) / 2, unit);
}
std::string range(const Components& of, const std::string& unit) {
  return fmt::format("{} to {}", format_quantity(of.low, std::nan(""), unit),
                     format_quantity(of.high, std::nan(""), unit));
}

Json json_of(const Components& of) {
  return {{"mean", of.simulation.mean},
          {"simulation_low", of.simulation.low},
          {"simulation_high", of.simulation.high},
          {"plan_sd", of.plan_sd},
          {"plan_5_percent", of.low},
          {"plan_95_percent", of.high}};
}

std::string table_of(const UncertaintyReport& report) {
  std::vector<std::vector<std::string>> rows{
      {"figure", "mean ± simulation", "sd by parameters", "5 to 95 % of parameters"}};
  if (report.against) rows.front().insert(rows.front().end(), {"more than the other", "5 to 95 %", "beats it in"});
  std::vector<std::size_t> right;
  for (std::size_t column = 1; column < rows.front().size(); ++column) right.push_back(column);
  for (const UncertainFigure& f : report.figures) {
    rows.push_back({f.name, simulation(f.of_plan, f.unit), format_quantity(f.of_plan.plan_sd, std::nan(""), f.unit),
                    range(f.of_plan, f.unit)});
    if (report.against)
      rows.back().insert(rows.back().end(),
                         {simulation(f.difference, f.unit), range(f.difference, f.unit),
                          fmt::format("{:.0f} % ({:.0f} to {:.0f})", 100 * f.difference.share_above_zero,
                                      100 * f.difference.share.low, 100 * f.difference.share.high)});
  }
  return aligned(rows, right);
}

}  // namespace

std::string in_words(const UncertaintyArguments& a, const RunOptions& run, const UncertaintyReport& report) {
  std::string text = fmt::format("{}\n{} consumers, {} draws of {} parameters, {} replications each, seed {}\n",
                                 run.title.empty() ? a.scenario.string() : run.title,
                                 with_thousands(static_cast<double>(run.consumers)), report.draws, report.priors.size(),
                                 report.replications, run.seed);
  if (report.against) text += fmt::format("against {}\n", a.against.string());
  std::vector<std::vector<std::string>> priors{{"uncertain", "mean", "sd", "distribution"}};
  for (const Prior& prior : report.priors)
    priors.push_back({prior.path, fmt::format("{:g}", prior.mean), fmt::format("{:g}", prior.sd), prior.distribution});
  text += "\n" + aligned(priors, {1, 2}) + "\n" + table_of(report);
  text +=
      "\n± is the 95 % interval of the simulation, by replications; what parameters do stands apart, with the "
      "simulation's "
      "part taken out\n";
  if (report.against)
    text += "a plan beats the other in a draw when its figure, as the mean of the replications, is larger\n";
  for (const RefusedDraw& refused : report.refused)
    text += fmt::format("warning: draw {} breaks a rule of the scenario: {}\n", refused.draw, refused.message);
  if (!a.output.empty()) text += fmt::format("written: {}\n", a.output.string());
  return text;
}

std::string as_json(const UncertaintyArguments& a, const RunOptions& run, const UncertaintyReport& report) {
  Json json{{"title", run.title},
            {"consumers", run.consumers},
            {"seed", run.seed},
            {"draws", report.draws},
            {"replications", report.replications}};
  if (report.against) json["against"] = a.against.string();
  for (const Prior& prior : report.priors)
    json["priors"].push_back(
        {{"key", prior.path}, {"mean", prior.mean}, {"sd", prior.sd}, {"distribution", prior.distribution}});
  json["figures"] = Json::array();
  for (const UncertainFigure& f : report.figures) {
    Json figure{{"name", f.name}, {"unit", f.unit}, {"plan", json_of(f.of_plan)}};
    if (report.against) {
      figure["other"] = json_of(f.of_other);
      figure["difference"] = json_of(f.difference);
      figure["beats"] = {
          {"share", f.difference.share_above_zero}, {"low", f.difference.share.low}, {"high", f.difference.share.high}};
    }
    json["figures"].push_back(std::move(figure));
  }
  json["refused"] = Json::array();
  for (const RefusedDraw& refused : report.refused)
    json["refused"].push_back({{"draw", refused.draw}, {"message", refused.message}, {"options", refused.overrides}});
  return json.dump(2) + "\n";
}

void write_figures(const UncertaintyReport& report, const std::filesystem::path& path) {
  Table table(path);
  table.print(
      "figure,unit,of,mean,simulation_low,simulation_high,plan_sd,plan_5_percent,plan_95_percent,share_above_zero\n");
  const auto row = [&](const UncertainFigure& f, std::string_view of, const Components& c) {
    table.print("{},{},{},{:.10g},{:.10g},{:.10g},{:.10g},{:.10g},{:.10g},{:.10g}\n", csv_field(f.name),
                csv_field(f.unit), of, c.simulation.mean, c.simulation.low, c.simulation.high, c.plan_sd, c.low, c.high,
                c.share_above_zero);
  };
  for (const UncertainFigure& f : report.figures) {
    row(f, "plan", f.of_plan);
    if (!report.against) continue;
    row(f, "other", f.of_other);
    row(f, "difference", f.difference);
  }
  table.commit();
}

}  // namespace populace
