// Who is simulated: segments, regions and the traits drawn once for each consumer (design: model of one consumer,
// section 1).
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "sim/base/fields.hpp"

namespace populace {

struct RegionOptions {
  std::string name;
  double share = 0;
  void visit(FieldVisitor& visitor);
};

struct SegmentOptions {
  std::string name;
  double share = 0;
  void visit(FieldVisitor& visitor);
};

// Five facets of the consumer involvement profile (Laurent & Kapferer 1985, doi:10.1177/002224378502200104), each
// normal with a mean by segment and standard deviation 1, all pairs equally correlated; involvement v = 1 / (1 +
// exp(-(bias + weights . x))).
struct InvolvementOptions {
  bool enabled = false;
  PerName interest, pleasure, sign_value, risk_importance, risk_probability;
  double facet_correlation = .3;
  std::vector<double> weights{.4, .4, .4, .4, .4};
  double bias = 0;
  void visit(FieldVisitor& visitor);
};

// Customers that enter at the time of their first transaction in a real log (one row a transaction).
struct ReplayOptions {
  std::string transactions_csv;         // columns customer_id,date,…; empty: everybody is there from the first step
  double split_weeks = 39;              // end of the calibration period of the conditional-trend table
  std::vector<std::int64_t> entry_day;  // by consumer, filled when the file is read
  std::int64_t observed_repeats = 0;    // repeat purchases of the log in the counted horizon
  std::vector<double> observed_holdout_mean;  // of the log: mean holdout purchases by calibration repeats 0…6, 7+
  bool enabled() const { return !transactions_csv.empty(); }
  void visit(FieldVisitor& visitor);
};

}  // namespace populace
