#include "app/run_command.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <nlohmann/json.hpp>

#include "app/dry_run.hpp"
#include "app/figure_groups.hpp"
#include "app/interrupt.hpp"
#include "app/outputs.hpp"
#include "app/precision.hpp"
#include "app/progress.hpp"
#include "app/state.hpp"
#include "build_info.hpp"
#include "results/hdf5/results_file.hpp"
#include "results/hdf5/whole_file.hpp"
#include "results/report/report.hpp"
#include "results/summary/kpi.hpp"
#include "results/summary/relative_precision.hpp"
#include "scenarios/describe/parameters.hpp"
#include "scenarios/validate/memory.hpp"
#include "sim/engine/replications.hpp"

namespace populace {
namespace {

const Kpi& find_kpi(const MeasureRegistry& registry, const std::string& name) {
  if (const Kpi* kpi = registry.find_kpi(name)) return *kpi;
  std::string known;
  for (const Kpi& kpi : registry.kpis()) known += "\n  " + kpi.name();
  throw UsageError("--of " + name + ": this scenario has no such KPI; it has" + known);
}

Provenance provenance(const LoadedScenario& loaded, const RunArguments& arguments) {
  Provenance p;
  p.populace_version = kVersion;
  p.git_sha = kGitSha;
  p.date_and_time = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
  char host[256] = {};
  if (gethostname(host, sizeof host - 1) == 0) p.host = host;
  p.command_line = arguments.command_line;
  p.resolved_scenario = loaded.resolved_toml + "\n# Defaults in force\n";
  for (const Parameter& parameter : parameters_of(loaded))
    if (!parameter.given) p.resolved_scenario += "# " + parameter.path + " = " + parameter.value + "\n";
  for (const SourceFile& source : loaded.sources) p.sources[source.name] = source.text;
  return p;
}

// Populations that fit in memory beside each other, leaving a quarter of it free.
int replications_at_once(const Market& market, const Threads& threads) {
  const double bytes =
      static_cast<double>(market.places().capacity()) * static_cast<double>(market.layout().bytes_per_consumer()) +
      market.journeys().most_bytes();
  const double fit = .75 * static_cast<double>(physical_memory_bytes()) / std::max(bytes, 1.0);
  return std::clamp(static_cast<int>(std::min(fit, 1e6)), 1, threads.count());
}

// What a run writes must replace nothing that it reads, nor anything else that it writes.
void check_outputs(const RunArguments& a, const LoadedScenario& loaded) {
  std::vector<std::filesystem::path> inputs = files_read(a.scenario, loaded);
  if (!a.from.empty()) inputs.push_back(a.from);
  refuse_to_replace(inputs, "--out", a.out);
  refuse_to_replace(inputs, "--save-state", a.save_state);
  if (!a.out.empty() && !a.save_state.empty() && same_file(a.out, a.save_state))
    throw UsageError("--out and --save-state name the same file; give each its own");
}

class Run {
 public:
  Run(const RunArguments& arguments, LoadedScenario loaded)
      : arguments_(arguments),
        loaded_(std::move(loaded)),
        market_(loaded_.market),
        threads_(arguments.threads > 0 ? arguments.threads : hardware_threads()),
        continued_(arguments.from.empty() ? std::nullopt
                                          : std::make_optional(load_replications(arguments.from, market_))) {
    if (arguments.journeys) market_.record_journeys(*arguments.journeys);
    plan_.most = static_cast<int>(market_.options().run.replications);
    if (arguments.precision) {
      kpi_ = &find_kpi(market_.registry(), arguments.of.value_or(""));
      PrecisionTarget target;
      target.relative_error = parse_precision(*arguments.precision);
      if (arguments.replications) {
        target.maximum_replications = std::max(plan_.most, 2);
        target.minimum_replications = std::min(target.minimum_replications, target.maximum_replications);
      }
      rule_.emplace(target);
      plan_.most = target.maximum_replications;
    }
    if (continued_ && plan_.most > static_cast<int>(continued_->replications.size())) {
      plan_.most = static_cast<int>(continued_->replications.size());
      warnings_.push_back(fmt::format("the state holds {} replications, so no more are run", plan_.most));
    }
    plan_.at_once = std::min(replications_at_once(market_, threads_), plan_.most);
    if (!arguments.save_state.empty()) plan_.save_at = save_step();
    const std::int32_t start = continued_ ? continued_->replications.begin()->second.next_step : market_.first_step();
    info_ = run_info(market_, std::max(start, 0));
    steps_each_ = market_.end_step_number() - start;
  }

