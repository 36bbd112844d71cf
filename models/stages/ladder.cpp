#include "models/stages/ladder.hpp"

namespace populace {
namespace {

MoveOptions event_move(std::string name, std::vector<std::string> from, std::string to, std::string event,
                       double prob) {
  MoveOptions move;
  move.name = std::move(name);
  move.cause = "event";
  move.from = std::move(from);
  move.to = std::move(to);
  move.event = std::move(event);
  move.event_prob = prob;
  move.chain = true;
  return move;
}

MoveOptions hazard_move(std::string name, std::vector<std::string> from, std::string to, double rate_per_week) {
  MoveOptions move;
  move.name = std::move(name);
  move.from = std::move(from);
  move.to = std::move(to);
  move.rate_per_week = rate_per_week;
  move.order = 2;
  return move;
}

}  // namespace

void apply_ladder(MachineOptions& machine) {
  machine.stages = {"none",      "discovered", "aware", "considering", "chosen",
                    "purchased", "satisfied",  "loyal", "advocate"};
  const std::vector<std::string> before_purchase{"none", "discovered", "aware", "considering", "chosen"};
  machine.moves = {
      event_move("notice", {"none", "discovered"}, "next", "noticed", .5),
      event_move("hear", {"none", "discovered"}, "next", "heard", .5),
      event_move("consider", {"none", "discovered", "aware"}, "considering", "considered", 1),
      event_move("choose", {"none", "discovered", "aware", "considering"}, "chosen", "chosen", 1),
      event_move("purchase", before_purchase, "purchased", "ordered", 1),
      event_move("satisfy", {"purchased"}, "satisfied", "satisfied", 1),
      event_move("grow_loyal", {"purchased", "satisfied"}, "loyal", "habitual", 1),
      hazard_move("advocate", {"loyal"}, "advocate", .02),
      event_move("disappoint", {"purchased", "satisfied", "loyal", "advocate"}, "aware", "disappointed", 1),
      event_move("lapse", {"purchased", "satisfied", "loyal", "advocate"}, "considering", "lapsed", 1),
      hazard_move("forget", {"discovered", "considering"}, "previous", .02),
  };
}

}  // namespace populace
