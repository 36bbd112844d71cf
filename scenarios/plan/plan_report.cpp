// What the runs of a plan say.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>

#include "models/names.hpp"
#include "results/report/quantity.hpp"
#include "results/summary/inverse.hpp"
#include "scenarios/plan/planner.hpp"
#include "scenarios/truth/interventions.hpp"

namespace populace {
namespace {

constexpr double kMuchUnspent = .01;   // of a budget
constexpr double kCertain = 1 - 1e-9;  // a chance that is 1 but for rounding

bool is_paid(const CampaignOptions& campaign) { return campaign.buy != "probability"; }

double budget_of(const CampaignOptions& campaign) {
  if (!is_paid(campaign)) return kNoFigure;
  if (campaign.plan.empty()) return campaign.budget_money;
  return std::accumulate(campaign.plan.begin(), campaign.plan.end(), 0.0,
                         [](double sum, const auto& week) { return sum + week.second; });
}

Interval scaled(const Interval& of, double by) {
  return {of.mean * by, of.standard_error * by, of.low * by, of.high * by, of.n};
}

std::string amount(double value) { return format_quantity(value, kNoFigure, ""); }

}  // namespace

std::vector<std::pair<std::string, std::string>> plan_definitions() {
  return {
      {"needed budget",
       "budget of the campaigns that are scaled at which the mean of the figure over simulated markets meets the "
       "target; all factors under the same draws"},
      {"assured budget", "budget with which the share of simulated markets asked for meets the target"},
      {"interval",
       "95 % over replications, SE(budget) = SE(figure) / |d figure / d budget|: simulation error, not "
       "uncertainty of the parameters"},
      {"marginal", "figure at 110 % of the needed budget less that at 90 %, / the budget between"},
      {"arithmetic",
       "orders = target / order value, visits = orders / conversion, budget = visits x cost of a visit; rates that "
       "were not given are averages of the present plan, which count every order as one of a visitor"},
      {"rates", "arithmetic by the present plan's rates less arithmetic by the rates given"},
      {"baseline",
       "what comes without the scaled campaigns does not grow with them: (target - without) x spend now / (now - "
       "without), less the arithmetic by the present plan's rates"},
      {"saturation",
       "buyers that the scaled campaigns add (where they are not counted: the figure that they add) for the money, "
       "needed plan against present plan, at the present plan's value of a buyer"},
      {"orders each", "the figure that an added buyer brings, needed plan against present plan: repeats and baskets"},
      {"unspent", "budget of the needed plan that finds nothing to buy"}};
}

std::pair<double, double> Planner::about(double factor) const {
  return {.9 * factor, std::min(1.1 * factor, request_.most)};
}

std::vector<double> Planner::values(double factor, const std::string& kpi) const {
  std::vector<double> of;
  if (const auto place = place_.find(kpi); place != place_.end())
    for (const KpiValues& replication : by_factor_.at(factor)) of.push_back(replication.values[place->second]);
  return of;
}

Interval Planner::figure(double factor, const std::string& kpi) const {
  std::vector<double> of = values(factor, kpi);
  std::erase_if(of, [](double value) { return std::isnan(value); });
  return t_interval(of);
}

double Planner::effort(double factor) const {
  double sum = 0;
  for (const std::size_t c : scaled_) {
    const CampaignOptions& campaign = options_.campaigns[c];
    if (paid_ && !is_paid(campaign)) continue;
    sum += mean(factor, fmt::format("campaign.{}.{}", campaign.name, paid_ ? "spend" : "impressions"));
  }
  return sum;
}

// Visits are counted by channel: they are those of the scaled campaigns where no other runs on it.
std::vector<std::string> Planner::visit_figures(const std::string& what) const {
  std::vector<std::string> names;
  for (const std::size_t c : scaled_) {
    const CampaignOptions& campaign = options_.campaigns[c];
    const bool alone = campaigns_on(options_, focal_, campaign.channel).size() ==
                       campaigns_on(options_, scaled_, campaign.channel).size();
    if (what == "visits" && !alone) return {};
    names.push_back(what == "visits"   ? fmt::format("visit.{}.visits", campaign.channel)
                    : what == "clicks" ? fmt::format("campaign.{}.clicks", campaign.name)
                                       : fmt::format("campaign.{}.impressions", campaign.name));
    if (!has(names.back())) return {};
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

double Planner::visits(double factor, std::string& what) const {
  for (const char* kind : {"visits", "clicks", "contacts"}) {
    what = kind;
    double sum = 0;
    for (const std::string& name : visit_figures(what)) sum += mean(factor, name);
    if (sum > 0) return sum;
  }
  return 0;
}

// Only where buyers are surely added: a quotient by less would tell nothing.
std::optional<std::pair<double, double>> Planner::buyers_added(double factor) const {
  if (!has(buyers_)) return std::nullopt;
  const Interval now = paired_difference_interval(values(1, buyers_), values(0, buyers_)),
                 then = paired_difference_interval(values(factor, buyers_), values(0, buyers_));
  if (!(now.low > 0 && then.low > 0)) return std::nullopt;
  return std::make_pair(now.mean, then.mean);
}

std::vector<PlanLine> Planner::lines(double factor) const {
  std::vector<PlanLine> all;
  const auto add = [&](const std::string& kind, const std::string& name) -> PlanLine& {
    const auto of = [&](double x, const char* column) {
      return figure(x, fmt::format("{}.{}.{}", kind, name, column));
    };
    PlanLine line;
    line.kind = kind;
    line.name = name;
    line.spend_now = of(1, "spend");
    line.spend = of(factor, "spend");
    line.unspent = of(factor, "unspent");
    line.impressions = of(factor, "impressions");
    line.reach = of(factor, "reach");
    line.frequency = of(factor, "frequency");
    line.clicks = of(factor, "clicks");
    return all.emplace_back(line);
  };
  for (const std::size_t c : focal_) {
    const CampaignOptions& campaign = options_.campaigns[c];
    PlanLine& line = add("campaign", campaign.name);
    line.scaled = std::find(scaled_.begin(), scaled_.end(), c) != scaled_.end();
    line.budget_now = budget_of(campaign);
    line.budget = line.budget_now * (line.scaled ? factor : 1);
  }
  for (const ChannelOptions& channel : options_.channels)
    if (!campaigns_on(options_, focal_, channel.name).empty()) add("channel", channel.name);
  return all;
}

std::vector<std::string> Planner::reasons(double factor) const {
  std::vector<std::string> all;
  for (const PlanLine& line : lines(factor)) {
    if (line.kind != "campaign" || !line.scaled || !(line.unspent.mean > kMuchUnspent * line.budget)) continue;
    const CampaignOptions& campaign = options_.campaigns[index_of(options_.campaigns, line.name)];
    const bool search = options_.channels[index_of(options_.channels, campaign.channel)].kind == "search";
    all.push_back(
        fmt::format("{}: {} of its {} stays unspent: {}", line.name, amount(line.unspent.mean), amount(line.budget),
                    search ? "there are no more queries at which it could be shown"
                           : "there are no more contacts to be had in its flights, with its targets and caps"));
  }
  const double last = by_factor_.rbegin()->first;
  if (factor < last) {
    all.push_back(fmt::format("up to {:.3g} times the present budgets nothing more comes", last));
  } else if (std::any_of(scaled_.begin(), scaled_.end(), [&](std::size_t c) {
               const CampaignOptions& campaign = options_.campaigns[c];
               return !is_paid(campaign) && campaign.delivery_prob * factor > kCertain;
             })) {
    all.push_back("a chance of delivery is 1 there, and cannot grow");
  } else {
    const double before = std::prev(by_factor_.find(factor))->first;
    const Interval rise = paired_difference_interval(values(factor, request_.kpi), values(before, request_.kpi));
    all.push_back(fmt::format("from {:.3g} times on it has grown by {}{}", before, amount(rise.mean),
                              rise.low > 0 ? ": a higher --most looks further" : ""));
  }
  return all;
}

void Planner::tell_inverse(PlanReport& report) const {
  const double x = report.mean.factor;
  const auto [low, high] = about(x);
  const Interval slope =
      scaled(paired_difference_interval(values(high, request_.kpi), values(low, request_.kpi)), 1 / (high - low));
  report.factor = inverse_interval(x, request_.target, values(x, request_.kpi), slope.mean);
  report.budget = scaled(report.factor, report.budget_now);
  report.marginal = scaled(slope, 1 / report.budget_now);
}

void Planner::tell_arithmetic(PlanReport& report) const {
  PlanTotals present{mean(1, request_.kpi), mean(1, orders_), visits(1, report.visits), effort(1)};
  const Rates average = average_rates(kind_, present);
  report.chain = backwards(kind_, request_.target, replaced(average, request_.rates));
  if (report.mean.verdict != Verdict::kReached) return;
  const double x = report.mean.factor, budget = report.budget_now * x;
  GapFigures figures;
  figures.target = request_.target;
  figures.arithmetic = report.chain.budget;
  figures.present_arithmetic = backwards(kind_, request_.target, average).budget;
  figures.without = mean(0, request_.kpi);
  figures.now = present.figure;
  figures.spent_now = present.effort;
  figures.spent = effort(x) + report.budget.mean - budget;  // the last bracket ends a little above
  figures.budget = report.budget.mean;
  figures.buyers = buyers_added(x);
  report.gap = gap_parts(figures);
}

PlanReport Planner::report(const Needed& mean_needed, const std::optional<Needed>& assured) const {
  PlanReport report;
  report.currency = options_.run.currency;
  report.unit = unit_;
  report.paid = paid_;
  report.kind = kind_;
  report.replications = request_.replications;
  report.runs = static_cast<int>(by_factor_.size());
  report.mean = mean_needed;
  report.assured = assured;
  for (const std::size_t c : scaled_)
    if (paid_ && is_paid(options_.campaigns[c])) report.budget_now += budget_of(options_.campaigns[c]);
  if (!paid_) report.budget_now = effort(1);
  report.factor = report.budget = report.marginal = t_interval({});
  if (mean_needed.verdict == Verdict::kReached) tell_inverse(report);
  report.figure_without = figure(0, request_.kpi);
  report.figure_now = figure(1, request_.kpi);
  report.figure = figure(mean_needed.factor, request_.kpi);
  report.orders = figure(mean_needed.factor, orders_);
  report.revenue = figure(mean_needed.factor, revenue_);
  report.lines = lines(mean_needed.factor);
  tell_arithmetic(report);
  for (const auto& [factor, values_there] : by_factor_)
    report.response.emplace_back(factor, figure(factor, request_.kpi));
  if (mean_needed.verdict == Verdict::kOutOfReach) report.reasons = reasons(mean_needed.factor);
  return report;
}

}  // namespace populace
