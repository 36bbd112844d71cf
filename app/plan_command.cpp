#include "app/plan_command.hpp"

#include <fmt/format.h>

#include <cmath>
#include <stdexcept>
#include <tuple>
#include <utility>

#include "app/interrupt.hpp"
#include "app/options.hpp"
#include "app/outputs.hpp"
#include "app/progress.hpp"
#include "results/hdf5/whole_file.hpp"
#include "scenarios/scenario.hpp"
#include "sim/parallel/parallel.hpp"

namespace populace {
namespace {

constexpr int kRunsExpected = 12;    // markets a search takes in each replication; for the progress line
constexpr double kFewInTheTail = 2;  // replications beyond an assured quantile that are too few to trust it

LoadedScenario load(const PlanArguments& a) {
  std::vector<FlagOverride> flags;
  if (a.consumers) flags.push_back({"--consumers", "scenario.consumers", *a.consumers});
  if (a.replications) flags.push_back({"--replications", "scenario.replications", *a.replications});
  if (a.seed) flags.push_back({"--seed", "scenario.seed", *a.seed});
  return load_scenario(a.scenario, a.set, flags);
}

// "KPI=VALUE": the last equals sign parts them, and the value may be written 1_000_000.
std::pair<std::string, double> parse_target(const std::string& text) {
  const std::size_t equals = text.rfind('=');
  std::string digits = equals == std::string::npos ? "" : text.substr(equals + 1);
  std::erase(digits, '_');
  std::size_t used = 0;
  double value = 0;
  try {
    value = std::stod(digits, &used);
  } catch (const std::exception&) {
    used = 0;
  }
  if (equals == 0 || used == 0 || used != digits.size())
    throw UsageError(
        fmt::format("--target {}: must be KPI=VALUE with a number, such as brand.NAME.revenue=1000000", text));
  if (!(value > 0 && std::isfinite(value)))
    throw UsageError(fmt::format("--target {}: the target must be more than 0", text));
  return {text.substr(0, equals), value};
}

PlanRequest request_of(const PlanArguments& a, const RunOptions& run) {
  PlanRequest request;
  std::tie(request.kpi, request.target) = parse_target(a.target);
  request.by = a.by;
  request.most = a.most;
  request.assurance = a.assurance.value_or(0);
  request.rates = a.rates;
  request.replications = static_cast<int>(run.replications);
  if (request.replications < 2)
    throw UsageError("plan needs at least 2 replications for an interval; add --replications 10");
  for (const auto& [flag, rate] : {std::pair{"--visit-cost", a.rates.visit_cost},
                                   {"--conversion", a.rates.conversion},
                                   {"--order-value", a.rates.order_value}})
    if (rate && !(*rate > 0 && std::isfinite(*rate)))
      throw UsageError(fmt::format("{} {:g}: must be more than 0", flag, *rate));
  if (a.assurance && !(*a.assurance > 0 && *a.assurance < 1))
    throw UsageError(fmt::format("--assurance {:g}: a share between 0 and 1, such as 0.8", *a.assurance));
  return request;
}

PlanHead head_of(const PlanArguments& a, const PlanRequest& request, const RunOptions& run) {
  PlanHead head{run.title.empty() ? a.scenario.string() : run.title,
                a.output.string(),
                request.kpi,
                request.target,
                request.most,
                request.assurance,
                run.consumers,
                run.weeks,
                static_cast<std::uint32_t>(run.seed),
                {}};
  if (request.assurance > 0 && (1 - request.assurance) * request.replications < kFewInTheTail - 1e-9)
    head.warnings.push_back(fmt::format(
        "{} replications have too few markets in which a target assured to {:g} % is missed; raise --replications to "
        "{}",
        request.replications, 100 * request.assurance, std::ceil(kFewInTheTail / (1 - request.assurance) - 1e-9)));
  return head;
}

}  // namespace

CLI::App* add_plan(CLI::App& app, PlanArguments& a) {
  CLI::App* plan = app.add_subcommand(
      "plan", "the budget that meets a target, by simulation and by arithmetic, and why they differ");
  plan->add_option("scenario", a.scenario, "scenario file (TOML)")->required();
  plan->add_option("--target", a.target, "KPI=VALUE, such as brand.NAME.revenue=1000000")->required();
  plan->add_option("--by", a.by, "campaign whose budget is scaled, the rest is held; may be repeated; default: all")
      ->allow_extra_args(false);
  plan->add_option("--most", a.most, "largest multiple of the present budgets that is tried")
      ->check(CLI::Range(1., 1e6))
      ->capture_default_str();
  plan->add_option("--assurance", a.assurance, "also the budget that meets it in this share of simulated markets");
  plan->add_option("--visit-cost", a.rates.visit_cost, "for the arithmetic, instead of the present plan's");
  plan->add_option("--conversion", a.rates.conversion, "orders a visit, such as 0.01; likewise");
  plan->add_option("--order-value", a.rates.order_value, "revenue an order; likewise");
  plan->add_option("--output", a.output, "file for every figure of the plan (CSV)");
  plan->add_option("--consumers", a.consumers, "simulated consumers, instead of the scenario's");
  plan->add_option("--replications", a.replications, "repetitions of every budget that is tried");
  plan->add_option("--seed", a.seed, "same seed, same answer");
  plan->add_option("--threads", a.threads, "threads; default: all; never changes a result")->check(CLI::Range(1, 4096));
  plan->add_option("--set", a.set, "key.path=value, instead of the scenario's; may be repeated")
      ->allow_extra_args(false);
  plan->add_flag("--json", a.json, "one JSON object");
  plan->add_flag("--quiet", a.quiet, "no progress");
  return plan;
}

int plan_command(const PlanArguments& a) {
  const LoadedScenario loaded = load(a);
  const RunOptions& run = loaded.market.run;
  refuse_to_replace(files_read(a.scenario, loaded), "--output", a.output);
  const PlanRequest request = request_of(a, run);
  std::optional<Planner> planner;
  try {
    planner.emplace(loaded.market, request);
  } catch (const std::invalid_argument& error) {
    throw UsageError(fmt::format("{}: {}", a.scenario.string(), error.what()));
  }
  std::error_code ignored;  // a folder that cannot be made is told of by the file
  if (a.output.has_parent_path()) std::filesystem::create_directories(a.output.parent_path(), ignored);
  if (!a.output.empty()) WholeFile writable(a.output);  // known before any work is done
  const Threads threads(a.threads > 0 ? a.threads : hardware_threads());
  std::optional<PlanReport> report;
  {
    Progress progress(!a.quiet, planner->steps_a_run() * kRunsExpected, run.consumers);
    report = planner->run(threads, watch_interrupts(), [&] { progress.step_done(); });
  }
  if (!report) {
    fmt::print(stderr, "populace: interrupted before the budget was found; nothing was written\n");
    return kExitInterrupted;
  }
  const PlanHead head = head_of(a, request, run);
  if (!a.output.empty()) write_plan(head, *report, a.output);
  fmt::print("{}", a.json ? as_json(head, *report) : in_words(head, *report));
  return kExitOk;
}

}  // namespace populace
