// Moves of stage machines that answer joining and leaving.
#include <catch2/catch.hpp>

#include "tests/private_domain/owned_market.hpp"

using namespace populace;

TEST_CASE("moves answer who joined and who left, in the step in which it happened") {
  MarketOptions options = small_market(620, 12);
  OwnedOptions& owned = add_owned(options, "chat", .4);
  owned.game_per_week = .1;
  owned.leave_per_week = .1;
  MachineOptions& machine = options.machines.emplace_back();
  machine.name = "bond";
  machine.stages = {"out", "in"};
  const auto move = [&](const char* name, const char* from, const char* to) {
    MoveOptions& made = machine.moves.emplace_back();
    made.name = made.event = name;
    made.cause = "event";
    made.from = {from};
    made.to = to;
  };
  move("joined", "out", "in");
  move("left", "in", "out");
  const Run run(options);
  double joined_before = 0, leaves = 0;
  for (std::int32_t step = 0; step < 12; ++step) {
    joined_before += static_cast<double>(run.counters.step("joins", step, slot(JoinCause::kGame)));
    leaves += static_cast<double>(run.counters.step("leaves", step));
  }
  // Everybody began outside, members too: who was one leaves without a move.
  CHECK(run.all("leaps_bond", 0) == joined_before);
  CHECK(run.all("leaps_bond", 1) > 100);
  CHECK(run.all("leaps_bond", 1) < leaves);
  // Whoever was no member at the start is in exactly while he is one.
  Walk walk(options);
  walk.to(1);
  const auto first = walk.column<std::uint16_t>("members");
  walk.to(12);
  const auto members = walk.column<std::uint16_t>("members");
  const auto stage = walk.column<std::uint8_t>("stage_bond");
  std::int64_t wrong = 0, in = 0;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (first[i] != 0) continue;
    wrong += (stage[i] == 1) != (members[i] != 0);
    in += stage[i];
  }
  CHECK(wrong == 0);
  CHECK(in > 100);
}
