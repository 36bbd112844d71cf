#include "scenarios/validate/names.hpp"

#include <algorithm>
#include <array>

namespace populace {
namespace {

constexpr std::size_t kLongestName = 64;
constexpr std::array<std::string_view, 6> kPlainDrivers = {"goodwill",    "activation", "attention",
                                                           "involvement", "talk",       "price"};

template <class Item>
std::vector<std::string> names_in(const std::vector<Item>& items) {
  std::vector<std::string> names;
  for (const Item& item : items) names.push_back(item.name);
  return names;
}

const MachineOptions* machine_named(const MarketOptions& market, std::string_view name) {
  for (const MachineOptions& machine : market.machines)
    if (machine.name == name) return &machine;
  return nullptr;
}

std::vector<std::string> drivers(const MarketOptions& market, const MachineOptions* machine) {
  std::vector<std::string> names(kPlainDrivers.begin(), kPlainDrivers.end());
  for (const ChannelOptions& channel : market.channels) names.push_back("exposures." + channel.name);
  if (machine != nullptr)
    for (const std::string& stage : machine->stages) names.push_back("share." + stage);
  return names;
}

}  // namespace

const MachineOptions* machine_of(const MarketOptions& market, const KeyPath& path) {
  if (path.parts().empty()) return nullptr;
  const std::string& table = path.parts().front();
  if (table == "machine" && path.parts().size() > 1) return machine_named(market, path.parts()[1]);
  if (table == "stage_purchase") return machine_named(market, market.stage_purchase.machine);
  if (table == "campaign") return machine_named(market, market.run.focal_machine);
  if (table == "choice") return machine_named(market, market.choice.awareness_machine);
  if (table == "response") return machine_named(market, market.run.focal_machine);
  if (table == "informed_service") return machine_named(market, market.run.focal_machine);
  if (table == "referral" || table == "seller" || table == "tool")
    return machine_named(market, market.word_of_mouth.machine);
  if (table == "word_of_mouth") return machine_named(market, market.word_of_mouth.machine);
  return nullptr;
}

std::vector<std::string> names_of(const MarketOptions& market, Kind kind, const KeyPath& path) {
  if (kind == "region") return names_in(market.regions);
  if (kind == "segment") return names_in(market.segments);
  if (kind == "channel") return names_in(market.channels);
  if (kind == "brand") return names_in(market.brands);
  if (kind == "campaign") return names_in(market.campaigns);
  if (kind == "machine") return names_in(market.machines);
  if (kind == "garden") return names_in(market.gardens);
  if (kind == "episode stage") return {std::begin(kTargetEpisodes), std::end(kTargetEpisodes)};
  if (kind == "owned") return names_in(market.owned);
  if (kind == "influencer") return names_in(market.influencers);
  if (kind == "outlet") return names_in(market.outlets);
  if (kind == "path") return names_in(market.paths);
  if (kind == "event") return names_in(market.events);
  const MachineOptions* machine = machine_of(market, path);
  if (kind == "driver") return drivers(market, machine);
  if (machine == nullptr) return {};
  if (kind == "move") return names_in(machine->moves);
  return kind == "stage" ? machine->stages : std::vector<std::string>{};
}

std::string name_problem(std::string_view name, Kind kind) {
  if (name.empty()) return "a name must not be empty";
  if (name.size() > kLongestName) return "a name must not be longer than 64 bytes";
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  if (name.find_first_of("./[]\"\\*,") != std::string_view::npos || std::any_of(name.begin(), name.end(), control))
    return R"(a name must hold none of . / [ ] * , " \ and no control characters)";
  if (name.front() == ' ' || name.back() == ' ') return "a name must not begin or end with a space";
  if ((kind == "segment" || kind == "stage") && name == "all")
    return "\"all\" is reserved: it means everybody not named";
  if (kind == "stage" && (name == "next" || name == "previous"))
    return "\"next\" and \"previous\" are reserved for moves";
  return "";
}

}  // namespace populace
