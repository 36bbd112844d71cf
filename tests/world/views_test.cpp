// Views add up what stages count.
#include <catch2/catch.hpp>

#include "models/ladder_views/ladder_views.hpp"
#include "models/stages/ladder.hpp"
#include "tests/targeting/targeting_market.hpp"

using namespace populace;

TEST_CASE("people of a group are those of its stages, and its entries the leaps into it from outside") {
  MarketOptions options = small_market(711, 20);
  options.need.enabled = true;
  options.response.slow = {.9, 0, .3, "utility"};
  add_channel(options, "feed");
  unpaid(add_campaign(options, "ads", "feed", 0), .1);
  MachineOptions& machine = options.machines.emplace_back();
  machine.name = "ladder";
  machine.preset = "ladder";
  apply_ladder(machine);
  machine.ladder_views = true;
  machine.views = {{"two",
                    {{"before", {"none", "discovered", "aware", "considering", "chosen"}},
                     {"after", {"purchased", "satisfied", "loyal", "advocate"}}}}};
  const Run run(options);
  const MachineOptions& made = run.market.options().machines[0];
  for (const ViewOptions& view : views_of(made))
    for (std::size_t g = 0; g < view.groups.size(); ++g)
      for (std::int32_t step = 0; step < 20; ++step) {
        std::int64_t people = 0;
        for (const std::string& stage : view.groups[g].stages)
          people += run.counters.step("occupancy_ladder", step, static_cast<std::size_t>(made.stage(stage)));
        CHECK(run.counters.step("view_ladder_" + view.name, step, g) == people);
      }
  for (std::int32_t step = 0; step < 20; ++step)
    CHECK(run.counters.step("view_ladder_two", step, 0) + run.counters.step("view_ladder_two", step, 1) == kPeople);
  // Those who are in "after" have entered it more often than left; nobody began there.
  const Kpi* kpi = run.market.registry().find_kpi("view_ladder_two.after.entries_per_week");
  REQUIRE(kpi != nullptr);
  double entries = 0;
  for (const std::size_t leap : kpi->numerator[0].slots) entries += run.all("leaps_ladder", leap);
  const auto& labels = run.market.registry().dimension("leap_ladder").labels;
  double back = 0;
  for (std::size_t l = 0; l < labels.size(); ++l) {
    const std::string from = labels[l].substr(0, labels[l].find(" > ")),
                      to = labels[l].substr(labels[l].find(" > ") + 3,
                                            labels[l].rfind(" (") - labels[l].find(" > ") - 3);
    const int purchased = made.stage("purchased");
    if (made.stage(from) >= purchased && made.stage(to) < purchased) back += run.all("leaps_ladder", l);
  }
  CHECK(entries - back == static_cast<double>(run.counters.step("view_ladder_two", 19, 1)));
  CHECK(entries > 100);
}
