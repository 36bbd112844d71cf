// A stock acts through one path only, and drivers exist.
#include <fmt/format.h>

#include <algorithm>

#include "scenarios/validate/rules.hpp"

namespace populace {
namespace {

// Path of the first key that names `driver`, by hazard or matrix; empty when none does.
KeyPath first_use(const MarketOptions& market, const std::string& driver) {
  for (const MachineOptions& machine : market.machines) {
    for (const MoveOptions& move : machine.moves) {
      const KeyPath path = KeyPath{"machine", machine.name} / "move" / move.name;
      const auto names = [&](const auto& entry) { return entry.first == driver; };
      if (move.cause == "hazard" && std::any_of(move.drivers.begin(), move.drivers.end(), names))
        return path / "drivers" / driver;
      if (move.cause == "matrix" && move.scaled_by == driver) return path / "scaled_by";
    }
  }
  return {};
}

void check_stock(RuleBook& book, std::string_view name, const StockOptions& stock, const std::string& driver) {
  const KeyPath acts_on = KeyPath{"response", name, "acts_on"};
  if (book.is_wrong(acts_on)) return;
  const KeyPath use = first_use(book.market, driver);
  const std::string now = fmt::format("response.{}.acts_on = \"{}\"{}", name, stock.acts_on,
                                      book.is_given(acts_on) ? "" : " (the default)");
  if (!use.empty() && stock.acts_on != "hazard")
    book.refuse(use, fmt::format("{} would act through two paths, because {}", driver, now),
                fmt::format("write response.{}.acts_on = \"hazard\", or take {} out of the move", name, driver));
  if (use.empty() && stock.acts_on == "hazard")
    book.refuse(acts_on, fmt::format("no move of a stage machine names {} as a driver", driver),
                fmt::format("write \"nothing\", or give a hazard drivers = {{ {} = 0.1 }}", driver));
  const KeyPath saturation{"response", name, "saturation"};
  if (stock.saturation > 0 && (stock.acts_on == "hazard" || stock.acts_on == "nothing") && !book.is_wrong(saturation))
    book.refuse(saturation, fmt::format("does nothing, because {}", now),
                "drop it; hazards read the stock itself, utility and consideration its concave form");
  if (stock.acts_on == "consideration" && !book.market.choice.consideration &&
      !book.is_wrong({"choice", "consideration"}))
    book.refuse(acts_on, "consideration is off, because choice.consideration = false",
                "write choice.consideration = true, or acts_on = \"utility\"");
}

void check_driver(RuleBook& book, const std::string& driver, bool exists, const std::string& rule,
                  const std::string& suggestion) {
  const KeyPath use = first_use(book.market, driver);
  if (!use.empty() && !exists && !book.is_wrong(use)) book.refuse(use, rule, suggestion);
}

}  // namespace

void check_stocks(RuleBook& book) {
  check_stock(book, "slow", book.market.response.slow, "goodwill");
  check_stock(book, "fast", book.market.response.fast, "activation");
  check_driver(book, "involvement", book.market.involvement.enabled,
               "consumers have no involvement, because involvement.enabled = false",
               "write involvement.enabled = true");
  check_driver(book, "talk", book.market.word_of_mouth.enabled(),
               "nobody talks, because word_of_mouth.machine is not given", "give word_of_mouth.machine and voice");
}

}  // namespace populace
