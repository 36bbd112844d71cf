// A real transaction log (columns customer_id,date) as the customers that a replay simulates.
#pragma once
#include <chrono>

#include "models/population/population_options.hpp"
#include "scenarios/data/csv.hpp"

namespace populace {

// Fills entry_day (days from `start`, by customer in the order of first appearance) and what the log observed:
// observed_repeats counts purchase days after a customer's first, before week `weeks`; several rows of a customer on
// one day count once. observed_holdout_mean: customers who entered before split_weeks, grouped by repeats before it
// (0…6, 7+), and their mean number of repeats from then to the end. `id` and `date` are columns of `table`.
void read_transactions(const CsvTable& table, std::size_t id, std::size_t date, std::chrono::sys_days start,
                       double weeks, ReplayOptions& replay, Violations& violations);

}  // namespace populace
