// The true effect of what a plan buys: every cause is removed in turn under the same draws.
//
//   contribution of m = outcome(all) - outcome(all but m)           ROAS of m = contribution in revenue / spend of m
//   marginal ROAS of m = (revenue(m at 101 %) - revenue(all)) / (spend at 101 % - spend)
//   synergy of {a, b} = revenue(all) - revenue(all but a) - revenue(all but b) + revenue(all but both)
//   overlap = joint contribution of all campaigns - sum of their single ones
//   later contribution = the same difference after the plan's end, when neither arm advertises any more
//
// Arms branch: each replication is simulated once up to week 0, so that nothing is removed from the past. Effects are
// paired by replication: intervals are those of their mean (simulation error). They are definitions, not estimates:
// single contributions need not sum to the joint one, and the rest is shown as overlap.
// Source: design of the counterfactual after Rubin 1974, doi:10.1037/h0037350; quotients by the delta method.
#pragma once
#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "results/summary/interval.hpp"
#include "scenarios/truth/interventions.hpp"
#include "scenarios/truth/outcomes.hpp"

namespace populace {

class Threads;
struct Arm;

struct TruthPlan {
  int replications = 10;  // the first batch, or all where no precision is asked for
  int most_replications = 10;
  double relative_error = 0;  // of every ROAS; 0: none is asked for
  std::int64_t later_weeks = 26;
  bool synergy = false;        // of pairs
  bool leaks = false;          // closes each a little
  std::vector<double> curve;   // factors of the budget at which responses are told, beside 0 and 1
  std::int64_t followed = 0;   // consumers on whose paths rules of attribution are judged; 0: none
  double half_life_weeks = 1;  // of time decay
};

// Of one cause, over replications.
struct TrueEffect {
  std::string kind;  // "campaign", "channel", "media", "pair"
  std::string name;
  Interval spend, revenue, orders, margin, later_revenue, roas, marginal_roas, cost_per_order, synergy;
  std::vector<Interval> revenue_by_segment, people_by_rung, entries_by_rung;
};

// What it is worth that people are lost less at one move of the rungs.
struct Leak {
  std::string move;
  double factor;     // of its rate or chance
  Interval revenue;  // more
};

struct ResponsePoint {
  std::string campaign;
  double factor;
  Interval spend, revenue;  // revenue above that without the campaign
};

// What a rule of attribution says of each campaign, in the order of the campaigns' effects.
struct Attributed {
  std::string rule;
  std::vector<Interval> revenue;
  double error = 0;  // sum over campaigns of |said - true contribution| / sum of true contributions, of the means
};

struct TruthReport {
  std::string currency;
  std::vector<std::string> segments, rungs;
  bool has_margin = false;
  int replications = 0;
  bool precise = true;  // as asked for
  Interval revenue;     // of the focal brand, with all
  std::vector<TrueEffect> effects;
  Interval overlap;  // joint contribution of all media - sum of the campaigns' own
  std::vector<ResponsePoint> curves;
  std::vector<Leak> leaks;
  std::vector<Attributed> attribution;
  Interval untouched;  // revenue of orders without a contact before them
};

// What every figure is, for whoever reads the numbers without this file.
std::vector<std::pair<std::string, std::string>> truth_definitions();

class Truth {
 public:
  // Throws std::invalid_argument, saying why, where there is nothing to remove or nothing is sold.
  Truth(const MarketOptions& options, const TruthPlan& plan);
  std::size_t n_arms() const { return arms_.size(); }
  std::int64_t steps_each() const { return steps_each_; }  // of all arms of one replication

  // False when `cancelled` was seen; what was complete stays.
  bool run(const Threads& threads, const std::atomic<bool>& cancelled, const std::function<void()>& after_step);
  TruthReport report() const;

 private:
  struct Cause {
    std::string kind, name;
    std::vector<std::size_t> campaigns;
    std::size_t without = 0, more = 0;  // arms; more 0: none
  };
  struct Point {
    std::size_t cause, arm;
    double factor;
  };
  std::size_t add_arm(const Intervention& intervention);
  void add_cause(const std::string& kind, const std::string& name, std::vector<std::size_t> campaigns, bool more);
  bool precise() const;
  std::vector<double> by_replication(const std::function<double(const std::vector<Outcome>&)>& figure) const;
  double spend(const Outcome& outcome, const Cause& cause) const;
  TrueEffect effect(const Cause& cause) const;
  const Cause& single(std::size_t campaign) const;
  void follow(const ReplicationRecord& record, const Arm& arm);
  void report_attribution(TruthReport& report) const;

  MarketOptions options_;  // running on
  TruthPlan plan_;
  std::int64_t weeks_, steps_each_ = 0;
  std::vector<Intervention> arms_;  // the first changes nothing
  std::vector<Cause> causes_;
  std::vector<Point> points_;
  std::vector<std::size_t> leaks_;              // arms
  std::vector<std::vector<Outcome>> outcomes_;  // by replication, by arm
  struct Followed {
    std::vector<std::vector<double>> credit;  // by rule, by campaign of the market
    double untouched = 0;
  };
  std::vector<Followed> followed_;  // by replication
};

}  // namespace populace
