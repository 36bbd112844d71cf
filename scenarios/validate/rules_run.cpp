// Size and time of the simulation.
#include <fmt/format.h>

#include <cmath>

#include "scenarios/data/dates.hpp"
#include "scenarios/validate/memory.hpp"
#include "scenarios/validate/ranges.hpp"
#include "scenarios/validate/rules.hpp"

namespace populace {
namespace {

void check_memory(RuleBook& book) {
  const KeyPath path{"scenario", "consumers"};
  const double each = estimated_bytes_per_consumer(book.market);
  const double needed = each * static_cast<double>(book.market.run.consumers),
               there = static_cast<double>(book.memory_bytes);
  if (book.is_wrong(path) || needed <= there) return;
  book.refuse(
      path,
      fmt::format("would need {} of memory ({} bytes each), and there is {}", memory_text(needed), plain(each),
                  memory_text(there)),
      fmt::format("at most {} fit; more people are simulated by scenario.market_size_people, not by more consumers",
                  readable(std::floor(there / each / 1e5) * 1e5)));
}

void check_cells(RuleBook& book) {
  const MarketOptions& market = book.market;
  const std::size_t cells = market.regions.size() * market.segments.size();
  const KeyPath path{market.regions.size() >= market.segments.size() ? "region" : "segment"};
  if (cells > kMostCells)
    return book.refuse(path,
                       fmt::format("{} regions x {} segments are {} cells, and at most {} are counted apart",
                                   market.regions.size(), market.segments.size(), cells, kMostCells),
                       "join some regions or segments");
  std::size_t slots = 0;
  for (const MachineOptions& machine : market.machines) slots += machine.stages.size() * (machine.moves.size() + 1);
  if (cells * slots > kMostCellSlots)
    book.refuse(
        path,
        fmt::format(
            "{} cells x {} counts of stages and moves are {}, more than {}: results would take {} a replication", cells,
            slots, cells * slots, kMostCellSlots,
            memory_text(static_cast<double>(cells * slots) * 8 * static_cast<double>(market.run.weeks) *
                        market.run.steps_per_week())),
        "join regions or segments, or declare fewer moves");
}

}  // namespace

void check_run(RuleBook& book) {
  const KeyPath start{"scenario", "start_date"};
  if (!book.is_wrong(start) && !parse_date(book.market.run.start_date))
    book.refuse(start, "must be a day of the calendar as YYYY-MM-DD", R"(as in "2027-01-04")");
  check_memory(book);
  check_cells(book);
  const KeyPath split{"replay", "split_weeks"};
  if (book.market.replay.enabled() && !book.is_wrong(split) && !book.is_wrong({"scenario", "weeks"}) &&
      book.market.replay.split_weeks > static_cast<double>(book.market.run.weeks))
    book.refuse(split, fmt::format("must lie in the horizon of {} weeks", book.market.run.weeks), "the default is 39");
}

}  // namespace populace
