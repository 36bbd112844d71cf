#include "scenarios/compare/arm_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <set>

#include "scenarios/describe/text.hpp"

namespace populace {
namespace {

namespace fs = std::filesystem;

// A key that must be the same in all arms, so that they share their draws.
struct Shared {
  std::string name, path;
  std::int64_t RunOptions::*value;
};
const std::array<Shared, 3>& shared_keys() {
  static const std::array<Shared, 3> keys = {{{"seed", "scenario.seed", &RunOptions::seed},
                                              {"replications", "scenario.replications", &RunOptions::replications},
                                              {"consumers", "scenario.consumers", &RunOptions::consumers}}};
  return keys;
}

// As a flag, so that a mistake is told as the user wrote it.
FlagOverride as_flag(const std::string& change) {
  const std::size_t equals = change.find('=');
  const std::string path = change.substr(0, equals);
  return {fmt::format("--with {} =", path), path, change.substr(equals + 1)};
}

std::vector<FlagOverride> flags_of(const ArmsRequest& request, const ArmFile& arm) {
  std::vector<FlagOverride> flags = request.flags;
  for (const std::string& change : arm.with) flags.push_back(as_flag(change));
  return flags;
}

// The arm again with the first arm's seed, replications and consumers, and a note on each that it has otherwise.
void share_draws(const ArmsRequest& request, const RunOptions& first, std::size_t a, ArmFiles& files) {
  ArmFile& arm = files.arms[a];
  const RunOptions own = arm.loaded.market.run;
  std::vector<FlagOverride> flags = flags_of(request, arm);
  const std::size_t n_own = flags.size();
  for (const Shared& key : shared_keys()) {
    if (own.*key.value == first.*key.value) continue;
    files.notes.push_back(fmt::format(
        "{}: A has {}, {} has {}; all arms run with {}", key.name, grouped(static_cast<double>(first.*key.value)),
        arm_label(a), grouped(static_cast<double>(own.*key.value)), grouped(static_cast<double>(first.*key.value))));
    flags.push_back({fmt::format("{} as in {}:", key.name, files.arms.front().file.string()), key.path,
                     fmt::format("{}", first.*key.value)});
  }
  if (flags.size() > n_own) arm.loaded = load_scenario(arm.file, request.set, flags);
}

void refuse_what_cannot_be_subtracted(const RunOptions& first, std::size_t a, ArmFiles& files) {
  const RunOptions& other = files.arms[a].loaded.market.run;
  const std::string name = files.arms[a].name(), first_name = files.arms.front().name();
  if (other.weeks != first.weeks)
    files.refusals.push_back(
        fmt::format("{}: {} weeks, but {} has {}, and figures of different times do not compare; "
                    "--set scenario.weeks={} runs all arms as long",
                    name, other.weeks, first_name, first.weeks, std::min(first.weeks, other.weeks)));
  if (other.currency != first.currency)
    files.refusals.push_back(fmt::format("{}: money is in {}, but in {} in {}, and the two do not compare", name,
                                         other.currency, first_name, first.currency));
}

void note_other_scales(const RunOptions& first, std::size_t a, ArmFiles& files) {
  const RunOptions& other = files.arms[a].loaded.market.run;
  const std::string label = arm_label(a);
  if (other.market_size_people != first.market_size_people)
    files.notes.push_back(
        fmt::format("market size: A has {} people, {} has {}; each keeps its own, so figures of people, orders and "
                    "money differ by it",
                    grouped(first.market_size_people), label, grouped(other.market_size_people)));
  if (other.step != first.step)
    files.notes.push_back(
        fmt::format("steps: A goes by the {}, {} by the {}; draws of steps are not shared, so pairing "
                    "helps little",
                    first.step, label, other.step));
}

// Each mistake once; one of the command line that not every file makes says which does.
std::vector<Violation> merged(const std::vector<ArmFile>& arms, const std::vector<std::vector<Violation>>& by_arm) {
  std::map<std::string, std::size_t> times;
  for (const std::vector<Violation>& list : by_arm)
    for (const Violation& violation : list) ++times[violation.text()];
  std::vector<Violation> all;
  std::set<std::string> told;
  const bool several = arms.front().file != arms.back().file;
  for (std::size_t a = 0; a < arms.size(); ++a)
    for (Violation violation : by_arm[a]) {
      if (!told.insert(violation.text()).second) continue;
      if (!violation.place.option.empty() && several && times[violation.text()] < arms.size())
        violation.rule = fmt::format("{}: {}", arms[a].file.string(), violation.rule);
      all.push_back(std::move(violation));
    }
  return all;
}

}  // namespace

std::string ArmFile::name() const {
  std::string text = file.string();
  for (std::size_t i = 0; i < with.size(); ++i) text += (i == 0 ? " with " : ", ") + with[i];
  return text;
}

std::string arm_label(std::size_t arm) { return {static_cast<char>('A' + static_cast<int>(arm))}; }

std::vector<std::string> complaints_about(const ArmsRequest& request) {
  std::vector<std::string> complaints;
  if (request.files.size() < 2 && request.with.empty())
    complaints.emplace_back(
        "a comparison needs two arms: name a second scenario, or say what to change with "
        "--with key.path=value");
  if (request.files.size() > 1 && !request.with.empty())
    complaints.emplace_back(
        "--with makes the second arm of one scenario; with several files write --set for all, or drop it");
  if (request.files.size() > kMostArms)
    complaints.push_back(fmt::format("{} scenarios: at most {} are compared at once", request.files.size(), kMostArms));
  for (const std::string& change : request.with)
    if (change.find('=') == std::string::npos)
      complaints.push_back(fmt::format("--with {}: has no \"=\"; write --with key.path=value", change));
  return complaints;
}

ArmFiles read_arms(const ArmsRequest& request) {
  ArmFiles files;
  for (const fs::path& file : request.files) files.arms.push_back({file, {}, {}});
  if (!request.with.empty()) files.arms.push_back({request.files.front(), request.with, {}});
  std::vector<std::vector<Violation>> violations(files.arms.size());
  for (std::size_t a = 0; a < files.arms.size(); ++a) {
    ArmFile& arm = files.arms[a];
    try {
      arm.loaded = load_scenario(arm.file, request.set, flags_of(request, arm));
    } catch (const ScenarioErrors& errors) {
      violations[a] = errors.violations();
    }
  }
  if (std::vector<Violation> all = merged(files.arms, violations); !all.empty()) throw ScenarioErrors(std::move(all));
  const RunOptions first = files.arms.front().loaded.market.run;
  for (std::size_t a = 1; a < files.arms.size(); ++a) refuse_what_cannot_be_subtracted(first, a, files);
  for (std::size_t a = 1; a < files.arms.size() && files.refusals.empty(); ++a) {
    share_draws(request, first, a, files);
    note_other_scales(first, a, files);
  }
  return files;
}

}  // namespace populace
