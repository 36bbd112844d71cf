#include "app/uncertainty_command.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/interrupt.hpp"
#include "app/options.hpp"
#include "app/outputs.hpp"
#include "app/progress.hpp"
#include "models/market.hpp"
#include "scenarios/validate/suggest.hpp"
#include "sim/parallel/parallel.hpp"

namespace populace {
namespace {

Reload reloader(const UncertaintyArguments& a, const std::filesystem::path& scenario) {
  return [&a, scenario](const std::vector<std::string>& more) { return load(a, scenario, more); };
}

void check(const UncertaintyArguments& a, const LoadedScenario& plan, const LoadedScenario* other) {
  const bool any = !plan.priors.empty() || (other != nullptr && !other->priors.empty());
  if (!any)
    throw UsageError(fmt::format(
        "{}: every coefficient is a number, so nothing is uncertain but the simulation; give one as "
        "{{ mean = 0.9, sd = 0.02 }}, or add --set 'response.slow.retention_per_week={{ mean = 0.9, sd = 0.02 }}'",
        a.scenario.string()));
  if (other != nullptr &&
      (other->market.run.weeks != plan.market.run.weeks || other->market.run.currency != plan.market.run.currency))
    throw UsageError("the two plans have other weeks or currencies, so their figures do not compare");
  const Market market(plan.market);
  std::vector<std::string> names;
  for (const Kpi& kpi : market.registry().kpis()) names.push_back(kpi.name());
  for (const std::string& of : a.of)
    if (std::find(names.begin(), names.end(), of) == names.end())
      throw UsageError(fmt::format("--of {}: this scenario has no such figure; {}", of, suggest(of, names, "figures")));
}

}  // namespace

CLI::App* add_uncertainty(CLI::App& app, UncertaintyArguments& a) {
  CLI::App* command = app.add_subcommand(
      "uncertainty",
      "what priors of coefficients leave open, apart from the simulation's noise; and plan against plan");
  command->add_option("scenario", a.scenario, "scenario file (TOML) with coefficients { mean = …, sd = … }")
      ->required();
  command->add_option("--against", a.against, "another plan: in how many draws does the first beat it?");
  command->add_option("--draws", a.plan.draws, "draws of the parameters")
      ->check(CLI::Range(2, 100'000))
      ->capture_default_str();
  command->add_option("--replications", a.plan.replications, "of each draw")
      ->check(CLI::Range(2, 10'000))
      ->capture_default_str();
  command->add_option("--of", a.of, "only this figure; may be repeated")->allow_extra_args(false);
  add_experiment_options(*command, a, "file for every figure (CSV)");
  return command;
}

int uncertainty_command(const UncertaintyArguments& a) {
  const Reload plan = reloader(a, a.scenario), other = a.against.empty() ? Reload{} : reloader(a, a.against);
  const LoadedScenario mine = plan({});
  std::optional<LoadedScenario> theirs;
  if (other) theirs = other({});
  check(a, mine, theirs ? &*theirs : nullptr);
  refuse_to_replace(files_read(a.scenario, mine), "--output", a.output);
  prepare_output(a);
  const Threads threads(a.threads > 0 ? a.threads : hardware_threads());
  const RunOptions& run = mine.market.run;
  UncertaintyReport report;
  bool complete = false;
  {
    const std::int64_t steps = (run.weeks + run.warmup_weeks) * run.steps_per_week();
    Progress progress(!a.quiet, steps * a.plan.draws * a.plan.replications * (other ? 2 : 1), run.consumers);
    complete = run_uncertainty(
        plan, other, a.plan, threads, watch_interrupts(), [&] { progress.step_done(); }, report);
  }
  if (!complete) {
    fmt::print(stderr, "populace: interrupted before all draws were complete; nothing was written\n");
    return kExitInterrupted;
  }
  if (report.draws < 2)
    throw UsageError(fmt::format("only {} of {} draws fits the rules of the scenario; the first that does not:\n{}",
                                 report.draws, a.plan.draws, report.refused.front().message));
  if (!a.of.empty())
    std::erase_if(report.figures, [&](const UncertainFigure& figure) {
      return std::find(a.of.begin(), a.of.end(), figure.name) == a.of.end();
    });
  if (!a.output.empty()) write_figures(report, a.output);
  fmt::print("{}", a.json ? as_json(a, run, report) : in_words(a, run, report));
  return kExitOk;
}

}  // namespace populace
