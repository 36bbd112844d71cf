// Mechanisms over the base market in steps of a week and of a day: docs/methods/steps.md lists what was measured, and
// why the two differ. Each scenario has a control, a rate a week that days take for a rate a step: seven times as much.
#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/steps/step_figures.hpp"

using namespace populace;

namespace {

struct Mechanism {
  std::string name;                   // of its scenario in this folder
  std::vector<std::string> measures;  // counters that no key figure is made of
  std::vector<StepBound> bounds;
  std::vector<std::string> unconverted, tripped;  // settings of the control, and figures that then differ
  std::string file() const { return "tests/steps/" + name + ".toml"; }
};

// Where the bounds of the base market do not hold over thirteen weeks, and what must be tighter than they are.
std::vector<StepBound> with_common(std::vector<StepBound> bounds) {
  // Small differences of large sums.
  bounds.insert(bounds.begin(), {{"profit.*.contribution_profit", 0}, {"*.unspent", 0}});
  bounds.insert(bounds.end(), {{"ladder.none.entries_per_week", .7},
                               {"ladder.*.entries_per_week", .35},
                               {"ladder.*", .15},
                               {"brand.own.margin", .025},
                               {"profit.*", .03}});
  return bounds;
}

const std::vector<Mechanism> kMechanisms{
    {"word_of_mouth",
     {"conversations"},
     with_common({{"measure.conversations", .01},
                  {"word_of_mouth.*.needs_awakened", .17},
                  {"word_of_mouth.*", .05},
                  {"referral.own.invited", .05},
                  {"referral.*", .16},
                  {"seller.*.people", .05},
                  {"seller.*", .13},
                  {"influencer.*.fees", .001},
                  {"influencer.*", .14},
                  {"reviews.*", .05},
                  {"tool.*.redeemed", .08},
                  {"tool.*", .02},
                  {"brand.own.margin", .06},
                  {"brand.own.*", .05},
                  {"brand.*", .03},
                  {"profit.*", .13}}),
     {"word_of_mouth.contacts_per_week=14"},
     {"measure.conversations", "word_of_mouth.recommendations.sent", "referral.own.invited"}},
    {"owned",
     {},
     with_common({{"joins.*", .1},
                  {"owned.*.sends", .14},
                  {"owned.*.stickiness", .07},
                  {"owned.*.leaves", .14},
                  {"owned.*", .05},
                  {"service.*", .1},
                  {"assets.*.kinds", .01},
                  {"assets.*.volume", .1},
                  {"assets.*", .06},
                  {"view_*.entries_per_week", .35},
                  {"view_*", .08},
                  {"brand.own.*", .035},
                  {"profit.*", .05}}),
     {"owned.chat.leave_per_week=0.14", "owned.chat.sends_per_week=14"},
     {"owned.chat.members", "owned.chat.leaves", "owned.chat.sends"}},
    {"episode",
     {},
     with_common({{"episode.routine.*", .015},
                  {"episode.*.purchases", .08},
                  {"episode.*.given_up", .25},
                  {"episode.*", .15},
                  {"*.late_stage_share", .18},
                  {"source.*", .08},
                  {"visit.*", .02},
                  {"listing.*.effort", .001},
                  {"listing.*.orders_after", .12},
                  {"listing.*", .07},
                  {"brand.*", .06},
                  {"market.*", .06},
                  {"profit.*", .07}}),
     {"visit.organic_per_week=1.4", "source.engine.consult_prob={ young = 0.918, old = 0.522 }"},
     {"visit.own.visits", "source.engine.consultations"}},
    {"promotion",
     {},
     with_common({{"promotion.together.*_share", .03},
                  {"promotion.together.*", .2},
                  {"promotion.everybody.cost", .04},
                  {"promotion.everybody.*", .1},
                  {"promotion.thanks.*", .06},
                  {"promotion.*", .03},
                  {"market.household.*", .02}}),
     {"promotion.everybody.issue_prob_per_week=0.522", "promotion.together.circle_people=7"},
     {"promotion.everybody.cost", "promotion.everybody.units", "promotion.together.units"}},
    {"experience",
     {},
     with_common({{"crisis.*.awareness", .25},
                  {"experience.*.recommendations", .05},
                  {"experience.*", .025},
                  {"care.*", .025},
                  {"cross_selling.*", .015},
                  {"brand.*", .03}}),
     {"crisis.recall.spread_per_week=1.4"},
     {"crisis.recall.awareness"}},
    {"outlets",
     {},
     with_common({{"outlet.shop.*", .03},
                  {"outlet.*", .015},
                  {"path.*", .02},
                  {"win_back.*", .06},
                  {"ladder.chosen.people", .2},
                  {"ladder.chosen.share", .2}}),
     {"outlet.shop.units_per_week={ north = 210_000, south = 140_000 }", "outlets.win_back.reminder_prob_per_week=0.7"},
     {"outlet.shop.stockout_share", "outlet.shop.orders", "win_back.orders.reminders"}},
    {"targeting",
     {},
     with_common({{"market.cross_cap.*", 0},  // who is over a cap is tried again, and counted again, in every step
                  {"channel.feed.overlap_*", .08},
                  {"*.off_target_share", .06},
                  {"c*.feed*.*", .03},
                  {"c*.story*.*", .03},
                  {"c*.tv*.*", .025},
                  {"visit.*", .03},
                  {"reach.*", .01}}),
     {"visit.organic_per_week=2.1", "cross_cap.weeks=0.142857142857"},
     {"visit.own.visits", "channel.feed.overlap_share"}},
    {"attention",
     {},
     with_common({{"campaign.tv_spots.weight", .1}, {"campaign.*.weight", .05}}),
     {"attention.minutes_per_week={ young = 2100, old = 3500 }"},
     {"campaign.feed_views.weight", "campaign.story_package.weight"}},
    {"stages",
     {},
     with_common({{"warming.cool.*", .22}, {"warming.*.entries_per_week", .08}, {"warming.*", .04}}),
     {"machine.warming.move.meet.rate_per_week=0.07", "machine.warming.move.meet.drivers.attention=0.14",
      "machine.warming.move.meet.drivers.exposures.feed=0.35"},
     {"warming.cold.people", "warming.warm.people"}},
};

void check_control(const Mechanism& mechanism, const StepFigures& week, const StepSize& size) {
  const StepFigures days = step_figures(mechanism.file(), size, "day", mechanism.unconverted, mechanism.measures);
  std::size_t found = 0;
  for (const StepDifference& difference :
       step_differences(week, days, std::stoi(size.replications), mechanism.bounds)) {
    if (std::count(mechanism.tripped.begin(), mechanism.tripped.end(), difference.name) == 0) continue;
    ++found;
    INFO(mechanism.name << ", not converted: " << difference.text());
    CHECK(difference.off() > 3);
  }
  CHECK(found == mechanism.tripped.size());
}

void check_mechanisms(const StepSize& size) {
  for (const Mechanism& mechanism : kMechanisms) {
    const StepFigures week = step_figures(mechanism.file(), size, "week", {}, mechanism.measures),
                      day = step_figures(mechanism.file(), size, "day", {}, mechanism.measures);
    for (const StepDifference& difference :
         step_differences(week, day, std::stoi(size.replications), mechanism.bounds)) {
      INFO(mechanism.name << ": " << difference.text());
      CHECK(difference.off() < 1);
    }
    check_control(mechanism, week, size);
  }
}

}  // namespace

TEST_CASE("steps: mechanisms by weeks and by days agree within their bounds") {
  check_mechanisms({"12_000", "13", "16"});
}

TEST_CASE("steps: and mechanisms in a larger market", "[.heavy]") { check_mechanisms({"100_000", "13", "12"}); }
