#include "app/experiment.hpp"

#include "results/hdf5/whole_file.hpp"

namespace populace {

void add_experiment_options(CLI::App& command, ExperimentArguments& a, const std::string& output_is) {
  command.add_option("--output", a.output, output_is);
  command.add_option("--consumers", a.consumers, "simulated consumers, instead of the scenario's");
  command.add_option("--seed", a.seed, "same seed, same answer");
  command.add_option("--threads", a.threads, "threads; default: all; never changes a result")
      ->check(CLI::Range(1, 4096));
  command.add_option("--set", a.set, "key.path=value, instead of the scenario's; may be repeated")
      ->allow_extra_args(false);
  command.add_flag("--json", a.json, "one JSON object");
  command.add_flag("--quiet", a.quiet, "no progress");
}

LoadedScenario load(const ExperimentArguments& a, const std::filesystem::path& path,
                    const std::vector<std::string>& more) {
  std::vector<std::string> set = a.set;
  set.insert(set.end(), more.begin(), more.end());
  std::vector<FlagOverride> flags;
  if (a.consumers) flags.push_back({"--consumers", "scenario.consumers", *a.consumers});
  if (a.replications) flags.push_back({"--replications", "scenario.replications", *a.replications});
  if (a.seed) flags.push_back({"--seed", "scenario.seed", *a.seed});
  return load_scenario(path, set, flags);
}

void prepare_output(const ExperimentArguments& a) {
  if (a.output.empty()) return;
  std::error_code ignored;  // a folder that cannot be made is told of by the file
  if (a.output.has_parent_path()) std::filesystem::create_directories(a.output.parent_path(), ignored);
  WholeFile writable(a.output);
}

}  // namespace populace
