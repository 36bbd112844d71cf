// What media can be bought, and what a plan buys of them.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "models/creative/creative_options.hpp"
#include "models/targeting/targeting_options.hpp"
#include "models/world/events_options.hpp"
#include "sim/base/fields.hpp"

namespace populace {

// At most `exposures` contacts of one consumer within any `weeks` weeks; exposures = 0: no cap.
struct CapOptions {
  std::int64_t exposures = 0;
  double weeks = 1;
  bool enabled() const { return exposures > 0; }
  void visit(FieldVisitor& visitor);
};

struct ChannelOptions {
  std::string name;
  std::string kind = "push";         // "push": slots met by habit; "search": met at the query, by those who have a need
  std::string exposure = "poisson";  // "poisson" or "bernoulli" contacts in a step
  std::string habit = "gamma";       // distribution of slots a user meets in a week: "gamma", "uniform", "constant"
  PerName slots_per_week = 10;       // mean among users, by segment
  double shape = 1;                  // of the gamma
  double slots_low = .5, slots_high = 1.5;  // of the uniform
  PerName non_user_share = 0;               // by segment
  double common_loading = 0;  // of the Gaussian copula: correlation of two channels' habits = product of their loadings
  std::string shares_habit_with;        // another channel whose habit this one uses
  double attention_prob = 1;            // chance that a contact is noticed
  double slow_effect = .05;             // what a noticed contact adds to slow goodwill
  double fast_effect = .05;             // and to fast activation
  double trust = 1;                     // factor of slow_effect: how far people believe what they meet here
  double click_prob = 0;                // chance that a contact is clicked
  std::string use = "foreground";       // "foreground", "background" or "both"
  double background_share = .5;         // of the time, when used both ways
  double minutes_per_slot = 10;         // of media use that pass from one ad slot to the next
  double clutter_share = 0;             // of the attention to a slot that other messages around it take
  double usual_length_seconds = 15;     // of a creative
  double length_effect = .5;            // elasticity of the effect of a contact with respect to its length
  double length_cost = 1;               // and of its price
  double query_prob = 0;                // "search": chance that an opportunity to buy starts with a query
  double cpm_money = 0, cpc_money = 0;  // prices of campaigns that tell none; 0: they must
  std::string garden;                   // walled garden that it belongs to
  double branded_query_prob = 0;        // and, of somebody who knows the brand, with a query for its name
  bool click_informs = false;           // "search": a click makes the brand known and considered
  CapOptions cap;
  std::string members_of;             // owned channel to whose members alone it goes
  std::int64_t planned_contacts = 0;  // of each target person with the focal brand in the window; 0: no plan
  double planned_weeks = 1;           // length of the window
  std::vector<OutageOptions> outages;
  void visit(FieldVisitor& visitor);
};

struct FlightOptions {
  double start_week = 0;  // inclusive
  double end_week = 0;    // exclusive
  double weight = 1;      // budget of a week of this flight relative to the other flights
  void visit(FieldVisitor& visitor);
};

struct CampaignOptions {
  std::string name;
  std::string channel;
  std::string brand;                   // default: the focal brand
  std::string query_kind = "generic";  // on a search channel; or "branded"
  std::string buy = "cpm";       // "cpm", "grp", "cpc", "fixed" or "probability" (unpaid: a chance per slot and week)
  double budget_money = 0;       // over all flights, of the whole market
  double cpm_money = 0;          // price of 1,000 impressions
  double grp_money = 0;          // price of one rating point: impressions worth 1 % of the target universe
  double cpc_money = 0;          // price of a click
  double fixed_impressions = 0;  // impressions agreed for the fixed fee
  double delivery_prob = 0;      // buy = "probability"
  double effect = 1;             // of a contact, relative to the channel's
  double need_prob = 0;          // that a contact with full attention awakens a need for the category
  double brand_share = .5;       // of its effect that goes into slow goodwill rather than fast activation
  std::vector<CreativeOptions> creatives;  // empty: one that fits everybody
  bool in_warmup = false;  // belongs to the base plan: runs through the warm-up at its mean weekly weight
  std::vector<std::string> segments, regions;                // eligible consumers; empty: all
  std::vector<std::string> target_segments, target_regions;  // universe of rating points; empty: the eligible
  std::vector<FlightOptions> flights;                        // empty: the whole horizon
  std::string plan_csv;                         // weekly plan: columns week,budget_money; replaces budget and flights
  std::vector<std::pair<double, double>> plan;  // (week, money) read from it
  CapOptions cap;
  TargetOptions target;
  double cpm_elasticity = 0;                      // price of a step = cpm x (volume / reference)^elasticity
  double cpm_reference_impressions_per_week = 0;  // volume at which cpm_money holds
  PerName region_weight = 1;                      // pressure in a region relative to the others
  void visit(FieldVisitor& visitor);
};

}  // namespace populace
