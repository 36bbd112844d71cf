#include "scenarios/data/transactions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <unordered_map>

#include "scenarios/data/dates.hpp"

namespace populace {
namespace {

constexpr std::size_t kGroups = 8;  // repeats 0…6, 7+

using Days = std::set<std::int64_t>;

std::vector<Days> days_by_customer(const CsvTable& table, std::size_t id, std::size_t date, std::chrono::sys_days start,
                                   Violations& violations) {
  std::vector<Days> customers;
  std::unordered_map<std::string, std::size_t> index;
  for (const std::vector<CsvField>& row : table.rows) {
    const auto day = parse_date(row[date].text);
    if (!day) {
      violations.add(
          {row[date].place, "date", quoted_text(row[date].text), "must be a day of the calendar as YYYY-MM-DD", ""});
      continue;
    }
    if (*day < start) {
      violations.add({row[date].place, "date", quoted_text(row[date].text), "is before scenario.start_date",
                      "set scenario.start_date to the first day of the log, or drop the row"});
      continue;
    }
    if (row[id].text.empty()) {
      violations.add({row[id].place, "customer_id", "\"\"", "is empty", "give every transaction its customer"});
      continue;
    }
    const auto [customer, is_new] = index.try_emplace(row[id].text, customers.size());
    if (is_new) customers.emplace_back();
    customers[customer->second].insert((*day - start).count());
  }
  return customers;
}

}  // namespace

void read_transactions(const CsvTable& table, std::size_t id, std::size_t date, std::chrono::sys_days start,
                       double weeks, ReplayOptions& replay, Violations& violations) {
  const double split_day = replay.split_weeks * 7, end_day = weeks * 7;
  std::array<double, kGroups> repeats{}, members{};
  for (const Days& days : days_by_customer(table, id, date, start, violations)) {
    replay.entry_day.push_back(*days.begin());
    std::int64_t before = 0, after = 0;
    for (auto day = std::next(days.begin()); day != days.end() && static_cast<double>(*day) < end_day; ++day)
      (static_cast<double>(*day) < split_day ? before : after) += 1;
    replay.observed_repeats += before + after;
    if (static_cast<double>(*days.begin()) >= split_day) continue;
    const std::size_t group = std::min<std::size_t>(static_cast<std::size_t>(before), kGroups - 1);
    members[group] += 1;
    repeats[group] += static_cast<double>(after);
  }
  for (std::size_t group = 0; group < kGroups; ++group)
    replay.observed_holdout_mean.push_back(members[group] > 0 ? repeats[group] / members[group] : 0);
}

}  // namespace populace
