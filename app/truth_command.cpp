#include "app/truth_command.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "app/interrupt.hpp"
#include "app/options.hpp"
#include "app/outputs.hpp"
#include "app/precision.hpp"
#include "app/progress.hpp"
#include "sim/parallel/parallel.hpp"

namespace populace {
namespace {

constexpr int kMostReplications = 400;  // where a precision is asked for
constexpr double kCurve[] = {.25, .5, .75, 1.25, 1.5, 2};

TruthPlan plan_of(const TruthArguments& a, const RunOptions& run) {
  TruthPlan plan;
  plan.replications = plan.most_replications = static_cast<int>(run.replications);
  plan.later_weeks = a.later_weeks;
  plan.synergy = a.synergy;
  plan.leaks = a.leaks;
  if (a.curves) plan.curve.assign(std::begin(kCurve), std::end(kCurve));
  plan.followed = std::min(a.attribution, run.consumers);
  if (plan.replications < 2)
    throw UsageError("truth needs at least 2 replications for an interval; add --replications 10");
  if (!a.precision) return plan;
  plan.relative_error = parse_precision(*a.precision);
  plan.most_replications = a.replications ? plan.replications : kMostReplications;
  plan.replications = std::min(10, plan.most_replications);
  return plan;
}

}  // namespace

CLI::App* add_truth(CLI::App& app, TruthArguments& a) {
  CLI::App* truth = app.add_subcommand(
      "truth", "the exact effect of every campaign and channel, by removing each in turn under the same draws");
  truth->add_option("scenario", a.scenario, "scenario file (TOML)")->required();
  truth->add_option("--precision", a.precision, "add replications until every ROAS is known this well, such as 2%");
  truth->add_option("--replications", a.replications, "repetitions; with --precision, the most of them (default: 400)");
  truth->add_option("--later-weeks", a.later_weeks, "weeks after the plan in which its effect is still counted")
      ->check(CLI::Range(0, 5200))
      ->capture_default_str();
  truth->add_flag("--synergy", a.synergy, "also remove every pair of campaigns");
  truth->add_flag("--curves", a.curves, "also 25 to 200 % of every budget");
  truth->add_flag("--leaks", a.leaks, "also what it is worth to lose fewer people at each move of the funnel");
  truth->add_flag("--ablation", a.ablation, "also switch every mechanism off in turn");
  truth
      ->add_option("--attribution", a.attribution,
                   "follow so many consumers, and tell what rules of attribution would say of their paths")
      ->check(CLI::Range(1, 100'000'000));
  add_experiment_options(*truth, a, "file for every effect and its interval (CSV)");
  return truth;
}

int truth_command(const TruthArguments& a) {
  const LoadedScenario loaded = load(a);
  const RunOptions& run = loaded.market.run;
  refuse_to_replace(files_read(a.scenario, loaded), "--output", a.output);
  const TruthPlan plan = plan_of(a, run);
  std::optional<Truth> truth;
  try {
    truth.emplace(loaded.market, plan);
  } catch (const std::invalid_argument& error) {
    throw UsageError(fmt::format("{}: {}", a.scenario.string(), error.what()));
  }
  prepare_output(a);
  const Threads threads(a.threads > 0 ? a.threads : hardware_threads());
  bool complete = false;
  {
    Progress progress(!a.quiet, truth->steps_each() * plan.replications, run.consumers);
    complete = truth->run(threads, watch_interrupts(), [&] { progress.step_done(); });
  }
  const TruthReport report = truth->report();
  if (report.replications < 2) {
    fmt::print(stderr, "populace: interrupted before two replications were complete; nothing was written\n");
    return kExitInterrupted;
  }
  TruthHead head{run.title.empty() ? a.scenario.string() : run.title,
                 a.output.string(),
                 run.consumers,
                 run.weeks,
                 a.later_weeks,
                 static_cast<std::uint32_t>(run.seed),
                 {},
                 {}};
  if (a.ablation && complete) {
    head.ablation = ablate(
        loaded, [&](const auto& more) { return load(a, more); }, report.replications, threads, watch_interrupts());
    complete = !head.ablation.empty();
  }
  if (!complete) head.warnings.push_back("interrupted: figures are of the replications that were complete");
  if (complete && !report.precise)
    head.warnings.push_back(fmt::format("some ROAS is not known to {} after all {} replications that were allowed",
                                        *a.precision, report.replications));
  if (!a.output.empty()) write_effects(head, report, a.output);
  fmt::print("{}", a.json ? as_json(head, report) : in_words(head, report));
  return complete ? kExitOk : kExitInterrupted;
}

}  // namespace populace
