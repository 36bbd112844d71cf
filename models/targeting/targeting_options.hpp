// Whom a campaign may reach beyond segments and regions, and what the brand can know of a consumer: see
// docs/methods/targeting.md.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/fields.hpp"

namespace populace {

// Stages of the purchase episode, in the order of their codes in SharedColumns::episode.
inline constexpr std::string_view kTargetEpisodes[] = {"idle", "need", "search", "evaluate", "decide", "after"};

// [campaign.NAME.target]: every condition that is given must hold.
struct TargetOptions {
  bool enabled = true;
  double max_distance_km = 0;                    // of the nearest own store; 0: any
  std::vector<std::string> members_of;           // of any of these owned channels
  std::vector<std::string> rungs;                // stages of the focal machine
  std::vector<std::string> episode;              // stages of the purchase episode
  std::vector<double> since_purchase_weeks;      // low, high: weeks since the last focal purchase
  std::vector<double> since_purchase_intervals;  // the same in a consumer's own mean intervals between purchases
  std::string unknown = "exclude";               // strangers, where a condition needs knowledge: "exclude" or "include"
  double lookalike_leak_prob = 0;                // chance that a stranger who does not qualify is reached all the same
  bool by_purchase() const { return !since_purchase_weeks.empty() || !since_purchase_intervals.empty(); }
  bool needs_knowledge() const { return !rungs.empty() || !episode.empty() || by_purchase(); }
  bool active() const { return enabled && (max_distance_km > 0 || !members_of.empty() || needs_knowledge()); }
  void visit(FieldVisitor& visitor);
};

// [garden.NAME]: a walled garden, a platform whose channels tell the brand who its users are only where identities can
// be joined.
struct GardenOptions {
  std::string name;
  std::vector<std::string> channels;
  PerName match_prob = .3;  // chance that a consumer's identity can be joined here, by segment
  bool anonymous = false;   // a medium that tells nobody apart: neither identities nor members are known here
  bool knows_anybody() const;
  void visit(FieldVisitor& visitor);
};

// [identity]: how identities are joined over gardens.
struct IdentityOptions {
  bool enabled = true;
  bool common_entrance = false;      // all gardens are entered through one door, which joins all or none
  PerName entrance_match_prob = .8;  // chance that it does, by segment
  void visit(FieldVisitor& visitor);
};

// [cross_cap]: at most `exposures` contacts with the focal brand within `weeks` weeks over all listed channels, as far
// as identities can be joined.
struct CrossCapOptions {
  bool enabled = false;
  std::int64_t exposures = 5;
  double weeks = 1;
  std::vector<std::string> channels;  // empty: all push channels
  void visit(FieldVisitor& visitor);
};

// [reach_overlap]: who was reached by two channels, counted at the end.
struct ReachOverlapOptions {
  bool enabled = false;
  void visit(FieldVisitor& visitor);
};

}  // namespace populace
