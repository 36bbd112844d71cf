#include "app/compare_command.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/interrupt.hpp"
#include "app/options.hpp"
#include "app/outputs.hpp"
#include "app/progress.hpp"
#include "results/hdf5/whole_file.hpp"
#include "scenarios/validate/suggest.hpp"
#include "sim/parallel/parallel.hpp"

namespace populace {
namespace {

LoadedScenario load(const CompareArguments& a, const std::filesystem::path& path,
                    const std::vector<std::string>& with = {}) {
  std::vector<std::string> set = a.set;
  set.insert(set.end(), with.begin(), with.end());
  std::vector<FlagOverride> flags;
  if (a.consumers) flags.push_back({"--consumers", "scenario.consumers", *a.consumers});
  if (a.replications) flags.push_back({"--replications", "scenario.replications", *a.replications});
  if (a.seed) flags.push_back({"--seed", "scenario.seed", *a.seed});
  return load_scenario(path, set, flags);
}

// All plans; what is wrong with any of them is told at once.
std::vector<ComparedPlan> load_all(const CompareArguments& a) {
  std::vector<ComparedPlan> plans;
  std::vector<Violation> violations;
  const auto add = [&](std::string name, const std::filesystem::path& path, const std::vector<std::string>& with) {
    try {
      plans.push_back({std::move(name), load(a, path, with)});
    } catch (const ScenarioErrors& errors) {
      violations.insert(violations.end(), errors.violations().begin(), errors.violations().end());
    }
  };
  for (const std::filesystem::path& path : a.scenarios) add(path.string(), path, {});
  if (!a.with.empty())
    add(fmt::format("{} with {}", a.scenarios[0].string(), fmt::join(a.with, ", ")), a.scenarios[0], a.with);
  if (!violations.empty()) throw ScenarioErrors(std::move(violations));
  return plans;
}

void check(const CompareArguments& a, const std::vector<ComparedPlan>& plans) {
  const RunOptions& first = plans.front().loaded.market.run;
  if (first.replications < 2)
    throw UsageError("compare needs at least 2 replications for an interval; add --replications 10");
  for (const ComparedPlan& plan : plans) {
    const RunOptions& run = plan.loaded.market.run;
    const auto refuse = [&](std::string_view what, auto mine, auto theirs, std::string_view remedy) {
      if (mine != theirs)
        throw UsageError(fmt::format("{}: {} is {}, but {} in {}; their figures would not compare. {}", plan.name, what,
                                     theirs, mine, plans.front().name, remedy));
    };
    refuse("weeks", first.weeks, run.weeks, "Add --set scenario.weeks=… for all");
    refuse("step", first.step, run.step, "Give both the same step");
    refuse("currency", first.currency, run.currency, "Give both the same currency");
    refuse("consumers", first.consumers, run.consumers, "Add --consumers N for all");
    refuse("market_size_people", first.market_size_people, run.market_size_people, "Give both the same market");
    refuse("warmup_weeks", first.warmup_weeks, run.warmup_weeks, "Add --set scenario.warmup_weeks=… for all");
    refuse_to_replace(files_read(plan.name, plan.loaded), "--output", a.output);
  }
  for (std::size_t i = 0; i < a.scenarios.size(); ++i)
    for (std::size_t j = i + 1; j < a.scenarios.size(); ++j)
      if (same_file(a.scenarios[i], a.scenarios[j]))
        throw UsageError(fmt::format("{} and {} are the same file; change one, or use --with key.path=value",
                                     a.scenarios[i].string(), a.scenarios[j].string()));
}

// Keeps what --of asks for.
void choose(const CompareArguments& a, Comparison& comparison) {
  std::vector<std::string> names;
  for (const ComparedFigure& figure : comparison.figures) names.push_back(figure.name);
  for (const std::string& of : a.of)
    if (std::find(names.begin(), names.end(), of) == names.end())
      throw UsageError(
          fmt::format("--of {}: the plans have no such figure in common; {}", of, suggest(of, names, "figures")));
  if (a.of.empty()) return;
  std::erase_if(comparison.figures, [&](const ComparedFigure& figure) {
    return std::find(a.of.begin(), a.of.end(), figure.name) == a.of.end();
  });
}

}  // namespace

CLI::App* add_compare(CLI::App& app, CompareArguments& a) {
  CLI::App* compare = app.add_subcommand("compare", "plans beside each other under the same draws");
  compare->add_option("scenarios", a.scenarios, "scenario files (TOML); the first is the base")->required();
  compare
      ->add_option("--with", a.with,
                   "key.path=value: the first file with this change is one more plan; may be repeated")
      ->allow_extra_args(false);
  compare->add_flag("--all-pairs", a.all_pairs, "every plan against every other, not only against the first");
  compare->add_option("--of", a.of, "only this figure; may be repeated")->allow_extra_args(false);
  compare->add_flag("--all", a.all, "every figure, also those that do not differ");
  compare->add_option("--output", a.output, "file for every figure (CSV)");
  compare->add_option("--consumers", a.consumers, "simulated consumers, instead of the scenarios'");
  compare->add_option("--replications", a.replications, "repetitions; default: those of the first");
  compare->add_option("--seed", a.seed, "same seed, same answer; default: that of the first");
  compare->add_option("--threads", a.threads, "threads; default: all; never changes a result")
      ->check(CLI::Range(1, 4096));
  compare->add_option("--set", a.set, "key.path=value, in all plans; may be repeated")->allow_extra_args(false);
  compare->add_flag("--json", a.json, "one JSON object");
  compare->add_flag("--quiet", a.quiet, "no progress");
  return compare;
}

int compare_command(const CompareArguments& a) {
  if (a.scenarios.size() + !a.with.empty() < 2)
    throw UsageError("compare needs two plans: a second file, or --with key.path=value for a change to the first");
  const std::vector<ComparedPlan> plans = load_all(a);
  check(a, plans);
  std::error_code ignored;  // a folder that cannot be made is told of by the file
  if (a.output.has_parent_path()) std::filesystem::create_directories(a.output.parent_path(), ignored);
  if (!a.output.empty()) WholeFile writable(a.output);  // known before any work is done
  const RunOptions& run = plans.front().loaded.market.run;
  const Threads threads(a.threads > 0 ? a.threads : hardware_threads());
  Comparison comparison;
  bool complete = false;
  {
    const std::int64_t steps = (run.weeks + run.warmup_weeks) * run.steps_per_week() * run.replications;
    Progress progress(!a.quiet, steps * static_cast<std::int64_t>(plans.size()), run.consumers);
    complete = compare_plans(
        plans, static_cast<int>(run.replications), a.all_pairs, threads, watch_interrupts(),
        [&] { progress.step_done(); }, comparison);
  }
  if (!complete) {
    fmt::print(stderr, "populace: interrupted before all replications were complete; nothing was written\n");
    return kExitInterrupted;
  }
  choose(a, comparison);
  if (!a.output.empty()) write_comparison(plans, comparison, a.output);
  fmt::print("{}", a.json ? as_json(plans, comparison) : in_words(a, plans, comparison));
  return kExitOk;
}

}  // namespace populace
