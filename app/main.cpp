// The command line: reads it, calls one command, and turns what went wrong into a message and an exit status.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "app/bench_command.hpp"
#include "app/compare_command.hpp"
#include "app/explain_command.hpp"
#include "app/options.hpp"
#include "app/plan_command.hpp"
#include "app/run_command.hpp"
#include "app/sensitivity_command.hpp"
#include "app/survey_command.hpp"
#include "app/truth_command.hpp"
#include "app/uncertainty_command.hpp"
#include "build_info.hpp"
#include "results/export/csv.hpp"
#include "results/export/journeys.hpp"
#include "results/hdf5/whole_file.hpp"
#include "scenarios/describe/describe.hpp"
#include "scenarios/describe/parameters.hpp"
#include "scenarios/scenario.hpp"
#include "scenarios/schema/json_schema.hpp"
#include "scenarios/validate/suggest.hpp"
#include "sim/random/isa.hpp"

#if defined(__GLIBC__)
#include <malloc.h>
#endif

namespace populace {
namespace {

// What one run has given back serves the next: returned to the system, it would have to be cleared again.
void keep_memory() {
#if defined(__GLIBC__)
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
#endif
}

std::string version() {
  std::string isas;
  for (const std::string& isa : available_isas()) isas += (isas.empty() ? "" : ", ") + isa;
  return fmt::format("populace {}\n  git        {}\n  compiler   {} ({})\n  built for  {}; in use: {}", kVersion,
                     kGitSha, kCompiler, kBuildType, isas, isa_in_use());
}

void add_run(CLI::App& app, RunArguments& a) {
  CLI::App* run = app.add_subcommand("run", "simulate a scenario and report what came of it");
  run->add_option("scenario", a.scenario, "scenario file (TOML)")->required();
  run->add_option("--consumers", a.consumers, "simulated consumers, instead of the scenario's");
  run->add_option("--replications", a.replications, "independent repetitions; with --precision, the most of them");
  run->add_option("--precision", a.precision, "add replications until the KPI is known this well, such as 1%");
  run->add_option("--of", a.of, "the KPI that --precision is about, such as brand.aurora.revenue");
  run->add_option("--seed", a.seed, "same seed, same answer");
  run->add_option("--threads", a.threads, "threads; default: all; never changes a result")->check(CLI::Range(1, 4096));
  run->add_option("--set", a.set, "key.path=value, instead of the scenario's; may be repeated")
      ->allow_extra_args(false);
  run->add_option("--out", a.out, "results file (HDF5, opens in xarray)");
  run->add_option("--journeys", a.journeys, "record the journeys of so many consumers in --out");
  run->add_option("--save-state", a.save_state, "save every replication's consumers to this file");
  run->add_option("--save-at", a.save_at_week, "week at which --save-state takes them; default: the end");
  run->add_option("--from", a.from, "go on from a file of --save-state");
  run->add_flag("--json", a.json, "print the report as one JSON object");
  run->add_flag("--dry-run", a.dry_run, "only say what the run would take: memory, consumer-steps, time");
  run->add_flag("--quiet", a.quiet, "no progress and no tables");
}

CLI::App* add_explain(CLI::App& app, ExplainArguments& a) {
  CLI::App* explain = app.add_subcommand("explain", "tell the life of one consumer, with the draws that decided it");
  explain->add_option("scenario", a.scenario, "scenario file (TOML)")->required();
  explain->add_option("--consumer", a.consumer, "number of the consumer")->required();
  explain->add_option("--replication", a.replication, "which repetition; default: the first, 0");
  explain->add_option("--from", a.from_week, "first week that is told; default: 0, after the warm-up");
  explain->add_option("--to", a.to_week, "last week that is told; default: the last of the scenario");
  explain->add_option("--consumers", a.consumers, "simulated consumers, instead of the scenario's");
  explain->add_option("--seed", a.seed, "same seed, same answer");
  explain->add_option("--threads", a.threads, "threads; default: all; never changes a result")
      ->check(CLI::Range(1, 4096));
  explain->add_option("--set", a.set, "key.path=value, instead of the scenario's; may be repeated")
      ->allow_extra_args(false);
  explain->add_flag("--all", a.all, "also what could have happened and did not, step by step");
  explain->add_flag("--json", a.json, "one JSON object");
  return explain;
}

// Reads every file, reports all that is wrong with any, and says which are fine.
int validate(const std::vector<std::string>& files, const std::vector<std::string>& overrides) {
  int status = kExitOk;
  for (const std::string& file : files) {
    try {
      load_scenario(file, overrides);
      fmt::print("{}: ok\n", file);
    } catch (const ScenarioErrors& errors) {
      fmt::print(stderr, "{}\n", errors.what());
      status = kExitUsage;
    }
  }
  return status;
}

void export_as(const std::string& format, const std::string& file, const std::string& folder) {
  if (format == "csv") export_csv(file, folder);
  if (format == "journeys") export_journeys(file, folder);
  if (format == "touches") export_touches(file, folder);
  if (format == "transactions") export_transactions(file, folder);
  if (format == "paths") export_paths(file, folder);
}

int run_app(int argc, char** argv) {
  CLI::App app{"populace - simulate a market, consumer by consumer", "populace"};
  app.set_version_flag("--version", version());
  app.require_subcommand(1);
  RunArguments run;
  for (int i = 0; i < argc; ++i) run.command_line += (i > 0 ? " " : "") + std::string(argv[i]);
  add_run(app, run);
  std::vector<std::string> files, overrides;
  std::string file, directory, format;
  BenchArguments bench;
  ExplainArguments explain;
  SurveyArguments survey;
  SensitivityArguments sensitivity;
  TruthArguments truth;
  UncertaintyArguments uncertainty;
  PlanArguments plan;
  CLI::App* validating = app.add_subcommand("validate", "check scenarios and name all that is wrong");
  validating->add_option("scenario", files, "scenario files")->required();
  validating->add_option("--set", overrides, "key.path=value; may be repeated")->allow_extra_args(false);
  CLI::App* describing =
      app.add_subcommand("describe", "the market in words and numbers, with every default that applies");
  describing->add_option("scenario", file, "scenario file")->required();
  describing->add_option("--set", overrides, "key.path=value; may be repeated")->allow_extra_args(false);
  bool as_json = false, as_csv = false;
  CLI::App* listing = app.add_subcommand(
      "parameters", "every parameter in force: value, unit, range, where it was given, meaning, provenance");
  listing->add_option("scenario", file, "scenario file")->required();
  listing->add_option("--set", overrides, "key.path=value; may be repeated")->allow_extra_args(false);
  CLI::Option* json_flag = listing->add_flag("--json", as_json, "print one JSON object a parameter, in a list");
  listing->add_flag("--csv", as_csv, "print comma-separated values")->excludes(json_flag);
  CLI::App* schema = app.add_subcommand("schema", "JSON Schema of scenarios, for completion in editors");
  CLI::App* exporting = app.add_subcommand("export", "write a results file as tables");
  exporting->add_option("results", file, "results file")->required();
  exporting->add_option("--to", format, "format")
      ->required()
      ->check(CLI::IsMember({"csv", "journeys", "touches", "transactions", "paths"}));
  exporting->add_option("directory", directory, "folder to write to")->required();
  CLI::App* explaining = add_explain(app, explain);
  CLI::App* surveying = add_survey(app, survey);
  CLI::App* sensing = add_sensitivity(app, sensitivity);
  CLI::App* truths = add_truth(app, truth);
  CLI::App* uncertain = add_uncertainty(app, uncertainty);
  CLI::App* planning = add_plan(app, plan);
  CompareArguments compare;
  CLI::App* comparing = add_compare(app, compare);
  CLI::App* benching = add_bench(app, bench);
  if (argc > 1 && argv[1][0] != '-') {
    std::vector<std::string> commands;
    for (const CLI::App* command : app.get_subcommands({})) commands.push_back(command->get_name());
    if (std::find(commands.begin(), commands.end(), argv[1]) == commands.end())
      throw UsageError(fmt::format("there is no command \"{}\"; {}", argv[1], suggest(argv[1], commands, "commands")));
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kExitOk : kExitUsage;
  }
  if (validating->parsed()) return validate(files, overrides);
  if (describing->parsed()) fmt::print("{}", describe(load_scenario(file, overrides)));
  if (listing->parsed()) {
    const std::vector<Parameter> list = parameters_of(load_scenario(file, overrides));
    fmt::print("{}", as_json ? parameters_json(list) : as_csv ? parameters_csv(list) : parameters_text(list));
  }
  if (schema->parsed()) fmt::print("{}\n", json_schema().dump(2));
  if (exporting->parsed()) export_as(format, file, directory);
  if (explaining->parsed()) return explain_command(explain);
  if (sensing->parsed()) return sensitivity_command(sensitivity);
  if (truths->parsed()) return truth_command(truth);
  if (uncertain->parsed()) return uncertainty_command(uncertainty);
  if (planning->parsed()) return plan_command(plan);
  if (surveying->parsed()) return survey_command(survey);
  if (comparing->parsed()) return compare_command(compare);
  if (benching->parsed()) return bench_command(bench);
  return app.got_subcommand("run") ? run_command(run) : kExitOk;
}

}  // namespace
}  // namespace populace

int main(int argc, char** argv) {
  using namespace populace;
  keep_memory();
  try {
    if (const char* forced = std::getenv("POPULACE_ISA")) force_isa(forced);
    return run_app(argc, argv);
  } catch (const ScenarioErrors& errors) {
    fmt::print(stderr, "{}\n", errors.what());
    return kExitUsage;
  } catch (const UsageError& error) {
    fmt::print(stderr, "populace: {}\n", error.what());
    return kExitUsage;
  } catch (const FileError& error) {
    fmt::print(stderr, "populace: {}\n", error.what());
    return kExitUsage;
  } catch (const std::invalid_argument& error) {
    fmt::print(stderr, "populace: {}\n", error.what());
    return kExitUsage;
  } catch (const std::bad_alloc&) {
    fmt::print(stderr, "populace: out of memory; `populace run SCENARIO --dry-run` tells what a run needs\n");
    return kExitFailed;
  } catch (const std::exception& error) {
    fmt::print(stderr, "populace: {}\n", error.what());
    return kExitFailed;
  }
}
