// Paths of the sampled consumers of one replication: contacts with campaigns of the focal brand up to each of its
// orders. Within a step contacts come before the order, in the shuffled order that exports use; the path after an order
// begins anew, and what is left at the end has sold nothing. Orders without any contact before them are in no path.
#pragma once
#include <vector>

#include "results/summary/attribution.hpp"
#include "sim/engine/measures.hpp"
#include "sim/engine/record.hpp"

namespace populace {

struct SampledPaths {
  std::vector<TouchPath> paths;  // causes are campaigns by place
  double untouched_value = 0;    // of orders without a contact
};
// Of the steps before `end`.
SampledPaths paths_of(const ReplicationRecord& record, const MeasureRegistry& registry, const RunInfo& info,
                      std::int32_t end);

}  // namespace populace
