// Stage machines: stages, and moves that say no more and no less than their cause needs.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenarios/validate/names.hpp"
#include "scenarios/validate/ranges.hpp"
#include "scenarios/validate/rules.hpp"
#include "scenarios/validate/suggest.hpp"

namespace populace {
namespace {

constexpr double kSumTolerance = 1e-6;

void check_stages(RuleBook& book, const MachineOptions& machine, const KeyPath& path) {
  const KeyPath stages = path / "stages";
  if (book.is_wrong(stages) || book.is_wrong(path / "preset")) return;
  if (machine.stages.size() < 2)
    book.refuse(stages, book.is_given(stages) ? "must name at least 2 stages" : "is missing",
                R"(write stages = ["unaware", "aware", …], or preset = "ladder")");
  if (machine.stages.size() > kMaxStages)
    book.refuse(stages, fmt::format("names {} stages, and at most {} are possible", machine.stages.size(), kMaxStages),
                "join some of them");
  for (std::size_t i = 0; i < machine.stages.size(); ++i)
    if (const std::string problem = name_problem(machine.stages[i], "stage"); !problem.empty())
      book.refuse(stages[i], problem, "rename it");
}

void check_initial(RuleBook& book, const MachineOptions& machine, const KeyPath& path) {
  const KeyPath initial = path / "initial_share";
  if (book.is_wrong(initial) || book.is_wrong(path / "stages")) return;
  double sum = 0;
  for (const std::string& stage : machine.stages) sum += machine.initial_share.of(stage);
  if (sum > 1 + kSumTolerance)
    book.refuse(initial,
                fmt::format("shares of the {} stages sum to {}, more than 1", machine.stages.size(), plain(sum)),
                "what is missing to 1 starts in the first stage, so the first may be left out");
}

// Keys of each cause; a key of another cause would do nothing.
struct CauseKey {
  std::string_view cause, key;
};
constexpr CauseKey kCauseKeys[] = {{"hazard", "rate_per_week"}, {"hazard", "prob_per_week"}, {"hazard", "drivers"},
                                   {"event", "event"},          {"event", "event_prob"},     {"matrix", "matrix"},
                                   {"matrix", "scaled_by"}};

void check_cause_keys(RuleBook& book, const MoveOptions& move, const KeyPath& path) {
  for (const auto& [cause, key] : kCauseKeys) {
    if (move.cause == cause || !book.is_given(path / key)) continue;
    book.refuse(path / key,
                fmt::format("does not apply to cause = \"{}\"{}", move.cause,
                            book.is_given(path / "cause") ? "" : " (the default)"),
                fmt::format("drop it, or write cause = \"{}\"", cause));
  }
  if (move.cause != "matrix") return;
  for (const std::string_view key : {"from", "to"})
    if (book.is_given(path / key))
      book.refuse(path / key, "does not apply to cause = \"matrix\", which has a row for every stage", "drop it");
}

void check_ends(RuleBook& book, const MachineOptions& machine, const MoveOptions& move, const KeyPath& path) {
  const KeyPath from = path / "from", to = path / "to";
  std::vector<std::string> targets = machine.stages;
  targets.insert(targets.end(), {"next", "previous"});
  const bool to_is_known = std::find(targets.begin(), targets.end(), move.to) != targets.end();
  if (move.from.empty() && !book.is_wrong(from))
    book.refuse(from, "is missing", R"(name the stages that the move leaves, or ["*"] for every stage)");
  if (move.to.empty() && !book.is_wrong(to))
    book.refuse(to, "is missing", "name a stage, \"next\" or \"previous\"; the stages are: " + listed(machine.stages));
  else if (!to_is_known && !book.is_wrong(to))
    book.refuse_unknown(to, move.to, "stage", targets);
  const std::string edge = move.to == "next"       ? machine.stages.back()
                           : move.to == "previous" ? machine.stages.front()
                                                   : "";
  for (std::size_t i = 0; i < move.from.size(); ++i) {
    const std::string& stage = move.from[i];
    const KeyPath at = from[i];
    if (stage == "*" && !edge.empty())
      book.refuse(to, fmt::format("stage {} has no {} one", quoted_text(edge), move.to),
                  "list in from the stages that have one, instead of \"*\"");
    else if (stage != "*" && machine.stage(stage) < 0)
      book.refuse_unknown(at, stage, "stage", machine.stages);
    else if (!edge.empty() && stage == edge)
      book.refuse(at,
                  fmt::format("is the {} stage, so it has no {} one", move.to == "next" ? "last" : "first", move.to),
                  "leave it out of from");
    else if (stage == move.to)
      book.refuse(at, "a move cannot lead from a stage to itself", "leave it out of from");
  }
}

void check_matrix(RuleBook& book, const MachineOptions& machine, const MoveOptions& move, const KeyPath& path) {
  const KeyPath matrix = path / "matrix";
  const std::size_t n = machine.stages.size();
  if (book.is_wrong(matrix)) return;
  if (move.matrix.size() != n)
    return book.refuse(matrix,
                       move.matrix.empty() ? "is missing"
                                           : fmt::format("has {} row{}, and there are {} stages", move.matrix.size(),
                                                         move.matrix.size() == 1 ? "" : "s", n),
                       fmt::format("write {} rows of {} chances, in the order of the stages", n, n));
  for (std::size_t row = 0; row < n; ++row) {
    const std::vector<double>& chances = move.matrix[row];
    double sum = 0;
    for (const double chance : chances) sum += chance;
    const std::string name = quoted_text(machine.stages[row]);
    if (chances.size() != n)
      book.refuse(matrix[row],
                  fmt::format("the row of stage {} has {} numbers, and there are {} stages", name, chances.size(), n),
                  "write one chance for each stage");
    else if (std::abs(sum - 1) > kSumTolerance)
      book.refuse(matrix[row], fmt::format("the row of stage {} must sum to 1, but sums to {}", name, plain(sum)),
                  fmt::format("the chance to stay stands at position {}", row + 1));
  }
}

void check_scaled_by(RuleBook& book, const MoveOptions& move, const KeyPath& path) {
  const KeyPath key = path / "scaled_by";
  const std::vector<std::string> drivers = names_of(book.market, "driver", path);
  if (move.scaled_by.empty() || book.is_wrong(key) ||
      std::find(drivers.begin(), drivers.end(), move.scaled_by) != drivers.end())
    return;
  book.refuse_unknown(key, move.scaled_by, "driver", drivers);
}

// A move of a preset whose name is misspelt would be a new move that leads nowhere.
bool is_misspelt(RuleBook& book, const MachineOptions& machine, const MoveOptions& move, const KeyPath& path) {
  if (machine.preset.empty() || !move.from.empty() || !move.to.empty() || book.is_given(path / "cause")) return false;
  std::vector<std::string> others;
  for (const MoveOptions& other : machine.moves)
    if (other.name != move.name) others.push_back(other.name);
  const std::string hint = did_you_mean(move.name, others);
  if (!hint.empty())
    book.refuse(path, fmt::format("preset {} has no such move, and a new one needs from and to", machine.preset), hint);
  return !hint.empty();
}

void check_cause(RuleBook& book, const MachineOptions& machine, const MoveOptions& move, const KeyPath& path) {
  if (move.cause == "matrix") {
    if (book.market.run.step == "day")
      book.refuse(path / "cause", "a matrix holds chances of a week, and this scenario steps by the day",
                  "write step = \"week\", or the move as a hazard with prob_per_week");
    check_matrix(book, machine, move, path);
    return check_scaled_by(book, move, path);
  }
  check_ends(book, machine, move, path);
  if (move.cause == "event" && move.event.empty() && !book.is_wrong(path / "event"))
    book.refuse(path / "event", "is missing",
                "name what must have happened: " + listed({std::begin(kEventNames), std::end(kEventNames)}));
  if (move.cause != "hazard") return;
  const bool rate = book.is_given(path / "rate_per_week"), prob = book.is_given(path / "prob_per_week");
  if (rate && prob) book.refuse(path / "prob_per_week", "says again what rate_per_week says", "keep one of the two");
  if (!rate && !prob && move.drivers.empty() && move.rate_per_week == 0 && !book.is_wrong(path))
    book.refuse(path, "nobody ever makes this move: it has no rate", "give rate_per_week, prob_per_week or drivers");
}

}  // namespace

void check_machines(RuleBook& book) {
  for (const MachineOptions& machine : book.market.machines) {
    const KeyPath path{"machine", machine.name};
    check_stages(book, machine, path);
    check_initial(book, machine, path);
    for (const MoveOptions& move : machine.moves) {
      const KeyPath at = path / "move" / move.name;
      if (book.is_wrong(at / "cause") || book.is_wrong(path / "stages") || machine.stages.empty()) continue;
      if (is_misspelt(book, machine, move, at)) continue;
      check_cause_keys(book, move, at);
      check_cause(book, machine, move, at);
    }
  }
}

}  // namespace populace
