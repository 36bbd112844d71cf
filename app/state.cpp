#include "app/state.hpp"

#include <fmt/format.h>

#include "app/options.hpp"
#include "results/hdf5/state_file.hpp"

namespace populace {
namespace {

// What must be the same for a state to make sense: who the consumers are and what is kept of them.
std::string fingerprint(const Market& market) {
  const RunOptions& run = market.options().run;
  std::string text =
      fmt::format("seed {}\nconsumers {}\nstep {}\npopulation {}\n", run.seed, run.consumers, run.step, run.population);
  for (const RegionOptions& region : market.options().regions)
    text += fmt::format("region {} {}\n", region.name, region.share);
  for (const SegmentOptions& segment : market.options().segments)
    text += fmt::format("segment {} {}\n", segment.name, segment.share);
  for (const ColumnInfo& column : market.layout().columns())
    text += fmt::format("column {} {}\n", column.name, column.bytes);
  for (const MachineOptions& machine : market.options().machines)
    text += fmt::format("stages {}\n", fmt::join(machine.stages, ","));
  return text;
}

std::string first_difference(const std::string& a, const std::string& b) {
  const auto line = [](const std::string& text, std::size_t& at) {
    const std::size_t end = text.find('\n', at);
    std::string found = text.substr(at, end == std::string::npos ? end : end - at);
    at = end == std::string::npos ? text.size() : end + 1;
    return found;
  };
  for (std::size_t i = 0, j = 0; i < a.size() || j < b.size();) {
    const std::string in_file = line(a, i), here = line(b, j);
    if (in_file != here) return fmt::format("\"{}\" in the state, \"{}\" in the scenario", in_file, here);
  }
  return "";
}

}  // namespace

void save_replications(const std::filesystem::path& path, const Market& market, const SavedReplications& saved) {
  StateFile file;
  file.attributes["fingerprint"] = fingerprint(market);
  for (const auto& [number, state] : saved.replications) {
    const std::string name = "replication_" + std::to_string(number);
    file.attributes[name + "_next_step"] = std::to_string(state.next_step);
    file.blobs[name + "_population"] = state.population;
    file.blobs[name + "_globals"] = state.globals;
  }
  save_state(path, file);
}

SavedReplications load_replications(const std::filesystem::path& path, const Market& market) {
  StateFile file = load_state(path);
  const std::string difference = first_difference(file.attributes["fingerprint"], fingerprint(market));
  if (!difference.empty())
    throw UsageError(fmt::format("--from {}: the state is of another market: {}", path.string(), difference));
  SavedReplications saved;
  for (int r = 0;; ++r) {
    const std::string name = "replication_" + std::to_string(r);
    if (!file.blobs.contains(name + "_population")) break;
    SavedReplication& state = saved.replications[r];
    state.replication = r;
    state.next_step = std::stoi(file.attributes[name + "_next_step"]);
    state.population = std::move(file.blobs[name + "_population"]);
    state.globals = std::move(file.blobs[name + "_globals"]);
  }
  if (saved.replications.empty())
    throw UsageError(fmt::format("--from {}: the file holds no replication", path.string()));
  const std::int32_t next = saved.replications.begin()->second.next_step;
  if (next >= market.end_step_number())
    throw UsageError(fmt::format(
        "--from {}: the state is already at step {}, the end of this scenario's horizon; raise scenario.weeks",
        path.string(), next));
  return saved;
}

}  // namespace populace
