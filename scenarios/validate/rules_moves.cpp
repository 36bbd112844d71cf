// Moves beside each other: none hides another, and their draws are told apart.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "scenarios/validate/rules.hpp"
#include "sim/base/name_hash.hpp"

namespace populace {
namespace {

bool leave_together(const MoveOptions& a, const MoveOptions& b) {
  const auto leaves = [](const MoveOptions& move, const std::string& stage) {
    return std::any_of(move.from.begin(), move.from.end(),
                       [&](const std::string& from) { return from == stage || from == "*"; });
  };
  return std::any_of(a.from.begin(), a.from.end(),
                     [&](const std::string& from) { return from == "*" ? !b.from.empty() : leaves(b, from); });
}

// Of two moves of one order on one event, a consumer can only make one.
void check_hidden(RuleBook& book, const MachineOptions& machine, std::size_t later, const KeyPath& path) {
  const MoveOptions& move = machine.moves[later];
  if (move.cause != "event" || move.event.empty()) return;
  for (std::size_t i = 0; i < later; ++i) {
    const MoveOptions& earlier = machine.moves[i];
    if (earlier.cause != "event" || earlier.event != move.event || earlier.order != move.order ||
        !leave_together(earlier, move))
      continue;
    return book.refuse(path,
                       fmt::format("is hidden by move {}, which has the same event, order and stage to leave",
                                   quoted_text(earlier.name)),
                       "give it a higher order, or join the two");
  }
}

// Draws are keyed by machine and move; hazards of one order share theirs.
std::string draw_label(const MachineOptions& machine, const MoveOptions& move) {
  if (move.cause == "hazard") return fmt::format("{}/{}{}", machine.name, move.order, move.chain ? "/chain" : "");
  return machine.name + "/" + move.name;
}

}  // namespace

void check_moves_together(RuleBook& book) {
  std::map<std::uint32_t, std::pair<std::string, bool>> labels;  // by hash: label, and whether of hazards
  for (const MachineOptions& machine : book.market.machines) {
    for (std::size_t i = 0; i < machine.moves.size(); ++i) {
      const MoveOptions& move = machine.moves[i];
      const KeyPath path = KeyPath{"machine", machine.name} / "move" / move.name;
      if (book.is_wrong(path)) continue;
      check_hidden(book, machine, i, path);
      const std::string label = draw_label(machine, move);
      const bool hazard = move.cause == "hazard";
      const auto [other, is_new] = labels.try_emplace(name_hash(label), label, hazard);
      if (!is_new && !(hazard && other->second == std::pair(label, true)))
        book.refuse(path, fmt::format("its draws could not be told from those of {}", quoted_text(other->second.first)),
                    "rename the other move, or give this one another order");
    }
  }
}

}  // namespace populace
