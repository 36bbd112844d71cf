// Objective and task by simulation: the budget with which a key figure of the market meets a target.
//
//   budgets of the campaigns chosen are scaled by one factor x;   needed x*: mean over replications of Y_r(x) = target
//   assured x_q: quantile 1 - q over replications of Y_r(x) = target, so that a share q of simulated markets meet it
//
// All factors share the draws of their replications (scenarios/experiment/arms.hpp), so that the response to x is
// nearly smooth and its root can be bracketed (results/summary/inverse.hpp). A market that has warmed up with campaigns
// that are scaled keeps that past: only what is still to be spent is planned.
#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/world/market_options.hpp"
#include "results/summary/interval.hpp"
#include "results/summary/kpi.hpp"
#include "scenarios/plan/arithmetic.hpp"

namespace populace {

class Threads;

struct PlanRequest {
  std::string kpi;
  double target = 0;            // > 0, in the figure's unit
  std::vector<std::string> by;  // campaigns that are scaled; empty: all of the focal brand
  double most = 10;             // largest factor
  double assurance = 0;         // share of simulated markets that meet the target; 0: the mean only
  int replications = 10;        // at least 2
  GivenRates rates;
};

enum class Verdict { kReached, kMetWithout, kOutOfReach };

// A campaign or channel, under the plan that is told of and under the present one.
struct PlanLine {
  std::string kind, name;
  bool scaled = false;
  double budget_now = kNoFigure, budget = kNoFigure;  // NaN: unpaid
  Interval spend_now, spend, unspent, impressions, reach, frequency, clicks;
};

struct Needed {
  Verdict verdict = Verdict::kOutOfReach;
  double factor = kNoFigure;  // of the run that is told of; the last one tried where the target is out of reach
  int met = 0;                // replications that meet the target at it
  Interval share_met;
};

struct PlanReport {
  std::string currency, unit, visits;  // of money; of the figure; what a visit is: "clicks" or "contacts"
  bool paid = true;                    // budgets are money; else contacts
  int replications = 0, runs = 0;      // runs: markets simulated in each replication
  double budget_now = 0;
  TargetKind kind = TargetKind::kOther;
  Needed mean;
  std::optional<Needed> assured;
  Interval factor, budget;              // needed for the mean; NaN where out of reach
  Interval marginal;                    // figure added by the last unit of budget, by budgets 10 % less and more
  Interval figure_without, figure_now;  // factors 0 and 1
  Interval figure, orders, revenue;     // of the run that is told of
  std::vector<PlanLine> lines;
  Chain chain;
  std::vector<GapPart> gap;
  std::vector<std::pair<double, Interval>> response;  // factors tried, increasing
  std::vector<std::string> reasons;                   // why it is out of reach
};

// What every figure is, for whoever reads the numbers without this file.
std::vector<std::pair<std::string, std::string>> plan_definitions();

class Planner {
 public:
  // Throws std::invalid_argument, saying why, where the request has no meaning in this market.
  Planner(MarketOptions options, PlanRequest request);
  std::int64_t steps_a_run() const;  // of all replications

  // Nothing when `cancelled` was seen.
  std::optional<PlanReport> run(const Threads& threads, const std::atomic<bool>& cancelled,
                                const std::function<void()>& after_step);

 private:
  using Statistic = std::function<double(const std::vector<double>&)>;
  struct Running;

  void choose_campaigns();
  void choose_figure();
  void evaluate(std::vector<double> factors, const Running& running);  // those that were not tried yet
  Needed search(const Statistic& statistic, const Running& running);
  Needed judged(Verdict verdict, double factor) const;
  PlanReport report(const Needed& mean, const std::optional<Needed>& assured) const;
  void tell_inverse(PlanReport& report) const;
  void tell_arithmetic(PlanReport& report) const;

  std::pair<double, double> about(double factor) const;  // factors between which the slope is taken
  bool has(const std::string& kpi) const { return place_.contains(kpi); }
  std::vector<double> values(double factor, const std::string& kpi) const;  // by replication; empty: no such figure
  Interval figure(double factor, const std::string& kpi) const;
  double mean(double factor, const std::string& kpi) const { return figure(factor, kpi).mean; }
  double effort(double factor) const;  // money spent on the scaled campaigns, or their contacts
  std::vector<std::string> visit_figures(const std::string& what) const;
  double visits(double factor, std::string& what) const;  // and what a visit is
  std::optional<std::pair<double, double>> buyers_added(double factor) const;
  std::vector<PlanLine> lines(double factor) const;
  std::vector<std::string> reasons(double factor) const;

  MarketOptions options_;
  PlanRequest request_;
  std::vector<std::size_t> focal_, scaled_;  // places of campaigns
  bool branch_ = false;                      // the warm-up depends on campaigns that are scaled
  bool paid_ = false;
  std::string orders_, revenue_, buyers_, unit_;
  TargetKind kind_ = TargetKind::kOther;
  std::map<std::string, std::size_t> place_;            // of each key figure
  std::map<double, std::vector<KpiValues>> by_factor_;  // replications of every factor tried
};

}  // namespace populace
