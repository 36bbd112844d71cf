#include "scenarios/plan/planner.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "results/summary/inverse.hpp"
#include "results/summary/quantile.hpp"
#include "scenarios/experiment/arms.hpp"
#include "scenarios/truth/interventions.hpp"
#include "scenarios/validate/suggest.hpp"

namespace populace {
namespace {

struct Interrupted {};

double average(const std::vector<double>& values) { return sample_moments(values).mean; }

}  // namespace

struct Planner::Running {
  const Threads& threads;
  const std::atomic<bool>& cancelled;
  const std::function<void()>& after_step;
};

Planner::Planner(MarketOptions options, PlanRequest request)
    : options_(std::move(options)), request_(std::move(request)), focal_(focal_campaigns(options_)) {
  choose_campaigns();
  choose_figure();
}

void Planner::choose_campaigns() {
  if (focal_.empty()) throw std::invalid_argument("the focal brand has no campaign, so there is no budget to plan");
  std::vector<std::string> names;
  for (const std::size_t c : focal_) names.push_back(options_.campaigns[c].name);
  for (const std::string& name : request_.by)
    if (std::find(names.begin(), names.end(), name) == names.end())
      throw std::invalid_argument(
          fmt::format("--by {}: the focal brand has no such campaign; {}", name, suggest(name, names, "campaigns")));
  for (const std::size_t c : focal_) {
    const CampaignOptions& campaign = options_.campaigns[c];
    const auto& by = request_.by;
    if (!by.empty() && std::find(by.begin(), by.end(), campaign.name) == by.end()) continue;
    scaled_.push_back(c);
    paid_ = paid_ || campaign.buy != "probability";
    branch_ = branch_ || (options_.run.warmup_weeks > 0 && campaign.in_warmup);
    if (campaign.buy == "probability") request_.most = std::min(request_.most, 1 / campaign.delivery_prob);
  }
}

void Planner::choose_figure() {
  const Market market(options_);
  const std::vector<Kpi>& kpis = market.registry().kpis();
  std::vector<std::string> names;
  for (std::size_t k = 0; k < kpis.size(); ++k) {
    names.push_back(kpis[k].name());
    place_[kpis[k].name()] = k;
    if (kpis[k].name() == request_.kpi) unit_ = kpis[k].unit;
  }
  if (!has(request_.kpi))
    throw std::invalid_argument(fmt::format("--target {}: this scenario has no such KPI; {}", request_.kpi,
                                            suggest(request_.kpi, names, "KPIs")));
  const std::string sales = options_.need.enabled ? "brand." : "sales.";
  orders_ = sales + options_.run.focal_brand + ".orders";
  revenue_ = sales + options_.run.focal_brand + ".revenue";
  buyers_ = sales + options_.run.focal_brand + ".buyers";
  if (request_.kpi == revenue_) kind_ = TargetKind::kRevenue;
  if (request_.kpi == orders_) kind_ = TargetKind::kOrders;
  if (kind_ == TargetKind::kOther && request_.rates.any())
    throw std::invalid_argument(
        fmt::format("rates of a visit are for a target in {} or {}, not in {}", revenue_, orders_, request_.kpi));
}

std::int64_t Planner::steps_a_run() const {
  const RunOptions& run = options_.run;
  return request_.replications * (run.weeks + run.warmup_weeks) * run.steps_per_week();
}

void Planner::evaluate(std::vector<double> factors, const Running& running) {
  std::erase_if(factors, [&](double factor) { return by_factor_.contains(factor); });
  if (factors.empty()) return;
  std::vector<Arm> arms;
  if (branch_ && factors.front() != 1) arms.push_back(make_arm("plan", options_));  // lends its past
  const std::size_t first = arms.size();
  for (const double factor : factors)
    arms.push_back(make_arm(fmt::format("{:g} x the plan", factor), apply(options_, {"", scaled_, factor})));
  ArmsHooks hooks;
  hooks.after_step = running.after_step;
  if (!run_arms(arms, {0, request_.replications, branch_}, running.threads, running.cancelled, hooks))
    throw Interrupted{};
  for (std::size_t f = 0; f < factors.size(); ++f) by_factor_[factors[f]] = std::move(arms[first + f].values);
  for (const double factor : factors)
    for (const double value : values(factor, request_.kpi))
      if (!std::isfinite(value))
        throw std::invalid_argument(fmt::format(
            "--target {}: absent in a replication at {:g} times the plan (nothing to divide by); name a figure that "
            "is counted",
            request_.kpi, factor));
}

Needed Planner::judged(Verdict verdict, double factor) const {
  Needed needed{verdict, factor, 0, {}};
  for (const double value : values(factor, request_.kpi)) needed.met += value >= request_.target ? 1 : 0;
  needed.share_met = share_interval(needed.met, request_.replications);
  return needed;
}

Needed Planner::search(const Statistic& statistic, const Running& running) {
  const auto excess = [&](double factor) {
    evaluate({factor}, running);
    return statistic(values(factor, request_.kpi)) - request_.target;
  };
  const std::optional<double> crossing = first_crossing(excess, {request_.most, .001});
  if (!crossing) {
    double best = 0;
    for (const auto& [factor, replications] : by_factor_)
      if (factor <= request_.most && excess(factor) > excess(best)) best = factor;
    return judged(Verdict::kOutOfReach, best);
  }
  return judged(*crossing > 0 ? Verdict::kReached : Verdict::kMetWithout, *crossing);
}

std::optional<PlanReport> Planner::run(const Threads& threads, const std::atomic<bool>& cancelled,
                                       const std::function<void()>& after_step) {
  const Running running{threads, cancelled, after_step};
  try {
    evaluate({1, 0}, running);
    const Needed mean = search(average, running);
    if (mean.verdict == Verdict::kReached) evaluate({about(mean.factor).first, about(mean.factor).second}, running);
    std::optional<Needed> assured;
    if (request_.assurance > 0)
      assured =
          search([&](const std::vector<double>& values) { return quantile(values, 1 - request_.assurance); }, running);
    return report(mean, assured);
  } catch (const Interrupted&) {
    return std::nullopt;
  }
}

}  // namespace populace
