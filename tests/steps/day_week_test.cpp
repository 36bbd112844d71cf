// The same market in steps of a week and of a day: key figures agree within the bounds of docs/methods/steps.md, beyond
// what chance explains. Draws differ between the two, so the difference of means has an SE over replications; the t of
// twice the replications less two at the tail of z = 4.9 (a hundred checks) multiplies it.
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/steps/step_figures.hpp"

using namespace populace;

namespace {

StepFigures base_figures(const StepSize& size, const std::string& step, const std::vector<std::string>& more = {}) {
  return step_figures("tests/mechanisms/base.toml", size, step, more);
}

// Differences in units of what is allowed, by group of figures: the greatest.
std::map<std::string, double> greatest(const std::vector<StepDifference>& differences) {
  std::map<std::string, double> off;
  for (const StepDifference& difference : differences)
    off[difference.group] = std::max(off[difference.group], difference.off());
  return off;
}

void check_agreement(const StepSize& size) {
  const StepFigures week = base_figures(size, "week");
  const int replications = std::stoi(size.replications);
  for (const StepDifference& difference : step_differences(week, base_figures(size, "day"), replications)) {
    INFO(difference.text());
    CHECK(difference.off() < 1);
  }
  // Control: days under another plan, other needs and other rates.
  const StepFigures other =
      base_figures(size, "day",
                   {"campaign.feed_views.budget_money=1_800_000", "need.opportunities_per_week=1.8",
                    "machine.ladder.move.advocate.rate_per_week=2", "machine.ladder.move.forget.rate_per_week=2"});
  for (const auto& [group, off] : greatest(step_differences(week, other, replications))) {
    INFO(group);
    CHECK(off > 3);
  }
}

}  // namespace

TEST_CASE("steps: key figures by weeks and by days agree within their bounds") { check_agreement({"6_000", "9", "6"}); }

TEST_CASE("steps: and in a larger market over half a year", "[.heavy]") { check_agreement({"40_000", "26", "8"}); }
