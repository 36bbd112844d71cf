// Where people look before they choose. See docs/methods/sources.md.
#pragma once
#include <string>

#include "sim/base/fields.hpp"

namespace populace {

inline constexpr std::size_t kMostSources = 16;

// [source.NAME]
struct SourceOptions {
  std::string name;
  bool enabled = true;
  std::string kind = "website";
  PerName consult_prob = .3;      // in a week of search, or at an occasion, at involvement 1; by segment
  double involvement_effect = 0;  // chance x (1 - e (1 - v))
  double information = 1;         // of one consultation
  PerName presence_prob = .5;     // that a brand is found there, by brand
  double max_distance_km = 0;     // of the nearest own store; 0: any
  void visit(FieldVisitor& visitor);
};

// [sources]
struct SourcesOptions {
  bool enabled = false;
  double threshold_low = 1, threshold_high = 4;  // information that is enough at involvement 0 and 1
  double utility = .5;                           // of a brand that was found, at the decision
  bool common_entrance = false;                  // a search engine leads to the other sources
  double lead_prob = .5;                         // to each of them
  double island_cost = .3;                       // chance to stop after each source, where there is no entrance
  void visit(FieldVisitor& visitor);
};

}  // namespace populace