  int execute() {
    std::optional<ResultsFile> file;
    if (!arguments_.save_state.empty()) WholeFile writable(arguments_.save_state);  // known before any work is done
    std::error_code ignored;  // a folder that cannot be made is told of by the file
    if (arguments_.out.has_parent_path()) std::filesystem::create_directories(arguments_.out.parent_path(), ignored);
    if (!arguments_.out.empty())
      file.emplace(arguments_.out, market_.registry(), info_, provenance(loaded_, arguments_));
    const std::atomic<bool>& cancelled = watch_interrupts();
    ReplicationsOutcome outcome;
    {
      Progress progress(!arguments_.quiet, steps_each_ * (rule_ ? 10 : plan_.most), market_.places().n_consumers());
      ReplicationsHooks hooks;
      hooks.after_step = [&] { progress.step_done(); };
      hooks.deliver = [&](ReplicationRecord&& record) { return deliver(std::move(record), file, progress); };
      hooks.save = [&](SavedReplication&& state) { saved_.replications[state.replication] = std::move(state); };
      if (continued_)
        hooks.restore = [&](int replication) { return std::make_optional(continued_->replications.at(replication)); };
      outcome = run_replications(market_, threads_, static_cast<std::uint32_t>(market_.options().run.seed), plan_,
                                 cancelled, hooks);
    }
    return finish(outcome, file);
  }

 private:
  std::int32_t save_step() const {
    const RunOptions& run = market_.options().run;
    const double week = arguments_.save_at_week.value_or(static_cast<double>(run.weeks)),
                 step = week * run.steps_per_week();
    if (week < 0 || week > static_cast<double>(run.weeks) || std::abs(step - std::round(step)) > 1e-6)
      throw UsageError(fmt::format("--save-at {}: must be the end of a step, a week from 0 to {}", week, run.weeks));
    return static_cast<std::int32_t>(std::lround(step));
  }

  bool deliver(ReplicationRecord&& record, std::optional<ResultsFile>& file, Progress& progress) {
    values_.push_back(evaluate_all(market_.registry(), info_, record));
    if (file) file->add(std::move(record));
    if (!rule_) return true;
    const std::size_t at = static_cast<std::size_t>(kpi_ - market_.registry().kpis().data());
    const bool enough = rule_->add(values_.back().values[at]);
    progress.expect(steps_each_ * rule_->expected_replications());
    return !enough;
  }

  int finish(const ReplicationsOutcome& outcome, std::optional<ResultsFile>& file) {
    if (outcome.delivered == 0) {
      fmt::print(stderr, "populace: interrupted before the first replication was complete; nothing was written\n");
      return kExitInterrupted;
    }
    Report report;
    report.info = info_;
    report.more_warnings = warnings_;
    report.summary = summarise(market_.registry(), info_, values_);
    report.groups = figure_groups(market_.options());
    if (info_.first_step > 0)
      report.more_warnings.push_back(fmt::format(
          "continued at step {}: flows are those of the steps since, reach of a campaign is that since its start",
          info_.first_step));
    if (outcome.cancelled)
      report.more_warnings.push_back(
          fmt::format("interrupted: figures are of the {} replications that were complete", outcome.delivered));
    if (rule_ && !rule_->met() && !outcome.cancelled)
      report.more_warnings.push_back(
          fmt::format("{} is known to {:.2g} % only, after all {} replications that were allowed", kpi_->name(),
                      100 * rule_->relative_half_width(), rule_->replications()));
    if (file) {
      file->finish(report.summary);
      report.output = arguments_.out;
    }
    if (!arguments_.save_state.empty()) save_replications(arguments_.save_state, market_, saved_);
    fmt::print("{}", arguments_.json ? to_json(report).dump(2) + "\n" : arguments_.quiet ? "" : to_text(report));
    return outcome.cancelled ? kExitInterrupted : kExitOk;
  }

  const RunArguments& arguments_;
  LoadedScenario loaded_;
  Market market_;
  Threads threads_;
  std::optional<SavedReplications> continued_;
  SavedReplications saved_;
  ReplicationsPlan plan_;
  RunInfo info_;
  std::int64_t steps_each_ = 0;
  const Kpi* kpi_ = nullptr;
  std::optional<RelativePrecisionRule> rule_;
  std::vector<KpiValues> values_;
  std::vector<std::string> warnings_;
};

}  // namespace

LoadedScenario load(const RunArguments& arguments) {
  std::vector<FlagOverride> flags;
  const auto add = [&](const char* flag, const char* key, const std::optional<std::string>& value) {
    if (value) flags.push_back({flag, key, *value});
  };
  add("--consumers", "scenario.consumers", arguments.consumers);
  add("--replications", "scenario.replications", arguments.replications);
  add("--seed", "scenario.seed", arguments.seed);
  return load_scenario(arguments.scenario, arguments.set, flags);
}

int run_command(const RunArguments& arguments) {
  if (arguments.precision.has_value() != arguments.of.has_value())
    throw UsageError("--precision and --of go together: --precision 1% --of brand.NAME.revenue");
  if (arguments.save_at_week && arguments.save_state.empty())
    throw UsageError("--save-at needs --save-state FILE, the file to save to");
  if (arguments.journeys && *arguments.journeys < 1)
    throw UsageError(fmt::format("--journeys {}: how many consumers, at least 1", *arguments.journeys));
  if (arguments.journeys && arguments.out.empty() && !arguments.dry_run)
    throw UsageError("--journeys needs --out FILE, the results file that holds them");
  LoadedScenario loaded = load(arguments);
  if (arguments.dry_run) return dry_run(arguments, loaded);
  check_outputs(arguments, loaded);
  return Run(arguments, std::move(loaded)).execute();
}

}  // namespace populace
