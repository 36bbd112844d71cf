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
  double store_distance_km = 0;  // mean, to the nearest own store; 0: not modelled
  void visit(FieldVisitor& visitor);
};

struct SegmentOptions {
  std::string name;
  double share = 0;
  void visit(FieldVisitor& visitor);
};

// What the situation of one occasion adds to the logit of involvement: a share of occasions has each flag.
struct SituationOptions {
  bool enabled = false;
  PerName gift_share = .15, health_share = .05, outlay_share = .1, symbolism_share = .1;  // by segment
  double gift_effect = .8, health_effect = 1, outlay_effect = 1, symbolism_effect = .6;
  void visit(FieldVisitor& visitor);
};

// Five facets of the consumer involvement profile (Laurent & Kapferer 1985, doi:10.1177/002224378502200104), each
// normal with a mean by segment and standard deviation 1, all pairs equally correlated; involvement v = 1 / (1 +
// exp(-(bias + weights . x))), at most what ability and opportunity allow.
struct InvolvementOptions {
  bool enabled = false;
  PerName interest, pleasure, sign_value, risk_importance, risk_probability;
  double facet_correlation = .3;
  std::vector<double> weights{.4, .4, .4, .4, .4};
  double bias = 0;
  std::vector<double> product_offset{0, 0, 0, 0, 0};  // of the category, added to the means of the facets
  PerName ability = 1, opportunity = 1;               // most involvement that they allow, by segment
  SituationOptions situation;
  double rational_intercept = 0, rational_slope = 1, rational_sigma = .5;  // of the logit of the central route's weight
  std::int64_t items_per_facet = 3;                                        // of the questionnaire
  double item_loading = .75;
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
