// Word of mouth: fully mixed by the shares of last step, or over contacts that are computed from ids.
#pragma once
#include <string>

#include "sim/base/fields.hpp"

namespace populace {

struct WordOfMouthOptions {
  std::string machine;           // whose stages talk; empty: off
  PerName voice = 0;             // by stage: how much a consumer in it talks, relative
  double contacts_per_week = 1;  // talks of a consumer a week
  double utility = 0;            // utility per unit of talk above its base
  double base_talk = 0;          // talk level of the base plan

  // Whom a consumer listens to: "mixed" (shares of last step), "complete", "small_world" or "circle".
  std::string network = "mixed";
  std::string community = "cell";  // "cell", "region" or "population"
  std::int64_t community_people = 150;
  std::int64_t strong_ties = 6, weak_ties = 2;
  std::string weak_reach = "population";  // or "region"
  double strong_talk_share = .8;          // of conversations
  double strong_trust = 1, weak_trust = .5;
  PerName sociability = 1;                            // by segment, of the conversations
  PerName listening = 1;                              // by stage, of the conversations
  PerName negative_voice = 0;                         // by stage: chance that a contact warns
  double disappointed_voice = 0;                      // chance that a disappointed contact warns; he recommends nothing
  double disappointed_below = -.3;                    // satisfaction, -1 … 1
  double positive_utility = 0, negative_utility = 0;  // of the focal brand after one recommendation or warning
  double memory_weeks = 4;
  double forward_prob = 0, forward_voice = .5;  // passing on a believed recommendation
  double need_prob = 0;  // that a believed recommendation makes an occasion to buy in the next step

  bool enabled() const { return !machine.empty(); }
  bool over_network() const { return enabled() && network != "mixed"; }
  bool remembers() const { return (positive_utility != 0 || negative_utility != 0); }
  void visit(FieldVisitor& visitor);
};

}  // namespace populace
