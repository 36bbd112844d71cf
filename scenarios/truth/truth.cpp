#include "scenarios/truth/truth.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "results/summary/attribution.hpp"
#include "scenarios/experiment/arms.hpp"
#include "scenarios/truth/paths.hpp"

namespace populace {
namespace {

constexpr double kMore = 1.01;  // of the budget, for marginal figures

// Differences outcome(all) - outcome(without) of one figure.
template <class Figure>
auto lost(std::size_t without, const Figure& figure) {
  return [without, figure](const std::vector<Outcome>& arms) { return figure(arms[0]) - figure(arms[without]); };
}

}  // namespace

std::vector<std::pair<std::string, std::string>> truth_definitions() {
  return {{"contribution",
           "outcome with all causes less outcome with this one removed, under the same draws, from the "
           "same state of the market at week 0, within the plan's horizon"},
          {"later_revenue",
           "the same difference after the plan's end, when no campaign of the focal brand runs in "
           "either arm"},
          {"roas", "contribution in revenue / money spent on the cause, as a ratio of means over replications"},
          {"marginal_roas", "revenue with the cause's budget at 101 % less revenue as planned, / the money more"},
          {"cost_per_order", "money spent on the cause / orders that it contributes"},
          {"synergy",
           "revenue(all) - revenue(without a) - revenue(without b) + revenue(without both): positive where each "
           "makes the other stronger, negative where they do the same work"},
          {"overlap",
           "joint contribution in revenue of all campaigns less the sum of their single ones: sales that stay "
           "whichever one of them goes; negative where they need each other"},
          {"people_by_rung", "people on each rung at the end of the horizon, with all causes less without this one"},
          {"attribution",
           "revenue that a rule credits to a campaign, from paths of contacts and orders of a sample of "
           "consumers; its error is the sum of absolute differences from the contributions over their sum"},
          {"ablation",
           "revenue with all mechanisms less revenue with this one switched off, in whole runs under the same "
           "draws"},
          {"interval", "95 % Student t over replications: simulation error, not uncertainty of the parameters"}};
}

Truth::Truth(const MarketOptions& options, const TruthPlan& plan)
    : options_(run_on(options, plan.later_weeks)), plan_(plan), weeks_(options.run.weeks) {
  const std::vector<std::size_t> campaigns = focal_campaigns(options);
  if (campaigns.empty()) throw std::invalid_argument("the focal brand has no campaign, so there is no effect to tell");
  if (!options.need.enabled && options.stage_purchase.machine.empty())
    throw std::invalid_argument("nothing is sold in this market, so no effect on sales can be told");
  arms_.push_back({"all", {}, 1, -1, 0});
  for (const std::size_t c : campaigns) {
    add_cause("campaign", options.campaigns[c].name, {c}, true);
    for (const double factor : plan.curve)
      points_.push_back({causes_.size() - 1, add_arm({options.campaigns[c].name, {c}, factor, -1, 0}), factor});
  }
  for (const ChannelOptions& channel : options.channels) {
    std::vector<std::size_t> on = campaigns_on(options, campaigns, channel.name);
    if (on.size() > 1) add_cause("channel", channel.name, std::move(on), true);
  }
  for (std::size_t a = 0; plan.synergy && a < campaigns.size(); ++a)
    for (std::size_t b = a + 1; b < campaigns.size(); ++b)
      add_cause("pair", options.campaigns[campaigns[a]].name + " + " + options.campaigns[campaigns[b]].name,
                {campaigns[a], campaigns[b]}, false);
  add_cause("media", "all campaigns", campaigns, true);
  for (const Intervention& leak : plan.leaks ? leaks_closed(options_) : std::vector<Intervention>{}) {
    leaks_.push_back(arms_.size());
    arms_.push_back(leak);
  }
  const std::int64_t per_week = options_.run.steps_per_week();
  steps_each_ =
      options.run.warmup_weeks * per_week + static_cast<std::int64_t>(arms_.size()) * options_.run.weeks * per_week;
}

std::size_t Truth::add_arm(const Intervention& intervention) {
  const auto same = std::find_if(arms_.begin() + 1, arms_.end(), [&](const Intervention& other) {
    return other.machine < 0 && other.campaigns == intervention.campaigns && other.factor == intervention.factor;
  });
  if (same != arms_.end()) return static_cast<std::size_t>(same - arms_.begin());
  arms_.push_back(intervention);
  return arms_.size() - 1;
}

void Truth::add_cause(const std::string& kind, const std::string& name, std::vector<std::size_t> campaigns, bool more) {
  Cause cause{kind, name, std::move(campaigns), 0, 0};
  cause.without = add_arm({"without " + name, cause.campaigns, 0, -1, 0});
  if (more) cause.more = add_arm({name + " at 101 %", cause.campaigns, kMore, -1, 0});
  causes_.push_back(std::move(cause));
}

bool Truth::run(const Threads& threads, const std::atomic<bool>& cancelled, const std::function<void()>& after_step) {
  std::vector<Arm> arms;
  for (const Intervention& intervention : arms_)
    arms.push_back(make_arm(intervention.name, apply(options_, intervention)));
  if (plan_.followed > 0) {
    arms.front().market->record_journeys(plan_.followed);
    arms.front().info = run_info(*arms.front().market);
  }
  const OutcomeReader reader(options_, weeks_, arms.front().market->registry(), arms.front().info);
  for (int batch = plan_.replications; batch > 0;) {
    const auto done = static_cast<int>(outcomes_.size());
    outcomes_.resize(outcomes_.size() + static_cast<std::size_t>(batch), std::vector<Outcome>(arms_.size()));
    followed_.resize(outcomes_.size());
    ArmsHooks hooks;
    hooks.after_step = after_step;
    hooks.look = [&](std::size_t arm, const ReplicationRecord& record) {
      outcomes_[static_cast<std::size_t>(record.replication)][arm] = reader.read(record);
      if (arm == 0 && plan_.followed > 0) follow(record, arms.front());
    };
    if (!run_arms(arms, {done, batch, true}, threads, cancelled, hooks)) {
      outcomes_.resize(static_cast<std::size_t>(done));
      followed_.resize(outcomes_.size());
      return false;
    }
    if (plan_.relative_error <= 0 || precise()) return true;
    batch = std::min(static_cast<int>(outcomes_.size()), plan_.most_replications - static_cast<int>(outcomes_.size()));
  }
  return true;
}

// What each rule credits, scaled from the consumers followed to the market.
void Truth::follow(const ReplicationRecord& record, const Arm& arm) {
  const int per_week = options_.run.steps_per_week();
  const SampledPaths sampled =
      paths_of(record, arm.market->registry(), arm.info, static_cast<std::int32_t>(weeks_ * per_week));
  const double scale = arm.info.market_size_people / static_cast<double>(arm.info.journeys.consumers.size());
  Followed& followed = followed_[static_cast<std::size_t>(record.replication)];
  followed.untouched = scale * sampled.untouched_value;
  for (std::size_t rule = 0; rule < kAttributionRules.size(); ++rule) {
    followed.credit.push_back(attribute(static_cast<AttributionRule>(rule), sampled.paths, options_.campaigns.size(),
                                        plan_.half_life_weeks * per_week));
    for (double& value : followed.credit.back()) value *= scale;
  }
}

void Truth::report_attribution(TruthReport& report) const {
  const auto interval = [&](const auto& figure) {
    std::vector<double> values;
    for (const Followed& followed : followed_) values.push_back(figure(followed));
    return t_interval(values);
  };
  report.untouched = interval([](const Followed& f) { return f.untouched; });
  for (std::size_t rule = 0; rule < kAttributionRules.size(); ++rule) {
    Attributed said{std::string(kAttributionRules[rule]), {}, 0};
    double wrong = 0, all = 0;
    for (std::size_t k = 0; k < causes_.size() && causes_[k].kind == "campaign"; ++k) {
      const std::size_t campaign = causes_[k].campaigns.front();
      said.revenue.push_back(interval([&](const Followed& f) { return f.credit[rule][campaign]; }));
      wrong += std::abs(said.revenue.back().mean - report.effects[k].revenue.mean);
      all += report.effects[k].revenue.mean;
    }
    said.error = wrong / all;
    report.attribution.push_back(std::move(said));
  }
}

// Law & Kelton's rule (results/summary/relative_precision.hpp) for every ROAS that is there.
bool Truth::precise() const {
  const double bound = plan_.relative_error / (1 + plan_.relative_error);
  return std::all_of(causes_.begin(), causes_.end(), [&](const Cause& cause) {
    const Interval roas = effect(cause).roas;
    return cause.kind == "pair" || std::isnan(roas.mean) || (roas.high - roas.low) / 2 <= bound * std::abs(roas.mean);
  });
}

std::vector<double> Truth::by_replication(const std::function<double(const std::vector<Outcome>&)>& figure) const {
  std::vector<double> values;
  for (const std::vector<Outcome>& arms : outcomes_) values.push_back(figure(arms));
  return values;
}

double Truth::spend(const Outcome& outcome, const Cause& cause) const {
  return std::accumulate(cause.campaigns.begin(), cause.campaigns.end(), 0.0,
                         [&](double sum, std::size_t c) { return sum + outcome.spend_by_campaign[c]; });
}

const Truth::Cause& Truth::single(std::size_t campaign) const {
  return *std::find_if(causes_.begin(), causes_.end(), [&](const Cause& cause) {
    return cause.kind == "campaign" && cause.campaigns.front() == campaign;
  });
}

TrueEffect Truth::effect(const Cause& cause) const {
  const auto revenue = [](const Outcome& o) { return o.revenue; };
  const auto orders = [](const Outcome& o) { return o.orders; };
  const std::vector<double> money = by_replication([&](const auto& arms) { return spend(arms[0], cause); }),
                            sales = by_replication(lost(cause.without, revenue)),
                            bought = by_replication(lost(cause.without, orders));
  TrueEffect effect;
  effect.kind = cause.kind;
  effect.name = cause.name;
  effect.spend = t_interval(money);
  effect.revenue = t_interval(sales);
  effect.orders = t_interval(bought);
  effect.margin = t_interval(by_replication(lost(cause.without, [](const Outcome& o) { return o.margin; })));
  effect.later_revenue =
      t_interval(by_replication(lost(cause.without, [](const Outcome& o) { return o.later_revenue; })));
  effect.roas = ratio_of_means_interval(sales, money);
  effect.cost_per_order = ratio_of_means_interval(money, bought);
  effect.marginal_roas = effect.synergy = t_interval({});
  if (cause.more != 0)
    effect.marginal_roas = ratio_of_means_interval(
        by_replication([&](const auto& arms) { return arms[cause.more].revenue - arms[0].revenue; }),
        by_replication([&](const auto& arms) { return spend(arms[cause.more], cause) - spend(arms[0], cause); }));
  if (cause.kind == "pair") {
    const std::size_t a = single(cause.campaigns[0]).without, b = single(cause.campaigns[1]).without;
    effect.synergy = t_interval(by_replication([&](const auto& arms) {
      return arms[0].revenue - arms[a].revenue - arms[b].revenue + arms[cause.without].revenue;
    }));
  }
  const Outcome& shape = outcomes_.front().front();
  for (std::size_t s = 0; s < shape.revenue_by_segment.size(); ++s)
    effect.revenue_by_segment.push_back(
        t_interval(by_replication(lost(cause.without, [s](const Outcome& o) { return o.revenue_by_segment[s]; }))));
  for (std::size_t r = 0; r < shape.people_by_rung.size(); ++r)
    effect.people_by_rung.push_back(
        t_interval(by_replication(lost(cause.without, [r](const Outcome& o) { return o.people_by_rung[r]; }))));
  for (std::size_t r = 0; r < shape.entries_by_rung.size(); ++r)
    effect.entries_by_rung.push_back(
        t_interval(by_replication(lost(cause.without, [r](const Outcome& o) { return o.entries_by_rung[r]; }))));
  return effect;
}

TruthReport Truth::report() const {
  TruthReport report;
  report.replications = static_cast<int>(outcomes_.size());
  if (outcomes_.empty()) return report;
  report.currency = options_.run.currency;
  for (const SegmentOptions& segment : options_.segments) report.segments.push_back(segment.name);
  const Market market(options_);
  const OutcomeReader reader(options_, weeks_, market.registry(), run_info(market));
  report.rungs = reader.rungs();
  report.has_margin = reader.has_margin();
  report.revenue = t_interval(by_replication([](const auto& arms) { return arms[0].revenue; }));
  report.precise = plan_.relative_error <= 0 || precise();
  for (const Cause& cause : causes_) report.effects.push_back(effect(cause));
  report.overlap = t_interval(by_replication([&](const auto& arms) {
    double sum = arms[0].revenue - arms[causes_.back().without].revenue;
    for (const Cause& cause : causes_)
      if (cause.kind == "campaign") sum -= arms[0].revenue - arms[cause.without].revenue;
    return sum;
  }));
  for (const std::size_t arm : leaks_)
    report.leaks.push_back({arms_[arm].name, arms_[arm].factor, t_interval(by_replication([arm](const auto& arms) {
                              return arms[arm].revenue - arms[0].revenue;
                            }))});
  if (plan_.followed > 0) report_attribution(report);
  for (const Point& point : points_) {
    const Cause& cause = causes_[point.cause];
    report.curves.push_back(
        {cause.name, point.factor,
         t_interval(by_replication([&](const auto& arms) { return spend(arms[point.arm], cause); })),
         t_interval(
             by_replication([&](const auto& arms) { return arms[point.arm].revenue - arms[cause.without].revenue; }))});
  }
  return report;
}

}  // namespace populace
