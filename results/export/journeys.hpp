// Journeys of sampled consumers as tools want them: every kind of row, a log of touches, a log of transactions, paths.
#pragma once
#include <filesystem>

namespace populace {

// Each throws FileError when the file holds no journeys; `folder` is made.

// NAME.csv for every kind of row, and consumers.csv.
void export_journeys(const std::filesystem::path& results_file, const std::filesystem::path& folder);
// touches.csv: contacts, clicks and orders of a consumer in the order of time, for attribution.
void export_touches(const std::filesystem::path& results_file, const std::filesystem::path& folder);
// transactions.csv: customer_id, date, amount; customers.csv: frequency, recency, T, monetary_value.
void export_transactions(const std::filesystem::path& results_file, const std::filesystem::path& folder);
// paths.csv: path, total_conversions, total_conversion_value, total_null.
void export_paths(const std::filesystem::path& results_file, const std::filesystem::path& folder);

}  // namespace populace
