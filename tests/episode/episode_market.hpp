// A small market in which episodes, sources, queries and visits can be watched alone.
#pragma once
#include "tests/targeting/targeting_market.hpp"

namespace populace {

inline constexpr std::size_t kNeeds = 0, kRoutine = 1, kRoutineHindered = 2, kOpened = 3, kJoined = 4, kDecided = 5,
                             kGivenUp = 6, kHindered = 7;  // of measure "episodes"

// Needs of everybody; every purchase extended, in search alone, for two weeks.
inline MarketOptions episode_market(std::uint32_t seed, std::int64_t weeks = 8) {
  MarketOptions options = small_market(seed, weeks);
  options.need.enabled = true;
  options.need.opportunities_per_week = .1;
  options.need.shape = 50;
  options.choice.no_purchase_share = 0;
  EpisodeOptions& episode = options.episode;
  episode.enabled = true;
  episode.extended_from_involvement = 0;
  episode.dwell_involvement = 0;
  episode.search_weeks = 2;
  episode.evaluate_weeks = episode.decide_weeks = episode.after_weeks = 0;
  episode.completion_prob = 1;
  return options;
}

inline double all_of(const Run& run, std::size_t count) { return run.all("episodes", count); }

}  // namespace populace
