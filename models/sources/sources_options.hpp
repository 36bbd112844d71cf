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
  // What it knows of the focal brand is what another mechanism does.
  std::string owned;         // official_account: of this owned channel, whose members alone consult it
  std::string influencer;    // influencer: this one, whose followers alone look
  double recent_weeks = 4;   // and who speaks of the brand so long after a post
  bool live = false;         // reviews, friends: what is written and said in the market
  double half_reviews = 20;  // reviews in force with which one is found half of the time
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
