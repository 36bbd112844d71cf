// Mechanisms over the base market in steps of a week and of a day: docs/methods/steps.md lists what was measured, and why
// the two differ. Each scenario has a control, a rate a week that days take for a rate a step: seven times as much.
#include <catch2/catch.hpp>

#include "tests/steps/step_figures.hpp"

using namespace populace;

namespace {

struct Mechanism {
  std::string name;                   // of its scenario in this folder
  std::vector<std::string> measures;  // counters that no key figure is made of
  std::vector<StepBound> bounds;      // where those of the base market do not hold, or must be well above chance
  std::vector<std::string> unconverted, tripped;  // settings of the control, figures that then differ
};

const Mechanism kMechanisms[] = {
    {"word_of_mouth",
     {"conversations", "word_of_mouth_received", "word_of_mouth_believed", "heard", "reviews_written"},
     {},
     {"word_of_mouth.contacts_per_week=14"},
     {"measure.conversations"}},
    {"owned", {}, {}, {"owned.chat.leave_per_week=0.14"}, {}},
    {"episode", {}, {}, {"visit.organic_per_week=1.4"}, {}},
    {"promotion", {}, {}, {"promotion.everybody.issue_prob_per_week=0.7"}, {}},
    {"experience", {}, {}, {"crisis.recall.spread_per_week=3.5"}, {}},
    {"outlets", {}, {}, {"outlets.win_back.reminder_prob_per_week=1"}, {}},
    {"targeting", {}, {}, {"visit.organic_per_week=2.1"}, {}},
    {"attention", {}, {}, {"attention.minutes_per_week=50"}, {}},
    {"stages", {}, {}, {}, {}},
};

void check(const Mechanism& mechanism, const StepSize& size) {
  const std::string file = "tests/steps/" + mechanism.name + ".toml";
  const int replications = std::stoi(size.replications);
  const StepFigures week = step_figures(file, size, "week", {}, mechanism.measures),
                    day = step_figures(file, size, "day", {}, mechanism.measures);
  for (const StepDifference& difference : step_differences(week, day, replications, mechanism.bounds)) {
    INFO(mechanism.name << ": " << difference.text());
    CHECK(difference.off() < 1);
  }
}

}  // namespace

TEST_CASE("steps: mechanisms by weeks and by days agree within their bounds") {
  for (const Mechanism& mechanism : kMechanisms) check(mechanism, {"10_000", "10", "12"});
}

TEST_CASE("steps: mechanisms in a larger market over half a year", "[.heavy]") {
  for (const Mechanism& mechanism : kMechanisms) check(mechanism, {"60_000", "26", "8"});
}
