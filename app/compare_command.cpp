#include "app/compare_command.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "app/figure_groups.hpp"
#include "app/interrupt.hpp"
#include "app/options.hpp"
#include "app/outputs.hpp"
#include "app/progress.hpp"
#include "scenarios/validate/suggest.hpp"
#include "sim/parallel/parallel.hpp"

namespace populace {
namespace {

// All mistakes at once, one a line.
void refuse(const std::vector<std::string>& complaints) {
  std::string text;
  for (const std::string& complaint : complaints) text += (text.empty() ? "" : "\npopulace: ") + complaint;
  if (!text.empty()) throw UsageError(text);
}

ArmsRequest request_of(const CompareArguments& a) {
  ArmsRequest request{.files = a.scenarios, .set = a.set, .flags = {}, .with = a.with};
  const auto add = [&](const char* flag, const char* key, const std::optional<std::string>& value) {
    if (value) request.flags.push_back({flag, key, *value});
  };
  add("--consumers", "scenario.consumers", a.consumers);
  add("--replications", "scenario.replications", a.replications);
  add("--seed", "scenario.seed", a.seed);
  return request;
}

// "brand.aurora" is all figures of the brand.
bool is_named(const std::string& figure, const std::string& of) { return figure == of || figure.starts_with(of + "."); }

std::vector<std::string> complaints_about_files(const ArmsRequest& request) {
  std::vector<std::string> complaints = complaints_about(request);
  for (std::size_t i = 0; i < request.files.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (same_file(request.files[i], request.files[j]))
        complaints.push_back(fmt::format("{}: the same file twice; --with key.path=value compares it with a change",
                                         request.files[i].string()));
  return complaints;
}

std::vector<std::string> complaints_about_figures(const std::vector<std::string>& of, std::span<const Arm> arms) {
  std::vector<std::string> rows, known, complaints;  // "brand.aurora", which stands for several figures, and all
  const std::vector<FigureOfArms> figures = figures_of(arms);
  for (const FigureOfArms& figure : figures) {
    if (figure.arms.size() < arms.size()) continue;
    known.push_back(figure.name);
    const std::string row = figure.name.substr(0, figure.name.rfind('.'));
    if (rows.empty() || rows.back() != row) rows.push_back(row);
  }
  known.insert(known.end(), rows.begin(), rows.end());
  for (const std::string& name : of) {
    const auto named = [&](const std::string& figure) { return is_named(figure, name); };
    if (std::any_of(known.begin(), known.end(), named)) continue;
    const bool of_some =
        std::any_of(figures.begin(), figures.end(), [&](const FigureOfArms& figure) { return named(figure.name); });
    const std::string meant = did_you_mean(name, known);
    complaints.push_back(fmt::format("--of {}: {}; {}", name,
                                     of_some ? "not every scenario has this figure" : "no scenario has this figure",
                                     meant.empty() ? "figures are of " + listed(rows) : meant));
  }
  return complaints;
}

class Compare {
 public:
  Compare(const CompareArguments& arguments, ArmFiles files)
      : arguments_(arguments),
        files_(std::move(files)),
        threads_(arguments.threads > 0 ? arguments.threads : hardware_threads()) {
    std::vector<std::string> complaints = files_.refusals;
    plan_.n = static_cast<int>(files_.arms.front().loaded.market.run.replications);
    if (plan_.n < 2)
      complaints.push_back(fmt::format(
          "{} replication: an interval of a difference needs at least two; add --replications 10", plan_.n));
    refuse(complaints);
    for (const ArmFile& file : files_.arms) {
      refuse_to_replace(files_read(file.file, file.loaded), "--out", arguments.out);
      arms_.push_back(make_arm(file.name(), file.loaded.market));
    }
    refuse(complaints_about_figures(arguments.of, arms_));
  }

  int execute() {
    std::optional<Table> table;
    std::error_code ignored;  // a folder that cannot be made is told of by the file
    if (arguments_.out.has_parent_path()) std::filesystem::create_directories(arguments_.out.parent_path(), ignored);
    if (!arguments_.out.empty()) table.emplace(arguments_.out);
    if (!run()) {
      fmt::print(stderr, "populace: interrupted before all replications were complete; nothing was written\n");
      return kExitInterrupted;
    }
    const CompareReport report = made();
    if (table) write_differences(report, *table);
    if (arguments_.json || !arguments_.quiet) fmt::print("{}", arguments_.json ? as_json(report) : in_words(report));
    return kExitOk;
  }

 private:
  bool run() {
    std::int64_t steps = 0;
    for (const Arm& arm : arms_) steps += (arm.market->end_step_number() - arm.market->first_step()) * plan_.n;
    Progress progress(!arguments_.quiet, steps, arms_.front().market->places().n_consumers());
    ArmsHooks hooks;
    hooks.after_step = [&] { progress.step_done(); };
    return run_arms(arms_, plan_, threads_, watch_interrupts(), hooks);
  }

  // Only the figures of --of.
  void keep_named(Comparison& comparison) const {
    const auto is_unwanted = [&](const std::string& figure) {
      return std::none_of(arguments_.of.begin(), arguments_.of.end(),
                          [&](const std::string& of) { return is_named(figure, of); });
    };
    std::erase_if(comparison.figures, [&](const ComparedFigure& figure) { return is_unwanted(figure.kpi->name()); });
    std::erase_if(comparison.of_some_arms, [&](const FigureOfArms& figure) { return is_unwanted(figure.name); });
    std::erase_if(comparison.of_few_events, is_unwanted);
  }

  CompareReport made() const {
    CompareReport report;
    report.info = arms_.front().info;
    for (std::size_t a = 0; a < arms_.size(); ++a)
      report.arms.push_back({arm_label(a), arms_[a].name, arms_[a].info.title});
    report.changed = changed_keys(files_.arms);
    report.comparison = compare_arms(arms_, pairs_of(arms_.size(), arguments_.all_pairs));
    if (!arguments_.of.empty()) keep_named(report.comparison);
    report.groups = figure_groups(arms_.front().market->options());
    report.notes = files_.notes;
    report.output = arguments_.out;
    report.all_figures = arguments_.all || !arguments_.of.empty();
    report.all_keys = arguments_.all;
    return report;
  }

  const CompareArguments& arguments_;
  ArmFiles files_;
  Threads threads_;
  std::vector<Arm> arms_;
  ArmsPlan plan_;
};

}  // namespace

CLI::App* add_compare(CLI::App& app, CompareArguments& a) {
  CLI::App* compare = app.add_subcommand("compare", "run scenarios under the same draws and say how they differ");
  compare->add_option("scenarios", a.scenarios, "scenario files (TOML); all are compared with the first")->required();
  compare->add_option("--with", a.with, "key.path=value: compare the only file with itself so changed; may be repeated")
      ->allow_extra_args(false);
  compare->add_option("--set", a.set, "key.path=value in every arm, instead of the scenarios'; may be repeated")
      ->allow_extra_args(false);
  compare->add_option("--consumers", a.consumers, "simulated consumers of every arm, instead of the first scenario's");
  compare->add_option("--replications", a.replications, "paired repetitions, instead of the first scenario's");
  compare->add_option("--seed", a.seed, "seed of every arm, instead of the first scenario's");
  compare->add_option("--threads", a.threads, "threads; default: all; never changes a result")
      ->check(CLI::Range(1, 4096));
  compare->add_flag("--all-pairs", a.all_pairs, "compare each with each, not only with the first");
  compare->add_option("--of", a.of, "only this figure, or all that begin so, such as brand.aurora; may be repeated")
      ->allow_extra_args(false);
  compare->add_flag("--all", a.all, "every figure, not only headlines and those that differ noticeably");
  compare->add_option("--out", a.out, "file for every difference (CSV)");
  compare->add_flag("--json", a.json, "print the comparison as one JSON object");
  compare->add_flag("--quiet", a.quiet, "no progress and no tables");
  return compare;
}

int compare_command(const CompareArguments& arguments) {
  const ArmsRequest request = request_of(arguments);
  refuse(complaints_about_files(request));
  return Compare(arguments, read_arms(request)).execute();
}

}  // namespace populace
