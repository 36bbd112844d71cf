#include "app/sensitivity_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/interrupt.hpp"
#include "app/options.hpp"
#include "app/outputs.hpp"
#include "app/progress.hpp"
#include "models/market.hpp"
#include "results/export/table.hpp"
#include "results/report/quantity.hpp"
#include "scenarios/describe/text.hpp"
#include "scenarios/validate/suggest.hpp"
#include "sim/parallel/parallel.hpp"

namespace populace {
namespace {

using Json = nlohmann::ordered_json;
using Rows = std::vector<std::vector<std::string>>;

void check(const SensitivityArguments& a, const LoadedScenario& loaded) {
  if (loaded.priors.empty())
    throw UsageError(
        fmt::format("{}: no coefficient is uncertain; give one as {{ mean = 0.9, sd = 0.02 }}, or add --set "
                    "'response.slow.retention_per_week={{ mean = 0.9, sd = 0.02 }}'",
                    a.scenario.string()));
  if (a.plan.morris && a.plan.levels % 2 != 0)
    throw UsageError(
        fmt::format("--levels {}: must be even, so that every level has one half the range away", a.plan.levels));
  const Market market(loaded.market);
  std::vector<std::string> names;
  for (const Kpi& kpi : market.registry().kpis()) names.push_back(kpi.name());
  for (const std::string& of : a.of)
    if (std::find(names.begin(), names.end(), of) == names.end())
      throw UsageError(fmt::format("--of {}: this scenario has no such figure; {}", of, suggest(of, names, "figures")));
  refuse_to_replace(files_read(a.scenario, loaded), "--output", a.output);
}

std::string with_interval(const Interval& of) {
  return fmt::format("{:.3f} ({:.3f} to {:.3f})", of.mean, of.low, of.high);
}

std::string table_of(const SensitivityReport& report, const SensitiveFigure& figure) {
  Rows rows;
  if (!figure.indices.empty()) rows = {{"coefficient", "first order", "total"}};
  if (!figure.effects.empty()) rows = {{"coefficient", "effect, mu", "size, mu*", "spread, sigma"}};
  if (rows.empty()) return "  does not move\n";
  for (std::size_t i = 0; i < report.priors.size(); ++i) {
    rows.push_back({report.priors[i].path});
    if (!figure.indices.empty())
      rows.back().insert(rows.back().end(),
                         {with_interval(figure.indices[i].first), with_interval(figure.indices[i].total)});
    else
      rows.back().insert(rows.back().end(), {format_quantity(figure.effects[i].mean.mean, std::nan(""), figure.unit),
                                             format_quantity(figure.effects[i].size.mean, std::nan(""), figure.unit),
                                             format_quantity(figure.effects[i].spread, std::nan(""), figure.unit)});
  }
  return aligned(rows, {1, 2, 3});
}

std::string in_words(const SensitivityArguments& a, const RunOptions& run, const SensitivityReport& report) {
  std::string text = fmt::format("{}\n{} consumers, {} points of {} coefficients, {} replications each, seed {}\n",
                                 run.title.empty() ? a.scenario.string() : run.title,
                                 with_thousands(static_cast<double>(run.consumers)), report.points,
                                 report.priors.size(), a.plan.replications, run.seed);
  for (const SensitiveFigure& figure : report.figures)
    text +=
        fmt::format("\n{}: mean {}, sd {}\n{}", figure.name, format_quantity(figure.mean, std::nan(""), figure.unit),
                    format_quantity(figure.sd, std::nan(""), figure.unit), table_of(report, figure));
  text +=
      a.plan.morris
          ? "\nmu: mean change of the figure from a coefficient's lowest to its highest level; mu*: of its size; "
            "sigma is large where effects are curved or hang together\n"
          : "\nfirst order: part of the variance by a coefficient alone; total: with all that it does together with "
            "others; 95 % intervals by resampling\n";
  return text;
}

Json interval(const Interval& of) { return {{"mean", of.mean}, {"low", of.low}, {"high", of.high}}; }

std::string as_json(const SensitivityArguments& a, const SensitivityReport& report) {
  Json json{{"method", a.method}, {"points", report.points}, {"replications", a.plan.replications}};
  for (const SensitiveFigure& figure : report.figures) {
    Json row{{"name", figure.name}, {"unit", figure.unit}, {"mean", figure.mean}, {"sd", figure.sd}};
    for (std::size_t i = 0; i < report.priors.size(); ++i) {
      Json& input = row["coefficients"][report.priors[i].path];
      if (!figure.indices.empty())
        input = {{"first", interval(figure.indices[i].first)}, {"total", interval(figure.indices[i].total)}};
      if (!figure.effects.empty())
        input = {{"mu", interval(figure.effects[i].mean)},
                 {"mu_star", interval(figure.effects[i].size)},
                 {"sigma", figure.effects[i].spread}};
    }
    json["figures"].push_back(std::move(row));
  }
  return json.dump(2) + "\n";
}

void write_table(const SensitivityReport& report, const std::filesystem::path& path) {
  Table table(path);
  table.print("figure,coefficient,measure,value,low,high\n");
  const auto row = [&](const SensitiveFigure& f, std::size_t i, std::string_view measure, const Interval& of) {
    table.print("{},{},{},{:.10g},{:.10g},{:.10g}\n", csv_field(f.name), csv_field(report.priors[i].path), measure,
                of.mean, of.low, of.high);
  };
  for (const SensitiveFigure& f : report.figures)
    for (std::size_t i = 0; i < report.priors.size(); ++i) {
      if (!f.indices.empty()) {
        row(f, i, "first", f.indices[i].first);
        row(f, i, "total", f.indices[i].total);
      }
      if (!f.effects.empty()) {
        row(f, i, "mu", f.effects[i].mean);
        row(f, i, "mu_star", f.effects[i].size);
      }
    }
  table.commit();
}

}  // namespace

CLI::App* add_sensitivity(CLI::App& app, SensitivityArguments& a) {
  CLI::App* command =
      app.add_subcommand("sensitivity", "which uncertain coefficients { mean = …, sd = … } a figure hangs on");
  command->add_option("scenario", a.scenario, "scenario file (TOML)")->required();
  command->add_option("--of", a.of, "figure; may be repeated")->required()->allow_extra_args(false);
  command->add_option("--method", a.method, "sobol (shares of the variance) or morris (screening)")
      ->check(CLI::IsMember({"sobol", "morris"}))
      ->capture_default_str();
  command->add_option("--rows", a.plan.n, "rows of the design (sobol: x (k + 2) points), or paths (morris: x (k + 1))")
      ->check(CLI::Range(4, 1'000'000))
      ->capture_default_str();
  command->add_option("--levels", a.plan.levels, "of morris's grid")->check(CLI::Range(2, 100))->capture_default_str();
  command->add_option("--replications", a.plan.replications, "of each point")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  add_experiment_options(*command, a, "file for every index (CSV)");
  return command;
}

int sensitivity_command(const SensitivityArguments& arguments) {
  SensitivityArguments a = arguments;
  a.plan.morris = a.method == "morris";
  const LoadedScenario loaded = load(a);
  check(a, loaded);
  prepare_output(a);
  const Threads threads(a.threads > 0 ? a.threads : hardware_threads());
  const RunOptions& run = loaded.market.run;
  SensitivityReport report;
  bool complete = false;
  {
    const std::int64_t steps = (run.weeks + run.warmup_weeks) * run.steps_per_week() * a.plan.replications;
    Progress progress(!a.quiet, steps * static_cast<std::int64_t>(design_size(a.plan, loaded.priors.size())),
                      run.consumers);
    complete = run_sensitivity([&](const auto& more) { return load(a, more); }, a.plan, a.of, threads,
                               watch_interrupts(), [&] { progress.step_done(); }, report);
  }
  if (!complete) {
    fmt::print(stderr, "populace: interrupted before all points were complete; nothing was written\n");
    return kExitInterrupted;
  }
  if (!report.refused.empty())
    throw UsageError(
        fmt::format("a point of the design breaks a rule of the scenario; narrow its priors:\n{}", report.refused));
  if (!a.output.empty()) write_table(report, a.output);
  fmt::print("{}", a.json ? as_json(a, report) : in_words(a, run, report));
  return kExitOk;
}

}  // namespace populace
